#include "services/execution/core/mark.h"

#include <algorithm>

namespace sauda::execution {

using base::Price;

namespace {

// Without the closing side the worse of what is known: a side that vanished is no good news.
Price closing_price(const BoardQuote& quote, bool is_long, bool& is_live) {
    const Price touch = is_long ? quote.bid : quote.ask;
    if (touch.is_positive()) {
        return touch;
    }
    is_live = false;
    const Price before = is_long ? quote.last_bid : quote.last_ask;
    const Price last = quote.quote.last;
    if (!before.is_positive() || !last.is_positive()) {
        return std::max(before, last);
    }
    return is_long ? std::min(before, last) : std::max(before, last);
}

}  // namespace

GroupMark mark_of(const View& view, const Group& group) {
    GroupMark mark;
    mark.pnl = group.cash();
    base::Money value;
    for (const auto& leg : group.legs) {
        if (leg.net.is_zero()) {
            continue;
        }
        const BoardQuote* quote = view.state.market.board().find(leg.leg.contract);
        const Price price =
            quote == nullptr ? Price{} : closing_price(*quote, leg.net.is_positive(), mark.is_live);
        if (!price.is_positive()) {
            mark.is_known = mark.is_live = false;
            mark.pnl = mark.pnl - leg.cash;
            continue;
        }
        value += price * leg.net;
        mark.is_live = mark.is_live && !view.state.market.is_stale(leg.leg.contract.underlying());
    }
    mark.pnl += value;
    return mark;
}

}  // namespace sauda::execution
