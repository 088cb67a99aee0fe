#include "common/options/implied_volatility.h"

#include "common/base/rng.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace sauda::options;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string source_dir() { return std::getenv("SAUDA_SOURCE_DIR"); }

long double normal(long double z) { return 0.5L * erfcl(-z * 0.70710678118654752440084436L); }

// Black's formula with the platform's long double library: another road than the one tested.
long double black(const PricedOption& o, long double volatility) {
    const long double f = o.forward;
    const long double k = o.strike;
    const long double s = volatility * sqrtl(o.years);
    const long double low = std::min(f, k);
    const long double high = std::max(f, k);
    const long double x = logl(low / high);
    const long double value = low * normal(x / s + s / 2) - high * normal(x / s - s / 2);
    const long double intrinsic = std::max(o.is_call ? f - k : k - f, 0.0L);
    return o.discount * (value + intrinsic);
}

double ulp_of(double value) { return std::nextafter(value, kInfinity) - value; }

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

NoVolatility reason_of(const PricedOption& option) {
    const auto result = implied_volatility(option);
    REQUIRE_FALSE(result.has_value());
    return result.error();
}

struct Worst {
    int cases = 0;
    double error = 0.0;
};

}  // namespace

TEST_CASE("The implied volatility of every price of the oracle is its volatility") {
    std::ifstream in(source_dir() + "/tests/data/oracles/implied_volatility.csv");
    std::map<std::string, Worst> worst;
    for (std::string line; std::getline(in, line);) {
        const auto c = cells_of(line);
        const PricedOption option{number(c[0]), number(c[1]), number(c[2]),
                                  number(c[3]), number(c[4]), c[5] == "1"};
        const double expected = number(c[6]);
        const auto got = implied_volatility(option);
        INFO(line);
        REQUIRE(got.has_value());
        const double error = std::abs(got->volatility / expected - 1.0);
        CHECK(error <= 1e-12);
        const bool is_in = option.is_call == (option.forward > option.strike);
        const bool is_minutes = option.years < 31 / 525600.0;
        const std::string name = option.years == 0.25 ? (is_in ? "grid, in the money" : "grid")
                                 : is_minutes         ? "NIFTY, last half hour"
                                                      : "NIFTY, a day to a year";
        ++worst[name].cases;
        worst[name].error = std::max(worst[name].error, error);
    }
    std::string table = "| prices | cases | worst relative error, at most |\n|---|---|---|\n";
    for (const auto& [name, entry] : worst) {
        char row[160];
        std::snprintf(row, sizeof row, "| %s | %d | 1e%.0f |\n", name.c_str(), entry.cases,
                      std::ceil(std::log10(entry.error)));
        table += row;
    }
    CHECK(worst.size() == 4);
    CHECK(sauda::test::documented_table("docs/accuracy/options.md", "implied volatility oracle",
                                        table) == "");
}

TEST_CASE("Random prices of NIFTY options give their volatility back") {
    sauda::base::Rng rng(20250829);
    int solved = 0;
    double worst = 0.0;
    double worst_ulp = 0.0;
    for (int i = 0; i < 200'000; ++i) {
        PricedOption o;
        o.forward = 15000.0 + 0.05 * static_cast<double>(rng.below(300'000));
        const double step = static_cast<double>(rng.between(-80, 80));
        o.strike = 50.0 * std::round(o.forward / 50.0 + step);
        const auto scale = static_cast<int>(rng.below(20));
        o.years = static_cast<double>(1 + rng.below(2ULL << static_cast<unsigned>(scale))) / 525600;
        o.discount = std::exp(-0.065 * o.years);
        o.is_call = rng.chance(0.5);
        const double volatility = 0.03 + 1.4 * rng.uniform() * rng.uniform();
        const long double exact = black(o, volatility);
        o.price = static_cast<double>(exact);
        const auto got = implied_volatility(o);
        if (!got) {  // the double nearest to the price is the intrinsic value, or it is zero
            const double intrinsic = o.is_call ? o.forward - o.strike : o.strike - o.forward;
            REQUIRE((o.price <= intrinsic * o.discount * (1 + 3e-16) || o.price < 1e-295));
            continue;
        }
        ++solved;
        const double error = std::abs(got->volatility / volatility - 1.0);
        const auto off = static_cast<double>(fabsl(black(o, got->volatility) - o.price));
        if (error > 1e-12) {
            worst_ulp = std::max(worst_ulp, off / ulp_of(o.price));
        } else {
            worst = std::max(worst, error);
        }
    }
    CHECK(solved > 140'000);
    CHECK(worst <= 1e-12);
    CHECK(worst_ulp <= 2.0);
}

TEST_CASE("Prices from the books of Hull and Haug give the volatility they were made with") {
    struct Row {
        double price, spot, strike, rate, carry, years, volatility, digits;
        bool is_call;
    };
    const std::vector<Row> rows = {
        {4.759422, 42, 40, 0.10, 0.10, 0.5, 0.2, 5e-7, true},
        {0.808599, 42, 40, 0.10, 0.10, 0.5, 0.2, 5e-7, false},
        {2.4005, 49, 50, 0.05, 0.05, 0.3846, 0.2, 5e-5, true},
        {2.1334, 60, 65, 0.08, 0.08, 0.25, 0.3, 5e-5, true},
        {2.4648, 100, 95, 0.10, 0.05, 0.5, 0.2, 5e-5, false},
        {1.7011, 19, 19, 0.10, 0.0, 0.75, 0.28, 5e-5, true},
        {1.7011, 19, 19, 0.10, 0.0, 0.75, 0.28, 5e-5, false},
    };
    for (const Row& r : rows) {
        const PricedOption option{r.price, r.spot * std::exp(r.carry * r.years), r.strike,
                                  r.years, std::exp(-r.rate * r.years),          r.is_call};
        const auto got = implied_volatility(option, r.digits);
        INFO(r.price);
        REQUIRE(got.has_value());
        CHECK(std::abs(got->volatility - r.volatility) <= got->error * 1.01);
    }
}

TEST_CASE("The volatilities of the gold file are found, and none where its solver found none") {
    const char* configured = std::getenv("SAUDA_TEST_DATA");
    const std::string data = configured != nullptr ? configured : source_dir() + "/../shared/data";
    std::ifstream in(data + "/expiry_lots_gold/nifty_gold_sample.csv");
    if (!in) {
        WARN("skipped: " + data + "/expiry_lots_gold/nifty_gold_sample.csv is not there");
        return;
    }
    std::string line;
    std::getline(in, line);
    std::map<std::string, std::size_t> column;
    for (const auto& name : cells_of(line)) {
        column.emplace(name, column.size());
    }
    int solved = 0;
    int none = 0;
    while (std::getline(in, line)) {
        const auto c = cells_of(line);
        const auto value = [&](const char* name) { return number(c[column.at(name)]); };
        const double years = value("t_years_act365");
        const double rate = value("bsm_rate_cc");
        const PricedOption option{
            value("close"),          value("independent_nifty_spot") * std::exp(rate * years),
            value("strike"),         years,
            std::exp(-rate * years), c[column.at("option_type")] == "CALL"};
        const auto got = implied_volatility(option);
        INFO(line);
        if (c[column.at("bsm_status")] != "ok") {
            REQUIRE_FALSE(got.has_value());
            CHECK(got.error() == NoVolatility::BelowIntrinsic);
            ++none;
            continue;
        }
        REQUIRE(got.has_value());
        // Its solver stopped at a residual it names.
        const double slack = value("bsm_price_residual_abs") / got->vega;
        CHECK(std::abs(got->volatility - value("bsm_iv_close")) <= 1.001 * slack + 1e-11);
        CHECK(got->vega / 100.0 == Approx(value("bsm_vega_per_100")).epsilon(1e-6));
        ++solved;
    }
    CHECK(solved == 396);
    CHECK(none == 103);
}

TEST_CASE("What has no volatility says why") {
    const PricedOption good{100.0, 25000.0, 25100.0, 0.01, 0.999, true};
    REQUIRE(implied_volatility(good).has_value());
    for (const double bad : {0.0, -1.0, kInfinity, std::nan("")}) {
        for (auto field : {&PricedOption::forward, &PricedOption::strike, &PricedOption::years,
                           &PricedOption::discount}) {
            PricedOption option = good;
            option.*field = bad;
            CHECK(reason_of(option) == NoVolatility::BadInput);
        }
        PricedOption option = good;
        option.price = bad;
        CHECK(reason_of(option) == NoVolatility::NoQuote);
    }
    CHECK(reason_of({100.0, 25000.0, 24900.0, 0.01, 1.0, true}) == NoVolatility::BelowIntrinsic);
    CHECK(reason_of({99.95, 24900.0, 25000.0, 0.01, 1.0, false}) == NoVolatility::BelowIntrinsic);
    CHECK(reason_of({25000.0, 25000.0, 24900.0, 0.01, 1.0, true}) == NoVolatility::AboveMaximum);
    CHECK(reason_of({25000.0, 24900.0, 25000.0, 0.01, 1.0, false}) == NoVolatility::AboveMaximum);
    CHECK(to_text(NoVolatility::NoQuote) == "there is no quote");
}

TEST_CASE("A price within a tick of the intrinsic value has a volatility and a large error") {
    const PricedOption option{500.01, 25000.0, 24500.0, 30.0 / 525600.0, 1.0, true};
    const auto got = implied_volatility(option);
    REQUIRE(got.has_value());
    CHECK(black(option, got->volatility) == Approx(option.price).epsilon(1e-15));
    CHECK(got->error > 0.1);
}

TEST_CASE("The error of a volatility is what one tick of the price moves it") {
    PricedOption option{123.45, 25000.0, 25200.0, 7.0 / 365.0, 0.999, true};
    const auto here = implied_volatility(option);
    option.price += 0.05;
    const auto above = implied_volatility(option);
    REQUIRE((here.has_value() && above.has_value()));
    CHECK(here->error == Approx(above->volatility - here->volatility).epsilon(2e-3));
    CHECK(implied_volatility(option, 0.10)->error == Approx(2.0 * above->error));
}
