#include "services/strategy/core/bots/sma_crossover.h"

#include "services/strategy/core/bots/exits.h"
#include "services/strategy/core/bots/strikes.h"
#include "services/strategy/core/bots/wish.h"

#include <algorithm>

namespace sauda::strategy {

namespace {

using domain::ContractKind;
using domain::Reason;
using domain::ReasonCode;
using domain::Unit;

constexpr Duration kBar = base::minutes(1);
constexpr Duration kSignalLife = base::minutes(15);  // of a signal that names no horizon

// +1 while the bot holds a call, -1 a put.
int direction_of(const Group& group) {
    if (group.legs.empty()) {
        return 0;
    }
    return group.legs.front().contract.kind() == ContractKind::Call ? 1 : -1;
}

void enter(const Wish& wish, const View& view, Actions& actions) {
    const auto time = view.time_of_day();
    if (time < base::seconds(view.parameter("entry_time"))) {
        actions.skip({ReasonCode::SessionOpeningMinutes,
                      {{"entry_time", view.parameter("entry_time"), Unit::Seconds}}});
        return;
    }
    if (time >= base::seconds(view.parameter("entry_until"))) {
        actions.skip({ReasonCode::SessionEntriesOver,
                      {{"entry_until", view.parameter("entry_until"), Unit::Seconds}}});
        return;
    }
    if (!actions.may_open()) {
        return;
    }
    const auto expiry = view.nearest_expiry();
    const auto forward = expiry ? view.forward(*expiry) : std::nullopt;
    if (!forward) {
        actions.skip({ReasonCode::NoQuotes, {}});
        return;
    }
    const auto kind = wish.direction > 0 ? ContractKind::Call : ContractKind::Put;
    const auto result =
        view.parameter("strike_rule") == 0
            ? affordable_strike(view, *expiry, kind, *forward)
            : offset_strike(view, *expiry, kind, *forward, view.parameter("strike_offset"));
    if (const auto* reason = std::get_if<Reason>(&result)) {
        actions.skip(*reason);
        return;
    }
    const auto& choice = std::get<StrikeChoice>(result);
    IntentDraft draft;
    draft.kind = domain::StrategyKind::Directional;
    draft.legs = {
        {choice.quote->contract, domain::Side::Buy, choice.quantity, choice.limit, false}};
    draft.exits = exits_of(view, ask_of(*choice.quote) * choice.quantity);
    draft.forward = *forward;
    draft.signal = wish.signal;
    draft.on_rules = wish.on_rules;
    actions.open(draft);
}

// The crossing is cleared to trade; it may have to wait for the opposite group to be closed.
void proceed(Wish wish, const View& view, Actions& actions) {
    if (view.is_working()) {
        wish.wait = Wish::Wait::Close;
        remember_wish(wish, actions);
        return;
    }
    enter(wish, view, actions);
}

bool is_confident(const domain::Signal& signal, const View& view) {
    return signal.confidence >= view.parameter("signal_confidence");
}
bool is_against(const domain::Signal& signal, int direction) {
    return direction > 0 ? signal.score < 0 : signal.score > 0;
}
bool is_alive(const domain::Signal& signal, const View& view) {
    const Duration life = signal.horizon.ns > 0 ? signal.horizon : kSignalLife;
    return view.now() <= signal.bar_start + signal.bar_length + life;
}

void skip_against(const domain::Signal& signal, const View& view, Actions& actions) {
    actions.skip({ReasonCode::SignalAgainst,
                  {{"score", signal.score, Unit::PerMillion},
                   {"confidence", signal.confidence, Unit::PerMillion},
                   {"needed", view.parameter("signal_confidence"), Unit::PerMillion}}});
}

// Gating::Trade with the signal of the crossing's own bar.
void judge(const domain::Signal& signal, Wish wish, const View& view, Actions& actions) {
    actions.use_signal(signal);
    if (signal.score == 0 || is_against(signal, wish.direction) || !is_confident(signal, view)) {
        skip_against(signal, view, actions);
        return;
    }
    wish.signal = signal.id;
    proceed(wish, view, actions);
}

void gate(Wish wish, const View& view, Actions& actions) {
    const auto* signal = view.signal();
    const bool has_signal = signal != nullptr && is_alive(*signal, view);
    switch (view.settings().gating) {
        case Gating::Off:
            proceed(wish, view, actions);
            return;
        case Gating::Observe:
            if (has_signal) {
                actions.use_signal(*signal);
            }
            proceed(wish, view, actions);
            return;
        case Gating::Veto:
            if (has_signal) {
                actions.use_signal(*signal);
                if (is_against(*signal, wish.direction) && is_confident(*signal, view)) {
                    skip_against(*signal, view, actions);
                    return;
                }
                wish.signal = signal->id;
            }
            proceed(wish, view, actions);
            return;
        case Gating::Trade:
            if (signal != nullptr && signal->bar_start == wish.bar_start) {
                judge(*signal, wish, view, actions);
                return;
            }
            wish.wait = Wish::Wait::Signal;
            remember_wish(wish, actions);
            actions.wake_at(wish.bar_start + kBar + view.settings().signal_wait);
            return;
    }
}

}  // namespace

void SmaCrossover::observe_bars(const domain::BarBatch& batch, const MarketState& /*market*/) {
    if (batch.length != kBar) {
        return;
    }
    for (const auto& bar : batch.bars) {
        const auto kind = bar.contract.kind();
        if (kind == ContractKind::Spot || kind == ContractKind::Synthetic) {
            series_[bar.contract].add(batch.start, bar.close);
        }
    }
}

// An overnight gap is no crossing: the averages begin anew each day.
void SmaCrossover::observe_session(const domain::SessionEvent& event,
                                   const MarketState& /*market*/) {
    if (event.kind == domain::SessionKind::DayStart) {
        series_.clear();
    }
}

int SmaCrossover::crossing(Timestamp bar_start, const View& view) const {
    const auto fast = static_cast<std::size_t>(view.parameter("fast"));
    const auto slow = static_cast<std::size_t>(view.parameter("slow"));
    const CloseSeries* spot = nullptr;
    const CloseSeries* forward = nullptr;  // of the nearest expiry that is quoted
    for (const auto& [contract, series] : series_) {
        if (series.last_bar() != bar_start) {
            continue;
        }
        if (contract.kind() == ContractKind::Spot) {
            spot = &series;
        } else if (forward == nullptr && contract.expiry() >= view.session().date) {
            forward = &series;  // contracts of one underlying are ordered by expiry
        }
    }
    if (forward != nullptr && (spot == nullptr || forward->size() > slow)) {
        return forward->crossing(fast, slow);
    }
    return spot == nullptr ? 0 : spot->crossing(fast, slow);
}

void SmaCrossover::on_bars(const domain::BarBatch& batch, const View& view,
                           Actions& actions) const {
    if (batch.length != kBar) {
        return;
    }
    const int direction = crossing(batch.start, view);
    if (direction == 0) {
        return;
    }
    forget_wish(view, actions);  // a newer crossing replaces what an older one waited for
    for (const auto& [id, group] : std::map(view.groups())) {  // a copy: closing changes it
        if (direction_of(group) == direction) {
            return;
        }
        actions.close(id, ReasonCode::ExitStrategy);
    }
    gate({Wish::Wait::None, direction, batch.start, 0, false}, view, actions);
}

void SmaCrossover::on_signal(const domain::Signal& signal, const View& view,
                             Actions& actions) const {
    const Wish wish = recall_wish(view);
    if (wish.wait == Wish::Wait::Signal && signal.bar_start == wish.bar_start &&
        signal.bar_length == kBar) {
        forget_wish(view, actions);
        judge(signal, wish, view, actions);
    }
}

// The signal did not come in time: the rules decide alone, and the intent says so.
void SmaCrossover::on_timer(const View& view, Actions& actions) const {
    Wish wish = recall_wish(view);
    if (wish.wait != Wish::Wait::Signal) {
        return;
    }
    forget_wish(view, actions);
    wish.on_rules = true;
    proceed(wish, view, actions);
}

void SmaCrossover::on_group(const Group& group, const View& view, Actions& actions) const {
    const Wish wish = recall_wish(view);
    if (wish.wait != Wish::Wait::Close) {
        return;
    }
    if (group.is_open() && direction_of(group) != wish.direction) {
        actions.close(group.id, ReasonCode::ExitStrategy);  // was still entering at the crossing
        return;
    }
    if (!domain::is_terminal(group.state) || view.is_working()) {
        return;
    }
    forget_wish(view, actions);
    if (view.now() <= wish.bar_start + kBar + kBar) {  // else the crossing is old news
        enter(wish, view, actions);
    }
}

BotKind sma_crossover_kind() {
    auto parameters = premium_parameters({.entry_time = clock_seconds(9, 20),
                                          .stop_percent = 25,
                                          .target_percent = 40,
                                          .trailing_trigger_percent = 20,
                                          .trailing_distance_percent = 10});
    using enum ParameterUnit;
    parameters.push_back({"fast", 5, 1, 200, Bars, "length of the fast average"});
    parameters.push_back({"slow", 20, 2, 200, Bars, "length of the slow average"});
    parameters.push_back({"strike_rule",
                          0,
                          0,
                          1,
                          Choice,
                          "nearest strike the account can pay, or a fixed distance",
                          {"affordability", "offset"}});
    parameters.push_back(
        {"strike_offset", 0, -20, 20, Count, "strikes out of the money; negative: in the money"});
    parameters.push_back({"signal_confidence", 400'000, 0, 1'000'000, PerMillion,
                          "confidence from which a signal counts (veto, trade)"});
    return {"sma_crossover", "buys a call or a put when two averages of the 1-minute closes cross",
            [] { return std::unique_ptr<Bot>(std::make_unique<SmaCrossover>()); },
            std::move(parameters),
            [](const Parameters& values) -> std::string {
                if (values.find("fast")->second >= values.find("slow")->second) {
                    return "parameter 'fast' must be below 'slow'";
                }
                return premium_problem(values);
            }};
}

}  // namespace sauda::strategy
