#pragma once

#include "common/domain/core.h"
#include "services/risk/core/exposure.h"

namespace sauda::risk {

// What the day cost so far against what it may cost. A negative loss is a profit.
struct Losses {
    domain::Money day;  // start-of-day equity - equity
    domain::Money day_limit;
    domain::Money day_warning;
    domain::Money drawdown;        // the day's highest equity - equity
    domain::Money drawdown_limit;  // zero: none
};
Losses losses_of(const AccountConfig& config, const AccountState& account, const Figures& figures);

// Warns at the warning level, and at a limit allows only reducing for the rest of the day; closes
// everything if the account is configured so. Emits each at most once a day.
void watch_losses(const AccountConfig& config, const State& state, const Market& market,
                  domain::Emitter& out);

}  // namespace sauda::risk
