#pragma once

#include "services/execution/core/desk.h"

#include <optional>

namespace sauda::execution {

struct ExitHit {
    domain::ReasonCode code = domain::ReasonCode::None;
    base::Money level;  // the P&L that was hit
    base::Money pnl;
};

// Which protective level the group's P&L at the closing side has reached. Stops count on any
// price that is known; targets and trailing gains only on live ones.
std::optional<ExitHit> find_exit(const View& view, const Group& group);

// The new best P&L of a trailing group, if it rose by at least a quarter of the distance.
std::optional<base::Money> find_trail(const View& view, const Group& group);

// Judges a group on the quotes as they stand: starts its exit, or raises its trail.
void watch_group(Desk& desk, const Group& group);

}  // namespace sauda::execution
