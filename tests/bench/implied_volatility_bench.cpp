// Implied volatility beside an independent baseline: Newton on libm's Black formula, guarded by
// bisection, to the same 1e-12. NIFTY-like options, out of and in the money, a minute to a year.
#include "common/base/rng.h"
#include "common/options/implied_volatility.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using namespace sauda;
using options::PricedOption;

double normal(double z) { return 0.5 * std::erfc(-z * 0.7071067811865476); }

double black(const PricedOption& o, double volatility) {
    const double s = volatility * std::sqrt(o.years);
    const double d1 = std::log(o.forward / o.strike) / s + 0.5 * s;
    const double sign = o.is_call ? 1.0 : -1.0;
    return sign * o.discount * (o.forward * normal(sign * d1) - o.strike * normal(sign * (d1 - s)));
}

double newton(const PricedOption& o) {
    double low = 1e-6;
    double high = 10.0;
    double volatility = 0.2;
    for (int i = 0; i < 100; ++i) {
        const double miss = black(o, volatility) - o.price;
        (miss > 0.0 ? high : low) = volatility;
        const double s = volatility * std::sqrt(o.years);
        const double d1 = std::log(o.forward / o.strike) / s + 0.5 * s;
        const double vega = o.discount * o.forward * std::sqrt(o.years) * 0.3989422804014327 *
                            std::exp(-0.5 * d1 * d1);
        double next = volatility - miss / vega;
        if (!(next > low && next < high)) {
            next = 0.5 * (low + high);
        }
        if (std::abs(next - volatility) <= 1e-12 * volatility) {
            return next;
        }
        volatility = next;
    }
    return volatility;
}

std::vector<PricedOption> options_of(double width, bool is_otm_only) {
    base::Rng rng(7);
    std::vector<PricedOption> made;
    while (made.size() < 4096) {
        PricedOption o;
        o.forward = 24000.0 + 0.05 * static_cast<double>(rng.below(40'000));
        o.years = static_cast<double>(1 + rng.below(1ULL << rng.below(20))) / 525600.0;
        o.discount = std::exp(-0.065 * o.years);
        const double volatility = 0.08 + 0.4 * rng.uniform();
        const double move = width * (2.0 * rng.uniform() - 1.0) * volatility * std::sqrt(o.years);
        o.strike = 50.0 * std::round(o.forward * std::exp(move) / 50.0);
        o.is_call = is_otm_only ? o.strike >= o.forward : rng.chance(0.5);
        o.price = black(o, volatility);
        if (o.price >= 0.05 && options::implied_volatility(o).has_value()) {
            made.push_back(o);
        }
    }
    return made;
}

void run(benchmark::State& state, const std::vector<PricedOption>& chain, auto&& solve) {
    for (auto _ : state) {
        for (const PricedOption& option : chain) {
            benchmark::DoNotOptimize(solve(option));
        }
    }
    state.counters["each"] = benchmark::Counter(
        static_cast<double>(chain.size()),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

const auto kOurs = [](const PricedOption& o) { return options::implied_volatility(o); };

void ours_near(benchmark::State& state) { run(state, options_of(2.0, true), kOurs); }
void newton_near(benchmark::State& state) { run(state, options_of(2.0, true), newton); }
void ours_wide(benchmark::State& state) { run(state, options_of(5.0, false), kOurs); }
void newton_wide(benchmark::State& state) { run(state, options_of(5.0, false), newton); }

// A chain within two standard deviations, and both options of one within five.
BENCHMARK(ours_near);
BENCHMARK(newton_near);
BENCHMARK(ours_wide);
BENCHMARK(newton_wide);

}  // namespace

BENCHMARK_MAIN();
