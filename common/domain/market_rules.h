#pragma once

#include "common/domain/charges.h"
#include "common/domain/market_data.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::domain {

// One exchange segment (F&O, or MCX) on one date.
struct TradingDay {
    bool is_open = false;
    std::string holiday;  // name when closed; "weekend" on Saturday and Sunday
    Timestamp open;       // continuous trading
    Timestamp close;
    Timestamp spot_close;  // end of continuous trading of the cash index
    Timestamp day_end;     // reports and reset
};

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
    friend bool operator==(const MarginParameters&, const MarginParameters&) = default;
};

// How far from the reference the exchange accepts a limit: max(absolute, ratio x reference).
struct PriceProtection {
    Price absolute;
    int64_t ratio = 0;  // 1e-6
};

// Rows as loaded from deploy/market, each effective from a date until the next row of its key.
struct SessionRow {
    Exchange exchange = Exchange::Unspecified;
    Date from;
    Duration open;
    Duration close;
    Duration spot_close;
    Duration day_end{};  // not after close: the day ends at the close
};
struct HolidayRow {
    Exchange exchange;
    Date date;
    std::string name;
};
// A day that trades although the calendar says no, or at other hours.
struct SpecialSessionRow {
    Exchange exchange;
    Date date;
    Duration open;
    Duration close;
};
// `from` and `to` are EXPIRY dates of the contracts (a contract keeps its lot until it expires).
struct LotRow {
    Underlying underlying;
    Date from;
    Quantity lot;
};
// order_max zero: the freeze quantity.
struct FreezeRow {
    Underlying underlying = Underlying::Unspecified;
    Date from;
    Quantity freeze;
    Quantity order_max{};
};
struct TickRow {
    Underlying underlying;
    ContractKind kind;
    Date from;
    Price tick;
};
struct ChargeRow {
    Exchange exchange;
    ContractKind kind;
    Date from;
    ChargeRates rates;
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
};

// The exchange's dated rules as a pure value. Ask with the session's own date, never today's.
// Call and Put share the rows of ContractKind::Call.
class MarketRules {
 public:
    std::vector<SessionRow> sessions;
    std::vector<HolidayRow> holidays;
    std::vector<SpecialSessionRow> special_sessions;
    std::vector<LotRow> lots;
    std::vector<FreezeRow> freezes;
    std::vector<TickRow> ticks;
    std::vector<ChargeRow> charges;
    std::vector<MarginRow> margins;
    std::vector<MarginParameterRow> margin_parameter_rows;
    std::vector<ProtectionRow> protections;
    std::vector<ExpiryRow> expiries;
    std::string hash;  // of the files they came from

    [[nodiscard]] TradingDay day(Exchange exchange, Date date) const;
    // Both look at most a year ahead or back; days 0 if nothing trades in it (no session rows).
    [[nodiscard]] Date next_trading_day(Exchange exchange, Date after) const;
    [[nodiscard]] Date previous_trading_day(Exchange exchange, Date before) const;
    // Trading days in (from, to].
    [[nodiscard]] int trading_days_between(Exchange exchange, Date from, Date to) const;
    // The first expiry not before `from`: the rule's weekday, or the previous trading day if that
    // is a holiday. For planning; the contracts listed in the master are the truth. nullopt: no
    // rule, or none in the next 100 days.
    [[nodiscard]] std::optional<Date> next_expiry(Underlying underlying, Date from) const;
    // nullopt: no lot is known for the underlying and expiry, or no tick. A spot index has lot 1.
    [[nodiscard]] std::optional<Instrument> instrument(ContractId contract, Date date) const;
    [[nodiscard]] std::optional<ChargeRates> charge_rates(Exchange exchange, ContractKind kind,
                                                          Date date) const;
    // Before the first row of the exchange: the first row. Zero only without any row.
    [[nodiscard]] MarginRates margin_rates(Exchange exchange, Date date) const;
    // The underlying's own row in force, else the exchange's; before the first row: the first.
    // Rules that hold flat rates only (tests): their scan, exposure and expiry-day figures with
    // every other parameter zero. nullopt: neither is known.
    [[nodiscard]] std::optional<MarginParameters> margin_parameters(Exchange exchange,
                                                                    Underlying underlying,
                                                                    Date date) const;
    // Lowest and highest limit price accepted around a reference, on the tick; without a
    // protection row from one tick upwards.
    [[nodiscard]] std::pair<Price, Price> collar(ContractId contract, Price reference, Price tick,
                                                 Date date) const;
};

}  // namespace sauda::domain
