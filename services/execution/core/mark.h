#pragma once

#include "services/execution/core/desk.h"

namespace sauda::execution {

// P&L of a group if it were closed now, before charges: bid for longs, ask for shorts.
struct GroupMark {
    base::Money pnl;       // legs that were never quoted left out
    bool is_known = true;  // every open leg has a price
    bool is_live = true;   // and all of them can be traded against right now
};

GroupMark mark_of(const View& view, const Group& group);

}  // namespace sauda::execution
