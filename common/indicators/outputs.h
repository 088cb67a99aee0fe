#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace sauda::indicators {

// One way to read any indicator: visit(name, value) for each of its outputs, always the same names
// in the same order; nullopt while that output is not ready. An indicator with one output needs
// is_ready() and value(); one with several writes
//     template <class Visit>
//     void visit_outputs(Visit&& visit) const;
template <class Indicator, class Visit>
void visit_outputs(const Indicator& indicator, Visit&& visit) {
    if constexpr (requires { indicator.visit_outputs(visit); }) {
        indicator.visit_outputs(visit);
    } else {
        visit("value", indicator.is_ready() ? std::optional<double>(indicator.value())
                                            : std::optional<double>());
    }
}

// value() if ready: for visit_outputs of an indicator with several outputs.
template <class Value>
std::optional<double> when(bool ready, Value&& value) {
    return ready ? std::optional<double>(std::forward<Value>(value)()) : std::nullopt;
}

}  // namespace sauda::indicators
