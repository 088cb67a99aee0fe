#include "services/execution/core/paper_venue/paper_venue.h"

#include <algorithm>

namespace sauda::execution {

using base::Price;
using base::Quantity;
using base::Timestamp;
using domain::ChildId;
using domain::Side;

namespace {

// The touch an order of `side` trades against.
Price opposite_touch(const BoardQuote& quote, Side side) {
    return side == Side::Buy ? quote.ask : quote.bid;
}

bool crosses(Side side, Price limit, const BoardQuote& quote) {
    const Price touch = opposite_touch(quote, side);
    return touch.is_positive() && (side == Side::Buy ? touch <= limit : touch >= limit);
}

}  // namespace

void PaperVenue::observe(const BoardQuote& quote, Quantity previous_volume) {
    const Quantity traded = quote.quote.volume - previous_volume;
    if (orders_.empty() || !traded.is_positive()) {
        return;
    }
    for (auto& order : orders_) {
        if (order.is_accepted && order.contract == quote.quote.contract &&
            order.limit == quote.quote.last) {
            order.traded += traded;
        }
    }
}

void PaperVenue::sent(const VenueOrder& order, Timestamp now) {
    orders_.push_back({.id = order.id,
                       .contract = order.contract,
                       .side = order.side,
                       .limit = order.limit,
                       .leaves = order.quantity,
                       .arrives_at = now + config_.latency,
                       .cancel_at = {},
                       .is_accepted = false,
                       .fills = 0,
                       .ahead = {},
                       .traded = {}});
}

PaperVenue::Order* PaperVenue::find(const ChildId& id) {
    const auto found = std::find_if(orders_.begin(), orders_.end(),
                                    [&](const Order& order) { return order.id == id; });
    return found == orders_.end() ? nullptr : &*found;
}

void PaperVenue::cancel_requested(const ChildId& id, Timestamp now) {
    if (Order* order = find(id)) {
        order->cancel_at = now + config_.latency;
    }
}

void PaperVenue::accepted(const ChildId& id, const QuoteBoard& board) {
    Order* order = find(id);
    if (order == nullptr) {
        return;
    }
    order->is_accepted = true;
    const BoardQuote* quote = board.find(order->contract);
    if (quote == nullptr) {
        return;
    }
    const bool is_buy = order->side == Side::Buy;
    const Price touch = is_buy ? quote->bid : quote->ask;
    const bool improves =
        !touch.is_positive() || (is_buy ? order->limit > touch : order->limit < touch);
    // Behind the touch the size at our price is not shown; the size at the touch stands in for it.
    order->ahead = improves ? Quantity{} : (is_buy ? quote->bid_size : quote->ask_size);
}

void PaperVenue::filled(const ChildId& id, Quantity quantity, Price price,
                        const QuoteBoard& board) {
    Order* order = find(id);
    if (order == nullptr) {
        return;
    }
    const BoardQuote* quote = board.find(order->contract);
    if (quote != nullptr && crosses(order->side, order->limit, *quote) &&
        price == opposite_touch(*quote, order->side)) {
        Consumed& consumed = consumed_[order->contract];
        if (consumed.version != quote->version) {
            consumed = {quote->version, {}, {}};
        }
        (order->side == Side::Buy ? consumed.ask : consumed.bid) += quantity;
    } else {
        order->traded -= quantity;
    }
    ++order->fills;
    order->leaves -= quantity;
    if (!order->leaves.is_positive()) {
        closed(id);
    }
}

void PaperVenue::closed(const ChildId& id) {
    std::erase_if(orders_, [&](const Order& order) { return order.id == id; });
}

VenueReport PaperVenue::answer_arrival(const Order& order, const QuoteBoard& board) const {
    VenueReport report;
    report.kind = VenueReportKind::Accepted;
    report.child = order.id;
    report.venue_order = "P" + to_text(order.id);
    const BoardQuote* quote = board.find(order.contract);
    if (config_.strict && quote != nullptr && !quote->has_depth) {
        report.kind = VenueReportKind::Rejected;
        report.reason.code = domain::ReasonCode::VenueRejected;
    }
    return report;
}

bool PaperVenue::may_trade(const Order& order, const BoardQuote& quote,
                           base::Duration interval) const {
    if (!order.is_accepted || (config_.strict && !quote.has_depth)) {
        return false;
    }
    if (order.cancel_at.is_set() && quote.known_time > order.cancel_at) {
        return false;
    }
    const bool is_snapshot = interval > config_.streaming_interval;
    return quote.known_time >= order.arrives_at ||
           (is_snapshot && order.arrives_at - quote.known_time < interval);
}

std::optional<PaperVenue::Match> PaperVenue::match(const Order& order,
                                                   const BoardQuote& quote) const {
    if (crosses(order.side, order.limit, quote)) {
        const bool is_buy = order.side == Side::Buy;
        Quantity shown = is_buy ? quote.ask_size : quote.bid_size;
        const auto consumed = consumed_.find(order.contract);
        if (consumed != consumed_.end() && consumed->second.version == quote.version &&
            shown != Quantity::max()) {
            shown -= is_buy ? consumed->second.ask : consumed->second.bid;
        }
        if (!shown.is_positive()) {
            return std::nullopt;
        }
        return Match{std::min(shown, order.leaves), opposite_touch(quote, order.side)};
    }
    if (order.traded > order.ahead) {
        return Match{std::min(order.traded - order.ahead, order.leaves), order.limit};
    }
    return std::nullopt;
}

std::optional<VenueReport> PaperVenue::next_report(const QuoteBoard& board, Timestamp now) const {
    if (orders_.empty()) {
        return std::nullopt;
    }
    for (const auto& order : orders_) {  // sending order is arrival order: one latency for all
        if (!order.is_accepted && order.arrives_at <= now) {
            return answer_arrival(order, board);
        }
    }
    for (const auto& order : orders_) {
        const BoardQuote* quote = board.find(order.contract);
        if (quote == nullptr ||
            !may_trade(order, *quote, board.interval(order.contract.underlying()))) {
            continue;
        }
        if (const auto found = match(order, *quote)) {
            VenueReport report;
            report.kind = VenueReportKind::Fill;
            report.child = order.id;
            report.quantity = found->quantity;
            report.price = found->price;
            report.venue_order = "P" + to_text(order.id);
            report.execution = report.venue_order + "-" + std::to_string(order.fills + 1);
            report.modelled = quote->modelled;
            return report;
        }
    }
    for (const auto& order : orders_) {
        if (order.cancel_at.is_set() && order.cancel_at <= now) {
            VenueReport report;
            report.kind = VenueReportKind::Cancelled;
            report.child = order.id;
            report.venue_order = "P" + to_text(order.id);
            return report;
        }
    }
    return std::nullopt;
}

Timestamp PaperVenue::next_due() const {
    Timestamp due = Timestamp::max();
    for (const auto& order : orders_) {
        if (!order.is_accepted) {
            due = std::min(due, order.arrives_at);
        }
        if (order.cancel_at.is_set()) {
            due = std::min(due, order.cancel_at);
        }
    }
    return due;
}

}  // namespace sauda::execution
