#pragma once

#include "common/domain/contract_id.h"
#include "common/domain/reason.h"

#include <string>
#include <vector>

namespace sauda::domain {

enum class Side : uint8_t { Unspecified = 0, Buy = 1, Sell = 2 };
inline Side opposite(Side side) { return side == Side::Buy ? Side::Sell : Side::Buy; }
// +quantity for a buy, -quantity for a sell.
inline Quantity signed_quantity(Side side, Quantity q) { return side == Side::Buy ? q : -q; }

enum class Product : uint8_t { Unspecified = 0, Carryforward = 1, Intraday = 2 };
enum class Purpose : uint8_t { Unspecified = 0, Open = 1, Reduce = 2 };
// What execution does when a leg is not filled in time.
enum class LegPolicy : uint8_t { Unspecified = 0, Complete = 1, Unwind = 2, Hold = 3 };
enum class StrategyKind : uint8_t {
    Unspecified = 0,
    Directional = 1,
    ShortPremium = 2,
    Hedged = 3
};

inline constexpr std::size_t kLegsMax = 8;

struct Leg {
    ContractId contract;
    Side side = Side::Unspecified;
    Quantity quantity;      // units, > 0, a multiple of the lot
    Price limit;            // worst acceptable price of the entry, a multiple of the tick
    bool is_hedge = false;  // entered first, left last
    Price quoted_bid;       // what the bot saw when it decided
    Price quoted_ask;
    friend bool operator==(const Leg&, const Leg&) = default;
    SAUDA_FIELDS(contract, side, quantity, limit, is_hedge, quoted_bid, quoted_ask)
};

// Exits of the whole group, owned by execution so that they work while the strategy is dead.
// Amounts are P&L of the group at the closing side before charges; zero means none.
struct ExitPlan {
    Money stop_loss;          // exit when P&L <= -stop_loss
    Money target;             // exit when P&L >= target
    Money trailing_trigger;   // trailing arms when P&L first reaches this
    Money trailing_distance;  // then exit when P&L falls this far below its best
    Timestamp square_off_at;
    friend bool operator==(const ExitPlan&, const ExitPlan&) = default;
    SAUDA_FIELDS(stop_loss, target, trailing_trigger, trailing_distance, square_off_at)
};

// What a bot wants, not yet checked: 1 to 8 legs, approved or denied whole. An Open intent's id is
// the id of the leg group it opens; a Reduce intent names the group it closes.
struct Intent {
    uint64_t id = 0;  // unique in the account's life; counts up from 1
    std::string bot;
    std::string account;
    Product product = Product::Unspecified;
    Purpose purpose = Purpose::Unspecified;
    uint64_t group = 0;
    StrategyKind kind = StrategyKind::Unspecified;
    std::vector<Leg> legs;
    LegPolicy policy = LegPolicy::Unspecified;
    ExitPlan exits;
    Timestamp valid_until;           // event time; later it is answered as expired
    Duration entry_timeout;          // an unfilled entry is cancelled after this
    Reason why;                      // of a Reduce: the exit's reason
    uint64_t signal = 0;             // the signal acted on, 0 = none
    bool on_rules = false;           // gated, but the signal did not come in time
    Price forward;                   // what the bot used
    int64_t implied_volatility = 0;  // mean of the legs, 1e-6 a year, 0 = unknown
    int64_t delta = 0;               // of all legs, for each unit of the largest, 1e-6, 0 = unknown
    friend bool operator==(const Intent&, const Intent&) = default;
    SAUDA_FIELDS(id, bot, account, product, purpose, group, kind, legs, policy, exits, valid_until,
                 entry_timeout, why, signal, on_rules, forward, implied_volatility, delta)
};

// Who may act, and what a bot remembers. `memory` holds what changed, named integers.
enum class BotEventKind : uint8_t {
    Unspecified = 0,
    Started = 1,
    Stopped = 2,
    Paused = 3,  // by an exception or by the owner; the others go on
    Remembered = 4,
    Skipped = 5,      // wanted to trade and did not; reason says why
    GroupUpdate = 6,  // the bot's own leg group changed
    SignalUsed = 7,
    ParameterChanged = 8,
};

struct BotEvent {
    BotEventKind kind = BotEventKind::Unspecified;
    std::string bot;
    uint64_t group = 0;
    uint8_t group_state = 0;  // a GroupState
    uint64_t signal = 0;
    std::vector<Number> memory;
    Reason reason;
    friend bool operator==(const BotEvent&, const BotEvent&) = default;
    SAUDA_FIELDS(kind, bot, group, group_state, signal, memory, reason)
};

}  // namespace sauda::domain
