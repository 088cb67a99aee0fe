#pragma once

#include "common/domain/market_data.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace sauda::feed {

using domain::Bar;
using domain::ContractId;
using domain::Duration;
using domain::Price;
using domain::Quantity;
using domain::Timestamp;

// What one quote adds to a bar.
struct BarTick {
    ContractId contract;
    Price price;
    Quantity volume;  // traded since the contract's previous quote
    Quantity open_interest;
};

// Adds a price to a bar; opens the bar if it is empty.
void extend(Bar& bar, const BarTick& tick);

// Open bars of one length, by the minute (or second) in which a quote became known. Nothing is
// allocated per quote once every contract has been seen.
class BarBuilder {
 public:
    explicit BarBuilder(Duration length = base::minutes(1)) : length_(length) {}

    void add(const BarTick& tick, Timestamp known);
    // End of the earliest non-empty bucket that overlaps [open, close).
    [[nodiscard]] std::optional<Timestamp> next_end(Timestamp open, Timestamp close) const;
    // The bars of the bucket, ordered by contract; empty if there is none.
    [[nodiscard]] std::vector<Bar> bars(Timestamp start) const;
    void drop_through(Timestamp start);
    void clear();

    [[nodiscard]] Duration length() const { return length_; }
    [[nodiscard]] Timestamp start_of(Timestamp t) const { return {t.ns - t.ns % length_.ns}; }

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("length, contracts, buckets", length_, contracts_, buckets_);
        if (slots_.size() != contracts_.size()) {  // only after reading
            slots_.clear();
            for (uint32_t i = 0; i < contracts_.size(); ++i) {
                slots_[contracts_[i].raw()] = i;
            }
        }
    }

    // Buckets nobody publishes (before the open, on a holiday) are forgotten beyond this many.
    static constexpr std::size_t kBucketsMax = 8;

 private:
    struct Bucket {
        Timestamp start;
        std::vector<Bar> bars;  // by slot; updates == 0: empty
        SAUDA_FIELDS(start, bars)
    };
    Bucket& bucket_at(Timestamp start);
    uint32_t slot_of(ContractId contract);

    Duration length_;
    std::vector<ContractId> contracts_;             // by slot
    std::vector<Bucket> buckets_;                   // ascending
    std::unordered_map<uint64_t, uint32_t> slots_;  // never iterated
    std::vector<std::vector<Bar>> spare_;           // memory of dropped buckets
};

}  // namespace sauda::feed
