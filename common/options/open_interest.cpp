#include "common/options/open_interest.h"

#include "common/base/invariant.h"

namespace sauda::options {

std::optional<double> put_call_ratio(double puts, double calls) {
    return calls > 0.0 ? std::optional(puts / calls) : std::nullopt;
}

std::optional<MaxPain> max_pain(std::span<const double> strikes, std::span<const double> calls,
                                std::span<const double> puts) {
    INVARIANT(strikes.size() == calls.size() && strikes.size() == puts.size());
    // Walks up the strikes: between two of them the calls below gain the step, the puts above lose.
    double calls_below = 0.0;
    double puts_above = 0.0;
    double payout = 0.0;
    double total = 0.0;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        payout += puts[i] * (strikes[i] - strikes[0]);
        puts_above += puts[i];
        total += puts[i] + calls[i];
    }
    if (!(total > 0.0)) {
        return std::nullopt;
    }
    MaxPain best{strikes[0], payout};
    for (std::size_t i = 0; i + 1 < strikes.size(); ++i) {
        calls_below += calls[i];
        puts_above -= puts[i];
        payout += (calls_below - puts_above) * (strikes[i + 1] - strikes[i]);
        if (payout < best.payout) {
            best = {strikes[i + 1], payout};
        }
    }
    return best;
}

namespace {

void insert_by_interest(Walls& found, const Wall& wall) {
    std::size_t at = found.interests;
    while (at > 0 && wall.interest > found.by_interest[at - 1].interest) {
        --at;
    }
    if (at == kWalls) {
        return;
    }
    found.interests = found.interests < kWalls ? found.interests + 1 : kWalls;
    for (std::size_t i = found.interests - 1; i > at; --i) {
        found.by_interest[i] = found.by_interest[i - 1];
    }
    found.by_interest[at] = wall;
}

}  // namespace

Walls walls(std::span<const double> strikes, std::span<const double> interest,
            std::span<const double> change) {
    INVARIANT(strikes.size() == interest.size() && strikes.size() == change.size());
    Walls found;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        const Wall wall{strikes[i], interest[i], change[i]};
        if (wall.interest > 0.0) {
            insert_by_interest(found, wall);
        }
        if (wall.change > (found.largest_rise ? found.largest_rise->change : 0.0)) {
            found.largest_rise = wall;
        }
        if (wall.change < (found.largest_fall ? found.largest_fall->change : 0.0)) {
            found.largest_fall = wall;
        }
    }
    return found;
}

std::optional<BuildUp> build_up(double price_change, double interest_change) {
    if (!(price_change > 0.0 || price_change < 0.0) ||
        !(interest_change > 0.0 || interest_change < 0.0)) {
        return std::nullopt;
    }
    if (interest_change > 0.0) {
        return price_change > 0.0 ? BuildUp::LongBuildUp : BuildUp::ShortBuildUp;
    }
    return price_change > 0.0 ? BuildUp::ShortCovering : BuildUp::LongUnwinding;
}

}  // namespace sauda::options
