#include "common/indicators/registry.h"
#include "common/indicators/rolling_extreme.h"
#include "common/indicators/rolling_variance.h"
#include "common/indicators/rolling_window.h"
#include "tests/support/indicator_harness.h"

#include <catch2/catch.hpp>

// What holds for every indicator of the registry, whatever it computes.
namespace sauda::indicators {

namespace {

// The kind with random numbers within its ranges, periods of at most 30; its usual ones if the
// random ones do not fit together.
std::string random_text(const IndicatorKind& kind, base::Rng& rng) {
    std::string text(kind.name);
    for (const auto& parameter : kind.parameters) {
        const double most = std::min(parameter.most, std::max(parameter.least, 30.0));
        const double x = parameter.least + rng.uniform() * (most - parameter.least);
        text +=
            " " + (parameter.is_whole ? std::to_string(static_cast<int>(x)) : std::to_string(x));
    }
    return NamedIndicator::make(text) ? text : std::string(kind.name);
}

std::vector<std::string> all_texts() {
    base::Rng rng(42);
    std::vector<std::string> texts;
    for (const auto& kind : indicator_kinds()) {
        texts.emplace_back(kind.name);
        if (!kind.parameters.empty()) {
            texts.push_back(random_text(kind, rng));
        }
    }
    return texts;
}

}  // namespace

TEST_CASE("every indicator resumes bit for bit, never looks ahead and shows numbers only") {
    for (const auto& text : all_texts()) {
        INFO(text);
        CHECK(test::holds_as_indicator([&] { return NamedIndicator::make(text).value(); }) == "");
    }
}

TEST_CASE("every indicator has its first value at the bar it states") {
    for (const auto& text : all_texts()) {
        INFO(text);
        const auto fresh = [&] { return NamedIndicator::make(text).value(); };
        for (const auto market : test::kMarkets) {
            const auto trace = test::trace_of(fresh, test::make_series(market, 8, 400));
            if (const auto first = fresh().first_bar()) {
                CHECK(test::first_value(trace) + 1 == *first);
            }
        }
    }
}

TEST_CASE("a value that was ready stays ready as long as bars carry volume") {
    // Only sessions take values away, and only from what counts by session.
    auto series = test::make_series(test::Market::Walk, 8, 70);
    for (auto& input : series) {
        input.bar.volume += 1.0;
    }
    for (const auto& kind : standard_kinds()) {
        INFO(kind.name);
        const auto trace =
            test::trace_of([&] { return NamedIndicator::make(kind.name).value(); }, series);
        for (std::size_t t = 1; t < trace.size(); ++t) {
            for (std::size_t i = 0; i < trace[t].size(); ++i) {
                REQUIRE((trace[t][i].has_value() || !trace[t - 1][i].has_value()));
            }
        }
    }
}

namespace {

// The helpers that indicators are made of, each as an indicator of its own.
struct Mean {
    explicit Mean(std::size_t n) : window(n) {}
    void push(double x) { window.push(x); }
    [[nodiscard]] bool is_ready() const { return window.is_full(); }
    [[nodiscard]] double value() const { return window.mean(); }
    SAUDA_FIELDS(window)
    RollingWindow window;
};
struct Variance {
    explicit Variance(std::size_t n) : window(n) {}
    void push(double x) { window.push(x); }
    [[nodiscard]] bool is_ready() const { return window.is_ready(); }
    [[nodiscard]] double value() const { return window.population_variance(); }
    SAUDA_FIELDS(window)
    RollingVariance window;
};

}  // namespace

TEST_CASE("the windows that indicators are made of hold as indicators") {
    CHECK(test::holds_as_indicator([] { return Mean(14); }) == "");
    CHECK(test::holds_as_indicator([] { return Variance(14); }) == "");
    CHECK(test::holds_as_indicator([] { return RollingMax(14); }) == "");
    CHECK(test::holds_as_indicator([] { return RollingMin(14); }) == "");
}

}  // namespace sauda::indicators
