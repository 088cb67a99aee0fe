#include "services/lab/shell/backtest_fold.h"

#include <algorithm>

namespace sauda::lab {

namespace {

// Of a trade that is still open: what is in at its cost against the mark; unknown marks at cost.
Money gross_at_marks(const summary::Trade& trade, const summary::AccountBooks::Marks& marks) {
    Money gross = trade.gross;
    for (const auto& leg : trade.legs) {
        const Quantity open = leg.in_quantity - leg.out_quantity;
        const auto mark = marks.find(leg.contract);
        const Price price = mark == marks.end() ? leg.in_price() : mark->second;
        gross += price * domain::signed_quantity(leg.side, open);
    }
    return gross;
}

}  // namespace

TradeRecord BacktestFold::record_of(const summary::Trade& trade) {
    const Approval& approval = approvals_[trade.group];
    TradeRecord record;
    record.group = trade.group;
    record.bot = trade.bot;
    record.account = trade.account;
    record.in = trade.in;
    record.out = trade.out;
    record.date = base::ist_date(trade.in);
    record.why_in = approval.why;
    record.signal = approval.signal;
    record.why_out = trade.is_flat() ? summary::exit_text(trade.why_out) : "open";
    record.is_stopped = trade.why_out.code == domain::ReasonCode::ExitStop ||
                        trade.why_out.code == domain::ReasonCode::ExitTrailing;
    if (record.is_stopped && trade.is_flat()) {
        record.stop_price = trade.stop_price();
        record.exit_price = trade.exit_price();
    }
    record.stop_pnl = trade.stop_pnl;
    record.gross = trade.is_flat() ? trade.gross : gross_at_marks(trade, summary_.marks());
    record.charges = trade.charges;
    record.margin = approval.margin;
    record.turnover = approval.turnover;
    record.modelled_fills = approval.modelled;
    record.underlying_in = approval.level_in;
    record.underlying_out = trade.is_flat() ? approval.level_out : Price{};
    const auto seen = open_.excursion(trade.group);
    record.worst = seen.worst;
    record.best = seen.best;
    Date nearest;
    for (const auto& leg : trade.legs) {
        record.underlying = leg.contract.underlying();
        record.premium += leg.in_value;
        const auto instrument = rules_ ? rules_->instrument(leg.contract, record.date)
                                       : std::optional<domain::Instrument>{};
        record.legs.push_back({.contract = leg.contract,
                               .side = leg.side,
                               .quantity = leg.in_quantity,
                               .in = leg.in_price(),
                               .out = leg.out_quantity.is_zero() ? Price{} : leg.out_price(),
                               .tick = instrument ? instrument->tick : Price{},
                               .is_settled = approval.settled.contains(leg.contract)});
        const Date expiry = leg.contract.expiry();
        if (expiry.days != 0 && (nearest.days == 0 || expiry < nearest)) {
            nearest = expiry;
        }
    }
    if (rules_ && nearest.days != 0 && !trade.legs.empty()) {
        record.days_to_expiry = rules_->trading_days_between(trade.legs.front().contract.exchange(),
                                                             record.date, nearest);
    }
    return record;
}

}  // namespace sauda::lab
