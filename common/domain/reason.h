#pragma once

#include "common/base/archive.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::domain {

// How to print a number. Rupees and Price: 1/10,000 rupee. PerMillion: 1e-6. Time: ns since 1970.
enum class Unit : uint8_t {
    Count = 0,
    Rupees = 1,
    Units = 2,
    Seconds = 3,
    PerMillion = 4,
    Time = 5,
    Contract = 6,  // a ContractId's raw value
    Date = 7,      // days since 1970
    Lots = 8,
    PricePoints = 9,  // a price per unit, 1/10,000 rupee
};

struct Number {
    std::string name;
    int64_t value = 0;
    Unit unit = Unit::Count;
    friend bool operator==(const Number&, const Number&) = default;
    SAUDA_FIELDS(name, value, unit)
};

// Why something was denied, reduced, exited or alerted. The code's printed form is
// CATEGORY_CONDITION; its sentence stands in one table in `wire`. Append only.
enum class ReasonCode : uint16_t {
    None = 0,
    // risk: trading state and session
    TradingHalted = 1,
    TradingReducing = 2,
    SessionClosed = 3,
    SessionHoliday = 4,
    SessionOpeningMinutes = 5,  // no entries in the first minutes
    SessionEntriesOver = 6,     // after the last entry time
    DataStale = 10,
    DataOneSided = 11,
    DataSpreadWide = 12,
    ContractUnknown = 20,
    ContractExpired = 21,
    ContractNotTraded = 22,
    LotMultiple = 23,
    TickMultiple = 24,
    QuantityMaximum = 25,
    QuantityAboveOpen = 26,  // a reducing order beyond position less working exits
    ContractPhysical = 27,   // expires into delivery of shares
    ContractDevolving = 28,  // expires into a future, too soon
    PriceCollar = 30,
    OrderValueMaximum = 31,
    PositionsMaximum = 32,
    PositionCap = 33,  // per position, margin for shorts or premium for longs
    MarginTotal = 34,
    CapitalAvailable = 35,
    TradeRiskMaximum = 36,
    TradesPerDayMaximum = 37,
    DailyLoss = 40,
    DailyLossWarning = 41,
    Drawdown = 42,
    RateSecond = 50,
    RateMinute = 51,
    RateHour = 52,
    CostGate = 60,  // target under 3 x round-trip cost
    IntentExpired = 61,
    OppositeOrder = 62,  // another bot has the other side working in the contract
    DuplicateGroup = 63,
    BotUnknown = 64,
    AccountUnknown = 65,
    LotsMaximum = 66,
    ContractBlocked = 67,  // an order of unknown state blocks contract and side
    IntentInvalid = 68,
    ExecutorUnknown = 69,  // no execution has named itself yet
    // execution's last gate and venue
    GateHalted = 80,
    GateExpired = 81,
    GatePriceBound = 82,
    GateQuantityBound = 83,
    GateRate = 84,
    GateExecutor = 85,  // approval for another execution database
    VenueRejected = 90,
    EntryTimedOut = 91,
    LegFailed = 92,
    DryRun = 93,
    // exits of a group
    ExitStop = 100,
    ExitTarget = 101,
    ExitTrailing = 102,
    ExitSquareOff = 103,
    ExitStrategy = 104,
    ExitFlatten = 105,
    ExitUnwind = 106,  // a leg could not be completed
    ExitExpiry = 107,
    ExitDailyLoss = 108,
    // bots
    StrikeUnaffordable = 120,
    SignalMissing = 121,
    SignalAgainst = 122,
    BotStopped = 123,
    BotPaused = 124,
    NoQuotes = 125,
    // system
    OperatorAct = 140,
    FeedSilent = 141,
    FeedResumed = 142,
    ExitChasing = 143,
    ServiceRestarted = 144,
    ConfigurationChanged = 145,
    TomorrowMargin = 146,
    LotChanged = 147,       // of a contract that was seen with another one
    Devolved = 148,         // an option expired into a future
    ServiceLost = 149,      // no heartbeat
    StrangerCommand = 150,  // of somebody who is not on the list
    WrongCodes = 151,       // too many wrong one-time codes
    ChannelGaveUp = 152,    // a message could not be delivered
    ServiceReturned = 153,  // was silent, is heard again, was not started again
    // ml_signal
    ModelRefused = 160,  // a model is configured and cannot be used; the subject says why
    ModelDrifted = 161,
};

struct Reason {
    ReasonCode code = ReasonCode::None;
    std::vector<Number> numbers;
    friend bool operator==(const Reason&, const Reason&) = default;
    SAUDA_FIELDS(code, numbers)
};

}  // namespace sauda::domain
