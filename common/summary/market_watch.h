#pragma once

#include "common/domain/chain.h"
#include "common/domain/market_rules.h"

#include <memory>
#include <optional>

namespace sauda::summary {

using base::Date;
using base::Duration;
using base::Money;
using base::Price;
using base::Timestamp;
using domain::ContractId;
using domain::Underlying;

struct Straddle {
    Timestamp at;
    Date expiry;
    Price strike;
    Price forward;
    Price call;  // mid
    Price put;   // mid
    [[nodiscard]] Price total() const { return call + put; }
    SAUDA_FIELDS(at, expiry, strike, forward, call, put)
};

// The 09:30 straddle, sold at the bids and bought back at the asks at 15:10 or, when the quotes end
// earlier, at the last ones.
struct StraddleSale {
    Straddle sold;   // call and put are the bids
    Price call_ask;  // of the exit
    Price put_ask;
    Timestamp exit_at;
    bool is_final = false;
    SAUDA_FIELDS(sold, call_ask, put_ask, exit_at, is_final)
};

// One underlying over one session: the fold of its quotes, snapshot by snapshot (all batches of one
// known_time).
class MarketWatch {
 public:
    void start_day();  // keeps the chain for marks of carried positions
    void add(const domain::QuoteBatch& batch, Timestamp known, bool is_open);
    // The snapshot being received is whole.
    void end_snapshot(bool is_open);

    [[nodiscard]] const domain::Chain& chain() const { return chain_; }
    [[nodiscard]] Timestamp snapshot_at() const { return snapshot_at_; }
    [[nodiscard]] bool has_pending() const { return is_pending_; }
    [[nodiscard]] Price open() const { return open_; }
    [[nodiscard]] Price high() const { return high_; }
    [[nodiscard]] Price low() const { return low_; }
    [[nodiscard]] Price close() const { return close_; }
    [[nodiscard]] const std::optional<Straddle>& first_straddle() const { return first_; }
    [[nodiscard]] const std::optional<Straddle>& last_straddle() const { return last_; }
    [[nodiscard]] const std::optional<StraddleSale>& sale() const { return sale_; }
    [[nodiscard]] Date nearest_expiry() const { return nearest_expiry_; }
    [[nodiscard]] domain::Exchange exchange() const { return exchange_; }
    [[nodiscard]] bool is_spot() const { return is_spot_; }
    [[nodiscard]] uint64_t quotes() const { return quotes_; }
    [[nodiscard]] uint64_t snapshots() const { return snapshots_; }
    [[nodiscard]] uint64_t repeats() const { return repeats_; }
    [[nodiscard]] Timestamp first_known() const { return first_known_; }
    [[nodiscard]] Timestamp last_known() const { return last_known_; }
    // Price of closing `net` units now: bid for longs, ask for shorts; else the last trade.
    [[nodiscard]] std::optional<Price> closing_price(ContractId contract, bool is_long) const;

    SAUDA_FIELDS(chain_, snapshot_at_, is_pending_, open_, high_, low_, close_, first_, last_,
                 sale_, nearest_expiry_, exchange_, underlying_, is_spot_, quotes_, snapshots_,
                 repeats_, newest_stamp_, is_fresh_, first_known_, last_known_)

 private:
    [[nodiscard]] std::optional<Straddle> straddle(Price forward) const;
    void watch_sale(const Straddle& now);

    domain::Chain chain_;
    Timestamp snapshot_at_;
    bool is_pending_ = false;
    Price open_, high_, low_, close_;
    std::optional<Straddle> first_, last_;
    std::optional<StraddleSale> sale_;
    Date nearest_expiry_;
    domain::Exchange exchange_ = domain::Exchange::Unspecified;
    Underlying underlying_ = Underlying::Unspecified;
    bool is_spot_ = false;
    uint64_t quotes_ = 0;
    uint64_t snapshots_ = 0;
    uint64_t repeats_ = 0;
    Timestamp newest_stamp_;
    bool is_fresh_ = false;
    Timestamp first_known_, last_known_;
};

// Net result of the sale after charges, one lot. nullopt when a price, the lot or a rate is
// unknown.
std::optional<Money> net_of_sale(const MarketWatch& watch, const domain::MarketRules& rules,
                                 Date date);

// At-the-money volatility a year, 1e-6: the mean of what call and put imply (Black 1976 on the
// parity forward). 0 when unknown.
int64_t straddle_volatility(const Straddle& straddle, Timestamp expires_at);

}  // namespace sauda::summary
