#pragma once

#include "common/domain/contract_id.h"
#include "services/execution/core/paper_venue/config.h"

#include <string>
#include <vector>

namespace sauda::execution {

using base::Date;
using base::Duration;
using base::Money;
using base::Price;
using base::Quantity;
using base::Timestamp;

struct AccountConfig {
    std::string name;
    Money capital;  // > 0; deposited once in the account's life
};

// Paper: the paper venue of this core. DryRun: every child is denied, nothing is ever sent.
enum class BrokerKind : uint8_t { Unspecified = 0, Paper = 1, DryRun = 2 };

// How far beyond the touch a marketable limit reaches: the larger of ratio (1e-6 of the touch)
// and a number of ticks. The collar of the day bounds it.
struct Protection {
    int64_t ratio = 0;
    int64_t ticks = 0;
};

struct ChaseConfig {
    // After which time an unfilled order is re-priced; the last one repeats.
    std::vector<Duration> intervals{base::seconds(2), base::seconds(2), base::seconds(5),
                                    base::seconds(5)};
    // By re-pricing; after the last one it doubles each time.
    std::vector<Protection> protections{{5'000, 2}, {15'000, 5}, {40'000, 10}, {80'000, 20}};
    Protection stale{50'000, 10};  // on top of it, on stale or one-sided data
    int modifications_max = 20;    // of one order; then a new slice, and slower
    Duration interval_beyond_max = base::minutes(1);
    int wider_steps = 2;                      // added after SquareOffTimes::wider
    Duration entry_chase = base::minutes(1);  // longest chase of the missing legs of an entry
};

// Broker's limits of placements and cancels together, and what is kept for cancels and exits.
struct RateConfig {
    int per_second = 9;
    int per_minute = 500;
    int per_hour = 1000;
    int reserved_per_second = 3;
    int64_t reserved_ratio = 200'000;  // 1e-6 of the minute and the hour
};

// Times of day in India.
struct SquareOffTimes {
    Duration at;     // for groups whose plan names none
    Duration wider;  // exits reach further from here on
    Duration alarm;  // what is open now is told to the owner
};

struct ExecutionConfig {
    std::vector<AccountConfig> accounts;
    BrokerKind broker = BrokerKind::Paper;
    std::string database_id;                     // not empty; approvals for another one are refused
    Duration entry_timeout = base::seconds(20);  // where the intent states none
    Duration resting_limit = base::minutes(30);  // no entry rests longer
    ChaseConfig chase;
    RateConfig rates;
    SquareOffTimes square_off{base::minutes(15 * 60 + 5), base::minutes(15 * 60 + 12),
                              base::minutes(15 * 60 + 20)};
    SquareOffTimes square_off_mcx{base::minutes(23 * 60 + 5), base::minutes(23 * 60 + 12),
                                  base::minutes(23 * 60 + 20)};
    PaperVenueConfig paper;
};

}  // namespace sauda::execution
