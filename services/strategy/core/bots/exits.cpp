#include "services/strategy/core/bots/exits.h"

namespace sauda::strategy {

namespace {
constexpr Duration kBeforeClose = base::minutes(10);
constexpr int64_t kDay = 24 * 3600 - 1;
}  // namespace

std::vector<ParameterInfo> premium_parameters(const ExitDefaults& defaults) {
    using enum ParameterUnit;
    return {
        {"entry_time", defaults.entry_time, 0, kDay, TimeOfDay, "no entry before"},
        {"entry_until", clock_seconds(14, 45), 0, kDay, TimeOfDay, "no entry from then on"},
        {"square_off", clock_seconds(15, 5), 0, kDay, TimeOfDay, "everything is closed then"},
        {"slippage_ticks", 2, 0, 1000, Ticks, "how far through the touch an entry may go"},
        {"stop_percent", defaults.stop_percent, 0, 1000, Percent,
         "stop, of the premium; 0 = none of its own"},
        {"target_percent", defaults.target_percent, 0, 1000, Percent,
         "target, of the premium; 0 = none"},
        {"trailing_trigger_percent", defaults.trailing_trigger_percent, 0, 1000, Percent,
         "profit, of the premium, at which the trailing stop arms; 0 = never"},
        {"trailing_distance_percent", defaults.trailing_distance_percent, 0, 1000, Percent,
         "how far below its best the trailing stop lies, of the premium"},
    };
}

std::string premium_problem(const Parameters& values) {
    const auto value = [&](std::string_view name) { return values.find(name)->second; };
    if (value("entry_time") >= value("entry_until")) {
        return "parameter 'entry_time' must be before 'entry_until'";
    }
    if (value("trailing_trigger_percent") > 0 && value("trailing_distance_percent") == 0) {
        return "parameter 'trailing_distance_percent' must be above 0 when the trail is on";
    }
    return {};
}

Timestamp square_off_of(const View& view) {
    const auto& session = view.session();
    const Timestamp wished = view.today(base::seconds(view.parameter("square_off")));
    const Timestamp last = session.close_at - kBeforeClose;
    const bool is_inside = wished > view.now() && wished <= last;
    return is_inside || !session.close_at.is_set() ? wished : last;
}

domain::ExitPlan exits_of(const View& view, Money premium) {
    domain::ExitPlan exits;
    exits.stop_loss = premium.scaled(view.parameter("stop_percent"), 100);
    exits.target = premium.scaled(view.parameter("target_percent"), 100);
    if (view.parameter("trailing_trigger_percent") > 0) {
        exits.trailing_trigger = premium.scaled(view.parameter("trailing_trigger_percent"), 100);
        exits.trailing_distance = premium.scaled(view.parameter("trailing_distance_percent"), 100);
    }
    exits.square_off_at = square_off_of(view);
    return exits;
}

Price bid_of(const domain::Quote& quote) {
    return (quote.flags & domain::kQuoteNoDepth) != 0 && !quote.has_bid() ? quote.last : quote.bid;
}
Price ask_of(const domain::Quote& quote) {
    return (quote.flags & domain::kQuoteNoDepth) != 0 && !quote.has_ask() ? quote.last : quote.ask;
}

}  // namespace sauda::strategy
