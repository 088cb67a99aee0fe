#pragma once

#include "common/domain/market_data.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sauda::domain {

// The last quote of every contract of one underlying, as a value each core keeps for itself.
class Chain {
 public:
    void update(const Quote& quote);
    [[nodiscard]] const Quote* find(ContractId contract) const;
    // Expiries with at least one option quote, ascending, not before `from`.
    [[nodiscard]] std::vector<Date> expiries(Date from) const;
    // Strikes of an expiry that have been quoted, ascending.
    [[nodiscard]] std::vector<Price> strikes(Date expiry) const;
    [[nodiscard]] const Quote* option(Date expiry, Price strike, ContractKind kind) const;
    // Forward implied by put-call parity, K + call mid - put mid: median over the up to five
    // two-sided strikes with the smallest |call mid - put mid|. nullopt with fewer than one.
    [[nodiscard]] std::optional<Price> parity_forward(Date expiry) const;
    // The listed strike nearest to `reference` (lower one on a tie).
    [[nodiscard]] std::optional<Price> nearest_strike(Date expiry, Price reference) const;
    void clear();
    [[nodiscard]] std::size_t size() const { return quotes_.size(); }

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("quotes", quotes_);
        rebuild_if_reading();
    }

 private:
    struct Strike {
        uint32_t call = UINT32_MAX;  // index into quotes_
        uint32_t put = UINT32_MAX;
    };
    void index(uint32_t slot);
    void rebuild_if_reading();

    std::vector<Quote> quotes_;                     // in order of first appearance
    std::unordered_map<uint64_t, uint32_t> slots_;  // never iterated
    std::map<Date, std::map<Price, Strike>> options_;
};

}  // namespace sauda::domain
