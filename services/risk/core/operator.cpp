#include "services/risk/core/risk_core.h"

// Deliberate acts of the owner. Halting and flattening are easy; resuming needs a note.
namespace sauda::risk {

using namespace domain;

namespace {

void refuse(const OperatorCommand& command, ReasonCode code, const std::string& what,
            Emitter& out) {
    out.emit(StreamId::RiskAlert, Alert{Severity::Warning,
                                        {code, {{what, static_cast<int64_t>(command.act)}}},
                                        command.target});
}

}  // namespace

void RiskCore::on_operator(const OperatorCommand& command, Emitter& out) const {
    const bool is_ours = command.act == OperatorAct::Halt || command.act == OperatorAct::Resume ||
                         command.act == OperatorAct::Flatten;
    if (!is_ours) {
        return;  // the strategy's
    }
    const bool is_known = command.target.empty() || config_.find(command.target) != nullptr;
    if (!is_known) {
        refuse(command, ReasonCode::AccountUnknown, "account_unknown", out);
        if (command.act != OperatorAct::Halt) {
            return;
        }
    }
    if (command.act == OperatorAct::Resume && command.note.empty()) {
        refuse(command, ReasonCode::OperatorAct, "note_missing", out);
        return;
    }
    // A halt that names nothing we know halts everything: the safe reading.
    for (const auto& account : config_.accounts) {
        if (command.target.empty() || !is_known || account.name == command.target) {
            command_account(command, account.name, out);
        }
    }
}

void RiskCore::command_account(const OperatorCommand& command, const std::string& account,
                               Emitter& out) const {
    const auto& books = state_.account(account);
    auto trading = books.trading;
    auto flatten = books.flatten;
    switch (command.act) {
        case OperatorAct::Halt:
            trading = TradingState::Halted;
            break;
        case OperatorAct::Flatten:
            trading = TradingState::Halted;
            flatten = books.is_flattening() ? books.flatten : FlattenPhase::Cancelling;
            break;
        case OperatorAct::Resume:
            trading = TradingState::Active;
            flatten = FlattenPhase::None;
            break;
        case OperatorAct::Unspecified:
        case OperatorAct::StartBot:
        case OperatorAct::StopBot:
        case OperatorAct::SetParameter:
            return;
    }
    if (trading == books.trading && flatten == books.flatten) {
        return;
    }
    out.emit(
        StreamId::RiskState,
        TradingStateEvent{trading,
                          flatten,
                          account,
                          "operator:" + command.by,
                          {ReasonCode::OperatorAct, {{"act", static_cast<int64_t>(command.act)}}}});
}

}  // namespace sauda::risk
