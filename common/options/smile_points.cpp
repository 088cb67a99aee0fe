#include "common/options/deterministic_math.h"
#include "common/options/implied_volatility.h"
#include "common/options/smile.h"

namespace sauda::options {
namespace {

constexpr double kWorstError = 0.5;  // of the volatility; wider quotes say nothing

}  // namespace

void smile_points(const ExpiryQuotes& quotes, std::vector<SmilePoint>& out) {
    out.clear();
    for (const StrikeQuotes& strike : quotes.strikes) {
        const bool is_call = strike.strike >= quotes.forward;
        const double bid = is_call ? strike.call_bid : strike.put_bid;
        const double ask = is_call ? strike.call_ask : strike.put_ask;
        if (!is_two_sided(bid, ask)) {
            continue;
        }
        const double half = 0.5 * (ask - bid);
        const double step = half > quotes.tick ? half : quotes.tick;
        const auto found = implied_volatility({0.5 * (bid + ask), quotes.forward, strike.strike,
                                               quotes.years, quotes.discount, is_call},
                                              step);
        if (!found || !(found->error <= kWorstError * found->volatility)) {
            continue;
        }
        out.push_back({strike.strike, log_of(strike.strike / quotes.forward), found->volatility,
                       found->error, found->vega});
    }
}

}  // namespace sauda::options
