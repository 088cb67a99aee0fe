#include "common/market/search/search.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sauda::search {

using namespace domain;

namespace {

constexpr std::size_t kNearExpiries = 4;
constexpr std::size_t kNearStrikesEachSide = 2;
constexpr std::size_t kNearContracts = 8;

using Contracts = std::vector<ContractId>;

bool is_of_kind(ContractId contract, KindWish wish) {
    switch (wish) {
        case KindWish::Any:
            return true;
        case KindWish::Spot:
            return contract.kind() == ContractKind::Spot;
        case KindWish::Future:
            return contract.kind() == ContractKind::Future;
        case KindWish::Option:
            return contract.is_option();
        case KindWish::Call:
            return contract.kind() == ContractKind::Call;
        case KindWish::Put:
            return contract.kind() == ContractKind::Put;
    }
    return false;
}

bool is_expired(ContractId contract, Date today) {
    return contract.expiry().days != 0 && contract.expiry() < today;
}

Date monday_of(Date date) { return Date{date.days - (base::weekday_of(date) + 6) % 7}; }

// Months since the year 0, to compare.
int month_number(Date date) {
    const auto civil = base::civil_of(date);
    return civil.year * 12 + civil.month - 1;
}

// Expiries of an underlying differ between futures and options on MCX.
using Line = std::tuple<Exchange, Underlying, bool>;
Line line_of(ContractId contract) {
    return {contract.exchange(), contract.underlying(), contract.is_option()};
}

class Calendar {
 public:
    Calendar(const Contracts& contracts, Date today) : today_(today) {
        for (const auto contract : contracts) {
            expiries_[line_of(contract)].insert(contract.expiry());
        }
    }

    [[nodiscard]] bool suits(ContractId contract, const Query& query) const {
        const Date expiry = contract.expiry();
        if (!query.wants_expiry()) {
            return true;
        }
        if (expiry.days == 0) {
            return false;
        }
        const auto civil = base::civil_of(expiry);
        if ((query.day && *query.day != civil.day) ||
            (query.month && *query.month != civil.month) ||
            (query.year && *query.year != civil.year) ||
            (query.weekday && *query.weekday != base::weekday_of(expiry)) ||
            (query.days_ahead && expiry.days != today_.days + *query.days_ahead)) {
            return false;
        }
        return suits_wish(contract, query);
    }

 private:
    [[nodiscard]] bool suits_wish(ContractId contract, const Query& query) const {
        const Date expiry = contract.expiry();
        const auto& all = expiries_.at(line_of(contract));
        const auto nearest = all.lower_bound(today_);
        switch (query.expiry) {
            case ExpiryWish::Any:
                return true;
            case ExpiryWish::Nearest:
                return nearest != all.end() && expiry == *nearest;
            case ExpiryWish::Next:
                return nearest != all.end() && std::next(nearest) != all.end() &&
                       expiry == *std::next(nearest);
            case ExpiryWish::Monthly:
                return is_last_of_month(expiry, all) &&
                       (query.month || query.year || expiry == nearest_monthly(all));
            case ExpiryWish::ThisWeek:
                return expiry >= today_ && monday_of(expiry) == monday_of(today_);
            case ExpiryWish::NextWeek:
                return monday_of(expiry).days == monday_of(today_).days + 7;
            case ExpiryWish::ThisMonth:
                return expiry >= today_ && month_number(expiry) == month_number(today_);
            case ExpiryWish::NextMonth:
                return month_number(expiry) == month_number(today_) + 1;
        }
        return false;
    }

    static bool is_last_of_month(Date expiry, const std::set<Date>& all) {
        const auto later = all.upper_bound(expiry);
        return later == all.end() || month_number(*later) != month_number(expiry);
    }
    [[nodiscard]] Date nearest_monthly(const std::set<Date>& all) const {
        for (auto at = all.lower_bound(today_); at != all.end(); ++at) {
            if (is_last_of_month(*at, all)) {
                return *at;
            }
        }
        return {};
    }

    Date today_;
    std::map<Line, std::set<Date>> expiries_;
};

bool has_strike(ContractId contract, const Query& query) {
    return query.strikes.empty() || std::find(query.strikes.begin(), query.strikes.end(),
                                              contract.strike()) != query.strikes.end();
}

template <class Keep>
Contracts filtered(const Contracts& from, Keep keep) {
    Contracts kept;
    std::copy_if(from.begin(), from.end(), std::back_inserter(kept), keep);
    return kept;
}

void sort_nearest_first(Contracts& contracts, Date today) {
    std::sort(contracts.begin(), contracts.end(), [&](ContractId a, ContractId b) {
        const auto key = [&](ContractId id) {
            return std::tuple(is_expired(id, today), id.expiry(), id.underlying(), id.strike(),
                              id.kind());
        };
        return key(a) < key(b);
    });
}

int64_t distance(Price strike, const std::vector<Price>& wanted) {
    int64_t least = INT64_MAX;
    for (const auto one : wanted) {
        least = std::min(least, (strike - one).abs().raw());
    }
    return least;
}

int32_t days_apart(Date a, Date b) { return a < b ? b.days - a.days : a.days - b.days; }

// How far the wished date lies from an expiry, in days; where only parts of it are known, by them.
int32_t distance(Date expiry, const Query& query, Date today) {
    if (query.days_ahead) {
        return days_apart(expiry, Date{today.days + *query.days_ahead});
    }
    if (!query.month && !query.year) {
        return days_apart(expiry, today);
    }
    const auto civil = base::civil_of(expiry);
    const int year = query.year.value_or(civil.year);
    const int month = query.month.value_or(civil.month);
    constexpr int kMiddleOfMonth = 15;
    return days_apart(expiry, base::date_of(year, month, query.day.value_or(kMiddleOfMonth)));
}

void suggest_expiries(SearchResult& result, Contracts candidates, Date today) {
    candidates = filtered(candidates, [&](ContractId id) { return id.expiry().days != 0; });
    auto of_strike =
        filtered(candidates, [&](ContractId id) { return has_strike(id, result.query); });
    const bool has_strikes = !result.query.strikes.empty() && !of_strike.empty();
    candidates = of_strike.empty() ? std::move(candidates) : std::move(of_strike);
    std::stable_sort(candidates.begin(), candidates.end(), [&](ContractId a, ContractId b) {
        const auto key = [&](ContractId id) {
            return std::tuple(distance(id.expiry(), result.query, today), id.expiry(), id.strike(),
                              id.kind());
        };
        return key(a) < key(b);
    });
    std::set<Date> expiries;
    for (const auto id : candidates) {
        if (expiries.size() == kNearExpiries && expiries.count(id.expiry()) == 0) {
            break;
        }
        expiries.insert(id.expiry());
        if (result.near.size() < kNearContracts && has_strikes) {
            result.near.push_back(id);
        }
    }
    result.near_expiries.assign(expiries.begin(), expiries.end());
}

void suggest_strikes(SearchResult& result, Contracts candidates, Date today) {
    std::set<Price> listed;
    for (const auto id : candidates) {
        if (id.is_option()) {
            listed.insert(id.strike());
        }
    }
    std::set<Price> near;
    for (const auto wanted : result.query.strikes) {
        auto at = listed.lower_bound(wanted);
        for (auto up = at;
             up != listed.end() && std::distance(at, up) < static_cast<long>(kNearStrikesEachSide);
             ++up) {
            near.insert(*up);
        }
        for (std::size_t i = 0; i < kNearStrikesEachSide && at != listed.begin(); ++i) {
            near.insert(*--at);
        }
    }
    result.near_strikes.assign(near.begin(), near.end());
    candidates = filtered(
        candidates, [&](ContractId id) { return id.is_option() && near.count(id.strike()) != 0; });
    std::stable_sort(candidates.begin(), candidates.end(), [&](ContractId a, ContractId b) {
        const auto key = [&](ContractId id) {
            return std::tuple(is_expired(id, today), id.expiry(),
                              distance(id.strike(), result.query.strikes), id.strike(), id.kind());
        };
        return key(a) < key(b);
    });
    candidates.resize(std::min(candidates.size(), kNearContracts));
    result.near = std::move(candidates);
}

SearchResult search_one(const Query& query, std::span<const ContractId> contracts, Date today) {
    SearchResult result;
    result.query = query;
    const bool wants_past = query.year.has_value();
    Contracts of_name;
    for (const auto id : contracts) {
        if ((!query.underlying || id.underlying() == *query.underlying) &&
            (!query.exchange || id.exchange() == *query.exchange) && is_of_kind(id, query.kind) &&
            (wants_past || !is_expired(id, today))) {
            of_name.push_back(id);
        }
    }
    if (of_name.empty()) {
        result.outcome = Outcome::NotListed;
        return result;
    }
    const Calendar calendar(of_name, today);
    auto of_expiry = filtered(of_name, [&](ContractId id) { return calendar.suits(id, query); });
    result.matches = filtered(of_expiry, [&](ContractId id) { return has_strike(id, query); });
    if (!result.matches.empty()) {
        result.outcome = Outcome::Found;
        sort_nearest_first(result.matches, today);
        return result;
    }
    if (of_expiry.empty()) {
        result.outcome = Outcome::NoSuchExpiry;
        suggest_expiries(result, std::move(of_name), today);
    } else {
        result.outcome = Outcome::NoSuchStrike;
        suggest_strikes(result, std::move(of_expiry), today);
    }
    return result;
}

// Which failure tells more: a wrong strike of a right expiry comes nearest.
int remoteness(const SearchResult& result) {
    return result.outcome == Outcome::NoSuchStrike   ? 0
           : result.outcome == Outcome::NoSuchExpiry ? 1
                                                     : 2;
}

}  // namespace

SearchResult search(const ParsedQuery& query, std::span<const ContractId> contracts, Date today) {
    SearchResult best;
    bool has_best = false;
    for (const auto& reading : query.readings) {
        if (!reading.underlying && !query.unknown.empty()) {
            best.outcome = Outcome::UnknownName;
            best.query = reading;
            return best;
        }
        if (reading == Query{}) {
            return best;
        }
        auto result = search_one(reading, contracts, today);
        if (result.outcome == Outcome::Found) {
            return result;
        }
        if (!has_best || remoteness(result) < remoteness(best)) {
            best = std::move(result);
            has_best = true;
        }
    }
    return best;
}

}  // namespace sauda::search
