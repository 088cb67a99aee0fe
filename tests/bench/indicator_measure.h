#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>
#include <vector>

namespace sauda::bench {

using Bars = std::vector<indicators::BarInput>;

inline int64_t wall_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Of this thread only: other work on the machine does not count.
inline int64_t processor_ns() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

// Keeps what was computed from being thrown away.
inline void keep(double value) { asm volatile("" : : "x"(value) : "memory"); }

// Everything the indicator holds must be there, as in a core.
template <class Indicator>
void keep_state(const Indicator& indicator) {
    asm volatile("" : : "r"(&indicator) : "memory");
}

template <class Indicator>
double first_output(const Indicator& indicator) {
    double first = 0.0;
    bool is_first = true;
    indicators::visit_outputs(indicator, [&](auto /*name*/, std::optional<double> value) {
        first = is_first && value ? *value : first;
        is_first = false;
    });
    return first;
}

inline double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

inline constexpr int kBlocks = 7;

// One pass over the bars: push and read the first output. Nanoseconds an input.
template <class Fresh>
double streaming_ns(Fresh fresh, const Bars& bars) {
    auto indicator = fresh();
    const int64_t start = processor_ns();
    for (const auto& bar : bars) {
        indicators::push_bar(indicator, bar);
        keep_state(indicator);
        keep(first_output(indicator));
    }
    return static_cast<double>(processor_ns() - start) / static_cast<double>(bars.size());
}

// naive(last bar, bars so far) computes one value from scratch; every eighth bar is enough.
template <class Naive>
double naive_ns(Naive naive, const Bars& bars, std::size_t warm_up) {
    std::size_t values = 0;
    const int64_t start = processor_ns();
    for (std::size_t i = warm_up; i < bars.size(); i += 8) {
        keep(naive(bars.data() + i));
        ++values;
    }
    return static_cast<double>(processor_ns() - start) / static_cast<double>(values);
}

// The dearest single input: for each input the best of all passes (what the machine adds differs
// from pass to pass, what the indicator does is the same), then the greatest, less the clock's own.
template <class Fresh>
double greatest_ns(Fresh fresh, const Bars& bars) {
    const std::size_t n = std::min<std::size_t>(bars.size(), 5'000);
    std::vector<int64_t> best(n, INT64_MAX);
    int64_t clock = INT64_MAX;
    for (int pass = 0; pass < 3 * kBlocks; ++pass) {
        auto indicator = fresh();
        for (std::size_t i = 0; i < n; ++i) {
            const int64_t start = wall_ns();
            indicators::push_bar(indicator, bars[i]);
            keep_state(indicator);
            keep(first_output(indicator));
            const int64_t end = wall_ns();
            best[i] = std::min(best[i], end - start);
            clock = std::min(clock, wall_ns() - end);
        }
    }
    return static_cast<double>(*std::max_element(best.begin(), best.end()) - clock);
}

inline void print_head() {
    std::printf("%-26s %9s %8s %9s %7s %8s\n", "indicator", "ns/input", "max ns", "naive ns",
                "times", "budget");
}

// Blocks A B A B of streaming and naive; medians.
template <class Fresh, class Naive>
void measure(const char* name, double budget_ns, const Bars& bars, Fresh fresh, Naive naive) {
    std::vector<double> streaming;
    std::vector<double> scratch;
    for (int block = 0; block < kBlocks; ++block) {
        streaming.push_back(streaming_ns(fresh, bars));
        scratch.push_back(naive_ns(naive, bars, 400));
    }
    const double ours = median(streaming);
    const double theirs = median(scratch);
    std::printf("%-26s %9.1f %8.0f %9.1f %6.1fx %5.0f %s\n", name, ours, greatest_ns(fresh, bars),
                theirs, theirs / ours, budget_ns, ours <= budget_ns ? "ok" : "OVER");
    std::fflush(stdout);
}

}  // namespace sauda::bench
