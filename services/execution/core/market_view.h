#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/message.h"
#include "services/execution/core/quote_board.h"

#include <map>
#include <optional>
#include <set>

namespace sauda::execution {

// What the feed told: quotes, instruments, the session. Soft state, changed by observe() alone.
class MarketView {
 public:
    explicit MarketView(HalfSpread half_spread = {}) : board_(half_spread) {}

    void observe(const domain::SourceInfo& source) { board_.observe(source); }
    void observe(const domain::InstrumentBatch& batch);
    void observe(const domain::SessionEvent& event);
    QuoteBoard& board() { return board_; }
    [[nodiscard]] const QuoteBoard& board() const { return board_; }

    // Date of the session; before the first one, the Indian date of `now`.
    [[nodiscard]] base::Date date(base::Timestamp now) const;
    // Between a session's end and the next opening. Open while nothing is known.
    [[nodiscard]] bool is_closed(domain::Exchange exchange) const;
    [[nodiscard]] bool is_stale(domain::Underlying underlying) const;
    // Attributes as the feed published them, else by the dated rules.
    [[nodiscard]] std::optional<domain::Instrument> instrument(
        domain::ContractId contract, base::Timestamp now, const domain::MarketRules& rules) const;

    // The first future of the underlying that expires on or after `date`, of those the feed told
    // of.
    [[nodiscard]] std::optional<domain::ContractId> future_of(domain::Underlying underlying,
                                                              base::Date date) const;

    SAUDA_FIELDS(board_, instruments_, closed_, stale_, date_)

 private:
    QuoteBoard board_;
    std::map<domain::ContractId, domain::Instrument> instruments_;
    std::set<domain::Exchange> closed_;
    std::set<domain::Underlying> stale_;
    base::Date date_;
};

}  // namespace sauda::execution
