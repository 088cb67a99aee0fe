#pragma once

#include "common/domain/charges.h"
#include "common/domain/market_data.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace sauda::trainer {

// Both sides of a strike's call and put; zero where there is none.
struct StrikeSides {
    domain::Price call_bid;
    domain::Price call_ask;
    domain::Price put_bid;
    domain::Price put_ask;
};
// What could be dealt at one instant, once a minute, a second after the bar: an order decided on
// the bar never fills on the quotes it was decided on.
struct Moment {
    domain::Timestamp at;
    std::map<domain::Price, StrikeSides> strikes;
};

// The three barriers of a trade of one lot, whichever comes first, looked at once a minute on the
// closing side. Shares of the premium paid or received, 1e-6.
struct Barriers {
    int64_t target = 300'000;
    int64_t stop = 200'000;
    domain::Duration horizon = base::minutes(30);
    domain::Timestamp flat_at;  // nothing is held longer
};

// One lot of the contracts of a day.
struct LotTerms {
    domain::Quantity lot;
    domain::ChargeRates rates;
};

struct Outcome {
    domain::Money net;  // after spread and charges
    domain::Timestamp exit;
};

enum class TradeKind : uint8_t { BuyCall = 0, BuyPut = 1, SellStraddle = 2 };

// What the trade that `entry` (index into moments) allowed came to: in at the ask (sold at the
// bid), out at the bid (bought back at the ask) of the first moment beyond a barrier. nullopt: a
// side is missing at the entry, or no later moment shows the closing side.
std::optional<Outcome> outcome_of(TradeKind kind, std::span<const Moment> moments,
                                  std::size_t entry, domain::Price strike, const LotTerms& terms,
                                  const Barriers& barriers);

// The strike nearest to the forward with both sides of call and put; nullopt: none.
std::optional<domain::Price> dealable_strike(const Moment& moment, domain::Price forward);

}  // namespace sauda::trainer
