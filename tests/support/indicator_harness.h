#pragma once

#include "common/base/archive.h"
#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"
#include "tests/support/indicator_series.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

// What holds for every indicator, whatever it computes. Each check answers with an empty text if
// it holds and with a sentence if not, so that a test can show that it finds a cheat.
//
// `fresh()` makes the indicator as constructed; `feed(indicator, input)` gives it one input. Bars
// need no `feed`: leave it out and pass a Series.
namespace sauda::test {

using Outputs = std::vector<std::optional<double>>;
using Trace = std::vector<Outputs>;  // what was read after each input

struct FeedBars {
    template <class Indicator>
    void operator()(Indicator& indicator, const SessionBar& input) const {
        if (input.opens_session) {
            indicators::begin_session(indicator);
        }
        indicators::push_bar(indicator, input.bar);
    }
};

template <class Indicator>
Outputs outputs_of(const Indicator& indicator) {
    Outputs outputs;
    indicators::visit_outputs(indicator, [&](std::string_view, std::optional<double> value) {
        outputs.push_back(value);
    });
    return outputs;
}

// Equal as bits: NaN equals itself, 0 differs from -0.
inline bool is_same(const Outputs& a, const Outputs& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.has_value() == y.has_value() &&
               (!x || std::bit_cast<uint64_t>(*x) == std::bit_cast<uint64_t>(*y));
    });
}

template <class Fresh, class Inputs, class Feed = FeedBars>
Trace trace_of(Fresh fresh, const Inputs& inputs, Feed feed = {}) {
    auto indicator = fresh();
    Trace trace;
    for (const auto& input : inputs) {
        feed(indicator, input);
        trace.push_back(outputs_of(indicator));
    }
    return trace;
}

// load(save(x)) then the rest of the inputs equals x then the rest, bit for bit, after each input.
template <class Fresh, class Inputs, class Feed = FeedBars>
std::string resumes(Fresh fresh, const Inputs& inputs, std::size_t warm_up, Feed feed = {}) {
    auto original = fresh();
    for (std::size_t i = 0; i < warm_up; ++i) {
        feed(original, inputs[i]);
    }
    const std::string bytes = base::save_to_bytes(original);
    auto resumed = fresh();
    base::BinaryReader reader(bytes);
    reader.read(resumed);
    const std::string at = " (saved after " + std::to_string(warm_up) + " inputs)";
    if (!reader.ok() || !reader.at_end() || base::save_to_bytes(resumed) != bytes) {
        return "what was loaded is not what was saved" + at;
    }
    for (std::size_t i = warm_up; i < inputs.size(); ++i) {
        feed(original, inputs[i]);
        feed(resumed, inputs[i]);
        if (!is_same(outputs_of(original), outputs_of(resumed))) {
            return "the loaded one went its own way at input " + std::to_string(i) + at;
        }
    }
    return base::save_to_bytes(resumed) == base::save_to_bytes(original)
               ? std::string{}
               : "the states differ at the end" + at;
}

// The value at t stays what it was when later inputs are appended, whatever they are. `run(inputs)`
// answers with the trace of a whole history; that of a streaming indicator is trace_of.
template <class Run, class Inputs>
std::string is_prefix_invariant(Run run, const Inputs& inputs) {
    const Trace whole = run(inputs);
    if (whole.size() != inputs.size()) {
        return "there is not one row of outputs an input";
    }
    for (std::size_t length : {std::size_t{1}, inputs.size() / 7, inputs.size() / 3,
                               inputs.size() / 2, inputs.size() - 1}) {
        const Inputs prefix(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(length));
        Inputs other = prefix;  // the same past, another future
        other.insert(other.end(), inputs.begin(), inputs.end());
        const Trace shorter = run(prefix);
        const Trace different = run(other);
        for (std::size_t t = 0; t < length; ++t) {
            if (!is_same(whole[t], shorter[t]) || !is_same(whole[t], different[t])) {
                return "the value at " + std::to_string(t) + " changed with later inputs";
            }
        }
    }
    return {};
}

// Outputs are numbers: neither NaN nor infinite.
inline std::string are_numbers(const Trace& trace) {
    for (std::size_t t = 0; t < trace.size(); ++t) {
        for (const auto& value : trace[t]) {
            if (value && !std::isfinite(*value)) {
                return "the value at " + std::to_string(t) + " is no number";
            }
        }
    }
    return {};
}

// Index of the first row in which output `which` is known; the length of the trace if never.
inline std::size_t first_value(const Trace& trace, std::size_t which = 0) {
    const auto found = std::find_if(trace.begin(), trace.end(),
                                    [&](const Outputs& row) { return row[which].has_value(); });
    return static_cast<std::size_t>(found - trace.begin());
}

// Everything above for an indicator of bars, over every kind of market, 1,000 bars after each
// save. Empty if all holds.
template <class Fresh>
std::string holds_as_indicator(Fresh fresh) {
    for (const Market market : kMarkets) {
        const Series series = make_series(market, 20'260 + static_cast<uint64_t>(market), 1'300);
        const auto run = [&](const Series& inputs) { return trace_of(fresh, inputs); };
        std::string problem = are_numbers(run(series));
        if (problem.empty()) {
            problem = is_prefix_invariant(run, series);
        }
        for (const std::size_t warm_up : {0U, 1U, 5U, 14U, 27U, 76U, 300U}) {
            if (problem.empty()) {
                const auto last = static_cast<std::ptrdiff_t>(warm_up + 1'000);
                problem = resumes(fresh, Series(series.begin(), series.begin() + last), warm_up);
            }
        }
        if (!problem.empty()) {
            return std::string(name_of(market)) + ": " + problem;
        }
    }
    return {};
}

}  // namespace sauda::test
