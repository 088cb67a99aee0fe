#pragma once

#include "common/domain/message.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sauda::test {

// What a day of option quotes looks like, seen every `cadence`: how wide, how alive, how curved.
// Both a recording and the simulated exchange are looked at through it. Where a source has no bid
// and ask, the smile is that of its last trades.
class MarketProfile {
 public:
    // Options of one underlying; expiries settle at `settlement` of their day (since midnight IST).
    MarketProfile(domain::Underlying underlying, base::Duration cadence, base::Duration settlement);
    void take(const domain::Message& message);

    // Name of a figure to its value, in the order they are to be shown.
    [[nodiscard]] std::vector<std::pair<std::string, double>> figures() const;

 private:
    using Expiry = std::vector<const domain::Quote*>;
    struct Seen {
        domain::Price bid;
        domain::Price ask;
        domain::Price last;
        domain::Quantity volume;
    };
    void sample(domain::Timestamp time);
    void sample_expiry(std::size_t rank, const Expiry& quotes, domain::Timestamp time);
    void sample_smile(std::size_t rank, const Expiry& quotes, double forward,
                      domain::Timestamp time);
    void sample_changes(std::size_t rank, double aside, const domain::Quote& quote);

    domain::Underlying underlying_;
    base::Duration cadence_;
    base::Duration settlement_;
    domain::Timestamp next_;
    std::map<domain::ContractId, domain::Quote> quotes_;
    std::map<domain::ContractId, Seen> seen_;
    std::map<std::string, std::vector<double>> medians_;
    std::map<std::string, std::pair<double, double>> shares_;  // hits and tries
    std::map<int, double> volume_;                             // by half hour since midnight
};

}  // namespace sauda::test
