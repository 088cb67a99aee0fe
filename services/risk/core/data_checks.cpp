#include "services/risk/core/check_functions.h"
#include "services/risk/core/price_range.h"

#include <algorithm>

// Is there a market to trade against, and does the price fit it.
namespace sauda::risk::check {

using namespace domain;

namespace {

constexpr int64_t kSecond = 1'000'000'000;

bool has_no_depth(const LegView& view) {
    return view.quote != nullptr && (view.quote->flags & kQuoteNoDepth) != 0 &&
           view.quote->last.is_positive();
}

}  // namespace

MaybeOutcome data_fresh(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        const auto* data = request.market.underlying(view.leg->contract.underlying());
        if (data == nullptr || !data->last_data.is_set()) {
            return Outcome{0, 0, Unit::Seconds, false, false, {{"never_quoted", 1}}};
        }
        const auto limit =
            data->stale_limit.ns > 0 ? data->stale_limit : request.config.stale_limit;
        const auto age = request.now - data->last_data;
        return Outcome{age.ns / kSecond,
                       limit.ns / kSecond,
                       Unit::Seconds,
                       !data->is_stale && age <= limit,
                       false,
                       {}};
    });
}

MaybeOutcome data_two_sided(const Request& request) {
    return worst_leg(request, [](const LegView& view) -> MaybeOutcome {
        if (has_no_depth(view)) {
            return std::nullopt;  // the whole source has none; execution models the sides
        }
        const bool has_bid = view.quote != nullptr && view.quote->has_bid();
        const bool has_ask = view.quote != nullptr && view.quote->has_ask();
        Outcome outcome = at_most((has_bid ? 0 : 1) + (has_ask ? 0 : 1), 0, Unit::Count);
        if (!outcome.passed) {
            outcome.more.push_back({"bid", has_bid ? view.quote->bid.raw() : 0, Unit::PricePoints});
            outcome.more.push_back({"ask", has_ask ? view.quote->ask.raw() : 0, Unit::PricePoints});
        }
        return outcome;
    });
}

MaybeOutcome spread_narrow(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        if (view.quote == nullptr || !view.quote->is_two_sided()) {
            return std::nullopt;
        }
        return at_most((view.quote->ask - view.quote->bid).raw(),
                       request.market.spread_limit(view.quote->mid()).raw(), Unit::PricePoints);
    });
}

MaybeOutcome price_in_collar(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        const auto range = price_range(request, view);
        if (!range) {
            return std::nullopt;
        }
        // The bound on the side it could be worse; on the other one if that is broken.
        const Price price = view.leg->limit;
        const bool is_low_nearer =
            view.leg->side == Side::Sell ? price <= range->high : price < range->low;
        Outcome outcome{price.raw(),
                        (is_low_nearer ? range->low : range->high).raw(),
                        Unit::PricePoints,
                        range->low <= price && price <= range->high,
                        false,
                        {}};
        if (!outcome.passed) {
            outcome.more.push_back({"low", range->low.raw(), Unit::PricePoints});
            outcome.more.push_back({"high", range->high.raw(), Unit::PricePoints});
            outcome.more.push_back({"touch", view.touch.raw(), Unit::PricePoints});
        }
        return outcome;
    });
}

}  // namespace sauda::risk::check
