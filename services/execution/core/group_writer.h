#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// Emits one step of a group through domain::next_state; a step that does not fit is a bug.
void write_group(Desk& desk, const Group& group, domain::GroupEventKind kind,
                 domain::Reason reason = {}, base::Money stop_pnl = {});

// A new best P&L of a trailing group.
void write_trail(Desk& desk, const Group& group, base::Money best);

// Accepted: makes the group. Returns it.
const Group& write_accepted(Desk& desk, const domain::Decision& decision);

domain::Reason reason_of(domain::ReasonCode code, std::vector<domain::Number> numbers = {});

}  // namespace sauda::execution
