#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/direction.h"
#include "common/indicators/outputs.h"

namespace sauda::indicators {

// Opening range: the highest high and lowest low of the first `minutes` of a session. A bar belongs
// to it when it ended within them. It is known with the first bar that ends at minute `minutes` or
// later, never before; a session whose first bar ends later than that has none. From then on
// breakout() is Up while the last close is above the range, Down while below, else None;
// first_break() is the first of these that was not None and stays till the session ends. `minutes`
// is a multiple of the bars' length. start_session() forgets everything.
class OpeningRange {
 public:
    // minutes >= bar_minutes > 0; bar_minutes is what push(bar) takes a bar to last.
    explicit OpeningRange(uint32_t minutes = 15, uint32_t bar_minutes = 1)
        : minutes_(minutes), bar_minutes_(bar_minutes) {
        INVARIANT(bar_minutes > 0 && minutes >= bar_minutes && minutes % bar_minutes == 0);
    }

    void start_session() { *this = OpeningRange(minutes_, bar_minutes_); }

    // end_minute: minutes from the session's opening to the end of the bar, rising. Bars may miss.
    void push(const BarInput& bar, uint32_t end_minute) {
        end_minute_ = end_minute;
        if (end_minute <= minutes_) {
            high_ = bars_ == 0 || bar.high > high_ ? bar.high : high_;
            low_ = bars_ == 0 || bar.low < low_ ? bar.low : low_;
            ++bars_;
        }
        if (is_ready()) {
            breakout_ = bar.close > high_  ? Direction::Up
                        : bar.close < low_ ? Direction::Down
                                           : Direction::None;
            first_break_ = first_break_ == Direction::None ? breakout_ : first_break_;
        }
    }

    // For bars without holes: this one ends bar_minutes after the one before.
    void push(const BarInput& bar) { push(bar, end_minute_ + bar_minutes_); }

    // The first minutes are over and had a bar.
    [[nodiscard]] bool is_ready() const { return bars_ > 0 && end_minute_ >= minutes_; }
    // Only when ready.
    [[nodiscard]] double high() const { return high_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] Direction breakout() const { return breakout_; }
    [[nodiscard]] Direction first_break() const { return first_break_; }
    // Bars in the range: fewer than minutes / bar_minutes where some are missing.
    [[nodiscard]] uint32_t bars() const { return bars_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto sign = [](Direction x) { return static_cast<double>(x); };
        visit("high", when(is_ready(), [&] { return high_; }));
        visit("low", when(is_ready(), [&] { return low_; }));
        visit("breakout", when(is_ready(), [&] { return sign(breakout_); }));
        visit("first_break", when(is_ready(), [&] { return sign(first_break_); }));
    }

    SAUDA_FIELDS(minutes_, bar_minutes_, end_minute_, bars_, high_, low_, breakout_, first_break_)

 private:
    uint32_t minutes_;
    uint32_t bar_minutes_;
    uint32_t end_minute_ = 0;
    uint32_t bars_ = 0;
    double high_ = 0.0;
    double low_ = 0.0;
    Direction breakout_ = Direction::None;
    Direction first_break_ = Direction::None;
};

}  // namespace sauda::indicators
