#pragma once

#include "common/domain/chain.h"
#include "services/feed/core/bar_builder.h"

#include <optional>

namespace sauda::feed {

// Everything the feed remembers of one underlying's quotes: a function of the quotes and of the
// bars already published, so it is soft state and is rebuilt by feeding the quotes again.
class UnderlyingBook {
 public:
    // A quote of another underlying, or of a contract that expired before today, is counted and
    // left out.
    void observe(const domain::QuoteBatch& batch, Timestamp now);
    // Own bars came out: drops them.
    void published(const domain::BarBatch& batch);

    // End of the earliest bar of this length that overlaps [open, close) and has an update.
    [[nodiscard]] std::optional<Timestamp> next_bar_end(Duration length, Timestamp open,
                                                        Timestamp close) const;
    [[nodiscard]] domain::BarBatch bars_ending(Duration length, Timestamp end) const;
    // What contracts of `expiry` settle at: the spot if it is quoted, else the last parity forward.
    // On the paisa.
    [[nodiscard]] std::optional<Price> settlement_price(domain::Date expiry) const;
    [[nodiscard]] bool has_contracts_of(domain::Date expiry) const;

    // The last input whose event_time advanced, and the one before it at another instant.
    [[nodiscard]] Timestamp fresh_at() const { return fresh_at_; }
    [[nodiscard]] Timestamp previous_fresh_at() const { return previous_fresh_at_; }
    [[nodiscard]] Timestamp last_known() const { return last_known_; }
    [[nodiscard]] uint64_t quotes() const { return quotes_; }
    [[nodiscard]] uint64_t batches() const { return batches_; }
    [[nodiscard]] uint64_t refused() const { return refused_; }
    [[nodiscard]] const domain::Chain& chain() const { return chain_; }

    SAUDA_FIELDS(date_, chain_, minute_, second_, nearest_expiry_, exchange_, underlying_,
                 pending_forward_, pending_at_, last_forward_, newest_event_, fresh_at_,
                 previous_fresh_at_, last_known_, quotes_, batches_, refused_)

 private:
    void start_date(domain::Date date);
    void add(const domain::Quote& quote, Timestamp now);
    void flush_forward();
    [[nodiscard]] BarTick forward_tick() const;
    [[nodiscard]] const BarBuilder& builder(Duration length) const;

    domain::Date date_;
    domain::Chain chain_;
    BarBuilder minute_{base::minutes(1)};
    BarBuilder second_{base::seconds(1)};  // spot and synthetic only
    domain::Date nearest_expiry_;          // days 0: none seen
    domain::Exchange exchange_ = domain::Exchange::Unspecified;
    domain::Underlying underlying_ = domain::Underlying::Unspecified;
    // The forward of the snapshot being received (all batches of one known_time); it enters the
    // bars once the snapshot is whole, so that no half-updated chain shows as a high or low.
    std::optional<Price> pending_forward_;
    Timestamp pending_at_;
    std::optional<Price> last_forward_;  // of the nearest expiry
    Timestamp newest_event_;
    Timestamp fresh_at_;
    Timestamp previous_fresh_at_;
    Timestamp last_known_;
    uint64_t quotes_ = 0;
    uint64_t batches_ = 0;
    uint64_t refused_ = 0;
};

}  // namespace sauda::feed
