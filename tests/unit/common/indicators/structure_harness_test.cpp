#include "common/indicators/cumulative_delta.h"
#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_regime.h"
#include "common/indicators/market_structure.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/order_flow_imbalance.h"
#include "common/indicators/swing_levels.h"
#include "common/indicators/volume_profile.h"
#include "tests/support/indicator_harness.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Market;
using test::Outputs;
using test::Series;
using test::Trace;

TEST_CASE("swings, levels, structure and zones are causal and go on from a snapshot") {
    CHECK(test::holds_as_indicator([] { return SwingPoints(3, 2); }) == "");
    CHECK(test::holds_as_indicator([] { return SwingPoints(50, 50); }) == "");
    CHECK(test::holds_as_indicator([] {
              return SwingLevels({.left = 2, .right = 2, .min_touches = 1, .max_age = 50});
          }) == "");
    CHECK(test::holds_as_indicator([] { return MarketStructure(2, 2); }) == "");
    CHECK(test::holds_as_indicator(
              [] { return OrderBlocks({.left = 2, .right = 2, .displacement_atr = 0.5}); }) == "");
    CHECK(test::holds_as_indicator([] { return FairValueGaps({.min_size_atr = 0.0}); }) == "");
    CHECK(test::holds_as_indicator(
              [] { return LiquidityZones({.left = 2, .right = 2, .tolerance_atr = 0.5}); }) == "");
}

TEST_CASE("profile, opening range and regime are causal and go on from a snapshot") {
    CHECK(test::holds_as_indicator([] { return VolumeProfile(); }) == "");
    CHECK(test::holds_as_indicator([] { return OpeningRange(15, 5); }) == "");
    CHECK(test::holds_as_indicator([] {
              MarketRegimeSettings settings;
              settings.slow = 100;
              return MarketRegime(settings);
          }) == "");
}

namespace {

struct SessionQuote {
    TradedQuote quote;
    bool opens_session = false;
};

// A walking book of 5-paise ticks with empty sides, crossed moments and volume that falls back.
std::vector<SessionQuote> make_quotes(uint64_t seed, std::size_t n) {
    base::Rng rng(seed);
    std::vector<SessionQuote> quotes;
    double bid = 120.0;
    double volume = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const bool opens = i % 400 == 0;
        volume = opens ? 0.0 : volume + static_cast<double>(rng.between(-10, 60)) * 75.0;
        bid = std::max(1.0, bid + static_cast<double>(rng.between(-2, 2)) * 0.05);
        TradedQuote q;
        q.best = {bid, static_cast<double>(rng.between(1, 40)) * 75.0,
                  bid + static_cast<double>(rng.between(1, 4)) * 0.05,
                  static_cast<double>(rng.between(1, 40)) * 75.0};
        if (rng.chance(0.03)) {
            q.best.ask = 0.0;
            q.best.ask_size = 0.0;
        } else if (rng.chance(0.02)) {
            q.best.ask = bid - 0.05;
        }
        q.last = rng.chance(0.02) ? 0.0 : bid + static_cast<double>(rng.between(0, 4)) * 0.05;
        q.volume = std::max(0.0, volume);
        quotes.push_back({q, opens});
    }
    return quotes;
}

const auto kFeedFlow = [](auto& indicator, const SessionQuote& input) {
    if (input.opens_session) {
        indicator.start_session();
    }
    indicator.push(input.quote.best);
};
const auto kFeedDelta = [](auto& indicator, const SessionQuote& input) {
    if (input.opens_session) {
        indicator.start_session();
    }
    indicator.push(input.quote);
};

template <class Fresh, class Feed>
std::string holds_on_quotes(Fresh fresh, Feed feed) {
    const auto quotes = make_quotes(31, 1'400);
    const auto run = [&](const auto& inputs) { return test::trace_of(fresh, inputs, feed); };
    std::string problem = test::are_numbers(run(quotes));
    problem += test::is_prefix_invariant(run, quotes);
    for (const std::size_t warm_up : {0U, 1U, 7U, 399U, 401U}) {
        problem += test::resumes(fresh, quotes, warm_up, feed);
    }
    return problem;
}

// The flow of each pair of quotes by the three cases of the paper's figure, side by side.
double flow_of(const BestQuote& a, const BestQuote& b) {
    double flow = 0.0;
    if (b.bid > a.bid) {
        flow += b.bid_size;
    } else if (b.bid < a.bid) {
        flow -= a.bid_size;
    } else {
        flow += b.bid_size - a.bid_size;
    }
    if (b.ask < a.ask) {
        flow -= b.ask_size;
    } else if (b.ask > a.ask) {
        flow += a.ask_size;
    } else {
        flow -= b.ask_size - a.ask_size;
    }
    return flow;
}

}  // namespace

TEST_CASE("order flow and delta are causal and go on from a snapshot") {
    CHECK(holds_on_quotes([] { return OrderFlowImbalance(20); }, kFeedFlow) == "");
    CHECK(holds_on_quotes([] { return CumulativeDelta(); }, kFeedDelta) == "");
}

TEST_CASE("order flow equals the whole session added up from the pairs of good quotes") {
    for (const uint64_t seed : {3U, 4U, 5U, 6U}) {
        const auto quotes = make_quotes(seed, 1'200);
        OrderFlowImbalance flow(25);
        std::vector<double> flows;
        for (std::size_t i = 0; i < quotes.size(); ++i) {
            kFeedFlow(flow, quotes[i]);
            if (quotes[i].opens_session) {
                flows.clear();
            } else if (is_two_sided(quotes[i].quote.best) &&
                       is_two_sided(quotes[i - 1].quote.best)) {
                flows.push_back(flow_of(quotes[i - 1].quote.best, quotes[i].quote.best));
            }
            double all = 0.0;
            double window = 0.0;
            for (std::size_t k = 0; k < flows.size(); ++k) {
                all += flows[k];
                window += k + 25 >= flows.size() ? flows[k] : 0.0;
            }
            REQUIRE(flow.session() == all);
            REQUIRE(flow.is_ready() == (flows.size() >= 25));
            REQUIRE((!flow.is_ready() || flow.value() == window));
        }
    }
}

TEST_CASE("delta equals every step signed anew from the session's snapshots") {
    for (const uint64_t seed : {3U, 4U, 5U, 6U}) {
        const auto quotes = make_quotes(seed, 1'200);
        CumulativeDelta delta;
        std::size_t begin = 0;
        uint64_t falls = 0;
        double bought = 0.0;
        double sold = 0.0;
        double unknown = 0.0;
        for (std::size_t i = 0; i < quotes.size(); ++i) {
            kFeedDelta(delta, quotes[i]);
            if (quotes[i].opens_session) {
                begin = i;
                falls = 0;
                bought = sold = unknown = 0.0;
                continue;
            }
            double most = 0.0;
            for (std::size_t k = begin; k < i; ++k) {
                most = std::max(most, quotes[k].quote.volume);
            }
            const auto& now = quotes[i].quote;
            falls += now.volume < most ? 1 : 0;
            const double units = std::max(0.0, now.volume - most);
            const auto& book = quotes[i - 1].quote.best;
            int side = 0;
            if (now.last > 0.0 && is_two_sided(book)) {
                const double middle = (book.bid + book.ask) / 2.0;
                side = now.last > middle ? 1 : now.last < middle ? -1 : 0;
            }
            for (std::size_t k = i; side == 0 && now.last > 0.0 && k > begin; --k) {
                const double before = quotes[k - 1].quote.last;
                side = before <= 0.0 || before == now.last ? 0 : now.last > before ? 1 : -1;
            }
            (side > 0 ? bought : side < 0 ? sold : unknown) += units;
            REQUIRE(delta.bought() == bought);
            REQUIRE(delta.sold() == sold);
            REQUIRE(delta.unsigned_units() == unknown);
            REQUIRE(delta.volume_decreases() == falls);
        }
    }
}

namespace {

// Cheat: swings shown with their own bar, `right` bars before anybody knows.
Trace swing_at_its_own_bar(const Series& series) {
    Trace trace(series.size(), Outputs(1));
    SwingPoints swings(3, 3);
    for (const auto& input : series) {
        swings.push(input.bar);
        if (swings.new_high()) {
            trace[swings.new_high()->bar][0] = swings.new_high()->price;
        }
    }
    return trace;
}

// Cheat: what the filter thinks of each bar after it has seen the last one (forward-backward).
Trace smoothed_regime(const Series& series) {
    MarketRegimeSettings settings;
    settings.slow = 100;
    MarketRegime regime(settings);
    std::vector<RegimeModel::PerRegime> forward;
    for (const auto& input : series) {
        regime.push(input.bar);
        forward.push_back({regime.probability(Regime::Trend), regime.probability(Regime::Range),
                           regime.probability(Regime::Volatile)});
    }
    Trace trace(series.size(), Outputs(1));
    RegimeModel::PerRegime later = forward.back();
    for (std::size_t t = series.size(); t-- > 0;) {
        if (t + 1 < series.size()) {
            RegimeModel::PerRegime now{};
            for (std::size_t i = 0; i < kRegimes; ++i) {
                for (std::size_t j = 0; j < kRegimes; ++j) {
                    double predicted = 0.0;
                    for (std::size_t k = 0; k < kRegimes; ++k) {
                        predicted += forward[t][k] * kRegimeModel.transition[k][j];
                    }
                    now[i] += forward[t][i] * kRegimeModel.transition[i][j] * later[j] / predicted;
                }
            }
            later = now;
        }
        trace[t][0] = later[0];
    }
    return trace;
}

// Cheat: the day's range is shown from its first bar on.
Trace range_before_it_is_over(const Series& series) {
    Trace trace(series.size(), Outputs(1));
    for (std::size_t open = 0; open < series.size(); open += 75) {
        double high = 0.0;
        for (std::size_t i = open; i < std::min(open + 3, series.size()); ++i) {
            high = std::max(high, series[i].bar.high);
        }
        for (std::size_t i = open; i < std::min(open + 75, series.size()); ++i) {
            trace[i][0] = high;
        }
    }
    return trace;
}

}  // namespace

TEST_CASE("a swing shown at its own bar, a smoothed regime and an early range are caught") {
    const Series series = test::make_series(Market::Walk, 77, 900);
    CHECK(test::is_prefix_invariant(swing_at_its_own_bar, series) != "");
    CHECK(test::is_prefix_invariant(smoothed_regime, series) != "");
    CHECK(test::is_prefix_invariant(range_before_it_is_over, series) != "");
}

}  // namespace sauda::indicators
