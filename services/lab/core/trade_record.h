#pragma once

#include "common/domain/ledger.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::lab {

using base::Date;
using base::Duration;
using base::Money;
using base::Price;
using base::Quantity;
using base::Timestamp;

// One leg of a finished trade.
struct LegRecord {
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;  // of the entry
    Quantity quantity;                              // in
    Price in;                                       // average
    Price out;                                      // average; zero while open
    Price tick;
    bool is_settled = false;  // out by settlement, which no slippage touches
};

// One leg group that traded, as the ledger has it.
struct TradeRecord {
    uint64_t group = 0;
    std::string bot;
    std::string account;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    std::vector<LegRecord> legs;
    Timestamp in;        // first fill
    Timestamp out;       // flat again; not set while open
    Date date;           // of the entry
    std::string why_in;  // "short premium, signal 12, implied volatility 11.3 %"
    uint64_t signal = 0;
    std::string why_out;  // "stop", "target", "square off" ...; "open" while it is
    bool is_stopped = false;
    std::optional<Price> stop_price;  // both legs together, where the group has one quantity
    std::optional<Price> exit_price;
    Money stop_pnl;  // the level that was hit, P&L before charges
    Money gross;     // sold - bought, once closed; of an open trade at the mark
    Money charges;
    Money turnover;  // sum of price x quantity over its fills
    Money premium;   // price x quantity of the entry
    Money margin;    // reserved at approval
    Money worst;     // lowest and highest open P&L at the closing side, before charges
    Money best;
    int days_to_expiry = -1;  // trading days from entry to the nearest leg's expiry; -1 = unknown
    Price underlying_in;      // level at entry and exit; zero = unknown
    Price underlying_out;
    uint32_t modelled_fills = 0;
    [[nodiscard]] bool is_closed() const { return out.is_set(); }
    [[nodiscard]] Money net() const { return gross - charges; }
    [[nodiscard]] Duration duration() const { return is_closed() ? out - in : Duration{}; }
};

// What the trade would have made had every fill been worse: by `ticks` of its contract, or by
// `per_mille` of its price. Charges as they were; what was settled stays.
Money net_with_slippage(const TradeRecord& trade, int64_t ticks, int64_t per_mille);

}  // namespace sauda::lab
