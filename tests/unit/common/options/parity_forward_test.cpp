#include "common/options/parity_forward.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace sauda::options;

namespace {

// A strike whose mids agree with `forward`, give or take `noise` on the call.
StrikeQuotes strike_at(double strike, double forward, double discount, double half, double noise) {
    const double time_value = 100.0 * std::exp(-0.5 * std::pow((strike - forward) / 300.0, 2.0));
    const double in_the_money = discount * (forward - strike);
    const double call = std::max(0.0, in_the_money) + time_value + noise;
    const double put = std::max(0.0, -in_the_money) + time_value;
    return {strike, call - half, call + half, put - half, put + half};
}

std::vector<StrikeQuotes> chain(double forward, double discount, double half) {
    std::vector<StrikeQuotes> quotes;
    for (int i = -10; i <= 10; ++i) {
        quotes.push_back(strike_at(24'500.0 + 50.0 * i, forward, discount, half, 0.0));
    }
    return quotes;
}

}  // namespace

TEST_CASE("strikes that agree give their forward exactly, discounted") {
    for (const double discount : {1.0, 0.98}) {
        const auto found = parity_forward(chain(24'537.25, discount, 0.25), discount);
        REQUIRE(found);
        CHECK(found->forward == Approx(24'537.25).epsilon(1e-12));
        CHECK(found->used == kParityStrikes);
        CHECK(found->rejected == 0);
        CHECK(found->error < 0.25);
        CHECK(found->error > 0.0);
    }
}

TEST_CASE("what contradicts the others is rejected and does not move the forward") {
    auto quotes = chain(24'537.25, 1.0, 0.25);
    quotes[10].call_bid += 40.0;  // the strike next to the money
    quotes[10].call_ask += 40.0;
    quotes[12].put_bid -= 7.0;
    quotes[12].put_ask -= 7.0;
    const auto found = parity_forward(quotes, 1.0);
    REQUIRE(found);
    CHECK(found->forward == Approx(24'537.25).epsilon(1e-12));
    CHECK(found->rejected == 2);
    CHECK(found->used == kParityStrikes - 2);
}

TEST_CASE("a wide strike is no outlier, it only counts little") {
    auto quotes = chain(24'537.25, 1.0, 0.25);
    quotes[11] = strike_at(24'550.0, 24'537.25, 1.0, 15.0, 20.0);
    const auto found = parity_forward(quotes, 1.0);
    REQUIRE(found);
    CHECK(found->rejected == 0);
    CHECK(std::abs(found->forward - 24'537.25) < 0.01);
}

TEST_CASE("the error tells how far off the forward is") {
    sauda::base::Rng rng(5);
    int within_one = 0;
    int within_three = 0;
    constexpr int kRuns = 2000;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<StrikeQuotes> quotes;
        for (int i = -7; i <= 7; ++i) {
            quotes.push_back(
                strike_at(24'500.0 + 50.0 * i, 24'511.0, 1.0, 0.5, (rng.uniform() - 0.5) * 2.0));
        }
        const auto found = parity_forward(quotes, 1.0);
        REQUIRE(found);
        const double off = std::abs(found->forward - 24'511.0);
        within_one += off < found->error ? 1 : 0;
        within_three += off < 3.0 * found->error ? 1 : 0;
    }
    CHECK(within_one > 0.6 * kRuns);
    CHECK(within_three > 0.98 * kRuns);
}

TEST_CASE("one-sided and crossed strikes are skipped; without any there is no forward") {
    auto quotes = chain(24'537.25, 1.0, 0.25);
    for (auto& quote : quotes) {
        quote.put_bid = 0.0;
    }
    CHECK_FALSE(parity_forward(quotes, 1.0));
    std::swap(quotes[3].call_bid, quotes[3].call_ask);
    quotes[3].put_bid = quotes[3].put_ask - 0.5;
    CHECK_FALSE(parity_forward(quotes, 1.0));
    CHECK_FALSE(parity_forward({}, 1.0));
}

TEST_CASE("one strike gives a forward with the uncertainty of its spreads") {
    const StrikeQuotes only{24'500.0, 100.0, 104.0, 80.0, 82.0};
    const auto found = parity_forward(std::vector{only}, 1.0);
    REQUIRE(found);
    CHECK(found->forward == 24'521.0);
    CHECK(found->error == Approx(3.0 / std::sqrt(3.0)));
    CHECK(found->used == 1);
}

TEST_CASE("a locked market does not weigh infinitely") {
    auto quotes = chain(24'537.25, 1.0, 0.25);
    quotes.push_back({25'050.0, 10.0, 10.0, 520.0, 520.0});  // says 24,540
    const auto found = parity_forward(quotes, 1.0);
    REQUIRE(found);
    CHECK(std::isfinite(found->forward));
    CHECK(std::abs(found->forward - 24'537.25) < 0.3);
}

TEST_CASE("the order of the strikes does not matter") {
    auto quotes = chain(24'537.25, 0.99, 0.25);
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        quotes[i].call_bid += 0.01 * static_cast<double>(i * 7 % 5);
        quotes[i].call_ask += 0.01 * static_cast<double>(i * 7 % 5);
    }
    const auto upwards = parity_forward(quotes, 0.99);
    std::reverse(quotes.begin(), quotes.end());
    const auto downwards = parity_forward(quotes, 0.99);
    CHECK(upwards->forward == Approx(downwards->forward).epsilon(1e-14));
}

TEST_CASE("the strike at the money is the nearest, the lower one on a tie") {
    const std::vector<double> strikes{24'400.0, 24'450.0, 24'500.0};
    CHECK(at_the_money(strikes, 24'000.0) == 0);
    CHECK(at_the_money(strikes, 24'424.9) == 0);
    CHECK(at_the_money(strikes, 24'425.0) == 0);
    CHECK(at_the_money(strikes, 24'425.1) == 1);
    CHECK(at_the_money(strikes, 24'500.0) == 2);
    CHECK(at_the_money(strikes, 30'000.0) == 2);
}
