#include "common/base/fixed.h"

#include "tests/unit/common/base/abort_probe.h"

#include <catch2/catch.hpp>

using namespace sauda::base;

namespace {
// Reading through it keeps the compiler from folding the overflow away.
volatile int64_t g_most = INT64_MAX;
volatile int64_t g_least = INT64_MIN;
}  // namespace

TEST_CASE("fixed: addition, subtraction and multiplication abort on overflow", "[unit][base]") {
    CHECK(checked_add(g_most - 1, 1) == INT64_MAX);
    CHECK(aborts([] { checked_add(g_most, 1); }));
    CHECK(checked_sub(g_least + 1, 1) == INT64_MIN);
    CHECK(aborts([] { checked_sub(g_least, 1); }));
    CHECK(checked_mul(g_most / 2, 2) == INT64_MAX - 1);
    CHECK(aborts([] { checked_mul(g_most / 2 + 1, 2); }));
    CHECK_FALSE(aborts([] { checked_add(1, 1); }));
}

TEST_CASE("fixed: the smallest number has no opposite and no magnitude", "[unit][base]") {
    CHECK(aborts([] { -Money::from_raw(g_least); }));
    CHECK(aborts([] { (void)Money::from_raw(g_least).abs(); }));
    CHECK(Money::from_raw(g_least + 1).abs() == Money::max());
}

TEST_CASE("fixed: scale_half_up rounds half away from zero", "[unit][base]") {
    CHECK(scale_half_up(5, 1, 10) == 1);
    CHECK(scale_half_up(-5, 1, 10) == -1);
    CHECK(scale_half_up(4, 1, 10) == 0);
    CHECK(scale_half_up(-4, 1, 10) == 0);
    CHECK(scale_half_up(15, 1, 10) == 2);
    CHECK(scale_half_up(-15, 1, 10) == -2);
    CHECK(scale_half_up(1, 1, 3) == 0);
    CHECK(scale_half_up(2, 1, 3) == 1);
    CHECK(scale_half_up(0, 7, 3) == 0);
    CHECK(scale_half_up(7, -1, 2) == -4);
}

TEST_CASE("fixed: scale_half_up keeps products beyond 64 bits and aborts if the result is",
          "[unit][base]") {
    CHECK(scale_half_up(g_most, 1'000'000'000, 1'000'000'000) == INT64_MAX);
    CHECK(scale_half_up(g_least, 3, 3) == INT64_MIN);
    CHECK(aborts([] { scale_half_up(g_most, 2, 1); }));
    CHECK(aborts([] { scale_half_up(1, 1, 0); }));
}

TEST_CASE("fixed: rupees, paise and raw agree, and price times quantity is money", "[unit][base]") {
    CHECK(Price::from_rupees(118).raw() == 1'180'000);
    CHECK(Price::from_paise(11'860).raw() == 1'186'000);
    CHECK(Price::from_paise(11'860) * units(75) == Money::from_rupees(8895));
    CHECK(Price::from_paise(11'860) * -units(75) == -Money::from_rupees(8895));
    CHECK(aborts([] { Price::from_rupees(g_most / 10'000 + 1); }));
}

TEST_CASE("fixed: money rounds half away from zero to the paisa", "[unit][base]") {
    CHECK(round_to_paisa(Money::from_raw(149)) == Money::from_raw(100));
    CHECK(round_to_paisa(Money::from_raw(150)) == Money::from_raw(200));
    CHECK(round_to_paisa(Money::from_raw(-149)) == Money::from_raw(-100));
    CHECK(round_to_paisa(Money::from_raw(-150)) == Money::from_raw(-200));
}

TEST_CASE("fixed: a price floors and ceils to the tick", "[unit][base]") {
    const auto tick = Price::from_paise(5);
    CHECK(floor_to_tick(Price::from_paise(1007), tick) == Price::from_paise(1005));
    CHECK(ceil_to_tick(Price::from_paise(1007), tick) == Price::from_paise(1010));
    CHECK(floor_to_tick(Price::from_paise(1005), tick) == Price::from_paise(1005));
    CHECK(ceil_to_tick(Price::from_paise(1005), tick) == Price::from_paise(1005));
}
