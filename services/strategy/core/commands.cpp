#include "services/strategy/core/strategy_core.h"

// What the owner says to the strategy: start and stop bots, change parameters.

namespace sauda::strategy {

namespace {

using domain::BotEvent;
using domain::BotEventKind;
using domain::OperatorAct;
using domain::ReasonCode;
using domain::StreamId;

void refuse(ReasonCode code, std::string subject, domain::Emitter& out) {
    domain::Alert alert;
    alert.severity = domain::Severity::Warning;
    alert.reason.code = code;
    alert.subject = std::move(subject);
    out.emit(StreamId::StrategyAlert, std::move(alert));
}

BotEvent by_operator(BotEventKind kind, const std::string& bot) {
    BotEvent event;
    event.kind = kind;
    event.bot = bot;
    event.reason.code = ReasonCode::OperatorAct;
    return event;
}

}  // namespace

void StrategyCore::decide_command(const domain::OperatorCommand& command, domain::Emitter& out) {
    const bool is_ours = command.act == OperatorAct::StartBot ||
                         command.act == OperatorAct::StopBot ||
                         command.act == OperatorAct::SetParameter;
    if (!is_ours) {
        return;
    }
    Slot* slot = find_slot(command.target);
    if (slot == nullptr) {
        refuse(ReasonCode::BotUnknown, command.target, out);
        return;
    }
    const auto status = state_of(*slot).status;
    if (command.act == OperatorAct::SetParameter) {
        request_parameter(*slot, command, out);
    } else if (command.act == OperatorAct::StartBot && status != BotStatus::Started) {
        out.emit(StreamId::StrategyBot, by_operator(BotEventKind::Started, command.target));
    } else if (command.act == OperatorAct::StopBot && status != BotStatus::Stopped) {
        // Its positions stay: execution keeps watching stops, targets and the square-off.
        out.emit(StreamId::StrategyBot, by_operator(BotEventKind::Stopped, command.target));
    }
}

void StrategyCore::request_parameter(Slot& slot, const domain::OperatorCommand& command,
                                     domain::Emitter& out) {
    const auto& state = state_of(slot);
    Parameters values = in_effect(slot, state);
    for (const auto& [name, value] : state.requested) {
        values[name] = value;
    }
    const auto problem = problem_with(*slot.kind, values, command.parameter, command.value);
    if (!problem.empty()) {
        refuse(ReasonCode::OperatorAct, slot.config.name + ": " + problem, out);
        return;
    }
    auto event = by_operator(BotEventKind::Remembered, slot.config.name);
    const auto* info = find_parameter(*slot.kind, command.parameter);
    event.memory.push_back(
        {std::string(kRequested) + command.parameter, command.value, domain_unit(info->unit)});
    out.emit(StreamId::StrategyBot, std::move(event));
}

void StrategyCore::change_parameters(Slot& slot, domain::Emitter& out) {
    const auto& state = state_of(slot);
    if (state.requested.empty()) {
        return;
    }
    const auto requested = state.requested;  // a copy: events change the original
    for (const auto& [name, value] : requested) {
        const auto* info = find_parameter(*slot.kind, name);
        const auto before = in_effect(slot, state);
        const auto old = before.find(name);
        const auto unit = info == nullptr ? domain::Unit::Count : domain_unit(info->unit);
        auto event = by_operator(BotEventKind::ParameterChanged, slot.config.name);
        event.memory.push_back({name, value, unit});
        event.memory.push_back({name + ".old", old == before.end() ? 0 : old->second, unit});
        out.emit(StreamId::StrategyBot, std::move(event));
    }
}

}  // namespace sauda::strategy
