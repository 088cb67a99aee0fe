#include "services/strategy/core/bots/short_straddle.h"

#include "services/strategy/core/bots/exits.h"

#include <algorithm>

namespace sauda::strategy {

namespace {

using domain::ReasonCode;

constexpr std::string_view kToldOver = "told_over";  // the date the missed entry was told

// A re-entry follows a stop, after its cool-down.
bool may_enter_again(const View& view) {
    const auto& last = view.last_trade();
    const Duration wait = base::seconds(view.parameter("reentry_wait"));
    return view.trades_today() <= view.parameter("reentries") &&
           last.reason.code == ReasonCode::ExitStop && view.now() >= last.changed_at + wait;
}

// Zero trades explain themselves: once a day, when the window closes without an entry.
void tell_window_over(const View& view, Actions& actions) {
    const int64_t today = view.session().date.days;
    if (view.trades_today() > 0 || view.recall(kToldOver) == today) {
        return;
    }
    actions.remember({{std::string(kToldOver), today, domain::Unit::Date}});
    actions.skip({ReasonCode::SessionEntriesOver,
                  {{"entry_until", view.parameter("entry_until"), domain::Unit::Seconds}}});
}

DraftLeg sell(const domain::Quote& quote, const domain::Instrument& instrument, const View& view) {
    const Price through = instrument.tick * view.parameter("slippage_ticks");
    const Price limit =
        base::floor_to_tick(bid_of(quote) - std::min(bid_of(quote), through), instrument.tick);
    DraftLeg leg;
    leg.contract = quote.contract;
    leg.side = domain::Side::Sell;
    leg.quantity = Quantity::from_raw(instrument.lot.raw() * view.settings().lots);
    leg.limit = std::max(limit, instrument.tick);
    return leg;
}

}  // namespace

void ShortStraddle::on_quotes(const domain::QuoteBatch& /*batch*/, const View& view,
                              Actions& actions) const {
    consider(view, actions);
}

// The quote that ends a stale period, or opens the day, is seen just before the event that says
// so; the events are therefore occasions too.
void ShortStraddle::on_session(const domain::SessionEvent& /*event*/, const View& view,
                               Actions& actions) const {
    consider(view, actions);
}

void ShortStraddle::consider(const View& view, Actions& actions) {
    if (!view.session().is_open || view.is_working()) {
        return;
    }
    const auto time = view.time_of_day();
    if (time < base::seconds(view.parameter("entry_time"))) {
        return;
    }
    if (time >= base::seconds(view.parameter("entry_until"))) {
        tell_window_over(view, actions);
        return;
    }
    if (view.trades_today() > 0 && !may_enter_again(view)) {
        return;
    }
    if (actions.may_open()) {
        enter(view, actions);
    }
}

void ShortStraddle::enter(const View& view, Actions& actions) {
    const auto expiry = view.nearest_expiry();
    const auto forward = expiry ? view.forward(*expiry) : std::nullopt;
    const auto strike = forward ? view.chain().nearest_strike(*expiry, *forward) : std::nullopt;
    if (!strike) {
        actions.skip({ReasonCode::NoQuotes, {}});
        return;
    }
    const auto* call = view.chain().option(*expiry, *strike, domain::ContractKind::Call);
    const auto* put = view.chain().option(*expiry, *strike, domain::ContractKind::Put);
    if (call == nullptr || put == nullptr) {
        actions.skip(
            {ReasonCode::NoQuotes, {{"strike", strike->raw(), domain::Unit::PricePoints}}});
        return;
    }
    if (!view.is_fresh(*call) || !view.is_fresh(*put)) {
        actions.skip(
            {ReasonCode::DataStale, {{"strike", strike->raw(), domain::Unit::PricePoints}}});
        return;
    }
    if (!view.are_together(*call, *put) || !view.is_current(*call) || !view.is_current(*put)) {
        return;  // half a snapshot is no basis; the rest of it follows at once
    }
    const auto instrument = view.instrument(call->contract);
    if (!instrument || !view.instrument(put->contract)) {
        actions.skip(
            {ReasonCode::ContractUnknown,
             {{"contract", static_cast<int64_t>(call->contract.raw()), domain::Unit::Contract}}});
        return;
    }
    if (!bid_of(*call).is_positive() || !bid_of(*put).is_positive() ||
        !ask_of(*call).is_positive() || !ask_of(*put).is_positive()) {
        actions.skip(
            {ReasonCode::DataOneSided, {{"strike", strike->raw(), domain::Unit::PricePoints}}});
        return;
    }
    IntentDraft draft;
    draft.kind = domain::StrategyKind::ShortPremium;
    draft.policy = domain::LegPolicy::Complete;
    draft.legs = {sell(*call, *instrument, view), sell(*put, *instrument, view)};
    draft.exits = exits_of(view, (bid_of(*call) + bid_of(*put)) * draft.legs.front().quantity);
    draft.forward = *forward;
    actions.open(draft);
}

BotKind short_straddle_kind() {
    auto parameters = premium_parameters({.entry_time = clock_seconds(9, 30),
                                          .stop_percent = 30,
                                          .target_percent = 50,
                                          .trailing_trigger_percent = 30,
                                          .trailing_distance_percent = 15});
    parameters.push_back({"reentries", 1, 0, 5, ParameterUnit::Count,
                          "entries after a stop, a day, beside the first"});
    parameters.push_back({"reentry_wait", 900, 0, 21'600, ParameterUnit::Seconds,
                          "cool-down between a stop and the re-entry"});
    return {"short_straddle",
            "sells the at-the-money call and put of the nearest expiry once a day",
            [] { return std::unique_ptr<Bot>(std::make_unique<ShortStraddle>()); },
            std::move(parameters), premium_problem};
}

}  // namespace sauda::strategy
