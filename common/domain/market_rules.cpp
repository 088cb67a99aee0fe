#include "common/domain/market_rules.h"

#include <algorithm>

namespace sauda::domain {

namespace {

constexpr int kSearchDays = 366;

Date plus(Date date, int days) { return Date{date.days + days}; }

ContractKind row_kind(ContractKind kind) {
    return kind == ContractKind::Put || kind == ContractKind::Synthetic ? ContractKind::Call : kind;
}

// The row in force on `date`: the latest one not after it.
template <class Row, class Matches>
const Row* in_force(const std::vector<Row>& rows, Date date, Matches matches) {
    const Row* best = nullptr;
    for (const Row& row : rows) {
        if (row.from <= date && matches(row) && (best == nullptr || row.from > best->from)) {
            best = &row;
        }
    }
    return best;
}

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

bool is_listed_holiday(const std::vector<HolidayRow>& rows, Exchange exchange, Date date) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.exchange == exchange && row.date == date;
    });
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

Quantity smallest_freeze(const std::vector<FreezeRow>& rows) {
    Quantity least;
    for (const auto& row : rows) {
        if (least.is_zero() || row.freeze < least) {
            least = row.freeze;
        }
    }
    return least;
}

}  // namespace

TradingDay MarketRules::day(Exchange exchange, Date date) const {
    const auto* usual =
        in_force(sessions, date, [&](const auto& row) { return row.exchange == exchange; });
    for (const auto& special : special_sessions) {
        if (special.exchange == exchange && special.date == date) {
            return special_day(special, usual);
        }
    }
    for (const auto& holiday : holidays) {
        if (holiday.exchange == exchange && holiday.date == date) {
            return closed_day(holiday.name);
        }
    }
    const int weekday = base::weekday_of(date);
    if (weekday == 0 || weekday == 6) {
        return closed_day("weekend");
    }
    return usual == nullptr ? closed_day("no session rule for this date") : open_day(*usual, date);
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
               (!day(exchange, expiry).is_open || is_listed_holiday(holidays, exchange, expiry))) {
            expiry = plus(expiry, -1);
        }
        if (expiry >= from) {
            return expiry;
        }
    }
    return std::nullopt;
}

std::optional<Instrument> MarketRules::instrument(ContractId contract, Date date) const {
    const auto underlying = contract.underlying();
    const auto same = [&](const auto& row) { return row.underlying == underlying; };
    const bool is_spot = contract.kind() == ContractKind::Spot;
    const auto* lot = in_force(lots, contract.expiry(), same);
    const auto* tick = in_force(ticks, date, [&](const auto& row) {
        return same(row) && row.kind == row_kind(contract.kind());
    });
    if ((lot == nullptr && !is_spot) || tick == nullptr) {
        return std::nullopt;
    }
    Instrument instrument;
    instrument.contract = contract;
    instrument.lot = is_spot ? base::units(1) : lot->lot;
    instrument.tick = tick->tick;
    const auto* freeze = in_force(freezes, date, same);
    instrument.freeze = freeze != nullptr ? freeze->freeze : smallest_freeze(freezes);
    instrument.order_max = freeze != nullptr && freeze->order_max.is_positive() ? freeze->order_max
                                                                                : instrument.freeze;
    if (!is_spot) {
        const auto expiry_day = day(contract.exchange(), contract.expiry());
        const auto* usual = in_force(sessions, contract.expiry(), [&](const auto& row) {
            return row.exchange == contract.exchange();
        });
        if (expiry_day.is_open) {
            instrument.expires_at = expiry_day.close;
        } else if (usual != nullptr) {  // the calendar may lack a day the master knows
            instrument.expires_at = base::ist(contract.expiry(), usual->close);
        } else {
            return std::nullopt;
        }
    }
    return instrument;
}

std::optional<ChargeRates> MarketRules::charge_rates(Exchange exchange, ContractKind kind,
                                                     Date date) const {
    const auto* row = in_force(charges, date, [&](const auto& r) {
        return r.exchange == exchange && r.kind == row_kind(kind);
    });
    return row == nullptr ? std::nullopt : std::optional(row->rates);
}

namespace {

// The row in force, or the first of all if `date` is before it.
template <class Row, class Matches>
const Row* in_force_or_first(const std::vector<Row>& rows, Date date, Matches matches) {
    if (const Row* row = in_force(rows, date, matches); row != nullptr) {
        return row;
    }
    const Row* first = nullptr;
    for (const Row& row : rows) {
        if (matches(row) && (first == nullptr || row.from < first->from)) {
            first = &row;
        }
    }
    return first;
}

}  // namespace

MarginRates MarketRules::margin_rates(Exchange exchange, Date date) const {
    const auto* row =
        in_force_or_first(margins, date, [&](const auto& r) { return r.exchange == exchange; });
    return row == nullptr ? MarginRates{} : row->rates;
}

std::optional<MarginParameters> MarketRules::margin_parameters(Exchange exchange,
                                                               Underlying underlying,
                                                               Date date) const {
    for (const auto wanted : {underlying, Underlying::Unspecified}) {
        const auto* row = in_force_or_first(margin_parameter_rows, date, [&](const auto& r) {
            return r.exchange == exchange && r.underlying == wanted;
        });
        if (row != nullptr) {
            return row->parameters;
        }
    }
    const auto* flat =
        in_force_or_first(margins, date, [&](const auto& r) { return r.exchange == exchange; });
    if (flat == nullptr) {
        return std::nullopt;
    }
    MarginParameters parameters;
    parameters.price_scan = flat->rates.scan;
    parameters.exposure = flat->rates.exposure;
    parameters.expiry_day_extra = flat->rates.expiry_day;
    return parameters;
}

std::pair<Price, Price> MarketRules::collar(ContractId contract, Price reference, Price tick,
                                            Date date) const {
    INVARIANT(tick.is_positive() && reference.is_positive());
    const auto* row = in_force(protections, date, [&](const auto& r) {
        return r.exchange == contract.exchange() && r.kind == row_kind(contract.kind());
    });
    if (row == nullptr) {
        return {tick, base::floor_to_tick(Price::max(), tick)};
    }
    const Price width =
        std::max(row->protection.absolute, reference.scaled(row->protection.ratio, 1'000'000));
    const Price low = reference - width;
    return {low > tick ? base::ceil_to_tick(low, tick) : tick,
            base::floor_to_tick(reference + width, tick)};
}

}  // namespace sauda::domain
