#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <optional>
#include <vector>

namespace sauda::indicators {

// A turning point: the bar it stands on (0 is the first bar ever pushed) and its price.
struct Swing {
    double price = 0.0;
    uint64_t bar = 0;
    bool operator==(const Swing&) const = default;
    SAUDA_FIELDS(price, bar)
};

// Swing highs and lows. Bar s is a swing high when its high is above the highs of the `left` bars
// before it and not below the highs of the `right` bars after it: of equal highs the first one
// counts. A swing low mirrors it. One bar may be both.
// It is known with bar s + right and not before: that is when new_high() and new_low() show it.
// Memory: left + right + 1 bars. A push looks outwards from one bar and stops at the first bar that
// denies it; bars that get d steps far are at most one in d, so it is O(log(left + right))
// amortised.
class SwingPoints {
 public:
    // left, right: 1 to 500 bars.
    SwingPoints(uint32_t left, uint32_t right)
        : left_(left), right_(right), highs_(2 * span()), lows_(2 * span()) {
        INVARIANT(left > 0 && right > 0 && left <= 500 && right <= 500);
    }

    void push(const BarInput& bar) {
        // Each value is kept twice, a span apart, so that every window is contiguous.
        highs_[slot_] = highs_[slot_ + span()] = bar.high;
        lows_[slot_] = lows_[slot_ + span()] = bar.low;
        slot_ = slot_ + 1 == span() ? 0 : slot_ + 1;
        ++bars_;
        new_high_.reset();
        new_low_.reset();
        if (!is_ready()) {
            return;
        }
        const uint64_t centre = bars_ - 1 - right_;
        const std::size_t at = slot_ + left_;  // the window begins at slot_, its oldest bar
        if (stands_out(highs_, at, 1.0)) {
            new_high_ = last_high_ = Swing{highs_[at], centre};
        }
        if (stands_out(lows_, at, -1.0)) {
            new_low_ = last_low_ = Swing{lows_[at], centre};
        }
    }

    // Enough bars for a swing to be possible: left + right + 1.
    [[nodiscard]] bool is_ready() const { return bars_ >= span(); }
    // Confirmed by the last bar pushed.
    [[nodiscard]] const std::optional<Swing>& new_high() const { return new_high_; }
    [[nodiscard]] const std::optional<Swing>& new_low() const { return new_low_; }
    // The last one confirmed; none before the first.
    [[nodiscard]] const std::optional<Swing>& last_high() const { return last_high_; }
    [[nodiscard]] const std::optional<Swing>& last_low() const { return last_low_; }
    // Bars pushed so far; the last one is bar bars() - 1.
    [[nodiscard]] uint64_t bars() const { return bars_; }

    // Prices of the last swings and how many bars ago they stood.
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto age = [&](const Swing& swing) {
            return static_cast<double>(bars_ - 1 - swing.bar);
        };
        visit("swing_high", when(last_high_.has_value(), [&] { return last_high_->price; }));
        visit("swing_high_age", when(last_high_.has_value(), [&] { return age(*last_high_); }));
        visit("swing_low", when(last_low_.has_value(), [&] { return last_low_->price; }));
        visit("swing_low_age", when(last_low_.has_value(), [&] { return age(*last_low_); }));
    }

    SAUDA_FIELDS(left_, right_, highs_, lows_, slot_, bars_, new_high_, new_low_, last_high_,
                 last_low_)

 private:
    [[nodiscard]] std::size_t span() const { return std::size_t{left_} + right_ + 1; }

    [[nodiscard]] bool stands_out(const std::vector<double>& values, std::size_t at,
                                  double sign) const {
        const double centre = sign * values[at];
        for (std::size_t d = 1; d <= left_ || d <= right_; ++d) {
            if ((d <= left_ && sign * values[at - d] >= centre) ||
                (d <= right_ && sign * values[at + d] > centre)) {
                return false;
            }
        }
        return true;
    }

    uint32_t left_;
    uint32_t right_;
    std::vector<double> highs_;
    std::vector<double> lows_;
    std::size_t slot_ = 0;
    uint64_t bars_ = 0;
    std::optional<Swing> new_high_;
    std::optional<Swing> new_low_;
    std::optional<Swing> last_high_;
    std::optional<Swing> last_low_;
};

}  // namespace sauda::indicators
