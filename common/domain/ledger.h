#pragma once

#include "common/domain/order.h"

#include <string>

namespace sauda::domain {

enum class LedgerKind : uint8_t {
    Unspecified = 0,
    Fill = 1,
    Charge = 2,
    Settlement = 3,  // expiry: closes the position at the settlement price
    Exercise = 4,    // charges of exercise (STT on intrinsic value)
    Correction = 5,  // contract-note true-up
    Foreign = 6,     // a trade we did not make
    Deposit = 7,     // capital in or out
};

// Each component is rounded half up to the paisa per child order (design 11.1).
struct Charges {
    Money brokerage;
    Money stt;       // CTT on MCX
    Money exchange;  // transaction charge
    Money sebi;
    Money stamp;
    Money gst;
    Money other;  // corrections
    [[nodiscard]] Money total() const {
        return brokerage + stt + exchange + sebi + stamp + gst + other;
    }
    Charges& operator+=(const Charges& o);
    friend bool operator==(const Charges&, const Charges&) = default;
    SAUDA_FIELDS(brokerage, stt, exchange, sebi, stamp, gst, other)
};

// One line of the account's ledger. Positions are a fold of it. id is deterministic.
struct LedgerEntry {
    uint64_t id = 0;
    LedgerKind kind = LedgerKind::Unspecified;
    std::string account;
    Product product = Product::Unspecified;
    std::string bot;
    uint64_t group = 0;
    ContractId contract;
    ChildId child;
    Side side = Side::Unspecified;
    Quantity quantity;
    Price price;
    Charges charges;
    Money amount;  // Deposit: cash in
    bool modelled = false;
    std::string execution;  // the venue's own id of a fill
    friend bool operator==(const LedgerEntry&, const LedgerEntry&) = default;
    SAUDA_FIELDS(id, kind, account, product, bot, group, contract, child, side, quantity, price,
                 charges, amount, modelled, execution)
};

struct PositionKey {
    std::string account;
    Product product = Product::Unspecified;
    std::string bot;  // positions per bot are virtual; the account's is the sum
    uint64_t group = 0;
    ContractId contract;
    friend auto operator<=>(const PositionKey&, const PositionKey&) = default;
    SAUDA_FIELDS(account, product, bot, group, contract)
};

// Net position with its cost kept as (sum of price x quantity, quantity): no rounded average.
struct Position {
    Quantity net;    // signed units
    Money cost;      // signed: what the open quantity cost (negative = received)
    Money realised;  // before charges
    Charges charges;
    friend bool operator==(const Position&, const Position&) = default;
    SAUDA_FIELDS(net, cost, realised, charges)
};

// Risk's record of a position after each ledger entry.
struct PositionEvent {
    PositionKey key;
    Position position;
    uint64_t ledger_entry = 0;
    friend bool operator==(const PositionEvent&, const PositionEvent&) = default;
    SAUDA_FIELDS(key, position, ledger_entry)
};

}  // namespace sauda::domain
