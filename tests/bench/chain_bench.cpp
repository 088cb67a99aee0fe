// The chain state: a quote, and the analytics of an expiry of 86 strikes at a point of the grid,
// beside keeping quotes in a map and computing everything anew by libm and bisection.

#include "common/domain/chain.h"
#include "tests/unit/common/chain/chain_maker.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <map>

namespace {

using namespace sauda;
using namespace sauda::test;

constexpr int64_t kFirst = 22'600;
constexpr int64_t kStrikes = 86;

// Quotes of the whole expiry as the market moves up and down by a few points.
const std::vector<Quote>& day() {
    static const std::vector<Quote> kept = [] {
        base::Rng rng(1);
        std::vector<Quote> quotes;
        double shift = 0.0;
        for (int round = 0; round < 200; ++round) {
            shift += rng.uniform() * 4.0 - 2.0;
            for (int64_t i = 0; i < kStrikes; ++i) {
                for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
                    quotes.push_back(quote_at(option_id(kNear, kFirst + 50 * i, kind), kOpen, shift,
                                              0.11 + 0.01 * rng.uniform()));
                }
            }
        }
        return quotes;
    }();
    return kept;
}

void report(benchmark::State& state, int64_t per_iteration) {
    state.SetItemsProcessed(state.iterations() * per_iteration);
}

// Quotes in, nothing computed.
void update_chain_state(benchmark::State& state) {
    chain::ChainConfig config;
    config.grid = base::seconds(7 * 86'400);
    chain::ChainState kept(config);
    kept.take(instrument_of(kNear));
    for (auto _ : state) {
        for (const auto& quote : day()) {
            kept.update(quote, kOpen);
        }
    }
    report(state, static_cast<int64_t>(day().size()));
}

void update_domain_chain(benchmark::State& state) {
    domain::Chain kept;
    for (auto _ : state) {
        for (const auto& quote : day()) {
            kept.update(quote);
        }
    }
    report(state, static_cast<int64_t>(day().size()));
}

void update_map(benchmark::State& state) {
    std::map<ContractId, Quote> kept;
    for (auto _ : state) {
        for (const auto& quote : day()) {
            kept[quote.contract] = quote;
        }
    }
    report(state, static_cast<int64_t>(day().size()));
}

// A point of the grid after `changed` of the expiry's 172 quotes came in. Time is of one expiry.
void refresh(benchmark::State& state, std::size_t changed, bool fits_smile) {
    chain::ChainConfig config;
    config.fits_smile = fits_smile;
    chain::ChainState kept(config);
    kept.take(instrument_of(kNear));
    const auto& quotes = day();
    constexpr std::size_t kRound = 2 * kStrikes;
    Timestamp now = kOpen;
    std::size_t next = 0;
    for (; next < kRound; ++next) {
        kept.update(quotes[next], now);
    }
    for (auto _ : state) {
        now = now + config.grid;
        for (std::size_t i = 0; i < changed; ++i) {
            kept.update(quotes[next], now);
            next = next + 1 < quotes.size() ? next + 1 : 0;
        }
        benchmark::DoNotOptimize(kept.find(kNear));
    }
    report(state, 1);
}
void refresh_all(benchmark::State& state) { refresh(state, 172, false); }
void refresh_all_with_smile(benchmark::State& state) { refresh(state, 172, true); }
void refresh_tenth(benchmark::State& state) { refresh(state, 17, false); }

double cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double call_price(double forward, double strike, double deviation) {
    const double d1 = std::log(forward / strike) / deviation + 0.5 * deviation;
    return forward * cdf(d1) - strike * cdf(d1 - deviation);
}

// Volatility by halving, then delta, gamma, vega and theta: what a script would do.
double naive_option(double forward, double strike, double years, double price) {
    double low = 1e-4;
    double high = 5.0;
    for (int i = 0; i < 40; ++i) {
        const double middle = 0.5 * (low + high);
        (call_price(forward, strike, middle * std::sqrt(years)) < price ? low : high) = middle;
    }
    const double deviation = low * std::sqrt(years);
    const double d1 = std::log(forward / strike) / deviation + 0.5 * deviation;
    const double density = std::exp(-0.5 * d1 * d1) / std::sqrt(2.0 * M_PI);
    return cdf(d1) + density / (forward * deviation) + forward * density * std::sqrt(years) -
           forward * density * low / (2.0 * std::sqrt(years));
}

// One volatility a strike, of the option out of the money, as the chain state does it.
void naive_recompute(benchmark::State& state) {
    std::map<int64_t, std::pair<Quote, Quote>> kept;  // by strike: call, put
    const auto& quotes = day();
    std::size_t next = 0;
    const double years = chain::minutes_left(kOpen, settlement_of(kNear)) / 525'600.0;
    const double discount = std::exp(-0.06 * years);
    for (auto _ : state) {
        for (std::size_t i = 0; i < 172; ++i) {
            const auto& quote = quotes[next];
            auto& pair = kept[quote.contract.strike().raw()];
            (quote.contract.kind() == ContractKind::Call ? pair.first : pair.second) = quote;
            next = next + 1 < quotes.size() ? next + 1 : 0;
        }
        double forward = 0.0;
        double gap = 1e9;
        for (const auto& [strike, pair] : kept) {
            const double difference = pair.first.mid().rupees() - pair.second.mid().rupees();
            if (std::abs(difference) < gap) {
                gap = std::abs(difference);
                forward = static_cast<double>(strike) / 1e4 + difference / discount;
            }
        }
        double sum = 0.0;
        for (const auto& [raw, pair] : kept) {
            const double strike = static_cast<double>(raw) / 1e4;
            const double call = strike >= forward
                                    ? pair.first.mid().rupees() / discount
                                    : pair.second.mid().rupees() / discount + forward - strike;
            sum += naive_option(forward, strike, years, call);
        }
        benchmark::DoNotOptimize(sum);
    }
    report(state, 1);
}

BENCHMARK(update_chain_state);
BENCHMARK(update_domain_chain);
BENCHMARK(update_map);
BENCHMARK(refresh_all)->Unit(benchmark::kMicrosecond);
BENCHMARK(refresh_tenth)->Unit(benchmark::kMicrosecond);
BENCHMARK(refresh_all_with_smile)->Unit(benchmark::kMicrosecond);
BENCHMARK(naive_recompute)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
