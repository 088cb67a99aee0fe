#include "common/indicators/pivots.h"

#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Bars;
using test::Outputs;

namespace {

// The harness opens a session every 75 bars.
Outputs naive_classic(const Bars& bars) {
    const std::size_t session = (bars.size() - 1) / 75;
    if (session == 0) {
        return Outputs(7);
    }
    const Bars before(bars.begin() + static_cast<int>(75 * (session - 1)),
                      bars.begin() + static_cast<int>(75 * session));
    const double high = test::highest_of_last(before, 75);
    const double low = test::lowest_of_last(before, 75);
    const double p = (high + low + before.back().close) / 3.0;
    const double range = high - low;
    return {p,
            2.0 * p - low,
            2.0 * p - high,
            p + range,
            p - range,
            2.0 * p + high - 2.0 * low,
            2.0 * p + low - 2.0 * high};
}

}  // namespace

TEST_CASE("classic pivots come from the session before, on every prefix of every market") {
    CHECK(test::equals_twin([] { return Pivots(PivotMethod::Classic); }, naive_classic) == "");
}

TEST_CASE("pivot levels of a session worked by hand") {
    // High 24,600, low 24,400, close 24,560: P = 24,520, range 200.
    const auto levels = [](PivotMethod method) {
        return Pivots::levels_of(method, 24'600.0, 24'400.0, 24'560.0);
    };
    const auto classic = levels(PivotMethod::Classic);
    CHECK(classic.pivot == Approx(24'520.0));
    CHECK(classic.resistance[0] == Approx(24'640.0));
    CHECK(classic.resistance[1] == Approx(24'720.0));
    CHECK(classic.resistance[2] == Approx(24'840.0));
    CHECK(classic.support[0] == Approx(24'440.0));
    CHECK(classic.support[1] == Approx(24'320.0));
    CHECK(classic.support[2] == Approx(24'240.0));
    const auto fibonacci = levels(PivotMethod::Fibonacci);
    CHECK(fibonacci.resistance[0] == Approx(24'596.4));
    CHECK(fibonacci.support[1] == Approx(24'396.4));
    CHECK(fibonacci.resistance[2] == Approx(24'720.0));
    const auto camarilla = levels(PivotMethod::Camarilla);
    CHECK(camarilla.resistance[0] == Approx(24'578.333333).epsilon(1e-9));
    CHECK(camarilla.support[2] == Approx(24'505.0));
    CHECK(camarilla.resistance[3] == Approx(24'670.0));
}

TEST_CASE("pivots are not known before the session ended, and a session without bars is passed") {
    Pivots pivots(PivotMethod::Classic);
    pivots.start_session();
    CHECK_FALSE(pivots.is_ready());
    pivots.push(110.0, 90.0, 100.0);
    CHECK_FALSE(pivots.is_ready());
    pivots.start_session();
    REQUIRE(pivots.is_ready());
    CHECK(pivots.levels().pivot == 100.0);
    pivots.start_session();
    CHECK(pivots.levels().pivot == 100.0);
    pivots.push(900.0, 900.0, 900.0);
    CHECK(pivots.levels().pivot == 100.0);
}

}  // namespace sauda::indicators
