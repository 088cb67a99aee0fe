#include "services/execution/core/execution_core.h"

#include "services/execution/core/advance.h"
#include "services/execution/core/entry.h"
#include "services/execution/core/exit.h"
#include "services/execution/core/exit_monitor.h"
#include "services/execution/core/group_writer.h"
#include "services/execution/core/order_writer.h"
#include "services/execution/core/session.h"

#include <algorithm>

namespace sauda::execution {

using base::Timestamp;
using domain::Decision;
using domain::Emitter;
using domain::Message;
using domain::OperatorAct;
using domain::ReasonCode;
using domain::TradingState;
using domain::TradingStateEvent;

ExecutionCore::ExecutionCore(ExecutionConfig config,
                             std::shared_ptr<const domain::MarketRules> rules)
    : config_(std::move(config)), rules_(std::move(rules)), state_(config_) {
    INVARIANT(rules_ != nullptr && !config_.database_id.empty());
    INVARIANT(!config_.chase.intervals.empty() && !config_.chase.protections.empty());
    INVARIANT(config_.paper.latency.ns > 0);
}

void ExecutionCore::observe(const Message& input, Timestamp /*now*/) {
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&input.payload)) {
        for (const auto& quote : batch->quotes) {
            base::Quantity volume_before;
            const BoardQuote& entry =
                state_.market.board().observe(quote, input.meta.known_time, volume_before);
            state_.venue.observe(entry, volume_before);
            if (state_.is_watched(quote.contract)) {
                is_deadline_known_ = false;
            }
        }
        return;
    }
    is_deadline_known_ = false;
    if (const auto* session = std::get_if<domain::SessionEvent>(&input.payload)) {
        state_.market.observe(*session);
    } else if (const auto* source = std::get_if<domain::SourceInfo>(&input.payload)) {
        state_.market.observe(*source);
    } else if (const auto* instruments = std::get_if<domain::InstrumentBatch>(&input.payload)) {
        state_.market.observe(*instruments);
    }
}

void ExecutionCore::apply(const Message& event) {
    is_deadline_known_ = false;
    state_.apply(event, config_);
}

void ExecutionCore::decide(const Message& input, Timestamp now, Emitter& out) {
    Desk at = desk(now, out);
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&input.payload)) {
        take_quotes(at, *batch);
        return;
    }
    if (const auto* session = std::get_if<domain::SessionEvent>(&input.payload)) {
        take_session(at, *session);
        advance_all(at);
    } else if (const auto* decision = std::get_if<Decision>(&input.payload)) {
        take_decision(at, *decision);
    } else if (const auto* trading = std::get_if<TradingStateEvent>(&input.payload)) {
        take_risk_state(at, *trading);
    } else if (const auto* command = std::get_if<domain::OperatorCommand>(&input.payload)) {
        take_operator(at, *command);
    }
}

void ExecutionCore::take_quotes(Desk& at, const domain::QuoteBatch& batch) {
    if (state_.active().empty()) {
        return;
    }
    const bool concerns_us =
        std::any_of(batch.quotes.begin(), batch.quotes.end(),
                    [&](const domain::Quote& quote) { return state_.is_watched(quote.contract); });
    if (!concerns_us) {
        return;
    }
    run_venue(at);
    for (const Group* group = state_.next_active(0); group != nullptr;
         group = state_.next_active(group->id)) {
        const bool is_quoted =
            std::any_of(batch.quotes.begin(), batch.quotes.end(),
                        [&](const domain::Quote& quote) { return group->has_leg(quote.contract); });
        if (is_quoted) {
            watch_group(at, *group);
            advance(at, *group);
        }
    }
}

void ExecutionCore::take_decision(Desk& at, const Decision& decision) {
    if (decision.verdict != domain::Verdict::Approved &&
        decision.verdict != domain::Verdict::Reduced) {
        return;
    }
    const domain::Intent& intent = decision.intent;
    if (intent.purpose == domain::Purpose::Reduce) {
        const Group* group = state_.find_group(intent.group);
        if (group == nullptr) {
            alert(at, domain::Severity::Warning, ReasonCode::IntentInvalid, intent.group,
                  "exit of an unknown group asked for by " + intent.bot);
            return;
        }
        domain::Reason why = intent.why;
        if (why.code == ReasonCode::None) {
            why.code = ReasonCode::ExitStrategy;
        }
        start_exit(at, *group, std::move(why), {});
        return;
    }
    if (state_.knows_group(intent.id)) {
        alert(at, domain::Severity::Warning, ReasonCode::DuplicateGroup, intent.id, intent.bot);
        return;
    }
    open_group(at, decision);
}

void ExecutionCore::take_risk_state(Desk& at, const TradingStateEvent& event) {
    TradingStateEvent seen = event;
    seen.by = event.by.starts_with(kByRisk) ? event.by : kByRisk + (":" + event.by);
    if (state_.latch.changes(seen)) {
        at.out.emit(domain::StreamId::ExecutionReport, std::move(seen));
        advance_all(at);
    }
}

void ExecutionCore::take_operator(Desk& at, const domain::OperatorCommand& command) {
    const bool halts = command.act == OperatorAct::Halt || command.act == OperatorAct::Flatten;
    if (!halts && command.act != OperatorAct::Resume) {
        return;
    }
    TradingStateEvent latch;
    latch.state = halts ? TradingState::Halted : TradingState::Active;
    latch.flatten = command.act == OperatorAct::Flatten ? domain::FlattenPhase::Closing
                                                        : domain::FlattenPhase::None;
    latch.account = command.target;
    latch.by = "operator:" + command.by;
    latch.reason.code = ReasonCode::OperatorAct;
    if (state_.latch.changes(latch)) {
        at.out.emit(domain::StreamId::ExecutionReport, std::move(latch));
    }
    if (command.act == OperatorAct::Flatten) {
        for (const Group* group = state_.next_active(0); group != nullptr;
             group = state_.next_active(group->id)) {
            if (command.target.empty() || command.target == group->account) {
                start_exit(at, *group, reason_of(ReasonCode::ExitFlatten), {});
            }
        }
    }
    advance_all(at);
}

void ExecutionCore::on_venue_report(const VenueReport& report, Timestamp now, Emitter& out) {
    Desk at = desk(now, out);
    if (take_report(at, report)) {
        advance(at, state_.groups.at(report.child.group));
    }
}

void ExecutionCore::run_venue(Desk& at) {
    while (const auto report = state_.venue.next_report(state_.market.board(), at.now)) {
        const uint64_t fills = state_.fills;
        on_venue_report(*report, at.now, at.out);
        // The venue speaks only of orders it was given, so every report moves it on.
        INVARIANT(report->kind != VenueReportKind::Fill || state_.fills == fills + 1);
    }
}

void ExecutionCore::advance_all(Desk& at) {
    for (const Group* group = state_.next_active(0); group != nullptr;
         group = state_.next_active(group->id)) {
        advance(at, *group);
    }
}

void ExecutionCore::wake(Timestamp now, Emitter& out) {
    Desk at = desk(now, out);
    run_venue(at);
    advance_all(at);
}

Timestamp ExecutionCore::next_deadline() const {
    if (!is_deadline_known_) {
        deadline_ = state_.venue.next_due();
        for (const uint64_t id : state_.active()) {
            deadline_ = std::min(deadline_, group_deadline(view(), state_.groups.at(id)));
        }
        is_deadline_known_ = true;
    }
    return deadline_;
}

std::string ExecutionCore::save() const { return base::save_to_bytes(state_); }

bool ExecutionCore::load(std::string_view bytes) {
    State loaded(config_);
    base::BinaryReader reader(bytes);
    reader.read(loaded);
    is_deadline_known_ = false;
    if (!reader.ok() || !reader.at_end()) {
        state_ = State(config_);
        return false;
    }
    state_ = std::move(loaded);
    state_.rebuild_indices();
    return true;
}

void ExecutionCore::metrics(std::vector<domain::Metric>& out) const {
    int64_t open = 0;
    int64_t working = 0;
    for (const uint64_t id : state_.active()) {
        const Group& group = state_.groups.at(id);
        open += group.is_flat() ? 0 : 1;
        working += std::count_if(group.orders.begin(), group.orders.end(),
                                 [](const auto& entry) { return entry.second.is_live(); });
    }
    out.push_back({"open_groups", open, domain::Unit::Count});
    out.push_back({"working_orders", working, domain::Unit::Count});
    out.push_back({"orders_sent", static_cast<int64_t>(state_.orders_sent), domain::Unit::Count});
    out.push_back({"fills", static_cast<int64_t>(state_.fills), domain::Unit::Count});
    out.push_back({"alerts", static_cast<int64_t>(state_.alerts), domain::Unit::Count});
    base::Money net;
    for (const auto& account : config_.accounts) {
        net += state_.book.realised(account.name) - state_.book.charges(account.name).total();
    }
    out.push_back({"net_pnl", net.raw(), domain::Unit::Rupees});
}

}  // namespace sauda::execution
