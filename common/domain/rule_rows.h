#pragma once

#include "common/domain/charges.h"

#include <string>

// One type per file of deploy/market: a row is in force from a date until the next row of its key.
// `source` is where the figures come from; "(U)" in it: unverified.
namespace sauda::domain {

// Flat margin estimate until the engine exists (owner-expectations section 2). 1e-6 of value.
struct MarginRates {
    int64_t scan = 0;
    int64_t exposure = 0;
    int64_t expiry_day = 0;
};

// What the exchange's own margin model is run with. Ratios in 1e-6 of the underlying's value unless
// said otherwise; volatilities in 1e-6 of one (0.04 = 40,000). Where the day's own ranges are known
// (the clearing house's risk file), they go before these floors.
struct MarginParameters {
    int64_t price_scan = 0;            // least price scan range
    int64_t price_scan_sigmas = 0;     // 1e-6: the range is this many daily sigmas, if that is more
    int64_t price_scan_far = 0;        // least range of options of more than far_days to expiry
    int64_t far_days = 0;              // calendar days
    int64_t volatility_scan = 0;       // least volatility scan range, absolute
    int64_t volatility_share = 0;      // the range is this share of the volatility, if that is more
    int64_t short_option_minimum = 0;  // least scan margin of each short option; 0 = none
    int64_t exposure = 0;              // of each future and each short option
    int64_t expiry_day_extra = 0;      // of each short option that expires today
    int64_t calendar_charge = 0;       // of the far contract's value, per spread by delta
    bool calendar_on_expiry = true;    // does an expiring contract still hedge a later one today
    int64_t extreme_multiple = 2'000'000;  // of the price scan range, scenarios 15 and 16 ...
    int64_t extreme_share = 350'000;       // ... of which this share of the loss counts
    int64_t volatility = 0;  // annual, the one the exchange prices all options with; 0 = unknown
    int64_t rate = 0;        // of interest, a year, continuous
    friend bool operator==(const MarginParameters&, const MarginParameters&) = default;
};

// How far from the reference the exchange accepts a limit: max(absolute, ratio x reference).
struct PriceProtection {
    Price absolute;
    int64_t ratio = 0;  // 1e-6
};

struct SessionRow {
    Exchange exchange = Exchange::Unspecified;
    Date from;
    Duration open;
    Duration close;
    Duration spot_close;
    Duration day_end{};  // not after close: the day ends at the close
    std::string source{};
};
struct HolidayRow {
    Exchange exchange;
    Date date;
    std::string name;
    std::string source{};
};
// A day that trades although the calendar says no, or at other hours.
struct SpecialSessionRow {
    Exchange exchange;
    Date date;
    Duration open;
    Duration close;
    std::string name{};
    std::string source{};
};
// `from` is an EXPIRY date of contracts: new lots come with new contracts, and those that run keep
// theirs until they expire. Only long-dated contracts (quarterly, half-yearly) get a new lot while
// they run; their rows begin with a date of trading. Of the rows not after the contract's expiry
// and the day of trading, the one of the latest expiry, then of the latest trading date counts.
struct LotRow {
    Underlying underlying;
    Date from;
    Quantity lot;
    Date traded_from{};  // days 0: always
    std::string source{};
};
// order_max zero: the freeze quantity.
struct FreezeRow {
    Underlying underlying = Underlying::Unspecified;
    Date from;
    Quantity freeze;
    Quantity order_max{};
    std::string source{};
};
struct TickRow {
    Underlying underlying;
    ContractKind kind;
    Date from;
    Price tick;
    std::string source{};
};
struct ChargeRow {
    Exchange exchange;
    ContractKind kind;
    Date from;
    ChargeRates rates;
    std::string source{};
};
struct MarginRow {
    Exchange exchange;
    Date from;
    MarginRates rates;
};
// underlying Unspecified: of every underlying of the exchange without a row of its own.
struct MarginParameterRow {
    Exchange exchange = Exchange::Unspecified;
    Underlying underlying = Underlying::Unspecified;
    Date from;
    MarginParameters parameters{};
    std::string source{};
};
struct ProtectionRow {
    Exchange exchange;
    ContractKind kind;
    Date from;
    PriceProtection protection;
    std::string source{};
};
enum class ExpiryCycle : uint8_t { Weekly = 0, Monthly = 1 };
// Effective from a scheduled expiry date. weekday 0 = Sunday ... 6 = Saturday, of the week or the
// last one of the month; kNoExpiry: the cycle is discontinued.
inline constexpr int kNoExpiry = -1;
struct ExpiryRow {
    Exchange exchange = Exchange::Unspecified;
    Underlying underlying = Underlying::Unspecified;
    ExpiryCycle cycle = ExpiryCycle::Weekly;
    Date from;
    int weekday = kNoExpiry;
    std::string source{};
};

// What an expiring option in the money turns into.
enum class OptionSettlement : uint8_t {
    None = 0,      // the underlying has no options
    Cash = 1,      // the difference to the settlement price, in money
    Future = 2,    // devolves into the future at the strike
    Physical = 3,  // delivery of the shares
};
struct UnderlyingRow {
    Underlying underlying = Underlying::Unspecified;
    Exchange exchange = Exchange::Unspecified;
    OptionSettlement settlement = OptionSettlement::None;
    std::string source{};
};

// Markets of one exchange with phases of their own.
enum class Segment : uint8_t { Unspecified = 0, Cash = 1, Future = 2, Option = 3 };
// Continuous stands in the sessions; the other phases in rows of their own.
enum class SessionPhase : uint8_t {
    Closed = 0,
    PreOpenEntry = 1,  // orders are collected, may end at random
    PreOpenMatching = 2,
    PreOpenBuffer = 3,  // no orders
    Continuous = 4,
    ClosingReference = 5,   // reference price of the closing auction is computed
    ClosingEntry = 6,       // limit and market orders of the closing auction
    ClosingLimitEntry = 7,  // limit orders only, may end at random
    ClosingMatching = 8,
    PostClose = 9,  // trades at the close
    TradeModification = 10,
};
// All rows of an exchange and segment with the same `from` are its table until the next one.
struct PhaseRow {
    Exchange exchange = Exchange::Unspecified;
    Segment segment = Segment::Unspecified;
    Date from;
    SessionPhase phase = SessionPhase::Closed;
    Duration start;
    Duration end;
    std::string source{};
};

enum class SettlementPurpose : uint8_t { Final = 0, Daily = 1 };
enum class SettlementMethod : uint8_t {
    Unspecified = 0,
    IndexAverage = 1,     // index of its constituents' average prices in the window
    IndexAuction = 2,     // index of its constituents' closing auction prices
    ContractAverage = 3,  // the contract's own average price in the window
    IntoFuture = 4,       // options: the future's daily settlement price decides, then devolvement
    Reference = 5,        // a price from abroad, converted
};
// How the settlement price of a day comes about. The window is empty where the method has none.
struct SettlementRow {
    Exchange exchange = Exchange::Unspecified;
    ContractKind kind = ContractKind::Unspecified;
    SettlementPurpose purpose = SettlementPurpose::Final;
    Date from;
    SettlementMethod method = SettlementMethod::Unspecified;
    Duration window_start{};
    Duration window_end{};
    std::string source{};
};

// When a broker closes what stands in a product by himself. Either a time of day, or a time
// before the close of the day's session.
struct BrokerCutoffRow {
    std::string broker;
    Exchange exchange = Exchange::Unspecified;
    Product product = Product::Unspecified;
    Date from;
    Duration time{};
    bool is_before_close = false;
    Money fee{};  // per order, before GST
    std::string source{};
};

}  // namespace sauda::domain
