// Price, delta, gamma, vega and theta of a chain: four lanes, one lane and, as the independent
// baseline, the textbook's formulas on libm. Ways take turns, so that they share the machine's
// load. bench_options [ROUNDS]

#include "common/options/chain_pricing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace sauda::options;

constexpr std::size_t kStrikes = 240;  // of a NIFTY expiry, calls and puts
constexpr int kRepeats = 40;           // chains per measurement

struct Chain {
    std::vector<double> strike;
    std::vector<double> volatility;
    std::vector<std::uint8_t> is_call;
    std::vector<double> figures = std::vector<double>(9 * 2 * kStrikes);

    Chain() {
        for (std::size_t i = 0; i < kStrikes; ++i) {
            const double k = 24500.0 + 50.0 * (static_cast<double>(i) - kStrikes / 2.0);
            const double wing = std::log(k / 24510.0);
            for (const std::uint8_t call : {std::uint8_t{1}, std::uint8_t{0}}) {
                strike.push_back(k);
                volatility.push_back(0.12 + 1.5 * wing * wing - 0.1 * wing);
                is_call.push_back(call);
            }
        }
    }
    ChainInputs inputs() const { return {strike, volatility, is_call}; }
    std::span<double> figure(std::size_t i) {
        return std::span(figures).subspan(i * strike.size(), strike.size());
    }
    ChainGreeks greeks() { return {figure(0), figure(1), figure(2), figure(3), figure(4)}; }
    ChainHigherGreeks higher() { return {figure(5), figure(6), figure(7), figure(8)}; }
};

double normal(double z) { return 0.5 * std::erfc(-z * 0.7071067811865476); }

void price_textbook(const ExpiryTerms& terms, Chain& chain) {
    const double forward = terms.forward;
    const double discount = terms.discount;
    for (std::size_t i = 0; i < chain.strike.size(); ++i) {
        const double k = chain.strike[i];
        const double s = chain.volatility[i] * terms.sqrt_years;
        const double d1 = std::log(forward / k) / s + 0.5 * s;
        const double sign = chain.is_call[i] != 0 ? 1.0 : -1.0;
        const double n1 = normal(sign * d1);
        const double price = sign * discount * (forward * n1 - k * normal(sign * (d1 - s)));
        const double density = 0.3989422804014327 * std::exp(-0.5 * d1 * d1);
        const double vega = discount * forward * density * terms.sqrt_years;
        chain.figure(0)[i] = price;
        chain.figure(1)[i] = sign * discount * n1;
        chain.figure(2)[i] = discount * density / (forward * s);
        chain.figure(3)[i] = vega;
        chain.figure(4)[i] =
            terms.rate_per_year * price - vega * chain.volatility[i] / (2.0 * terms.years);
    }
}

struct Way {
    std::string name;
    void (*price)(const ExpiryTerms& terms, Chain& chain);
    std::vector<double> ns;  // per option, one for each round
};

std::vector<Way> ways() {
    return {
        {"four lanes (AVX2)",
         [](const ExpiryTerms& t, Chain& c) { price_chain(t, c.inputs(), c.greeks()); },
         {}},
        {"one lane",
         [](const ExpiryTerms& t, Chain& c) {
             price_chain(t, c.inputs(), c.greeks(), LaneChoice::Scalar);
         },
         {}},
        {"libm, textbook", price_textbook, {}},
        {"four lanes, nine figures",
         [](const ExpiryTerms& t, Chain& c) { price_chain(t, c.inputs(), c.greeks(), c.higher()); },
         {}},
        {"one lane, nine figures",
         [](const ExpiryTerms& t, Chain& c) {
             price_chain(t, c.inputs(), c.greeks(), c.higher(), LaneChoice::Scalar);
         },
         {}}};
}

void measure(Way& way, const ExpiryTerms& terms, Chain& chain) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kRepeats; ++i) {
        way.price(terms, chain);
    }
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
    way.ns.push_back(took.count() / (kRepeats * static_cast<double>(chain.strike.size())));
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 300;
    const auto terms = make_expiry_terms(24510.0, 0.9987, 10'500.0);
    Chain chain;
    auto all = ways();
    for (int round = 0; round < rounds; ++round) {
        for (Way& way : all) {
            measure(way, *terms, chain);
        }
    }
    std::printf("price, delta, gamma, vega, theta; chains of %zu options, %d rounds%s\n",
                chain.strike.size(), rounds, has_vector_lanes() ? "" : "; no AVX2 on this CPU");
    std::printf("%-26s %10s %10s\n", "ns per option", "median", "least");
    for (Way& way : all) {
        std::sort(way.ns.begin(), way.ns.end());
        std::printf("%-26s %10.1f %10.1f\n", way.name.c_str(), way.ns[way.ns.size() / 2],
                    way.ns.front());
    }
}
