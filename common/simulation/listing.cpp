#include "common/simulation/listing.h"

#include <set>

namespace sauda::simulation {

using domain::Date;
using domain::Underlying;

namespace {

constexpr int kWeeklies = 4;
constexpr int kMonthlies = 3;
constexpr int kQuarterlies = 3;
constexpr int kHalfYearlies = 8;
constexpr int kYears = 5;
constexpr int64_t kWideStep = 1'000;

struct Ladder {
    int aside;       // strikes each side in the usual step
    int wide_aside;  // more of them, every 1,000 points
};

Ladder ladder_of(Liquidity liquidity) {
    switch (liquidity) {
        case Liquidity::NearWeekly:
        case Liquidity::SecondWeekly:
            return {43, 0};
        case Liquidity::ThirdWeekly:
        case Liquidity::FourthWeekly:
            return {41, 0};
        case Liquidity::NearMonthly:
            return {48, 3};
        case Liquidity::SecondMonthly:
            return {43, 0};
        case Liquidity::ThirdMonthly:
            return {35, 0};
        case Liquidity::LongDated:
            return {0, 7};
    }
    return {0, 0};
}

std::vector<int64_t> strikes_around(double spot, int64_t step, Ladder ladder) {
    std::set<int64_t> strikes;
    const auto middle = static_cast<int64_t>(spot / static_cast<double>(step) + 0.5) * step;
    for (int64_t i = -ladder.aside; i <= ladder.aside && ladder.aside > 0; ++i) {
        strikes.insert(middle + i * step);
    }
    const auto wide = static_cast<int64_t>(spot / kWideStep + 0.5) * kWideStep;
    const int64_t gap = ladder.aside * step / kWideStep;
    for (int64_t i = 0; i < ladder.wide_aside; ++i) {
        strikes.insert(wide - (gap + i) * kWideStep);
        strikes.insert(wide + (gap + i) * kWideStep);
    }
    while (!strikes.empty() && *strikes.begin() <= 0) {
        strikes.erase(strikes.begin());
    }
    return {strikes.begin(), strikes.end()};
}

int month_of(Date date) { return base::civil_of(date).month; }

// Every expiry of the next five years, ascending.
std::vector<Date> expiries_from(const domain::MarketRules& rules, Underlying underlying,
                                Date date) {
    std::vector<Date> all;
    Date from = date;
    while (const auto next = rules.next_expiry(underlying, from)) {
        if (next->days - date.days > kYears * 366) {
            break;
        }
        all.push_back(*next);
        from = Date{next->days + 1};
    }
    return all;
}

}  // namespace

base::Expected<std::vector<ListedExpiry>> list_expiries(const domain::MarketRules& rules,
                                                        Underlying underlying, Date date,
                                                        double spot) {
    const auto all = expiries_from(rules, underlying, date);
    if (all.empty()) {
        return base::fail(base::ErrorKind::Invalid,
                          "no rule says when " + std::string(domain::to_text(underlying)) +
                              " options expire after " + domain::to_text(date));
    }
    const int64_t step = underlying == Underlying::BANKNIFTY ? 100 : 50;
    std::vector<ListedExpiry> listed;
    int weeklies = 0;
    int monthlies = 0;
    int quarterlies = 0;
    int half_yearlies = 0;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        const int month = month_of(all[i]);
        const bool is_monthly = month_of(all[i + 1]) != month;
        const bool has_weeklies = underlying == Underlying::NIFTY;
        ListedExpiry entry{all[i], Liquidity::LongDated, false, {}};
        bool is_listed = false;
        if (is_monthly && monthlies < kMonthlies) {
            entry.liquidity =
                static_cast<Liquidity>(static_cast<int>(Liquidity::NearMonthly) + monthlies++);
            entry.has_future = true;
            is_listed = true;
        } else if (is_monthly && month % 3 == 0 && quarterlies < kQuarterlies) {
            ++quarterlies;
            is_listed = true;
        } else if (is_monthly && month % 6 == 0 && half_yearlies < kHalfYearlies) {
            ++half_yearlies;
            is_listed = true;
        }
        if (has_weeklies && weeklies < kWeeklies) {
            entry.liquidity = static_cast<Liquidity>(weeklies++);
            is_listed = true;
        }
        if (is_listed) {
            entry.strikes = strikes_around(spot, step, ladder_of(entry.liquidity));
            listed.push_back(std::move(entry));
        }
    }
    return listed;
}

}  // namespace sauda::simulation
