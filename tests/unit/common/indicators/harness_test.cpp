#include "common/indicators/atr.h"
#include "common/indicators/ema.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/rolling_window.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"
#include "tests/support/indicator_harness.h"

#include <catch2/catch.hpp>

namespace sauda::indicators {

using test::Market;
using test::Outputs;
using test::Series;
using test::Trace;

TEST_CASE("the averages of the spine hold as indicators") {
    CHECK(test::holds_as_indicator([] { return Sma(14); }) == "");
    CHECK(test::holds_as_indicator([] { return Ema(14); }) == "");
    CHECK(test::holds_as_indicator([] { return Rsi(14); }) == "");
    CHECK(test::holds_as_indicator([] { return Atr(14); }) == "");
    CHECK(test::holds_as_indicator([] { return RealisedVolatility(14); }) == "");
}

namespace {

// Cheat: the average of five bars around t, painted at t.
Trace centred_average(const Series& series) {
    Trace trace(series.size(), Outputs(1));
    for (std::size_t t = 2; t + 2 < series.size(); ++t) {
        double sum = 0.0;
        for (std::size_t i = t - 2; i <= t + 2; ++i) {
            sum += series[i].bar.close;
        }
        trace[t][0] = sum / 5.0;
    }
    return trace;
}

// Cheat: the distance from the mean of the whole history, as a column scaled before a split.
Trace scaled_by_the_whole(const Series& series) {
    double sum = 0.0;
    for (const auto& input : series) {
        sum += input.bar.close;
    }
    Trace trace;
    for (const auto& input : series) {
        trace.push_back({input.bar.close - sum / static_cast<double>(series.size())});
    }
    return trace;
}

// Cheat: a swing high is painted at its own bar, though only known two bars later.
Trace painted_swing(const Series& series) {
    Trace trace(series.size(), Outputs(1));
    double swing = 0.0;
    for (std::size_t t = 2; t + 2 < series.size(); ++t) {
        const auto high = [&](std::size_t i) { return series[i].bar.high; };
        if (high(t) > high(t - 1) && high(t) > high(t - 2) && high(t) > high(t + 1) &&
            high(t) > high(t + 2)) {
            swing = high(t);
        }
        if (swing > 0.0) {
            trace[t][0] = swing;
        }
    }
    return trace;
}

// Cheat: counts over all its copies, so that one history knows of another.
int shared_count = 0;
class SharedCount {
 public:
    void push(double x) {
        last_ = x;
        ++shared_count;
    }
    [[nodiscard]] bool is_ready() const { return true; }
    [[nodiscard]] double value() const { return shared_count; }
    SAUDA_FIELDS(last_)

 private:
    double last_ = 0.0;
};

// Cheat: forgets one of its fields in the snapshot.
class Forgetful {
 public:
    void push(double x) {
        last_ = now_;
        now_ = x;
        ++count_;
    }
    [[nodiscard]] bool is_ready() const { return count_ > 1; }
    [[nodiscard]] double value() const { return now_ - last_; }
    SAUDA_FIELDS(last_, count_)

 private:
    double last_ = 0.0;
    double now_ = 0.0;
    uint32_t count_ = 0;
};

}  // namespace

TEST_CASE("the harness catches indicators that know the future") {
    const Series series = test::make_series(Market::Walk, 5, 600);
    CHECK(test::is_prefix_invariant(centred_average, series) != "");
    CHECK(test::is_prefix_invariant(scaled_by_the_whole, series) != "");
    CHECK(test::is_prefix_invariant(painted_swing, series) != "");
    const auto honest = [](const Series& s) { return test::trace_of([] { return Sma(5); }, s); };
    CHECK(test::is_prefix_invariant(honest, series) == "");
}

TEST_CASE("the harness catches state that is shared or not saved") {
    CHECK(test::holds_as_indicator([] { return SharedCount(); }) ==
          "walk: the value at 0 changed with later inputs");
    CHECK(test::holds_as_indicator([] { return Forgetful(); }) ==
          "walk: the loaded one went its own way at input 1 (saved after 1 inputs)");
}

}  // namespace sauda::indicators
