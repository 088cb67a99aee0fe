#pragma once

#include "common/margin/span_margin.h"

#include <set>

namespace sauda::risk {

class Market;

// The margin engine and, for it, the conditions of the moment. Nothing but memory: what it answers
// is a function of the market, the rules and the date it is prepared with, so it is not saved.
class MarginDesk {
 public:
    // The market has changed; what was prepared before does not hold any more.
    void forget() { prepared_.clear(); }
    // fallback: price of the underlying where the market tells none, > 0.
    void prepare(const Market& market, const domain::MarketRules& rules,
                 margin::Commodity commodity, domain::Date today, domain::Price fallback);
    // Prepare every commodity first.
    [[nodiscard]] margin::SpanEngine& engine() { return engine_; }

 private:
    margin::SpanEngine engine_;
    domain::Date today_;                          // of prepared_
    const domain::MarketRules* rules_ = nullptr;  // of prepared_
    std::set<margin::Commodity> prepared_;
};

// Price of the underlying: the spot, else the forward of the first expiry that shows one by parity,
// else zero.
domain::Price commodity_price(const Market& market, margin::Commodity commodity,
                              domain::Date today);
// What the market implies near the money, of the first expiry a week or more away, else of the last
// one quoted; by marks. 0: nothing tells it.
int64_t commodity_volatility(const Market& market, margin::Commodity commodity, domain::Date today,
                             domain::Price underlying, int64_t rate);

}  // namespace sauda::risk
