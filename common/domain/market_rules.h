#pragma once

#include "common/domain/market_data.h"
#include "common/domain/rule_rows.h"

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

struct PhaseSpan {
    SessionPhase phase = SessionPhase::Closed;
    Timestamp start;
    Timestamp end;
    friend bool operator==(const PhaseSpan&, const PhaseSpan&) = default;
};

// The exchange's dated rules as a pure value. Ask with the session's own date, never today's.
// Call and Put share the rows of ContractKind::Call.
class MarketRules {
 public:
    std::vector<UnderlyingRow> underlyings;
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
    std::vector<PhaseRow> phase_rows;
    std::vector<SettlementRow> settlements;
    std::vector<BrokerCutoffRow> broker_cutoffs;
    std::string hash;  // of the files they came from

    [[nodiscard]] TradingDay day(Exchange exchange, Date date) const;
    // The phases of the day in order of time, Continuous among them; empty on a closed day. A
    // session at other hours than usual has only its continuous ones.
    [[nodiscard]] std::vector<PhaseSpan> phases(Exchange exchange, Segment segment,
                                                Date date) const;
    [[nodiscard]] SessionPhase phase_at(Exchange exchange, Segment segment, Timestamp t) const;
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
    // How the settlement price of `date` comes about; nullopt: no rule.
    [[nodiscard]] std::optional<SettlementRow> settlement_rule(Exchange exchange, ContractKind kind,
                                                               SettlementPurpose purpose,
                                                               Date date) const;
    // None where the rules do not list the underlying.
    [[nodiscard]] OptionSettlement option_settlement(Underlying underlying) const;
    // When `broker` closes positions of `product` by himself; nullopt: not known, or closed.
    [[nodiscard]] std::optional<Timestamp> broker_square_off(const std::string& broker,
                                                             Exchange exchange, Product product,
                                                             Date date) const;
    // Lowest and highest limit price accepted around a reference, on the tick; without a
    // protection row from one tick upwards.
    [[nodiscard]] std::pair<Price, Price> collar(ContractId contract, Price reference, Price tick,
                                                 Date date) const;
};

}  // namespace sauda::domain
