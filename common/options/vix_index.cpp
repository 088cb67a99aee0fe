#include "common/options/vix_index.h"

#include "common/options/cubic_spline.h"

#include <array>
#include <cstddef>

namespace sauda::options {
namespace {

constexpr double kMonth = 30.0 * 1440.0;  // minutes

using Column = std::array<double, kVixStrikesMax>;

// One side of the money, from the strike at the money outwards, in ascending strikes.
struct Wing {
    Column strikes;
    Column prices;
    std::size_t count = 0;
    std::size_t filled = 0;
    std::size_t quoted = 0;
};

bool is_usable(double bid, double ask) {
    return is_two_sided(bid, ask) && ask - bid <= kVixSpreadMax * 0.5 * (bid + ask);
}

// The strikes first .. last of calls or puts: those with a close spread at their mid; others
// between two such by a spline through all such of that kind. Strikes beyond the outermost close
// one are left out.
void gather(const ExpiryQuotes& quotes, std::size_t first, std::size_t last, bool is_call,
            Wing& wing) {
    Column x;
    Column y;
    std::size_t knots = 0;
    for (std::size_t i = 0; i < quotes.strikes.size() && knots < kVixStrikesMax; ++i) {
        const StrikeQuotes& s = quotes.strikes[i];
        const double bid = is_call ? s.call_bid : s.put_bid;
        const double ask = is_call ? s.call_ask : s.put_ask;
        if (is_usable(bid, ask)) {
            x[knots] = s.strike;
            y[knots] = 0.5 * (bid + ask);
            ++knots;
            wing.quoted += i >= first && i <= last ? 1U : 0U;
        }
    }
    if (knots < 2) {
        return;
    }
    Column curvature;
    Column work;
    const std::span<const double> xs(x.data(), knots);
    const std::span<const double> ys(y.data(), knots);
    spline_curvatures(xs, ys, {curvature.data(), knots}, {work.data(), knots});
    std::size_t next = 0;  // the first knot not below the strike
    for (std::size_t i = first; i <= last && wing.count < kVixStrikesMax; ++i) {
        const double strike = quotes.strikes[i].strike;
        while (next < knots && x[next] < strike) {
            ++next;
        }
        if (next == knots || (next == 0 && strike < x[0])) {
            continue;
        }
        double price = y[next];
        if (strike < x[next]) {
            price = spline_at(xs, ys, {curvature.data(), knots}, strike);
            if (!(price > 0.0)) {  // an overshoot; the straight line never is
                const double part = (strike - x[next - 1]) / (x[next] - x[next - 1]);
                price = y[next - 1] + part * (y[next] - y[next - 1]);
            }
            ++wing.filled;
        }
        wing.strikes[wing.count] = strike;
        wing.prices[wing.count] = price;
        ++wing.count;
    }
}

bool is_valid(const ExpiryQuotes& q) {
    constexpr double kInfinity = __builtin_inf();
    const bool is_positive = q.forward > 0.0 && q.forward < kInfinity && q.discount > 0.0 &&
                             q.discount < kInfinity && q.years > 0.0 && q.years < kInfinity;
    for (std::size_t i = 0; i < q.strikes.size(); ++i) {
        if (!(q.strikes[i].strike > (i == 0 ? 0.0 : q.strikes[i - 1].strike))) {
            return false;
        }
    }
    return is_positive;
}

// Sum of price x strike interval / strike^2; an interval is half way to both neighbours.
double sum_of(std::span<const double> strikes, std::span<const double> prices) {
    const std::size_t last = strikes.size() - 1;
    double sum = 0.0;
    for (std::size_t i = 0; i <= last; ++i) {
        const double low = strikes[i == 0 ? 0 : i - 1];
        const double high = strikes[i == last ? last : i + 1];
        const double interval = (high - low) * (i == 0 || i == last ? 1.0 : 0.5);
        sum += prices[i] * interval / (strikes[i] * strikes[i]);
    }
    return sum;
}

}  // namespace

std::string_view to_text(NoVix reason) {
    switch (reason) {
        case NoVix::BadInput:
            return "forward, discount, time or strikes are not in order";
        case NoVix::TooFewQuotes:
            return "too few options with close quotes on one side of the forward";
        case NoVix::BadExpiries:
            return "the next expiry is not after the near one";
        case NoVix::NoVariance:
            return "the quotes add up to no variance";
    }
    return "unknown";
}

std::expected<VixVariance, NoVix> vix_variance(const ExpiryQuotes& quotes) {
    if (!is_valid(quotes)) {
        return std::unexpected(NoVix::BadInput);
    }
    std::size_t centre = quotes.strikes.size();  // the last strike not above the forward
    for (std::size_t i = 0; i < quotes.strikes.size(); ++i) {
        if (quotes.strikes[i].strike <= quotes.forward) {
            centre = i;
        }
    }
    if (centre == quotes.strikes.size()) {
        return std::unexpected(NoVix::TooFewQuotes);
    }
    Wing puts;
    Wing calls;
    gather(quotes, 0, centre, false, puts);
    gather(quotes, centre, quotes.strikes.size() - 1, true, calls);
    const double at_money = quotes.strikes[centre].strike;
    if (puts.quoted < kVixQuotesMin || calls.quoted < kVixQuotesMin ||
        puts.strikes[puts.count - 1] != at_money || calls.strikes[0] != at_money) {
        return std::unexpected(NoVix::TooFewQuotes);
    }
    // One row of strikes: puts below the money, the mean of both at it, calls above.
    std::array<double, 2 * kVixStrikesMax> strikes;
    std::array<double, 2 * kVixStrikesMax> prices;
    std::size_t count = 0;
    for (std::size_t i = 0; i < puts.count; ++i, ++count) {
        strikes[count] = puts.strikes[i];
        prices[count] = puts.prices[i];
    }
    prices[count - 1] = 0.5 * (prices[count - 1] + calls.prices[0]);
    for (std::size_t i = 1; i < calls.count; ++i, ++count) {
        strikes[count] = calls.strikes[i];
        prices[count] = calls.prices[i];
    }
    const double sum = sum_of({strikes.data(), count}, {prices.data(), count}) / quotes.discount;
    const double gap = quotes.forward / at_money - 1.0;
    const double variance = (2.0 * sum - gap * gap) / quotes.years;
    if (!(variance > 0.0)) {
        return std::unexpected(NoVix::NoVariance);
    }
    return VixVariance{variance, static_cast<uint32_t>(count),
                       static_cast<uint32_t>(puts.filled + calls.filled)};
}

std::expected<double, NoVix> vix_index(const ExpiryQuotes& near, const ExpiryQuotes& next) {
    if (!(next.years > near.years)) {
        return std::unexpected(NoVix::BadExpiries);
    }
    const auto first = vix_variance(near);
    const auto second = vix_variance(next);
    if (!first || !second) {
        return std::unexpected(first ? second.error() : first.error());
    }
    const double near_minutes = near.years * kMinutesOfYear;
    const double next_minutes = next.years * kMinutesOfYear;
    const double part = (next_minutes - kMonth) / (next_minutes - near_minutes);
    const double total =
        near.years * first->variance * part + next.years * second->variance * (1.0 - part);
    if (!(total > 0.0)) {
        return std::unexpected(NoVix::NoVariance);
    }
    return 100.0 * __builtin_sqrt(total * kMinutesOfYear / kMonth);
}

}  // namespace sauda::options
