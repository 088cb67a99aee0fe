#include "services/execution/core/chase.h"

#include <algorithm>

namespace sauda::execution {

using base::Price;
using base::Timestamp;
using domain::ContractId;
using domain::ReasonCode;
using domain::Side;

namespace {

const Price kTickFallback = Price::from_paise(5);

Price reach(const Protection& protection, Price from, Price tick) {
    return std::max(from.scaled(protection.ratio, 1'000'000), tick * protection.ticks);
}

// Grows with every step: by the table, then doubling.
Price protection_at(const ChaseConfig& config, uint32_t step, Price from, Price tick) {
    const auto last = static_cast<uint32_t>(config.protections.size() - 1);
    const Price base_reach = reach(config.protections[std::min(step, last)], from, tick);
    constexpr uint32_t kDoublingsMax = 10;  // far beyond any collar
    const uint32_t doublings = step > last ? std::min(step - last, kDoublingsMax) : 0;
    return base_reach * (int64_t{1} << doublings);
}

Price tick_of(const View& view, ContractId contract, Timestamp at) {
    const auto instrument = view.state.market.instrument(contract, at, view.rules);
    return instrument && instrument->tick.is_positive() ? instrument->tick : kTickFallback;
}

Price outward(Side side, Price from, Price by, Price tick) {
    if (side == Side::Buy) {
        return base::ceil_to_tick(from + by, tick);
    }
    return from > by + tick ? base::floor_to_tick(from - by, tick) : tick;
}

// The touch an order of `side` trades against, and what is known without it.
struct Reference {
    ChasePrice price;
    Price known;   // touch, or last known one; zero: never quoted
    Price middle;  // for the collar
};

Reference reference_of(const View& view, ContractId contract, Side side) {
    Reference r;
    const BoardQuote* quote = view.state.market.board().find(contract);
    if (view.state.market.is_stale(contract.underlying())) {
        r.price.degraded = ReasonCode::DataStale;
    }
    if (quote == nullptr) {
        r.price.degraded = ReasonCode::DataStale;
        return r;
    }
    r.price.touch = side == Side::Buy ? quote->ask : quote->bid;
    r.price.mid = quote->mid();
    r.known = r.price.touch;
    if (!r.known.is_positive()) {
        r.price.degraded = ReasonCode::DataOneSided;
        r.known = side == Side::Buy ? quote->last_ask : quote->last_bid;
    }
    if (!r.known.is_positive()) {
        r.known = quote->quote.last;
    }
    r.middle = r.price.mid.is_positive() ? r.price.mid : quote->quote.last;
    return r;
}

bool is_wider(const ExecutionConfig& config, ContractId contract, Timestamp at) {
    const auto& times =
        contract.exchange() == domain::Exchange::MCX ? config.square_off_mcx : config.square_off;
    return base::ist_time_of_day(at) >= times.wider;
}

bool is_more_aggressive(Side side, Price wanted, Price than) {
    return side == Side::Buy ? wanted > than : wanted < than;
}

}  // namespace

ChasePrice exit_price(const View& view, ContractId contract, Side side, uint32_t step, Timestamp at,
                      Price fallback) {
    Reference r = reference_of(view, contract, side);
    const Price tick = tick_of(view, contract, at);
    const Price from = r.known.is_positive() ? r.known : std::max(fallback, tick);
    const ChaseConfig& chase = view.config.chase;
    if (is_wider(view.config, contract, at)) {
        step += static_cast<uint32_t>(chase.wider_steps);
    }
    Price by = protection_at(chase, step, from, tick);
    if (r.price.degraded != ReasonCode::None) {
        by += reach(chase.stale, from, tick);
    }
    const auto [low, high] = view.rules.collar(contract, r.middle.is_positive() ? r.middle : from,
                                               tick, view.state.market.date(at));
    r.price.limit = std::clamp(outward(side, from, by, tick), low, std::max(low, high));
    return r.price;
}

ChasePrice entry_price(const View& view, const GroupLeg& leg, uint32_t step, Timestamp at) {
    const Side side = leg.leg.side;
    Reference r = reference_of(view, leg.leg.contract, side);
    r.price.limit = leg.leg.limit;
    if (step > 0 && r.price.touch.is_positive()) {
        const Price tick = tick_of(view, leg.leg.contract, at);
        const Price by = protection_at(view.config.chase, step, r.price.touch, tick);
        r.price.limit = std::clamp(outward(side, r.price.touch, by, tick), leg.bound.price_low,
                                   std::max(leg.bound.price_low, leg.bound.price_high));
    }
    return r.price;
}

Timestamp chase_due(const View& view, const Group& group, const ChildOrder& order) {
    if (!order.can_cancel() || view.state.market.is_closed(order.contract.exchange())) {
        return Timestamp::max();
    }
    const ChaseConfig& chase = view.config.chase;
    // The first entry order waited for its time-out; its first re-pricing starts the intervals.
    const uint32_t turn = order.id.is_exit || order.step == 0 ? order.step : order.step - 1;
    const auto last = static_cast<uint32_t>(chase.intervals.size() - 1);
    const Timestamp due = order.sent_at + (order.id.amendment >= chase.modifications_max
                                               ? chase.interval_beyond_max
                                               : chase.intervals[std::min(turn, last)]);
    const GroupLeg& leg = group.legs.at(order.id.leg);
    const ChasePrice wanted = order.id.is_exit ? exit_price(view, order.contract, order.side,
                                                            order.step + 1, due, order.limit)
                                               : entry_price(view, leg, order.step + 1, due);
    return is_more_aggressive(order.side, wanted.limit, order.limit) ? due : Timestamp::max();
}

}  // namespace sauda::execution
