#pragma once

#include "common/summary/session_summary.h"

namespace sauda::summary {

// What text and JSON both print, worked out once from the fold.
struct BotRow {
    std::string name;
    const BotActivity* activity = nullptr;  // owned by the summary
    uint64_t trades = 0;                    // leg groups that traded today
    uint64_t won = 0;                       // closed with a net gain
    Money gross;                            // of closed trades
    Money charges;
    Money drawdown;  // of the closed trades' running net
    [[nodiscard]] Money net() const { return gross - charges; }
};

struct TradeRow {
    const Trade* trade = nullptr;  // owned by the summary
    std::string legs;              // "sell 75 24550 CE 118.60 > 47.75, ..."
    std::string why;               // "stop", "target", "square-off" ...; "open" while it is
    std::string stop_to_fill;      // "233.90 > 235.10", "-" without a stop
};

struct MoneyRow {
    std::string account;
    Money start, realised, unrealised, charges, end;  // of today
    Money drawdown;
    std::optional<int64_t> on_capital;  // 1e-6
    std::optional<int64_t> on_margin;   // 1e-6, of the peak margin
};

struct OpenRow {
    domain::PositionKey key;
    domain::Position position;
    std::optional<Price> mark;
    std::optional<Money> margin_tomorrow;  // flat estimate
};

struct NamedRefusal {
    ReasonCode code = ReasonCode::None;
    Refusal refusal;
};

struct Figures {
    std::vector<BotRow> bots;
    std::vector<TradeRow> trades;
    std::vector<NamedRefusal> denied;  // most frequent first, at most five
    std::vector<NamedRefusal>
        reasons_for_nothing;  // denials and skips together, most frequent first
    std::vector<MoneyRow> money;
    std::vector<OpenRow> open;
    std::optional<Money> straddle_sale;  // net benchmark
    domain::Charges charges;
    Money gross;                              // of closed trades
    std::optional<int64_t> charges_of_gross;  // 1e-6 of |gross|
    std::optional<Price> break_even;          // points a lot must move to pay today's charges
    std::optional<domain::Instrument> at_the_money;
    std::optional<domain::ChargeRates> rates;
    std::optional<Date> expiry;
    int days_to_expiry = 0;
    int64_t volatility_start = 0, volatility_end = 0;  // 1e-6, 0 = unknown
    std::optional<Price> expected_move, realised_move;
};

Figures figures_of(const SessionSummary& summary);

std::string contract_text(domain::ContractId id);  // "24550 CE", "24550 PE 09-Sep" off the nearest
std::string exit_text(const domain::Reason& reason);

}  // namespace sauda::summary
