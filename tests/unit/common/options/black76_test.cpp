#include "common/options/black76.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

using namespace sauda::options;
using sauda::base::Rng;

namespace {

constexpr bool kCall = true;
constexpr bool kPut = false;

struct Published {
    bool is_call;
    double strike;
    double spot;
    double yield;
    double rate;
    double years;
    double volatility;
    double value;
};

BlackScholesValue value_of(const Published& p) {
    const auto value = black_scholes_merton(
        {p.is_call, p.spot, p.strike, p.years * kMinutesPerYear, p.volatility, p.rate, p.yield});
    REQUIRE(value.has_value());
    return *value;
}

double uniform(Rng& rng, double low, double high) {
    return low + (high - low) * static_cast<double>(rng.next() >> 11U) * 0x1p-53;
}

Black76Option random_option(Rng& rng) {
    Black76Option option;
    option.is_call = rng.below(2) == 0;
    option.forward = uniform(rng, 50.0, 500.0);
    option.minutes_to_settlement = uniform(rng, 5000.0, 600'000.0);
    option.volatility = uniform(rng, 0.08, 0.9);
    const double years = years_of_minutes(option.minutes_to_settlement);
    option.strike =
        option.forward * std::exp(uniform(rng, -2.0, 2.0) * option.volatility * std::sqrt(years));
    option.discount = std::exp(-uniform(rng, 0.01, 0.1) * years);
    return option;
}

BlackScholesOption random_spot_option(Rng& rng) {
    const Black76Option on_forward = random_option(rng);
    return {on_forward.is_call,     on_forward.forward,
            on_forward.strike,      on_forward.minutes_to_settlement,
            on_forward.volatility,  uniform(rng, 0.0, 0.1),
            uniform(rng, 0.0, 0.05)};
}

// Derivative of a figure by four points: the error is of the order h^4.
double slope(const std::function<double(double)>& f, double at, double h) {
    return (8 * (f(at + h) - f(at - h)) - (f(at + 2 * h) - f(at - 2 * h))) / (12 * h);
}

template <class Option, class Figure>
double slope_in(const Option& option, double Option::* input, double h, Figure figure) {
    return slope(
        [&](double x) {
            Option moved = option;
            moved.*input = x;
            return figure(moved);
        },
        option.*input, h);
}

double per_year_passing(double per_minute_left) { return -per_minute_left * kMinutesPerYear; }

void check_near(double ours, double numeric, double scale) {
    CHECK(ours == Approx(numeric).epsilon(1e-6).margin(1e-6 * scale));
}

}  // namespace

TEST_CASE("Hull's examples are reproduced to the digits he prints") {
    CHECK(value_of({kCall, 40, 42, 0, 0.1, 0.5, 0.2, 0}).greeks.price ==
          Approx(4.759422).margin(5e-7));
    CHECK(value_of({kPut, 40, 42, 0, 0.1, 0.5, 0.2, 0}).greeks.price ==
          Approx(0.808599).margin(1e-6));
    const auto greeks = value_of({kCall, 50, 49, 0, 0.05, 0.3846, 0.2, 0}).greeks;
    CHECK(greeks.price == Approx(2.4005).margin(5e-5));
    CHECK(greeks.delta == Approx(0.5216).margin(5e-5));
    CHECK(greeks.gamma_per_point == Approx(0.0655).margin(6e-5));
    CHECK(greeks.vega_per_unit_volatility == Approx(12.105).margin(5e-4));
    CHECK(greeks.theta_per_year == Approx(-4.305).margin(5e-4));
    CHECK(greeks.rho_per_unit_rate == Approx(8.907).margin(5e-4));
}

TEST_CASE("Haug's table of prices is reproduced to its four digits") {
    const std::vector<Published> table = {
        {kCall, 65, 60, 0.00, 0.08, 0.25, 0.30, 2.1334},
        {kPut, 95, 100, 0.05, 0.10, 0.50, 0.20, 2.4648},
        {kPut, 19, 19, 0.10, 0.10, 0.75, 0.28, 1.7011},
        {kCall, 19, 19, 0.10, 0.10, 0.75, 0.28, 1.7011},
        {kCall, 1.60, 1.56, 0.08, 0.06, 0.50, 0.12, 0.0291},
        {kPut, 70, 75, 0.05, 0.10, 0.50, 0.35, 4.0870},
        {kCall, 40, 42, 0.08, 0.04, 0.75, 0.35, 5.0975},
    };
    for (const auto& row : table) {
        CAPTURE(row.strike, row.spot);
        CHECK(value_of(row).greeks.price == Approx(row.value).margin(1e-4));
    }
}

TEST_CASE("Haug's table of options on futures is reproduced by Black-76") {
    struct Row {
        double years;
        double volatility;
        double call[3];  // forward 90, 100, 110
        double put[3];
    };
    const std::vector<Row> table = {
        {0.1, 0.15, {0.0205, 1.8734, 9.9413}, {9.9210, 1.8734, 0.0408}},
        {0.1, 0.25, {0.3150, 3.1217, 10.3556}, {10.2155, 3.1217, 0.4551}},
        {0.1, 0.35, {0.9474, 4.3693, 11.1381}, {10.8479, 4.3693, 1.2376}},
        {0.5, 0.15, {0.8069, 4.0232, 10.5769}, {10.3192, 4.0232, 1.0646}},
        {0.5, 0.25, {2.7026, 6.6997, 12.7857}, {12.2149, 6.6997, 3.2734}},
        {0.5, 0.35, {4.9329, 9.3679, 15.3086}, {14.4452, 9.3679, 5.7963}},
    };
    for (const auto& row : table) {
        for (int i = 0; i < 3; ++i) {
            const double forward = 90.0 + 10.0 * i;
            const auto terms =
                make_expiry_terms_at_rate(forward, 0.10, row.years * kMinutesPerYear);
            CAPTURE(row.years, row.volatility, forward);
            CHECK(black76(*terms, 100.0, row.volatility, kCall).price ==
                  Approx(row.call[i]).margin(1e-4));
            CHECK(black76(*terms, 100.0, row.volatility, kPut).price ==
                  Approx(row.put[i]).margin(1e-4));
        }
    }
}

TEST_CASE("Haug's Greeks are reproduced in the units their names say") {
    const auto call = value_of({kCall, 100, 105, 0.10, 0.10, 0.5, 0.36, 0}).greeks;
    const auto put = value_of({kPut, 100, 105, 0.10, 0.10, 0.5, 0.36, 0}).greeks;
    CHECK(call.delta == Approx(0.5946).margin(5e-5));
    CHECK(put.delta == Approx(-0.3566).margin(5e-5));
    CHECK(put.delta * 105.0 / put.price == Approx(-4.8775).margin(5e-5));
    const auto curved = value_of({kCall, 60, 55, 0.0, 0.10, 0.75, 0.30, 0}).greeks;
    CHECK(curved.gamma_per_point == Approx(0.0278).margin(5e-5));
    CHECK(curved.vega_per_unit_volatility == Approx(18.9358).margin(5e-5));
    CHECK(per_percentage_point(curved.vega_per_unit_volatility) == Approx(0.1894).margin(5e-5));
    const auto decaying = value_of({kPut, 405, 430, 0.05, 0.07, 1.0 / 12, 0.20, 0}).greeks;
    CHECK(decaying.theta_per_year == Approx(-31.1924).margin(5e-5));
    CHECK(per_calendar_day(decaying.theta_per_year) == Approx(-0.0855).margin(5e-5));
    CHECK(per_minute(decaying.theta_per_year) * 1440 == Approx(-0.0855).margin(5e-5));
    CHECK(value_of({kCall, 75, 72, 0.0, 0.09, 1.0, 0.19, 0}).greeks.rho_per_unit_rate ==
          Approx(38.7325).margin(5e-5));
    CHECK(value_of({kPut, 490, 500, 0.05, 0.08, 0.25, 0.15, 0}).dividend_rho_per_unit_yield ==
          Approx(42.2254).margin(5e-5));
}

TEST_CASE("every Greek of Black-76 is the slope of the figure below it") {
    Rng rng(1976);
    const auto price = [](const Black76Option& o) { return black76(o)->price; };
    const auto delta = [](const Black76Option& o) { return black76(o)->delta; };
    const auto vega = [](const Black76Option& o) { return black76(o)->vega_per_unit_volatility; };
    for (int i = 0; i < 200; ++i) {
        const Black76Option option = random_option(rng);
        const OptionGreeks g = *black76(option);
        const double years = years_of_minutes(option.minutes_to_settlement);
        const double step = option.forward * option.volatility * std::sqrt(years) * 1e-3;
        const double step_volatility = option.volatility * 1e-3;
        CAPTURE(i, option.forward, option.strike, option.volatility, years, option.is_call);
        check_near(g.delta, slope_in(option, &Black76Option::forward, step, price), 1.0);
        check_near(g.gamma_per_point, slope_in(option, &Black76Option::forward, step, delta), 0.01);
        check_near(g.vega_per_unit_volatility,
                   slope_in(option, &Black76Option::volatility, step_volatility, price), 10.0);
        check_near(g.vanna_per_unit_volatility,
                   slope_in(option, &Black76Option::volatility, step_volatility, delta), 1.0);
        check_near(g.volga_per_unit_volatility,
                   slope_in(option, &Black76Option::volatility, step_volatility, vega), 10.0);
        // As time passes or the rate moves, the discount factor moves with it.
        const double rate =
            make_expiry_terms(100, option.discount, option.minutes_to_settlement)->rate_per_year;
        const auto at = [&](double minutes, double r) {
            Black76Option moved = option;
            moved.minutes_to_settlement = minutes;
            moved.discount = std::exp(-r * years_of_minutes(minutes));
            return *black76(moved);
        };
        const double minutes = option.minutes_to_settlement;
        const double in_minutes =
            slope([&](double m) { return at(m, rate).price; }, minutes, minutes * 1e-3);
        check_near(g.theta_per_year, per_year_passing(in_minutes), 10.0);
        const double delta_in_minutes =
            slope([&](double m) { return at(m, rate).delta; }, minutes, minutes * 1e-3);
        check_near(g.charm_per_year, per_year_passing(delta_in_minutes), 1.0);
        check_near(g.rho_per_unit_rate,
                   slope([&](double r) { return at(minutes, r).price; }, rate, 1e-3), 10.0);
    }
}

TEST_CASE("every Greek of Black-Scholes-Merton is the slope of the figure below it") {
    Rng rng(1973);
    using Option = BlackScholesOption;
    const auto price = [](const Option& o) { return black_scholes_merton(o)->greeks.price; };
    const auto delta = [](const Option& o) { return black_scholes_merton(o)->greeks.delta; };
    const auto vega = [](const Option& o) {
        return black_scholes_merton(o)->greeks.vega_per_unit_volatility;
    };
    for (int i = 0; i < 200; ++i) {
        const Option option = random_spot_option(rng);
        const BlackScholesValue value = *black_scholes_merton(option);
        const OptionGreeks& g = value.greeks;
        const double minutes = option.minutes_to_settlement;
        const double step =
            option.spot * option.volatility * std::sqrt(years_of_minutes(minutes)) * 1e-3;
        const double step_volatility = option.volatility * 1e-3;
        CAPTURE(i, option.spot, option.strike, option.volatility, minutes, option.is_call);
        check_near(g.delta, slope_in(option, &Option::spot, step, price), 1.0);
        check_near(g.gamma_per_point, slope_in(option, &Option::spot, step, delta), 0.01);
        check_near(g.vega_per_unit_volatility,
                   slope_in(option, &Option::volatility, step_volatility, price), 10.0);
        check_near(g.vanna_per_unit_volatility,
                   slope_in(option, &Option::volatility, step_volatility, delta), 1.0);
        check_near(g.volga_per_unit_volatility,
                   slope_in(option, &Option::volatility, step_volatility, vega), 10.0);
        const double step_minutes = minutes * 1e-3;
        check_near(
            g.theta_per_year,
            per_year_passing(slope_in(option, &Option::minutes_to_settlement, step_minutes, price)),
            10.0);
        check_near(
            g.charm_per_year,
            per_year_passing(slope_in(option, &Option::minutes_to_settlement, step_minutes, delta)),
            1.0);
        check_near(g.rho_per_unit_rate, slope_in(option, &Option::rate_per_year, 1e-3, price),
                   10.0);
        check_near(value.dividend_rho_per_unit_yield,
                   slope_in(option, &Option::dividend_yield, 1e-3, price), 10.0);
    }
}

TEST_CASE("puts, calls and forward are at parity, and prices stay between their bounds") {
    Rng rng(88);
    for (int i = 0; i < 2000; ++i) {
        Black76Option option = random_option(rng);
        option.volatility *= std::exp(uniform(rng, -4.0, 2.0));
        option.is_call = kCall;
        const OptionGreeks call = *black76(option);
        option.is_call = kPut;
        const OptionGreeks put = *black76(option);
        const double level = std::max(option.forward, option.strike);
        const double difference = option.discount * (option.forward - option.strike);
        CAPTURE(option.forward, option.strike, option.volatility);
        CHECK(call.price - put.price == Approx(difference).margin(1e-15 * level));
        CHECK(call.delta - put.delta == Approx(option.discount).epsilon(1e-15));
        CHECK(call.gamma_per_point == put.gamma_per_point);
        CHECK(call.vega_per_unit_volatility == put.vega_per_unit_volatility);
        CHECK(call.price >= std::max(0.0, difference) - 1e-15 * level);
        CHECK(put.price >= std::max(0.0, -difference) - 1e-15 * level);
        CHECK(call.price <= option.discount * option.forward);
        CHECK(put.price <= option.discount * option.strike);
    }
}

TEST_CASE("at the settlement minute or without volatility an option is its intrinsic value") {
    const double discount = 0.97;
    for (const auto& [minutes, volatility] :
         std::vector<std::pair<double, double>>{{0.0, 0.2}, {5000.0, 0.0}}) {
        const auto terms = make_expiry_terms(100.0, discount, minutes);
        REQUIRE(terms.has_value());
        const OptionGreeks in = black76(*terms, 90.0, volatility, kCall);
        CHECK(in.price == Approx(discount * 10.0).epsilon(1e-15));
        CHECK(in.delta == discount);
        CHECK(in.theta_per_year == terms->rate_per_year * in.price);
        const OptionGreeks out = black76(*terms, 110.0, volatility, kCall);
        CHECK(out.price == 0.0);
        CHECK(out.delta == 0.0);
        CHECK(black76(*terms, 110.0, volatility, kPut).delta == -discount);
        for (const OptionGreeks& g : {in, out}) {
            CHECK(g.gamma_per_point == 0.0);
            CHECK(g.vega_per_unit_volatility == 0.0);
            CHECK(g.vanna_per_unit_volatility == 0.0);
            CHECK(g.volga_per_unit_volatility == 0.0);
            CHECK(g.charm_per_year == terms->rate_per_year * g.delta);
        }
        const OptionGreeks at = black76(*terms, 100.0, volatility, kCall);
        CHECK(at.price == 0.0);
        CHECK(at.delta == Approx(discount / 2).epsilon(1e-15));
        CHECK(at.rho_per_unit_rate == 0.0);
        for (const double none :
             {at.gamma_per_point, at.vega_per_unit_volatility, at.theta_per_year,
              at.vanna_per_unit_volatility, at.volga_per_unit_volatility, at.charm_per_year}) {
            CHECK(std::isnan(none));
        }
    }
}

TEST_CASE("a volatility without end makes a call the forward and a put the strike") {
    const auto terms = make_expiry_terms(100.0, 0.9, kMinutesPerYear);
    CHECK(black76(*terms, 80.0, 1000.0, kCall).price == Approx(90.0).epsilon(1e-15));
    CHECK(black76(*terms, 80.0, 1000.0, kPut).price == Approx(72.0).epsilon(1e-15));
    CHECK(black76(*terms, 80.0, 1000.0, kCall).vega_per_unit_volatility == 0.0);
}

TEST_CASE("an option that cannot be priced is refused in a sentence") {
    const double nan = std::nan("");
    const Black76Option good{kCall, 100, 100, 0.99, 5000, 0.2};
    REQUIRE(black76(good).has_value());
    const auto text_with = [&](double Black76Option::* input, double value) {
        Black76Option bad = good;
        bad.*input = value;
        const auto result = black76(bad);
        return result ? std::string("priced") : result.error().text;
    };
    using Catch::Contains;
    for (const double bad : {0.0, -1.0, nan}) {
        CHECK_THAT(text_with(&Black76Option::forward, bad), Contains("forward of"));
        CHECK_THAT(text_with(&Black76Option::strike, bad), Contains("strike of"));
        CHECK_THAT(text_with(&Black76Option::discount, bad), Contains("discount factor of"));
    }
    for (const double bad : {-1.0, nan}) {
        CHECK_THAT(text_with(&Black76Option::volatility, bad), Contains("volatility of"));
        CHECK_THAT(text_with(&Black76Option::minutes_to_settlement, bad),
                   Contains("minutes to settlement"));
    }
    const BlackScholesOption spot{kCall, 100, 100, 5000, 0.2, 0.05, 0.01};
    REQUIRE(black_scholes_merton(spot).has_value());
    for (const auto input :
         {&BlackScholesOption::spot, &BlackScholesOption::strike, &BlackScholesOption::volatility,
          &BlackScholesOption::minutes_to_settlement, &BlackScholesOption::rate_per_year,
          &BlackScholesOption::dividend_yield}) {
        BlackScholesOption bad = spot;
        bad.*input = nan;
        CHECK_FALSE(black_scholes_merton(bad).has_value());
    }
}
