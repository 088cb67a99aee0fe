// Margin of 50 option positions of one underlying: by the engine with its arrays in memory, by the
// engine after every move of the market, and by pricing each position anew in every scenario with
// libm, as a plain program would. And the worst state on the way into a four-legged group.

#include "common/margin/span_margin.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>

namespace {

using namespace sauda;
using namespace sauda::domain;
using namespace sauda::margin;

const Commodity kNifty{Exchange::NSE, Underlying::NIFTY};

Conditions conditions() {
    MarginParameters p;
    p.price_scan = 93'000;
    p.price_scan_sigmas = 8'485'281;
    p.volatility_scan = 40'000;
    p.volatility_share = 250'000;
    p.exposure = 20'000;
    p.expiry_day_extra = 20'000;
    p.calendar_charge = 17'500;
    return {Price::from_rupees(24'500), base::date_of(2025, 8, 29), 158'900, 60'800, p};
}

// 25 strikes, call and put, short and long in turn, over two expiries.
std::vector<MarginLeg> positions() {
    std::vector<MarginLeg> legs;
    for (int i = 0; i < 50; ++i) {
        const auto kind = i % 2 == 0 ? ContractKind::Call : ContractKind::Put;
        const auto expiry = base::date_of(2025, 9, i % 4 < 2 ? 2 : 9);
        const auto contract = ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                                                 Price::from_rupees(23'900 + 50 * (i / 2)));
        legs.push_back({contract, units(i % 3 == 0 ? 75 : -75), Price::from_rupees(120)});
    }
    return legs;
}

double normal(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double value(bool is_call, double spot, double strike, double years, double volatility) {
    constexpr double kRate = 0.0608;
    const double root = volatility * std::sqrt(years);
    const double d1 =
        (std::log(spot / strike) + (kRate + volatility * volatility / 2) * years) / root;
    const double paid = strike * std::exp(-kRate * years);
    return is_call ? spot * normal(d1) - paid * normal(d1 - root)
                   : paid * normal(root - d1) - spot * normal(-d1);
}

// Scan risk alone: no netting, no charges, no deltas.
void naive_repricing(benchmark::State& state) {
    const auto legs = positions();
    const auto today = conditions().today;
    double spot = 24'500;
    for (auto _ : state) {
        spot += 0.05;
        const double range = 0.093 * spot;
        double most = 0;
        for (const auto& scenario : kScenarioTable) {
            double sum = 0;
            for (const auto& leg : legs) {
                const int days = leg.contract.expiry().days - today.days;
                const bool is_call = leg.contract.kind() == ContractKind::Call;
                const double strike = leg.contract.strike().rupees();
                const double now = value(is_call, spot, strike, (days + 1) / 365.0, 0.1589);
                const double moves =
                    scenario.is_extreme ? 2.0 * scenario.price_thirds : scenario.price_thirds / 3.0;
                const double then = value(is_call, spot + moves * range, strike, (days - 1) / 365.0,
                                          0.1589 + 0.04 * scenario.volatility);
                const double share = scenario.is_extreme ? 0.35 : 1.0;
                sum += std::min(share * (now - then), leg.mark.rupees()) *
                       static_cast<double>(leg.net.raw());
            }
            most = std::max(most, sum);
        }
        benchmark::DoNotOptimize(most);
    }
}

void engine_known_arrays(benchmark::State& state) {
    const auto legs = positions();
    SpanEngine engine;
    engine.set(kNifty, conditions());
    for (auto _ : state) {
        engine.set(kNifty, conditions());
        benchmark::DoNotOptimize(engine.margin(legs).total);
    }
}

void engine_every_move(benchmark::State& state) {
    const auto legs = positions();
    SpanEngine engine;
    auto moving = conditions();
    for (auto _ : state) {
        moving.underlying += Price::from_paise(5);
        engine.set(kNifty, moving);
        benchmark::DoNotOptimize(engine.margin(legs).total);
    }
}

void worst_way_into_a_condor(benchmark::State& state) {
    const auto legs = positions();
    SpanEngine engine;
    auto moving = conditions();
    std::vector<PlannedLeg> plan;
    for (std::size_t i = 0; i < 4; ++i) {
        plan.push_back({legs[10 * i], i < 2});
    }
    for (auto _ : state) {
        moving.underlying += Price::from_paise(5);
        engine.set(kNifty, moving);
        benchmark::DoNotOptimize(engine.worst_on_the_way(plan).total);
    }
}

}  // namespace

BENCHMARK(naive_repricing)->Unit(benchmark::kMicrosecond);
BENCHMARK(engine_every_move)->Unit(benchmark::kMicrosecond);
BENCHMARK(engine_known_arrays)->Unit(benchmark::kMicrosecond);
BENCHMARK(worst_way_into_a_condor)->Unit(benchmark::kMicrosecond);

BENCHMARK_MAIN();
