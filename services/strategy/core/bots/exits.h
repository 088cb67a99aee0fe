#pragma once

#include "services/strategy/core/bot_registry.h"
#include "services/strategy/core/view.h"

namespace sauda::strategy {

// Seconds since midnight.
constexpr int64_t clock_seconds(int64_t hour, int64_t minute) { return hour * 3600 + minute * 60; }

// Parameters every premium-based bot has: entry window, square-off, slippage, stop, target and
// trail in per cent of the premium. The arguments are the initial values that differ.
struct ExitDefaults {
    int64_t entry_time = 0;  // seconds since midnight
    int64_t stop_percent = 0;
    int64_t target_percent = 0;
    int64_t trailing_trigger_percent = 0;
    int64_t trailing_distance_percent = 0;
};
std::vector<ParameterInfo> premium_parameters(const ExitDefaults& defaults);
// What is wrong with them taken together; empty = nothing.
std::string premium_problem(const Parameters& values);

// Exits of a group that paid or received `premium`.
domain::ExitPlan exits_of(const View& view, Money premium);
// 15:05, or ten minutes before the close on a day whose session does not hold that time.
Timestamp square_off_of(const View& view);

// The side a trade would meet; the last price where the source has no depth. Zero: none.
Price bid_of(const domain::Quote& quote);
Price ask_of(const domain::Quote& quote);

}  // namespace sauda::strategy
