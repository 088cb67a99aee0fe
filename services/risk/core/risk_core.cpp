#include "services/risk/core/risk_core.h"

#include "services/risk/core/decide.h"
#include "services/risk/core/loss.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

RiskCore::RiskCore(RiskConfig config, std::shared_ptr<const MarketRules> rules)
    : config_(std::move(config)),
      rules_(std::move(rules)),
      market_(config_.spread_floor, config_.spread_ratio) {
    INVARIANT(rules_ != nullptr);
}

void RiskCore::observe(const Message& input, Timestamp now) { market_.observe(input, now); }

void RiskCore::apply(const Message& event) { state_.apply(event, market_); }

void RiskCore::decide(const Message& input, Timestamp now, Emitter& out) {
    if (std::holds_alternative<QuoteBatch>(input.payload)) {
        for (const auto& account : config_.accounts) {
            if (state_.has_open(account.name)) {
                watch_losses(account, state_, market_, out);
            }
        }
    } else if (const auto* intent = std::get_if<Intent>(&input.payload)) {
        out.emit(StreamId::RiskDecision, decide_intent(config_, *rules_, market_, state_, *intent,
                                                       now, state_.last_decision() + 1));
    } else if (const auto* session = std::get_if<SessionEvent>(&input.payload)) {
        on_session(*session, out);
    } else if (const auto* entry = std::get_if<LedgerEntry>(&input.payload)) {
        on_ledger(*entry, now, out);
    } else if (const auto* command = std::get_if<OperatorCommand>(&input.payload)) {
        on_operator(*command, out);
    } else if (input.stream == StreamId::ExecutionReport) {
        on_report(input, out);
    }
    flatten().step(now, out);
}

void RiskCore::wake(Timestamp now, Emitter& out) {
    for (const auto& account : config_.accounts) {
        if (tomorrow_due(account) <= now) {
            tell_tomorrow(account, out);
        }
    }
    flatten().step(now, out);
}

Timestamp RiskCore::next_deadline() const {
    Timestamp earliest = flatten().deadline();
    for (const auto& account : config_.accounts) {
        earliest = std::min(earliest, tomorrow_due(account));
    }
    return earliest;
}

std::string RiskCore::save() const {
    base::BinaryWriter writer;
    writer.write(state_);
    writer.write(market_);
    return writer.take();
}

bool RiskCore::load(std::string_view bytes) {
    base::BinaryReader reader(bytes);
    reader.read(state_);
    reader.read(market_);
    if (reader.ok() && reader.at_end()) {
        return true;
    }
    state_ = State{};
    market_ = Market(config_.spread_floor, config_.spread_ratio);
    return false;
}

// Only what later decisions hang on is noted: the executor, what state a group is in, and which
// orders may still fill.
void RiskCore::on_report(const Message& input, Emitter& out) const {
    if (const auto* executor = std::get_if<ExecutorEvent>(&input.payload)) {
        if (executor->database_id != state_.executor()) {
            out.emit(StreamId::RiskExposure, *executor);
        }
        return;
    }
    if (const auto* event = std::get_if<GroupEvent>(&input.payload)) {
        const auto* group = state_.group(event->account, event->group);
        const bool is_news = group != nullptr ? group->state != event->state
                                              : !is_terminal(event->state) &&
                                                    !state_.is_used(event->account, event->group);
        if (is_news) {
            GroupEvent note = *event;
            if (group != nullptr) {
                note.approval.reset();  // we made it
            }
            out.emit(StreamId::RiskExposure, std::move(note));
        }
        return;
    }
    const auto* order = std::get_if<OrderEvent>(&input.payload);
    if (order == nullptr) {
        return;
    }
    switch (order->kind) {
        case OrderEventKind::Placed:
        case OrderEventKind::PartialFill:
        case OrderEventKind::Fill:
        case OrderEventKind::Cancelled:
        case OrderEventKind::Rejected:
        case OrderEventKind::Denied:
        case OrderEventKind::TimedOut:
        case OrderEventKind::Found:
        case OrderEventKind::NotFound:
            out.emit(StreamId::RiskExposure, *order);
            break;
        case OrderEventKind::Unspecified:
        case OrderEventKind::Sent:
        case OrderEventKind::Accepted:
        case OrderEventKind::CancelRequested:
        case OrderEventKind::CancelRejected:
            break;
    }
}

void RiskCore::on_ledger(const LedgerEntry& entry, Timestamp now, Emitter& out) const {
    if (entry.kind == LedgerKind::Deposit) {
        AccountEvent event =
            account_event(AccountEventKind::Deposited, entry.account, base::ist_date(now));
        event.capital += entry.amount;
        event.equity += entry.amount;
        event.ledger_entry = entry.id;
        out.emit(StreamId::RiskState, std::move(event));
    } else {
        const PositionKey key{entry.account, entry.product, entry.bot, entry.group, entry.contract};
        PositionBook before;
        before.set(key, state_.book().find(key));
        auto [changed, position] = before.apply(entry);
        out.emit(StreamId::RiskPosition, PositionEvent{changed, position, entry.id});
    }
    const auto* account = config_.find(entry.account);
    if (account != nullptr) {
        watch_losses(*account, state_, market_, out);
    }
}

}  // namespace sauda::risk
