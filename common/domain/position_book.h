#pragma once

#include "common/domain/ledger.h"

#include <map>
#include <string>

namespace sauda::domain {

// Positions, realised P&L, charges and cash as the fold of the account ledger; the one fold
// everybody uses (execution, risk, summary, lab). Closing is against average cost: the share of
// cost released by a partial close is cost x closed / open, rounded half away from zero, the
// remainder stays. A fill that passes through zero closes first and opens the rest.
class PositionBook {
 public:
    // Returns the key and the position after the entry (Deposit: an empty key).
    std::pair<PositionKey, Position> apply(const LedgerEntry& entry);
    // Sets one position outright (a core that recovers from PositionEvents).
    void set(const PositionKey& key, const Position& position);

    [[nodiscard]] const std::map<PositionKey, Position>& positions() const { return positions_; }
    [[nodiscard]] Position find(const PositionKey& key) const;  // flat if unknown
    // Net over bots and groups.
    [[nodiscard]] Quantity account_net(const std::string& account, Product product,
                                       ContractId contract) const;
    // Life-to-date sums of an account; realised before charges.
    [[nodiscard]] Money realised(const std::string& account) const;
    [[nodiscard]] Charges charges(const std::string& account) const;
    [[nodiscard]] Money deposits(const std::string& account) const;
    // deposits + sum of (sold - bought) - charges.
    [[nodiscard]] Money cash(const std::string& account) const;

    friend bool operator==(const PositionBook&, const PositionBook&) = default;
    SAUDA_FIELDS(positions_, deposits_)

 private:
    std::map<PositionKey, Position> positions_;
    std::map<std::string, Money> deposits_;
};

// P&L of closing `position` at `price` per unit, before charges of the closing.
Money unrealised(const Position& position, Price price);

}  // namespace sauda::domain
