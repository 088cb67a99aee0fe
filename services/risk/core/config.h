#pragma once

#include "common/domain/contract_id.h"

#include <string>
#include <vector>

namespace sauda::risk {

// Limits of one account. Ratios are in 1e-6 of the account's capital unless said otherwise; where
// a limit exists in rupees and as a ratio, the tighter counts. Zero switches off what says so.
struct AccountLimits {
    int64_t position_cap = 350'000;  // one leg group: margin for shorts, premium for longs
    int64_t margin_cap = 700'000;    // all leg groups together
    int64_t trade_risk = 20'000;     // loss at the stop of one leg group
    int64_t default_stop = 20'000;   // stop of a short whose bot sets none
    int64_t daily_loss = 30'000;
    domain::Money daily_loss_rupees;       // zero: none
    int64_t daily_loss_warning = 700'000;  // 1e-6 of the daily loss limit
    bool flatten_on_daily_loss = false;    // else only reducing
    int64_t drawdown = 50'000;             // from the day's highest equity; zero: none
    int64_t trades_per_day = 5;            // leg groups
    int64_t positions_max = 5;             // leg groups open at once
    int64_t lots_max = 20;                 // of one leg
    domain::Money order_value_max;         // premium value of one leg; zero: the capital
};

struct AccountConfig {
    std::string name;
    domain::Money capital;
    AccountLimits limits;
};

// Orders per rolling window. Entries may use a window less what is kept for cancels and exits.
struct RateLimits {
    int64_t per_second = 9;
    int64_t per_minute = 500;
    int64_t per_hour = 1'000;
    int64_t kept_per_second = 3;
    int64_t kept_share = 200'000;  // 1e-6 of the minute and hour windows
};

struct RiskConfig {
    std::vector<AccountConfig> accounts;
    std::vector<std::string> bots;                               // that may trade; empty: any
    base::Duration entry_start = base::minutes(5);               // after the open
    base::Duration entries_until = base::minutes(14 * 60 + 45);  // Indian time of day
    base::Duration tomorrow_margin_at = base::minutes(14 * 60 + 30);
    // How far a limit may stand from the touch, beside the exchange's own collar: the larger of
    // the two. Ratio in 1e-6 of the touch.
    domain::Price collar_absolute = domain::Price::from_rupees(10);
    int64_t collar_ratio = 250'000;
    // Widest spread of an entry, and of a mark taken from the middle: the larger of the two.
    domain::Price spread_floor = domain::Price::from_rupees(1);
    int64_t spread_ratio = 50'000;  // 1e-6 of the mid
    RateLimits rates;
    bool allow_physical = false;   // options that expire into delivery of shares
    bool allow_devolving = false;  // options held until they become a future (MCX)
    base::Duration devolving_margin = base::minutes(30);  // before the close of the day before
    int64_t cost_multiple = 3;  // a target below this many round trips is not worth it
    base::Duration stale_limit = base::seconds(3);     // of a source that declares none
    base::Duration cancel_wait = base::seconds(5);     // flatten waits this long for cancels
    base::Duration flatten_retry = base::seconds(30);  // before a group is told again

    [[nodiscard]] const AccountConfig* find(const std::string& account) const;
};

// `small`: 17,000 rupees, 1 lot. `standard`: 10 lakh.
AccountConfig small_account();
AccountConfig standard_account();
RiskConfig default_config();

// value x ratio / 1e6.
domain::Money share_of(domain::Money value, int64_t ratio);
// The tighter of the daily loss in rupees and as a ratio.
domain::Money daily_loss_limit(const AccountConfig& account);

}  // namespace sauda::risk
