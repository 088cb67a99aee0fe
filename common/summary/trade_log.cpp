#include "common/summary/trade_log.h"

#include <algorithm>

namespace sauda::summary {

using domain::GroupEventKind;
using domain::LedgerKind;
using domain::Side;

namespace {

Price average(Money value, Quantity quantity) {
    return quantity.is_zero()
               ? Price{}
               : Price::from_raw(base::scale_half_up(value.raw(), 1, quantity.raw()));
}

}  // namespace

Price TradeLeg::in_price() const { return average(in_value, in_quantity); }
Price TradeLeg::out_price() const { return average(out_value, out_quantity); }

bool Trade::is_flat() const {
    return std::all_of(legs.begin(), legs.end(),
                       [](const TradeLeg& leg) { return leg.in_quantity == leg.out_quantity; });
}

std::optional<Quantity> Trade::common_quantity() const {
    if (legs.empty()) {
        return std::nullopt;
    }
    const Quantity first = legs.front().in_quantity;
    const bool is_common = std::all_of(legs.begin(), legs.end(), [&](const TradeLeg& leg) {
        return leg.in_quantity == first && leg.out_quantity == first;
    });
    return is_common && first.is_positive() ? std::optional(first) : std::nullopt;
}

std::optional<Price> Trade::stop_price() const {
    const auto quantity = common_quantity();
    if (!quantity || stop_pnl.is_zero()) {
        return std::nullopt;
    }
    Money paid;
    for (const auto& leg : legs) {
        paid += leg.side == Side::Buy ? leg.in_value : -leg.in_value;
    }
    // What the group was worth when its P&L stood at the stop.
    return Price::from_raw(base::scale_half_up((paid + stop_pnl).raw(), 1, quantity->raw())).abs();
}

std::optional<Price> Trade::exit_price() const {
    const auto quantity = common_quantity();
    if (!quantity) {
        return std::nullopt;
    }
    Money received;
    for (const auto& leg : legs) {
        received += leg.side == Side::Buy ? leg.out_value : -leg.out_value;
    }
    return Price::from_raw(base::scale_half_up(received.raw(), 1, quantity->raw())).abs();
}

void TradeLog::add(const domain::LedgerEntry& entry, Timestamp at) {
    if (entry.group == 0) {
        return;
    }
    Trade& trade = trades_[entry.group];
    trade.group = entry.group;
    trade.bot = entry.bot;
    trade.account = entry.account;
    trade.charges += entry.charges.total();
    const bool is_settlement = entry.kind == LedgerKind::Settlement;
    if (entry.kind != LedgerKind::Fill && !is_settlement) {
        return;
    }
    auto leg = std::find_if(trade.legs.begin(), trade.legs.end(),
                            [&](const TradeLeg& l) { return l.contract == entry.contract; });
    if (leg == trade.legs.end()) {
        leg = trade.legs.insert(leg, TradeLeg{entry.contract, entry.side, {}, {}, {}, {}});
    }
    Quantity quantity = entry.quantity;
    Side side = entry.side;
    if (is_settlement && side == Side::Unspecified) {  // closes what is open
        side = domain::opposite(leg->side);
        quantity = leg->in_quantity - leg->out_quantity;
    }
    const Money value = entry.price * quantity;
    (side == leg->side ? leg->in_quantity : leg->out_quantity) += quantity;
    (side == leg->side ? leg->in_value : leg->out_value) += value;
    trade.gross += side == Side::Buy ? -value : value;
    if (!trade.in.is_set()) {
        trade.in = at;
    }
    trade.out = trade.is_flat() ? at : Timestamp{};
    if (is_settlement && trade.why_out.code == domain::ReasonCode::None) {
        trade.why_out.code = domain::ReasonCode::ExitExpiry;
    }
}

void TradeLog::add(const domain::GroupEvent& event, Timestamp /*at*/) {
    Trade& trade = trades_[event.group];
    trade.group = event.group;
    trade.bot = event.bot;
    trade.account = event.account;
    trade.state = event.state;
    if (event.kind == GroupEventKind::ExitStarted || event.kind == GroupEventKind::LegFailed) {
        trade.why_out = event.reason;
        trade.stop_pnl = event.stop_pnl;
    }
}

void TradeLog::start_day() {
    std::erase_if(trades_, [](const auto& entry) { return entry.second.is_flat(); });
}

}  // namespace sauda::summary
