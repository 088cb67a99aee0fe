#include "services/lab/shell/breakdowns.h"

#include <functional>
#include <map>

namespace sauda::lab {

namespace {

// Where a row stands in its table, and what it is called.
using Key = std::pair<int, std::string>;
using KeyOf = std::function<Key(const TradeRecord&)>;

struct DayFacts {
    double volatility = 0.0;    // per cent; 0 = unknown
    std::optional<double> gap;  // per cent
};

std::map<Date, DayFacts> facts_of(const std::vector<DayRecord>& days) {
    std::map<Date, DayFacts> facts;
    Price last_close;
    for (const auto& day : days) {
        DayFacts& f = facts[day.date];
        f.volatility =
            day.vix ? day.vix->rupees() : static_cast<double>(day.straddle_volatility) / 10'000.0;
        if (last_close.is_positive() && day.open.is_positive()) {
            f.gap = (day.open.rupees() / last_close.rupees() - 1.0) * 100.0;
        }
        last_close = day.close.is_positive() ? day.close : last_close;
    }
    return facts;
}

Key hour_of(const TradeRecord& trade) {
    const auto hour = static_cast<int>(base::ist_time_of_day(trade.in).ns / 3'600'000'000'000);
    const auto text = [](int h) { return (h < 10 ? "0" : "") + std::to_string(h) + ":00"; };
    return {hour, text(hour) + "-" + text(hour + 1)};
}

Key weekday_key(const TradeRecord& trade) {
    static constexpr const char* kNames[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                             "Thursday", "Friday", "Saturday"};
    const int weekday = base::weekday_of(trade.date);
    return {weekday, kNames[weekday]};
}

Key days_to_expiry(const TradeRecord& trade) {
    const int days = trade.days_to_expiry;
    if (days < 0) {
        return {99, "unknown"};
    }
    if (days == 0) {
        return {0, "expiry day"};
    }
    return days >= 6 ? Key{6, "6 and more"}
                     : Key{days, std::to_string(days) + (days == 1 ? " day" : " days")};
}

Key expiry_or_not(const TradeRecord& trade) {
    if (trade.days_to_expiry < 0) {
        return {2, "unknown"};
    }
    return trade.days_to_expiry == 0 ? Key{0, "expiry day"} : Key{1, "other days"};
}

Key volatility_key(const DayFacts& day) {
    if (!(day.volatility > 0.0)) {
        return {9, "unknown"};
    }
    const double v = day.volatility;
    return v < 10   ? Key{0, "below 10"}
           : v < 12 ? Key{1, "10 to 12"}
           : v < 15 ? Key{2, "12 to 15"}
           : v < 20 ? Key{3, "15 to 20"}
                    : Key{4, "20 and more"};
}

Key gap_key(const DayFacts& day) {
    if (!day.gap) {
        return {9, "no day before"};
    }
    const double g = *day.gap;
    return g < -0.5   ? Key{0, "down over 0.5 %"}
           : g < -0.2 ? Key{1, "down 0.2 to 0.5 %"}
           : g <= 0.2 ? Key{2, "within 0.2 %"}
           : g <= 0.5 ? Key{3, "up 0.2 to 0.5 %"}
                      : Key{4, "up over 0.5 %"};
}

Breakdown breakdown(const BacktestFold& fold, std::string name, std::string title,
                    const KeyOf& key_of) {
    std::map<Key, std::vector<TradeRecord>> rows;
    for (const auto& trade : fold.trades()) {
        if (trade.is_closed()) {
            rows[key_of(trade)].push_back(trade);
        }
    }
    Breakdown table{.name = std::move(name), .title = std::move(title), .slices = {}};
    for (const auto& [key, trades] : rows) {
        table.slices.push_back({.name = key.second, .statistics = statistics_of(trades)});
    }
    return table;
}

}  // namespace

std::vector<Breakdown> breakdowns_of(const BacktestFold& fold) {
    const auto facts = facts_of(fold.days());
    const auto of_day = [&](const TradeRecord& trade) {
        const auto found = facts.find(trade.date);
        return found == facts.end() ? DayFacts{} : found->second;
    };
    bool has_vix = false;
    for (const auto& day : fold.days()) {
        has_vix = has_vix || day.vix.has_value();
    }
    return {breakdown(fold, "bot", "by bot", [](const auto& t) { return Key{0, t.bot}; }),
            breakdown(fold, "exit", "by reason of exit",
                      [](const auto& t) { return Key{0, t.why_out}; }),
            breakdown(fold, "hour", "by hour of entry", hour_of),
            breakdown(fold, "weekday", "by weekday", weekday_key),
            breakdown(fold, "days_to_expiry", "by trading days to expiry", days_to_expiry),
            breakdown(fold, "expiry_day", "expiry day against others", expiry_or_not),
            breakdown(fold, "volatility",
                      has_vix ? "by India VIX at the open" : "by implied volatility at the open, %",
                      [&](const auto& t) { return volatility_key(of_day(t)); }),
            breakdown(fold, "gap", "by gap at the open",
                      [&](const auto& t) { return gap_key(of_day(t)); })};
}

}  // namespace sauda::lab
