#include "services/execution/core/group_writer.h"

#include "services/execution/core/mark.h"

namespace sauda::execution {

using domain::GroupEvent;
using domain::GroupEventKind;

namespace {

GroupEvent event_of(const Desk& desk, const Group& group, GroupEventKind kind) {
    const auto state = domain::next_state(group.state, kind);
    INVARIANT(state.has_value());
    GroupEvent event;
    event.kind = kind;
    event.state = *state;
    event.group = group.id;
    event.decision = group.decision;
    event.account = group.account;
    event.bot = group.bot;
    event.pnl = mark_of(desk, group).pnl;
    event.best_pnl = group.best_pnl;
    event.charges = group.charges.total();
    return event;
}

}  // namespace

void write_group(Desk& desk, const Group& group, GroupEventKind kind, domain::Reason reason,
                 base::Money stop_pnl) {
    GroupEvent event = event_of(desk, group, kind);
    event.reason = std::move(reason);
    event.stop_pnl = stop_pnl;
    desk.out.emit(domain::StreamId::ExecutionReport, std::move(event));
}

void write_trail(Desk& desk, const Group& group, base::Money best) {
    GroupEvent event = event_of(desk, group, GroupEventKind::TrailRaised);
    event.best_pnl = best;
    desk.out.emit(domain::StreamId::ExecutionReport, std::move(event));
}

const Group& write_accepted(Desk& desk, const domain::Decision& decision) {
    GroupEvent event;
    event.kind = GroupEventKind::Accepted;
    event.state = domain::GroupState::Approved;
    event.group = decision.intent.id;
    event.decision = decision.id;
    event.account = decision.intent.account;
    event.bot = decision.intent.bot;
    event.approval = decision;
    desk.out.emit(domain::StreamId::ExecutionReport, std::move(event));
    return *desk.state.find_group(decision.intent.id);
}

domain::Reason reason_of(domain::ReasonCode code, std::vector<domain::Number> numbers) {
    return {code, std::move(numbers)};
}

}  // namespace sauda::execution
