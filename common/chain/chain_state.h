#pragma once

#include "common/domain/market_data.h"
#include "common/options/expiry_chain.h"

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace sauda::chain {

struct ChainConfig {
    double rate = 0.06;  // a year, continuous: what premiums cost to carry
    base::Duration grid = base::milliseconds(250);  // of event time
    base::Duration quote_life;        // older quotes are not used; zero: they live until the next
    uint32_t expiries_followed = 64;  // the nearest ones get analytics; quotes are kept of all
    bool fits_smile = true;
};

// The option chain of one underlying with what follows from it, as a value a core keeps: soft
// state. update() is O(1) per quote and allocates nothing once every contract has been seen.
//
// Forward, volatilities, Greeks and smile of an expiry are computed on a grid of event time: what
// was quoted within [k, k + 1) x grid shows at (k + 1) x grid, as of that instant, never before.
// So they depend on the quotes alone and not on when somebody looked. advance(now) must be called
// before reading; update() does it too. An expiry nobody quoted keeps what it had: see as_of().
//
// Needs the settlement instant of each expiry (take()); without it quotes are kept and the rest is
// none.
class ChainState {
 public:
    explicit ChainState(ChainConfig config = {}) : config_(config) {}

    // Settlement instant and tick of the contract's expiry.
    void take(const domain::Instrument& instrument);
    // Quotes of the underlying, its futures and options; known never goes back.
    void update(const domain::Quote& quote, base::Timestamp known);
    void update(const domain::QuoteBatch& batch, base::Timestamp known);
    // Computes what is due at `now`. now never goes back.
    void advance(base::Timestamp now);
    // Computes whatever has changed as of `now` without waiting for the grid: for tools that look
    // once. A core must not: what it sees would depend on when it looked.
    void refresh(base::Timestamp now);
    // Forgets the quotes and what follows from them, for a new day.
    void clear();

    // Expiries with an option quote, ascending.
    [[nodiscard]] std::vector<domain::Date> expiries() const;
    [[nodiscard]] const options::ExpiryChain* find(domain::Date expiry) const;
    // The first expiry that settles after `now`; nullopt: none is known to.
    [[nodiscard]] std::optional<domain::Date> nearest(base::Timestamp now) const;
    [[nodiscard]] std::optional<base::Timestamp> settles_at(domain::Date expiry) const;
    // The last one; nullopt: not quoted.
    [[nodiscard]] std::optional<domain::Quote> spot() const { return spot_; }
    [[nodiscard]] std::optional<domain::Quote> future(domain::Date expiry) const;
    // When the last quote became known; not set: never.
    [[nodiscard]] base::Timestamp updated_at() const { return updated_at_; }

    // The configuration is not part of the snapshot.
    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("expiries, contracts, spot, futures", expiries_, contracts_, spot_,
                       futures_);
        archive.fields("updated_at, has_pending, pending_window", updated_at_, has_pending_,
                       pending_window_);
        if constexpr (requires { archive.ok(); }) {
            finish_reading();
        }
    }

 private:
    struct Expiry {
        domain::Date date;
        base::Timestamp settles_at;  // not set: unknown
        double tick = 0.05;          // rupees
        bool has_changed = false;    // since the last refresh
        options::ExpiryChain chain;
        SAUDA_FIELDS(date, settles_at, tick, has_changed, chain)
    };
    struct Slot {
        uint32_t expiry = 0;  // index into expiries_
        uint32_t handle = 0;
        bool is_call = false;
    };
    uint32_t expiry_index(domain::Date date);
    const Slot& slot_of(domain::ContractId contract);
    void add_slot(domain::ContractId contract);
    void refresh_changed(base::Timestamp as_of);
    void finish_reading();
    [[nodiscard]] const Expiry* find_expiry(domain::Date date) const;

    ChainConfig config_;
    std::vector<Expiry> expiries_;               // in order of first appearance
    std::vector<domain::ContractId> contracts_;  // options, in order of first appearance
    std::optional<domain::Quote> spot_;
    std::vector<domain::Quote> futures_;  // last quote each
    base::Timestamp updated_at_;
    bool has_pending_ = false;
    int64_t pending_window_ = 0;
    std::unordered_map<uint64_t, Slot> slots_;  // by contract; never iterated
    std::vector<uint32_t> by_date_;             // indices into expiries_, dates ascending
};

// Minutes from `now` to the settlement: whole minutes, rounded up, while more than 2,000 are left
// (an error below 0.05 %, and volatilities stay as they are within a minute), exact in the end.
double minutes_left(base::Timestamp now, base::Timestamp settles_at);

}  // namespace sauda::chain
