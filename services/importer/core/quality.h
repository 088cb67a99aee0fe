#pragma once

#include "common/domain/market_data.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sauda::importer {

using base::Date;
using base::Duration;

// What there is to say about the data itself, before anybody trades on it.
struct Quality {
    uint64_t unchanged = 0;         // quotes equal to the contract's one before
    uint64_t stale_snapshots = 0;   // every quote of them unchanged
    uint64_t duplicates = 0;        // of a contract in one snapshot: the equal ones are left out
    uint64_t crossed = 0;           // refused: bid not below ask
    uint64_t volume_decreases = 0;  // the day's volume fell: held at what it had been
    uint64_t zero_spots = 0;        // rows that gave the underlying as 0
    uint64_t sentinel_volatilities = 0;  // of quotes with a price
    uint64_t old_prices = 0;             // last trades without any volume today: dropped
    uint64_t priceless = 0;              // quotes with neither a side nor a last trade
    uint64_t odd_opens = 0;              // bars whose open is outside of low and high
    uint64_t lot_differs = 0;            // rows whose lot is not that of the rules
    uint64_t parity_pairs = 0;           // calls with their put, within 2 % of the forward ...
    uint64_t parity_outliers = 0;        // ... that imply another forward (see ParityCheck)

    Quality& operator+=(const Quality& other);
    friend bool operator==(const Quality&, const Quality&) = default;
};

// "quality.duplicates" and so on, as a recording's description keeps them; the zeros too.
std::map<std::string, std::string> to_texts(const Quality& quality);

// Call and put of one strike in one snapshot, held against each other: K + call - put is the
// forward. The snapshot's forward of an expiry is the median of the five strikes with the smallest
// |call - put|. A pair within 2 % of it is an outlier when it is off by more than half of both
// spreads and 0.05 % of the forward; without bid and ask, by more than 0.25 %.
class ParityCheck {
 public:
    // expiry: any number that tells expiries apart, small.
    void add(std::size_t expiry, const domain::Quote& call, const domain::Quote& put);
    void finish(Quality& quality);  // of one snapshot

 private:
    struct Pair {
        int64_t distance = 0;  // |call - put|, raw
        int64_t forward = 0;
        int64_t strike = 0;
        int64_t half_spreads = -1;  // -1: last trades
    };
    static void judge(std::vector<Pair>& pairs, Quality& quality);

    std::vector<std::vector<Pair>> expiries_;
};

}  // namespace sauda::importer
