#pragma once

#include "services/cli/core/story.h"

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace sauda::cli {

// Remembers the recent messages of every stream, so that a decision can be followed back to the
// market data behind it while the archive passes by once. Memory is bounded.
class CauseTrail {
 public:
    void add(const domain::Message& message);
    // The parents of `message`, their parents and so on, nearest first, each once. What has passed
    // out of memory is left out.
    [[nodiscard]] std::vector<domain::Message> behind(const domain::Message& message) const;
    // The market data at the end of such a chain: a quote message in it, else the quotes the bar in
    // it was built from.
    [[nodiscard]] std::optional<QuoteRange> origin_of(
        const std::vector<domain::Message>& chain) const;

 private:
    [[nodiscard]] const domain::Message* find(const domain::Cause& cause) const;
    [[nodiscard]] std::optional<QuoteRange> quotes_of(const domain::BarBatch& bar) const;

    std::map<domain::StreamId, std::deque<domain::Message>> recent_;  // ascending by seq
};

// The last two quotes of every contract: a decision may have been made on the one before the last,
// when several messages became known together.
class QuoteMemory {
 public:
    void add(const domain::Message& message);  // of a QuoteBatch
    // The newest one, not after `limit` where that names the contract's own stream.
    [[nodiscard]] std::optional<QuoteSeen> find(domain::ContractId contract,
                                                std::optional<domain::Cause> limit = {}) const;

 private:
    struct Pair {
        QuoteSeen last;
        std::optional<QuoteSeen> before;
    };
    std::map<domain::ContractId, Pair> quotes_;
};

}  // namespace sauda::cli
