#include "common/options/expiry_chain.h"

#include "common/base/rng.h"
#include "common/options/expiry_figures.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace sauda::options;
using sauda::base::Rng;
using sauda::base::Timestamp;

namespace {

constexpr double kForward = 24'537.25;
constexpr double kMinutes = 6'000.0;
constexpr double kRate = 0.06;

double volatility_of(double strike) {
    const double away = std::log(strike / kForward);
    return 0.11 - 0.2 * away + 4.0 * away * away;
}

OptionTick fair_tick(double strike, bool is_call, double half) {
    const auto terms = make_expiry_terms_at_rate(kForward, kRate, kMinutes);
    const double price = black76(*terms, strike, volatility_of(strike), is_call).price;
    return {price - half, price + half, price, 100.0, 1'000.0};
}

RefreshInput at(Timestamp when, double minutes = kMinutes) {
    RefreshInput input;
    input.as_of = when;
    input.minutes = minutes;
    input.rate = kRate;
    input.quote_life = sauda::base::seconds(60);
    return input;
}

constexpr Timestamp kNow{1'000'000'000'000};

// 21 strikes, both sides quoted at kNow so that the model explains every mid.
ExpiryChain fair_chain(double half = 0.02) {
    ExpiryChain chain;
    for (int i = -10; i <= 10; ++i) {
        const double strike = 24'550.0 + 50.0 * i;
        const auto handle = chain.add_strike(strike);
        chain.update(handle, true, fair_tick(strike, true, half), kNow);
        chain.update(handle, false, fair_tick(strike, false, half), kNow);
    }
    return chain;
}

bool same_bits(double a, double b) {
    return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

}  // namespace

TEST_CASE("a chain priced by the model gives its forward, volatilities and Greeks back") {
    auto chain = fair_chain();
    chain.refresh(at(kNow));
    REQUIRE(chain.forward());
    CHECK(chain.forward()->forward == Approx(kForward).epsilon(1e-10));
    const auto terms = make_expiry_terms_at_rate(kForward, kRate, kMinutes);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const double strike = chain.strikes()[i];
        const auto own = chain.volatility(i);
        REQUIRE(own);
        CHECK(own->volatility == Approx(volatility_of(strike)).epsilon(1e-6));
        CHECK(own->from_call == (strike >= kForward));
        CHECK(own->error > 0.0);
        for (const bool is_call : {true, false}) {
            CHECK(chain.implied(i, is_call)->volatility ==
                  Approx(volatility_of(strike)).epsilon(1e-6));
            const auto expected = black76(*terms, strike, volatility_of(strike), is_call);
            CHECK(chain.greeks(i, is_call)->delta == Approx(expected.delta).epsilon(1e-5));
            CHECK(chain.greeks(i, is_call)->vega_per_unit_volatility ==
                  Approx(expected.vega_per_unit_volatility).epsilon(1e-5));
        }
        CHECK(same_bits(chain.call_greeks().delta[i], chain.greeks(i, true)->delta));
        CHECK(same_bits(chain.call_greeks().theta[i], chain.greeks(i, true)->theta_per_year));
    }
    CHECK(chain.strikes()[*chain.at_the_money_row()] == 24'550.0);
    CHECK(*chain.at_the_money_volatility() == Approx(0.11).epsilon(1e-3));
    const double straddle =
        fair_tick(24'550.0, true, 0.0).bid + fair_tick(24'550.0, false, 0.0).bid;
    CHECK(*chain.straddle() == Approx(straddle).epsilon(1e-10));
    REQUIRE(chain.smile());
    CHECK(chain.smile()->volatility_of_strike(24'300.0) ==
          Approx(volatility_of(24'300.0)).epsilon(0.02));
}

TEST_CASE("what was never quoted is none, not zero") {
    ExpiryChain chain;
    chain.refresh(at(kNow));
    CHECK_FALSE(chain.forward());
    CHECK_FALSE(chain.at_the_money_row());
    CHECK_FALSE(chain.straddle());
    CHECK_FALSE(chain.smile());
    CHECK_FALSE(chain.at_the_money_volatility());

    chain.add_strike(24'500.0);
    chain.refresh(at(kNow));
    CHECK(chain.state(0, true) == QuoteState::None);
    CHECK_FALSE(chain.volatility(0));
    CHECK_FALSE(chain.greeks(0, true));
    CHECK(chain.implied(0, true).error() == NoVolatility::NoQuote);
    CHECK_FALSE(interest_change(chain.side(true), 0));
    CHECK_FALSE(price_change(chain.side(true), 0));
    CHECK_FALSE(figures_of(chain).interest_ratio);
    CHECK_FALSE(figures_of(chain).gamma);
}

TEST_CASE("one-sided, crossed and stale quotes are named and not used") {
    auto chain = fair_chain();
    const auto handle = chain.add_strike(24'600.0);
    const auto row = *chain.row_of(24'600.0);
    const auto put = fair_tick(24'600.0, false, 0.02);
    struct Case {
        OptionTick call;
        Timestamp known;
        QuoteState state;
    };
    const auto call = fair_tick(24'600.0, true, 0.02);
    const Case cases[] = {
        {{call.bid, 0.0, call.last, 0.0, 0.0}, kNow, QuoteState::OneSided},
        {{0.0, call.ask, call.last, 0.0, 0.0}, kNow, QuoteState::OneSided},
        {{0.0, 0.0, call.last, 0.0, 0.0}, kNow, QuoteState::None},
        {{call.ask, call.bid, call.last, 0.0, 0.0}, kNow, QuoteState::Crossed},
        {call, kNow - sauda::base::seconds(61), QuoteState::Stale},
    };
    for (const auto& quoted : cases) {
        chain.update(handle, true, quoted.call, quoted.known);
        chain.update(handle, false, put, kNow);
        chain.refresh(at(kNow));
        CHECK(chain.state(row, true) == quoted.state);
        CHECK(chain.implied(row, true).error() == NoVolatility::NoQuote);
        // The put of the strike stands in for the call out of the money.
        REQUIRE(chain.volatility(row));
        CHECK_FALSE(chain.volatility(row)->from_call);
        chain.update(handle, false, {0.0, 1.0, 0.0, 0.0, 0.0}, kNow);
        chain.refresh(at(kNow));
        CHECK_FALSE(chain.volatility(row));
        CHECK_FALSE(chain.greeks(row, false));
        CHECK(chain.forward());
    }
    chain.update(handle, true, call, kNow);
    chain.refresh(at(kNow));
    CHECK(chain.state(row, true) == QuoteState::TwoSided);
    CHECK(chain.volatility(row)->from_call);
}

TEST_CASE("without time left, and where no forward shows any more, everything is none again") {
    auto chain = fair_chain();
    chain.refresh(at(kNow));
    REQUIRE(chain.volatility(3));
    chain.refresh(at(kNow, 0.0));
    CHECK_FALSE(chain.forward());
    CHECK_FALSE(chain.volatility(3));
    CHECK_FALSE(chain.smile());
    chain.refresh(at(kNow));
    CHECK(chain.volatility(3));
    chain.refresh(at(kNow + sauda::base::seconds(61)));  // every quote is stale
    CHECK_FALSE(chain.forward());
    CHECK_FALSE(chain.volatility(3));
    CHECK_FALSE(chain.greeks(3, true));
}

TEST_CASE("strikes may come in any order; a handle keeps its strike") {
    ExpiryChain chain;
    Rng rng(8);
    std::vector<std::pair<double, uint32_t>> handles;
    for (int i = 0; i < 200; ++i) {
        const double strike = 20'000.0 + 50.0 * static_cast<double>(rng.between(0, 150));
        const auto handle = chain.add_strike(strike);
        handles.emplace_back(strike, handle);
        chain.update(handle, true, {strike / 100.0, strike / 99.0, 0.0, 0.0, 0.0}, kNow);
    }
    for (const auto& [strike, handle] : handles) {
        CHECK(chain.add_strike(strike) == handle);
        CHECK(chain.side(true).bid[*chain.row_of(strike)] == strike / 100.0);
    }
    CHECK(std::is_sorted(chain.strikes().begin(), chain.strikes().end()));
    CHECK_FALSE(chain.row_of(20'025.0));
}

TEST_CASE("refreshing what changed gives the bits of computing everything anew") {
    Rng rng(21);
    auto chain = fair_chain();
    chain.refresh(at(kNow));
    Timestamp now = kNow;
    int kept_forward = 0;
    for (int step = 0; step < 300; ++step) {
        now = now + sauda::base::milliseconds(250);
        const double before = chain.forward() ? chain.forward()->forward : 0.0;
        const auto changes = rng.between(0, 4);
        for (int64_t i = 0; i < changes; ++i) {
            // Mostly far strikes, so that the forward stays and few volatilities change.
            const double strike =
                24'050.0 + 50.0 * static_cast<double>(rng.chance(0.9) ? rng.between(0, 2)
                                                                      : rng.between(0, 20));
            const bool is_call = rng.chance(0.5);
            auto tick = fair_tick(strike, is_call, 0.05 + rng.uniform());
            tick.bid = rng.chance(0.1) ? 0.0 : tick.bid;
            chain.update(chain.add_strike(strike), is_call, tick, now);
        }
        const double minutes = kMinutes - static_cast<double>(step / 100);
        chain.refresh(at(now, minutes));
        ExpiryChain anew;
        for (std::size_t i = 0; i < chain.size(); ++i) {
            const auto handle = anew.add_strike(chain.strikes()[i]);
            for (const bool is_call : {true, false}) {
                const auto& side = chain.side(is_call);
                anew.update(
                    handle, is_call,
                    {side.bid[i], side.ask[i], side.last[i], side.volume[i], side.open_interest[i]},
                    side.known[i]);
            }
        }
        anew.refresh(at(now, minutes));
        REQUIRE(chain.forward().has_value() == anew.forward().has_value());
        if (chain.forward()) {
            kept_forward += same_bits(before, chain.forward()->forward) ? 1 : 0;
            REQUIRE(same_bits(chain.forward()->forward, anew.forward()->forward));
        }
        for (std::size_t i = 0; i < chain.size(); ++i) {
            REQUIRE(same_bits(chain.volatilities()[i], anew.volatilities()[i]));
            REQUIRE(same_bits(chain.call_greeks().gamma[i], anew.call_greeks().gamma[i]));
        }
        REQUIRE(sauda::base::save_to_bytes(chain.smile()) ==
                sauda::base::save_to_bytes(anew.smile()));
    }
    CHECK(kept_forward > 100);  // the case in which only some are computed did occur
}

TEST_CASE("open interest and prices are compared with the first quote of the day") {
    ExpiryChain chain;
    const auto handle = chain.add_strike(24'500.0);
    chain.update(handle, true, {10.0, 11.0, 0.0, 0.0, 500.0}, kNow);
    CHECK_FALSE(price_change(chain.side(true), 0));  // nothing traded yet
    CHECK(*interest_change(chain.side(true), 0) == 0.0);
    chain.update(handle, true, {10.0, 11.0, 10.5, 75.0, 650.0}, kNow);
    chain.update(handle, true, {12.0, 13.0, 12.5, 150.0, 725.0}, kNow);
    CHECK(*price_change(chain.side(true), 0) == 2.0);
    CHECK(*interest_change(chain.side(true), 0) == 225.0);
    CHECK(build_up(chain.side(true), 0) == BuildUp::LongBuildUp);
    const auto figures = figures_of(chain);
    CHECK(figures.call_interest == 725.0);
    CHECK(figures.call_volume == 150.0);
    CHECK(*figures.interest_ratio == 0.0);
    REQUIRE(figures.resistance.interests == 1);
    CHECK(figures.resistance.by_interest[0].change == 225.0);
    CHECK(figures.support.interests == 0);
}

TEST_CASE("a damaged snapshot is refused or read as something usable, never half") {
    auto chain = fair_chain();
    chain.refresh(at(kNow));
    const auto bytes = sauda::base::save_to_bytes(chain);
    Rng rng(4);
    for (int i = 0; i < 400; ++i) {
        auto damaged = bytes;
        if (rng.chance(0.5)) {
            damaged.resize(rng.below(damaged.size()));
        }
        for (int64_t n = rng.between(1, 4); n > 0 && !damaged.empty(); --n) {
            damaged[rng.below(damaged.size())] = static_cast<char>(rng.below(256));
        }
        sauda::base::BinaryReader reader(damaged);
        ExpiryChain read;
        reader.read(read);
        const auto handle = read.add_strike(24'512.0);
        read.update(handle, true, {1.0, 2.0, 1.5, 0.0, 0.0}, kNow);
        CHECK(read.side(true).bid[*read.row_of(24'512.0)] == 1.0);
        CHECK(read.side(false).bid.size() == read.size());
        CHECK(read.volatilities().size() == read.size());
    }
}
