#pragma once

#include "common/domain/market_data.h"
#include "common/domain/session.h"
#include "services/execution/core/paper_venue/config.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace sauda::execution {

// The last quote of a contract with the sides one can trade against.
struct BoardQuote {
    domain::Quote quote;
    base::Timestamp known_time;
    uint64_t version = 0;  // counts the quotes of this contract
    base::Price bid;       // observed, or modelled around the last price; zero: none
    base::Price ask;
    base::Quantity bid_size;  // Quantity::max() where the source shows no sizes
    base::Quantity ask_size;
    base::Price last_bid;  // the last ones that existed
    base::Price last_ask;
    bool modelled = false;
    bool has_depth = true;

    [[nodiscard]] base::Price mid() const {
        return bid.is_positive() && ask.is_positive()
                   ? base::Price::from_raw((bid.raw() + ask.raw()) / 2)
                   : base::Price{};
    }
    SAUDA_FIELDS(quote, known_time, version, bid, ask, bid_size, ask_size, last_bid, last_ask,
                 modelled, has_depth)
};

// Last quotes of all contracts. Soft state: a function of the feed's streams alone.
class QuoteBoard {
 public:
    explicit QuoteBoard(HalfSpread half_spread = {}) : half_spread_(half_spread) {}

    void observe(const domain::SourceInfo& source);
    // Returns the contract's entry; `previous_volume` gets the volume before.
    const BoardQuote& observe(const domain::Quote& quote, base::Timestamp known_time,
                              base::Quantity& previous_volume);
    [[nodiscard]] const BoardQuote* find(domain::ContractId contract) const;
    // Declared cadence of the underlying's source; zero if it declared none.
    [[nodiscard]] base::Duration interval(domain::Underlying underlying) const;

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("quotes, sources", quotes_, sources_);
        if (slots_.size() != quotes_.size()) {
            rebuild();
        }
    }

 private:
    struct Source {
        base::Duration interval;
        bool has_depth = true;
        SAUDA_FIELDS(interval, has_depth)
    };
    void take_sides(BoardQuote& entry) const;
    void rebuild();

    HalfSpread half_spread_;
    std::vector<BoardQuote> quotes_;  // in order of first appearance
    std::map<domain::Underlying, Source> sources_;
    std::unordered_map<uint64_t, uint32_t> slots_;  // never iterated
};

}  // namespace sauda::execution
