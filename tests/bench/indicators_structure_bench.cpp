// What a bar or a quote costs the indicators without a standard, beside recomputing the same
// answer from the last bars every time. Time is of one input (items/s, and its inverse).

#include "common/base/rng.h"
#include "common/indicators/cumulative_delta.h"
#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_regime.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/swing_levels.h"
#include "common/indicators/volume_profile.h"
#include "tests/support/indicator_series.h"

#include <benchmark/benchmark.h>

#include <cmath>

namespace {

using namespace sauda;
using namespace sauda::indicators;

// Minutes like those of NIFTY: 5 points a bar near 22,000; sessions of 375.
const test::Series& minutes() {
    static const test::Series kept = [] {
        base::Rng rng(1);
        test::Series series;
        double price = 22'000.0;
        for (std::size_t i = 0; i < 37'500; ++i) {
            const double open = price;
            price += 5.0 * rng.normal();
            const double high = std::max(open, price) + 3.0 * rng.uniform();
            const double low = std::min(open, price) - 3.0 * rng.uniform();
            const double volume = static_cast<double>(rng.between(1'000, 200'000));
            series.push_back({{open, high, low, price, volume}, i % 375 == 0});
        }
        return series;
    }();
    return kept;
}

const std::vector<TradedQuote>& quotes() {
    static const std::vector<TradedQuote> kept = [] {
        base::Rng rng(2);
        std::vector<TradedQuote> series;
        double bid = 120.0;
        double volume = 0.0;
        for (std::size_t i = 0; i < 50'000; ++i) {
            bid = std::max(20.0, bid + static_cast<double>(rng.between(-2, 2)) * 0.05);
            volume += static_cast<double>(rng.between(0, 20)) * 75.0;
            const double size = static_cast<double>(rng.between(1, 40)) * 75.0;
            series.push_back({{bid, size, bid + 0.1, size + 75.0}, bid + 0.05, volume});
        }
        return series;
    }();
    return kept;
}

void report(benchmark::State& state, std::size_t inputs) {
    const auto all = static_cast<double>(inputs) * static_cast<double>(state.iterations());
    state.counters["per input"] =
        benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class Indicator>
void streaming(benchmark::State& state) {
    for (auto _ : state) {
        Indicator indicator;
        for (const auto& input : minutes()) {
            if (input.opens_session) {
                begin_session(indicator);
            }
            push_bar(indicator, input.bar);
            benchmark::DoNotOptimize(indicator);
        }
    }
    report(state, minutes().size());
}

struct Swings5 : SwingPoints {
    Swings5() : SwingPoints(5, 5) {}
};
struct Flow20 : OrderFlowImbalance {
    Flow20() : OrderFlowImbalance(20) {}
};

// With the value area asked for after every bar.
void profile_and_value_area(benchmark::State& state) {
    for (auto _ : state) {
        VolumeProfile profile;
        for (const auto& input : minutes()) {
            if (input.opens_session) {
                profile.start_session();
            }
            profile.push(input.bar);
            benchmark::DoNotOptimize(profile.value_area());
        }
    }
    report(state, minutes().size());
}

void order_flow(benchmark::State& state) {
    for (auto _ : state) {
        Flow20 flow;
        for (const auto& quote : quotes()) {
            flow.push(quote.best);
            benchmark::DoNotOptimize(flow);
        }
    }
    report(state, quotes().size());
}

void delta(benchmark::State& state) {
    for (auto _ : state) {
        CumulativeDelta sum;
        for (const auto& quote : quotes()) {
            sum.push(quote);
            benchmark::DoNotOptimize(sum);
        }
    }
    report(state, quotes().size());
}

// Baseline: the same indicator run again over the last 375 bars (a session) for every bar, as a
// script with a table of bars does.
template <class Indicator>
void recomputed(benchmark::State& state) {
    constexpr std::size_t kWindow = 375;
    constexpr std::size_t kBars = 2'000;
    for (auto _ : state) {
        for (std::size_t t = kWindow; t < kWindow + kBars; ++t) {
            Indicator indicator;
            for (std::size_t i = t - kWindow; i <= t; ++i) {
                push_bar(indicator, minutes()[i].bar);
            }
            benchmark::DoNotOptimize(indicator);
        }
    }
    report(state, kBars);
}

// Baseline: the last swing high found by looking at the whole window of every bar of a session.
void swings_by_search(benchmark::State& state) {
    constexpr std::size_t kBars = 2'000;
    const auto& bars = minutes();
    for (auto _ : state) {
        for (std::size_t t = 400; t < 400 + kBars; ++t) {
            double last = 0.0;
            for (std::size_t s = t - 370; s + 5 <= t; ++s) {
                bool is_swing = true;
                for (std::size_t i = s - 5; i <= s + 5; ++i) {
                    is_swing = is_swing && bars[i].bar.high <= bars[s].bar.high;
                }
                last = is_swing ? bars[s].bar.high : last;
            }
            benchmark::DoNotOptimize(last);
        }
    }
    report(state, kBars);
}

BENCHMARK(streaming<Swings5>)->Name("swing points 5 5");
BENCHMARK(swings_by_search)->Name("  searched in the last session");
BENCHMARK(streaming<SwingLevels>)->Name("support and resistance");
BENCHMARK(recomputed<SwingLevels>)->Name("  recomputed over the last session");
BENCHMARK(streaming<MarketStructure>)->Name("market structure");
BENCHMARK(recomputed<MarketStructure>)->Name("  recomputed, structure");
BENCHMARK(streaming<OrderBlocks>)->Name("order blocks");
BENCHMARK(recomputed<OrderBlocks>)->Name("  recomputed, order blocks");
BENCHMARK(streaming<FairValueGaps>)->Name("fair value gaps");
BENCHMARK(recomputed<FairValueGaps>)->Name("  recomputed, gaps");
BENCHMARK(streaming<LiquidityZones>)->Name("liquidity zones");
BENCHMARK(recomputed<LiquidityZones>)->Name("  recomputed, liquidity");
BENCHMARK(streaming<VolumeProfile>)->Name("volume profile, bar spread");
BENCHMARK(profile_and_value_area)->Name("volume profile and value area");
BENCHMARK(recomputed<VolumeProfile>)->Name("  recomputed, profile");
BENCHMARK(streaming<OpeningRange>)->Name("opening range");
BENCHMARK(streaming<MarketRegime>)->Name("market regime");
BENCHMARK(recomputed<MarketRegime>)->Name("  recomputed, regime");
BENCHMARK(order_flow)->Name("order-flow imbalance, a quote");
BENCHMARK(delta)->Name("cumulative delta, a quote");

}  // namespace

BENCHMARK_MAIN();
