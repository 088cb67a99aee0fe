#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <array>

namespace sauda::indicators {

enum class PivotMethod { Classic, Fibonacci, Camarilla };

// Levels around a pivot: support[0] is S1, resistance[0] is R1. Classic and Fibonacci have three of
// each, Camarilla four; the rest stays 0 and is not shown.
struct PivotLevels {
    double pivot = 0.0;
    std::array<double, 4> support{};
    std::array<double, 4> resistance{};
    SAUDA_FIELDS(pivot, support, resistance)
};

// Pivot levels of a session out of the high H, low L and close C of the session before, P = (H + L
// + C) / 3, R = H - L. Known from start_session() of the next session on, and constant through it.
//   Classic:   R1 = 2P - L, R2 = P + R, R3 = H + 2 (P - L); S1 = 2P - H, S2 = P - R,
//              S3 = L - 2 (H - P)
//   Fibonacci: P +/- 0.382 R, 0.618 R, R
//   Camarilla: C +/- 1.1 R / 12, / 6, / 4, / 2
// A session without bars is passed over. A flat session: all levels are its price.
class Pivots {
 public:
    explicit Pivots(PivotMethod method) : method_(method) {}

    void start_session() {
        if (has_bars_) {
            levels_ = levels_of(method_, high_, low_, close_);
            is_ready_ = true;
            has_bars_ = false;
        }
    }

    void push(double high, double low, double close) {
        high_ = !has_bars_ || high > high_ ? high : high_;
        low_ = !has_bars_ || low < low_ ? low : low_;
        close_ = close;
        has_bars_ = true;
    }

    [[nodiscard]] bool is_ready() const { return is_ready_; }
    [[nodiscard]] const PivotLevels& levels() const { return levels_; }  // only when ready

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        constexpr std::array<std::string_view, 4> kR = {"r1", "r2", "r3", "r4"};
        constexpr std::array<std::string_view, 4> kS = {"s1", "s2", "s3", "s4"};
        const std::size_t n = method_ == PivotMethod::Camarilla ? 4 : 3;
        visit("pivot", when(is_ready_, [&] { return levels_.pivot; }));
        for (std::size_t i = 0; i < n; ++i) {
            visit(kR[i], when(is_ready_, [&] { return levels_.resistance[i]; }));
            visit(kS[i], when(is_ready_, [&] { return levels_.support[i]; }));
        }
    }
    SAUDA_FIELDS(method_, has_bars_, is_ready_, high_, low_, close_, levels_)

    static PivotLevels levels_of(PivotMethod method, double high, double low, double close) {
        const double p = (high + low + close) / 3.0;
        const double range = high - low;
        switch (method) {
            case PivotMethod::Classic:
                return {p,
                        {2.0 * p - high, p - range, low - 2.0 * (high - p), 0.0},
                        {2.0 * p - low, p + range, high + 2.0 * (p - low), 0.0}};
            case PivotMethod::Fibonacci:
                return {p,
                        {p - 0.382 * range, p - 0.618 * range, p - range, 0.0},
                        {p + 0.382 * range, p + 0.618 * range, p + range, 0.0}};
            case PivotMethod::Camarilla: {
                const double r = 1.1 * range;
                return {p,
                        {close - r / 12.0, close - r / 6.0, close - r / 4.0, close - r / 2.0},
                        {close + r / 12.0, close + r / 6.0, close + r / 4.0, close + r / 2.0}};
            }
        }
        INVARIANT(false);
        return {};
    }

 private:
    PivotMethod method_;
    bool has_bars_ = false;  // of the running session
    bool is_ready_ = false;
    double high_ = 0.0;  // of the running session
    double low_ = 0.0;
    double close_ = 0.0;
    PivotLevels levels_;  // of the session before
};

}  // namespace sauda::indicators
