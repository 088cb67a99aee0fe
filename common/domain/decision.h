#pragma once

#include "common/domain/intent.h"

#include <string>
#include <vector>

namespace sauda::domain {

enum class Verdict : uint8_t { Unspecified = 0, Approved = 1, Reduced = 2, Denied = 3 };

// One check with the value it saw and the limit it held it against.
struct CheckResult {
    ReasonCode check = ReasonCode::None;  // the reason it would deny with
    int64_t value = 0;
    int64_t limit = 0;
    Unit unit = Unit::Count;
    bool passed = false;
    bool estimated = false;  // e.g. the flat margin estimate
    friend bool operator==(const CheckResult&, const CheckResult&) = default;
    SAUDA_FIELDS(check, value, limit, unit, passed, estimated)
};

// Bounds execution's last gate holds each child of a leg to.
struct LegBound {
    Price price_low;
    Price price_high;
    Quantity quantity_max;
    friend bool operator==(const LegBound&, const LegBound&) = default;
    SAUDA_FIELDS(price_low, price_high, quantity_max)
};

// Risk's answer to one intent; it carries the intent so that execution needs nothing else.
// Intent quantities are the approved ones (smaller than asked when Reduced).
struct Decision {
    uint64_t id = 0;
    Verdict verdict = Verdict::Unspecified;
    Intent intent;
    std::vector<LegBound> bounds;     // one per leg; empty when denied
    std::string executor;             // database id of the execution this is for
    Money margin_reserved;            // released at the group's terminal event
    Money risk_reserved;              // worst case of the trade by its stop
    std::vector<CheckResult> checks;  // in the order made
    Reason reason;                    // first failed check, or what reduced it
    friend bool operator==(const Decision&, const Decision&) = default;
    SAUDA_FIELDS(id, verdict, intent, bounds, executor, margin_reserved, risk_reserved, checks,
                 reason)
};

enum class TradingState : uint8_t { Unspecified = 0, Active = 1, Reducing = 2, Halted = 3 };
enum class FlattenPhase : uint8_t { None = 0, Cancelling = 1, Closing = 2, Done = 3 };

struct TradingStateEvent {
    TradingState state = TradingState::Unspecified;
    FlattenPhase flatten = FlattenPhase::None;
    std::string account;
    std::string by;  // "operator:name", "risk"
    Reason reason;
    friend bool operator==(const TradingStateEvent&, const TradingStateEvent&) = default;
    SAUDA_FIELDS(state, flatten, account, by, reason)
};

enum class AccountEventKind : uint8_t {
    Unspecified = 0,
    DayStarted = 1,
    DayEnded = 2,
    Deposited = 3,   // capital came in or went out; figures are after it
    PeakRaised = 4,  // equity reached a new high of the day, in steps of the drawdown limit / 20
};

// Day boundaries of an account, and what its limits are measured from.
// Equity = capital + realised + unrealised - charges.
struct AccountEvent {
    AccountEventKind kind = AccountEventKind::Unspecified;
    std::string account;
    Date date;
    Money capital;
    Money realised;    // of the account's life, before charges
    Money unrealised;  // at the closing side
    Money charges;     // of the account's life
    Money equity;
    Money margin_used;
    uint64_t ledger_entry = 0;  // the last one counted in these figures
    friend bool operator==(const AccountEvent&, const AccountEvent&) = default;
    SAUDA_FIELDS(kind, account, date, capital, realised, unrealised, charges, equity, margin_used,
                 ledger_entry)
};

// Execution names its database; approvals carry that id, and another copy ignores them.
struct ExecutorEvent {
    std::string database_id;
    friend bool operator==(const ExecutorEvent&, const ExecutorEvent&) = default;
    SAUDA_FIELDS(database_id)
};

}  // namespace sauda::domain
