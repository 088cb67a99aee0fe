#pragma once

#include "common/domain/decision.h"
#include "common/domain/ledger.h"

#include <map>
#include <string>
#include <vector>

namespace sauda::summary {

using base::Money;
using base::Price;
using base::Timestamp;
using domain::Quantity;

struct TradeLeg {
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;  // of the entry
    Quantity in_quantity;
    Money in_value;  // sum of price x quantity
    Quantity out_quantity;
    Money out_value;
    [[nodiscard]] Price in_price() const;  // average to 1/10,000; zero if nothing
    [[nodiscard]] Price out_price() const;
    SAUDA_FIELDS(contract, side, in_quantity, in_value, out_quantity, out_value)
};

// One leg group.
struct Trade {
    uint64_t group = 0;
    std::string bot;
    std::string account;
    domain::GroupState state = domain::GroupState::Unspecified;
    std::vector<TradeLeg> legs;  // in order of the first fill
    Timestamp in;                // first fill
    Timestamp out;               // flat again
    domain::Reason why_out;
    Money stop_pnl;  // the level that was hit
    Money charges;
    Money gross;  // once closed: sold - bought
    [[nodiscard]] bool has_traded() const { return in.is_set(); }
    [[nodiscard]] bool is_flat() const;
    [[nodiscard]] Money net() const { return gross - charges; }
    // Both sides' net price a unit when all legs have one quantity; nullopt otherwise. Absolute.
    [[nodiscard]] std::optional<Price> stop_price() const;
    [[nodiscard]] std::optional<Price> exit_price() const;
    SAUDA_FIELDS(group, bot, account, state, legs, in, out, why_out, stop_pnl, charges, gross)

    [[nodiscard]] std::optional<Quantity> common_quantity() const;
};

// Leg groups from the ledger's fills and execution's group events.
class TradeLog {
 public:
    void add(const domain::LedgerEntry& entry, Timestamp at);
    void add(const domain::GroupEvent& event, Timestamp at);
    // Drops what is over; what is open stays for the next day.
    void start_day();
    [[nodiscard]] const std::map<uint64_t, Trade>& trades() const { return trades_; }
    SAUDA_FIELDS(trades_)

 private:
    std::map<uint64_t, Trade> trades_;
};

}  // namespace sauda::summary
