#include "services/execution/core/advance.h"

#include "services/execution/core/entry.h"
#include "services/execution/core/exit.h"
#include "services/execution/core/group_writer.h"

#include <algorithm>

namespace sauda::execution {

using base::Timestamp;
using domain::GroupState;
using domain::ReasonCode;

namespace {

bool waits_for_square_off(const Group& group) {
    return group.state == GroupState::Entering || group.state == GroupState::Open;
}

bool waits_for_alarm(const Group& group) { return !group.is_alarmed && !group.is_flat(); }

void tell_alarm(Desk& desk, const Group& group) {
    if (waits_for_alarm(group) && desk.now >= group.alarm_at) {
        alert(desk, domain::Severity::Critical, ReasonCode::ExitChasing, group.id,
              "still open after square-off: " + group.bot,
              {number("alarm_at", group.alarm_at.ns, domain::Unit::Time)});
    }
}

}  // namespace

void advance(Desk& desk, const Group& group) {
    if (waits_for_square_off(group) && desk.now >= group.exits.square_off_at) {
        start_exit(
            desk, group,
            reason_of(ReasonCode::ExitSquareOff,
                      {number("square_off_at", group.exits.square_off_at.ns, domain::Unit::Time)}),
            {});
    } else if (group.state == GroupState::Entering) {
        advance_entry(desk, group);
    } else if (group.needs_exit()) {
        advance_exit(desk, group);
    }
    tell_alarm(desk, group);
}

Timestamp group_deadline(const View& view, const Group& group) {
    Timestamp due = Timestamp::max();
    if (waits_for_square_off(group)) {
        due = std::min(due, group.exits.square_off_at);
    }
    if (waits_for_alarm(group)) {
        due = std::min(due, group.alarm_at);
    }
    if (group.state == GroupState::Entering) {
        due = std::min(due, entry_deadline(view, group));
    } else if (group.needs_exit()) {
        due = std::min(due, exit_deadline(view, group));
    }
    return due;
}

}  // namespace sauda::execution
