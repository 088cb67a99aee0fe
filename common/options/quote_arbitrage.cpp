#include "common/options/quote_arbitrage.h"

#include "common/options/deterministic_math.h"
#include "common/options/implied_volatility.h"

#include <cstddef>
#include <optional>

namespace sauda::options {
namespace {

constexpr double kRounding = 1e-6;  // rupees; ticks are 0.05

// One kind of option at one strike.
struct Side {
    double strike = 0.0;
    double bid = 0.0;
    double ask = 0.0;
};

Side side_of(const StrikeQuotes& quotes, bool is_call) {
    return is_call ? Side{quotes.strike, quotes.call_bid, quotes.call_ask}
                   : Side{quotes.strike, quotes.put_bid, quotes.put_ask};
}

void offer(QuoteArbitrage kind, double strike, double amount, std::vector<QuoteViolation>& out) {
    if (amount > kRounding) {
        out.push_back({kind, strike, amount});
    }
}

void check_vertical(const Side& low, const Side& high, double discount, bool is_call,
                    std::vector<QuoteViolation>& out) {
    const auto kind = is_call ? QuoteArbitrage::CallVertical : QuoteArbitrage::PutVertical;
    const double most = discount * (high.strike - low.strike);
    const Side& worth_more = is_call ? low : high;
    const Side& worth_less = is_call ? high : low;
    offer(kind, worth_less.strike, worth_less.bid - worth_more.ask, out);
    offer(kind, worth_more.strike, worth_more.bid - worth_less.ask - most, out);
}

void check_butterfly(const Side& low, const Side& middle, const Side& high, bool is_call,
                     std::vector<QuoteViolation>& out) {
    const auto kind = is_call ? QuoteArbitrage::CallButterfly : QuoteArbitrage::PutButterfly;
    const double part = (high.strike - middle.strike) / (high.strike - low.strike);
    offer(kind, middle.strike, middle.bid - part * low.ask - (1.0 - part) * high.ask, out);
}

void check_kind(const ExpiryQuotes& quotes, bool is_call, std::vector<QuoteViolation>& out) {
    Side before;
    Side last;
    std::size_t count = 0;
    for (const StrikeQuotes& strike : quotes.strikes) {
        const Side side = side_of(strike, is_call);
        if (!is_two_sided(side.bid, side.ask)) {
            continue;
        }
        if (count >= 1) {
            check_vertical(last, side, quotes.discount, is_call, out);
        }
        if (count >= 2) {
            check_butterfly(before, last, side, is_call, out);
        }
        before = last;
        last = side;
        ++count;
    }
}

// Total variance of the option out of the money at one of its prices.
std::optional<double> variance_of(const ExpiryQuotes& quotes, double strike, double price) {
    const auto found = implied_volatility(
        {price, quotes.forward, strike, quotes.years, quotes.discount, strike >= quotes.forward});
    if (!found) {
        return std::nullopt;
    }
    return found->volatility * found->volatility * quotes.years;
}

struct VarianceOfAsk {
    double k;
    double w;
};

std::optional<VarianceOfAsk> ask_at(const ExpiryQuotes& quotes, const StrikeQuotes& strike) {
    const Side side = side_of(strike, strike.strike >= quotes.forward);
    if (!is_two_sided(side.bid, side.ask)) {
        return std::nullopt;
    }
    const auto w = variance_of(quotes, side.strike, side.ask);
    if (!w) {
        return std::nullopt;
    }
    return VarianceOfAsk{log_of(side.strike / quotes.forward), *w};
}

}  // namespace

std::string_view to_text(QuoteArbitrage kind) {
    switch (kind) {
        case QuoteArbitrage::CallButterfly:
            return "call butterfly";
        case QuoteArbitrage::PutButterfly:
            return "put butterfly";
        case QuoteArbitrage::CallVertical:
            return "call vertical";
        case QuoteArbitrage::PutVertical:
            return "put vertical";
        case QuoteArbitrage::Calendar:
            return "calendar";
    }
    return "unknown";
}

void find_quote_violations(const ExpiryQuotes& quotes, std::vector<QuoteViolation>& out) {
    check_kind(quotes, true, out);
    check_kind(quotes, false, out);
}

void find_calendar_violations(const ExpiryQuotes& near, const ExpiryQuotes& far,
                              std::vector<QuoteViolation>& out) {
    std::size_t next = 0;  // of far, the first strike not yet looked at
    std::optional<VarianceOfAsk> left;
    std::optional<VarianceOfAsk> right;
    for (const StrikeQuotes& strike : near.strikes) {
        const Side side = side_of(strike, strike.strike >= near.forward);
        if (!is_two_sided(side.bid, side.ask)) {
            continue;
        }
        const double k = log_of(side.strike / near.forward);
        while (next < far.strikes.size() && (!right || right->k < k)) {
            if (const auto ask = ask_at(far, far.strikes[next++])) {
                left = right;
                right = ask;
            }
        }
        if (!left || !right || left->k > k || right->k < k) {
            continue;
        }
        const auto w = variance_of(near, side.strike, side.bid);
        if (!w) {
            continue;
        }
        const double part = (k - left->k) / (right->k - left->k);
        const double ask = left->w + part * (right->w - left->w);
        if (*w > ask * (1.0 + 1e-9)) {
            out.push_back({QuoteArbitrage::Calendar, side.strike, *w - ask});
        }
    }
}

}  // namespace sauda::options
