#include "common/options/chain_pricing.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

using namespace sauda::options;
using sauda::base::Rng;

namespace {

constexpr double kUntouched = -12345.0;

struct Chain {
    std::vector<double> strike;
    std::vector<double> volatility;
    std::vector<std::uint8_t> is_call;

    void add(double k, double v, bool call) {
        strike.push_back(k);
        volatility.push_back(v);
        is_call.push_back(call ? 1 : 0);
    }
    ChainInputs view() const { return {strike, volatility, is_call}; }
    std::size_t size() const { return strike.size(); }
};

// Nine arrays, each with room for a guard behind its end.
struct Results {
    explicit Results(std::size_t n) : size(n), figures(9, std::vector<double>(n + 1, kUntouched)) {}
    std::span<double> of(std::size_t i) { return {figures[i].data(), size}; }
    ChainGreeks greeks() { return {of(0), of(1), of(2), of(3), of(4)}; }
    ChainHigherGreeks higher() { return {of(5), of(6), of(7), of(8)}; }
    bool is_guarded() const {
        bool is_kept = true;
        for (const auto& figure : figures) {
            is_kept = is_kept && figure[size] == kUntouched;
        }
        return is_kept;
    }

    std::size_t size;
    std::vector<std::vector<double>> figures;
};

bool is_same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// The entries in which two results differ by a bit.
std::size_t differences(const Results& a, const Results& b, std::size_t figures) {
    std::size_t count = 0;
    for (std::size_t figure = 0; figure < figures; ++figure) {
        for (std::size_t i = 0; i < a.size; ++i) {
            count += is_same_bits(a.figures[figure][i], b.figures[figure][i]) ? 0U : 1U;
        }
    }
    return count;
}

double uniform(Rng& rng, double low, double high) {
    return low + (high - low) * static_cast<double>(rng.next() >> 11U) * 0x1p-53;
}

double log_uniform(Rng& rng, double low, double high) {
    return std::exp(uniform(rng, std::log(low), std::log(high)));
}

// Near the money, deep in the wings, on the money to the bit, and out of range.
Chain random_chain(Rng& rng, double forward, double root, std::size_t size) {
    Chain chain;
    for (std::size_t i = 0; i < size; ++i) {
        const double volatility = log_uniform(rng, 0.01, 5.0);
        const double reach = rng.below(3) == 0 ? 60.0 : 4.0;
        double strike = forward * std::exp(uniform(rng, -reach, reach) * volatility * root);
        switch (rng.below(40)) {
            case 0:
                strike = forward;
                break;
            case 1:
                strike = std::nextafter(forward, 0.0);
                break;
            case 2:
                strike = forward * log_uniform(rng, 1e-3, 1e3);
                break;
            default:
                break;
        }
        const bool is_odd = rng.below(200) == 0;
        chain.add(is_odd && i % 2 == 0 ? -strike : strike,
                  is_odd ? (i % 3 == 0 ? 0.0 : std::nan("")) : volatility, rng.below(2) == 0);
    }
    return chain;
}

Results priced(const ExpiryTerms& terms, const Chain& chain, LaneChoice lanes) {
    Results results(chain.size());
    price_chain(terms, chain.view(), results.greeks(), results.higher(), lanes);
    return results;
}

}  // namespace

TEST_CASE("four lanes and one lane give the same bits on a million random options") {
    if (!has_vector_lanes()) {
        WARN("this CPU has no AVX2: nothing to compare");
        return;
    }
    Rng rng(1973);
    std::size_t options = 0;
    std::size_t different = 0;
    while (options < 1'000'000) {
        const double forward = log_uniform(rng, 10.0, 100'000.0);
        const double minutes = rng.below(50) == 0 ? 0.0 : log_uniform(rng, 0.5, 1e6);
        const auto terms = make_expiry_terms_at_rate(forward, uniform(rng, 0.0, 0.12), minutes);
        REQUIRE(terms.has_value());
        const auto chain = random_chain(rng, forward, terms->sqrt_years, 900 + rng.below(200));
        const Results vector = priced(*terms, chain, LaneChoice::Fastest);
        const Results scalar = priced(*terms, chain, LaneChoice::Scalar);
        different += differences(vector, scalar, 9);
        options += chain.size();
    }
    CHECK(different == 0);
}

TEST_CASE("a chain of any length is priced as each of its options alone, and no further") {
    Rng rng(4);
    const auto terms = make_expiry_terms(24500.0, 0.998, 9000.0);
    for (std::size_t size = 0; size < 14; ++size) {
        const Chain chain = random_chain(rng, 24500.0, terms->sqrt_years, size);
        const Results whole = priced(*terms, chain, LaneChoice::Fastest);
        CHECK(whole.is_guarded());
        Results five(size);
        price_chain(*terms, chain.view(), five.greeks());
        CHECK(five.is_guarded());
        CHECK(differences(five, whole, 5) == 0);
        for (std::size_t i = 0; i < size; ++i) {
            Chain one;
            one.add(chain.strike[i], chain.volatility[i], chain.is_call[i] != 0);
            const Results alone = priced(*terms, one, LaneChoice::Fastest);
            for (std::size_t figure = 0; figure < 9; ++figure) {
                CHECK(is_same_bits(alone.figures[figure][0], whole.figures[figure][i]));
            }
        }
    }
}

TEST_CASE("an option out of range is none and leaves its neighbours alone") {
    const double infinity = std::numeric_limits<double>::infinity();
    const double nan = std::nan("");
    const auto terms = make_expiry_terms(100.0, 0.99, 100'000.0);
    for (const auto lanes : {LaneChoice::Fastest, LaneChoice::Scalar}) {
        Chain chain;
        chain.add(100.0, 0.2, true);
        for (const double strike : {0.0, -1.0, 1e-7, 1e13, infinity, nan}) {
            chain.add(strike, 0.2, true);
        }
        for (const double volatility : {-0.1, 1001.0, infinity, nan}) {
            chain.add(100.0, volatility, false);
        }
        chain.add(100.0, 0.2, true);
        const Results results = priced(*terms, chain, lanes);
        for (const auto& figure : results.figures) {
            for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
                CHECK(std::isnan(figure[i]));
            }
            CHECK(std::isfinite(figure[0]));
            CHECK(figure[0] == figure[chain.size() - 1]);
        }
    }
}

TEST_CASE("forcing scalar lanes turns the vectors off for the whole process") {
    const bool had_vectors = has_vector_lanes();
    force_scalar_lanes(true);
    CHECK_FALSE(has_vector_lanes());
    force_scalar_lanes(false);
    CHECK(has_vector_lanes() == had_vectors);
}

TEST_CASE("terms of an expiry refuse what cannot be priced, in a sentence") {
    const double nan = std::nan("");
    for (const double forward : {0.0, -5.0, 1e13, nan}) {
        const auto terms = make_expiry_terms(forward, 1.0, 60.0);
        REQUIRE_FALSE(terms.has_value());
        CHECK(terms.error().text.find("forward") != std::string::npos);
    }
    for (const double discount : {0.0, -0.5, nan}) {
        const auto terms = make_expiry_terms(100.0, discount, 60.0);
        REQUIRE_FALSE(terms.has_value());
        CHECK(terms.error().text.find("discount factor") != std::string::npos);
    }
    for (const double minutes : {-0.5, nan, std::numeric_limits<double>::infinity()}) {
        for (const auto& terms : {make_expiry_terms(100.0, 1.0, minutes),
                                  make_expiry_terms_at_rate(100.0, 0.05, minutes)}) {
            REQUIRE_FALSE(terms.has_value());
            CHECK(terms.error().text.find("minutes to settlement") != std::string::npos);
        }
    }
    CHECK_FALSE(make_expiry_terms_at_rate(100.0, nan, 60.0).has_value());
}

TEST_CASE("discount and rate describe the same terms") {
    const auto by_rate = make_expiry_terms_at_rate(100.0, 0.07, 262'800.0);
    REQUIRE(by_rate.has_value());
    CHECK(by_rate->years == 0.5);
    CHECK(by_rate->discount == Approx(std::exp(-0.035)).epsilon(1e-15));
    const auto by_discount = make_expiry_terms(100.0, by_rate->discount, 262'800.0);
    CHECK(by_discount->rate_per_year == Approx(0.07).epsilon(1e-14));
    CHECK(make_expiry_terms(100.0, 1.0, 0.0)->rate_per_year == 0.0);
}
