#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/domain/charges.h"
#include "common/domain/market_data.h"

namespace sauda::domain {

// One exchange segment (F&O, or MCX) on one date.
struct TradingDay {
    bool is_open = false;
    std::string holiday;      // name when closed; "weekend" on Saturday and Sunday
    Timestamp open;           // continuous trading
    Timestamp close;
    Timestamp spot_close;     // end of continuous trading of the cash index
    Timestamp day_end;        // reports and reset
};

// Flat margin estimate until the engine exists (owner-expectations section 2). 1e-6 of value.
struct MarginRates {
    int64_t scan = 0;
    int64_t exposure = 0;
    int64_t expiry_day = 0;
};

// How far from the reference the exchange accepts a limit: max(absolute, ratio x reference).
struct PriceProtection {
    Price absolute;
    int64_t ratio = 0;  // 1e-6
};

// Rows as loaded from deploy/market, each effective from a date until the next row of its key.
struct SessionRow { Exchange exchange; Date from; Duration open; Duration close; Duration spot_close; };
struct HolidayRow { Exchange exchange; Date date; std::string name; };
// A day that trades although the calendar says no, or at other hours.
struct SpecialSessionRow { Exchange exchange; Date date; Duration open; Duration close; };
// `from` and `to` are EXPIRY dates of the contracts (a contract keeps its lot until it expires).
struct LotRow { Underlying underlying; Date from; Quantity lot; };
struct FreezeRow { Underlying underlying; Date from; Quantity freeze; };
struct TickRow { Underlying underlying; ContractKind kind; Date from; Price tick; };
struct ChargeRow { Exchange exchange; ContractKind kind; Date from; ChargeRates rates; };
struct MarginRow { Exchange exchange; Date from; MarginRates rates; };
struct ProtectionRow { Exchange exchange; ContractKind kind; Date from; PriceProtection protection; };

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
    std::vector<ProtectionRow> protections;
    std::string hash;  // of the files they came from

    [[nodiscard]] TradingDay day(Exchange exchange, Date date) const;
    [[nodiscard]] Date next_trading_day(Exchange exchange, Date after) const;
    // Trading days in (from, to].
    [[nodiscard]] int trading_days_between(Exchange exchange, Date from, Date to) const;
    // nullopt: no lot is known for the underlying and expiry.
    [[nodiscard]] std::optional<Instrument> instrument(ContractId contract, Date date) const;
    [[nodiscard]] std::optional<ChargeRates> charge_rates(Exchange exchange, ContractKind kind,
                                                          Date date) const;
    [[nodiscard]] MarginRates margin_rates(Exchange exchange, Date date) const;
    // Lowest and highest limit price accepted around a reference, on the tick.
    [[nodiscard]] std::pair<Price, Price> collar(ContractId contract, Price reference, Price tick,
                                                 Date date) const;
};

}  // namespace sauda::domain
