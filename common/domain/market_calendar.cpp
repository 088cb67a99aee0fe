#include "common/domain/market_rules.h"
#include "common/domain/rule_lookup.h"

#include <algorithm>

// Days, phases and expiries.
namespace sauda::domain {

namespace {

constexpr int kSearchDays = 366;

Date plus(Date date, int days) { return Date{date.days + days}; }

Timestamp later(Timestamp a, Timestamp b) { return a < b ? b : a; }

TradingDay open_day(const SessionRow& row, Date date) {
    TradingDay day;
    day.is_open = true;
    day.open = base::ist(date, row.open);
    day.close = base::ist(date, row.close);
    day.spot_close = base::ist(date, row.spot_close);
    day.day_end = later(day.close, base::ist(date, row.day_end));
    return day;
}

TradingDay closed_day(std::string why) {
    TradingDay day;
    day.holiday = std::move(why);
    return day;
}

// A special session ends its day as long after its close as a usual one does.
TradingDay special_day(const SpecialSessionRow& special, const SessionRow* usual) {
    TradingDay day;
    day.is_open = true;
    day.open = base::ist(special.date, special.open);
    day.close = base::ist(special.date, special.close);
    day.spot_close = day.close;
    day.day_end = day.close;
    if (usual != nullptr) {
        if (usual->close == special.close) {
            day.spot_close = base::ist(special.date, usual->spot_close);
        }
        day.day_end = later(day.close, day.close + Duration{usual->day_end.ns - usual->close.ns});
    }
    return day;
}

// The last `weekday` of the month `date` lies in.
Date last_weekday_of_month(Date date, int weekday) {
    auto civil = base::civil_of(date);
    const Date next_month = civil.month == 12 ? base::date_of(civil.year + 1, 1, 1)
                                              : base::date_of(civil.year, civil.month + 1, 1);
    Date last = plus(next_month, -1);
    while (base::weekday_of(last) != weekday) {
        last = plus(last, -1);
    }
    return last;
}

}  // namespace

TradingDay MarketRules::day(Exchange exchange, Date date) const {
    const auto* usual =
        in_force(sessions, date, [&](const auto& row) { return row.exchange == exchange; });
    if (const auto* special = on_day(special_sessions, exchange, date); special != nullptr) {
        return special_day(*special, usual);
    }
    if (const auto* holiday = on_day(holidays, exchange, date); holiday != nullptr) {
        return closed_day(holiday->name);
    }
    const int weekday = base::weekday_of(date);
    if (weekday == 0 || weekday == 6) {
        return closed_day("weekend");
    }
    return usual == nullptr ? closed_day("no session rule for this date") : open_day(*usual, date);
}

std::vector<PhaseSpan> MarketRules::phases(Exchange exchange, Segment segment, Date date) const {
    const auto session = day(exchange, date);
    if (!session.is_open) {
        return {};
    }
    const Timestamp close = segment == Segment::Cash ? session.spot_close : session.close;
    std::vector<PhaseSpan> spans{{SessionPhase::Continuous, session.open, close}};
    const auto* special = on_day(special_sessions, exchange, date);
    const auto* usual =
        in_force(sessions, date, [&](const auto& row) { return row.exchange == exchange; });
    if (special != nullptr &&
        (usual == nullptr || special->open != usual->open || special->close != usual->close)) {
        return spans;  // its own phases are not known
    }
    const auto same = [&](const PhaseRow& row) {
        return row.exchange == exchange && row.segment == segment;
    };
    const auto* table = in_force(phase_rows, date, same);
    for (const auto& row : phase_rows) {
        if (table != nullptr && same(row) && row.from == table->from) {
            spans.push_back({row.phase, base::ist(date, row.start), base::ist(date, row.end)});
        }
    }
    std::sort(spans.begin(), spans.end(),
              [](const PhaseSpan& a, const PhaseSpan& b) { return a.start < b.start; });
    return spans;
}

SessionPhase MarketRules::phase_at(Exchange exchange, Segment segment, Timestamp t) const {
    for (const auto& span : phases(exchange, segment, base::ist_date(t))) {
        if (span.start <= t && t < span.end) {
            return span.phase;
        }
    }
    return SessionPhase::Closed;
}

Date MarketRules::next_trading_day(Exchange exchange, Date after) const {
    for (int i = 1; i <= kSearchDays; ++i) {
        if (day(exchange, plus(after, i)).is_open) {
            return plus(after, i);
        }
    }
    return {};
}

Date MarketRules::previous_trading_day(Exchange exchange, Date before) const {
    for (int i = 1; i <= kSearchDays; ++i) {
        if (day(exchange, plus(before, -i)).is_open) {
            return plus(before, -i);
        }
    }
    return {};
}

int MarketRules::trading_days_between(Exchange exchange, Date from, Date to) const {
    int n = 0;
    for (Date date = plus(from, 1); date <= to; date = plus(date, 1)) {
        n += day(exchange, date).is_open ? 1 : 0;
    }
    return n;
}

namespace {

// Is `date` a scheduled expiry, before any shift? In the week of a monthly expiry no weekly one
// is listed beside it.
const ExpiryRow* scheduled(const std::vector<ExpiryRow>& rows, Underlying underlying, Date date) {
    const auto rule = [&](ExpiryCycle cycle, Date on) {
        return in_force(rows, on, [&](const auto& row) {
            return row.underlying == underlying && row.cycle == cycle;
        });
    };
    const auto is_monthly = [&](Date on) {
        const auto* monthly = rule(ExpiryCycle::Monthly, on);
        return monthly != nullptr && monthly->weekday != kNoExpiry &&
               last_weekday_of_month(on, monthly->weekday) == on;
    };
    if (is_monthly(date)) {
        return rule(ExpiryCycle::Monthly, date);
    }
    const auto* weekly = rule(ExpiryCycle::Weekly, date);
    if (weekly == nullptr || weekly->weekday != base::weekday_of(date)) {
        return nullptr;
    }
    const Date monday = plus(date, 1 - weekly->weekday);
    for (int i = 0; i < 5; ++i) {
        if (is_monthly(plus(monday, i))) {
            return nullptr;
        }
    }
    return weekly;
}

}  // namespace

std::optional<Date> MarketRules::next_expiry(Underlying underlying, Date from) const {
    constexpr int kHorizonDays = 100;
    for (int i = 0; i <= kHorizonDays; ++i) {
        const Date date = plus(from, i);
        const auto* row = scheduled(expiries, underlying, date);
        if (row == nullptr) {
            continue;
        }
        // A muhurat hour on a holiday settles nothing.
        const Exchange exchange = row->exchange;
        Date expiry = date;
        while (expiry >= from &&
               (!day(exchange, expiry).is_open || on_day(holidays, exchange, expiry) != nullptr)) {
            expiry = plus(expiry, -1);
        }
        if (expiry >= from) {
            return expiry;
        }
    }
    return std::nullopt;
}

}  // namespace sauda::domain
