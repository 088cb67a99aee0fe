#pragma once

#include "common/indicators/direction.h"
#include "common/indicators/swing_points.h"

namespace sauda::indicators {

// What a swing is beside the one of its kind before it. An equal price is not higher (not lower).
enum class SwingLabel : uint8_t {
    None,        // fewer than two swings of the kind so far
    HigherHigh,  // HH
    LowerHigh,   // LH: lower or equal
    HigherLow,   // HL: higher or equal
    LowerLow     // LL
};

struct StructureBreak {
    Direction direction = Direction::None;
    bool is_change_of_character = false;  // otherwise a break of structure
    double level = 0.0;                   // the swing's price
    uint64_t swing_bar = 0;               // the swing's bar
    bool operator==(const StructureBreak&) const = default;
    SAUDA_FIELDS(direction, is_change_of_character, level, swing_bar)
};

// Market structure. Each confirmed swing is labelled against the one of its kind before it.
// The market breaks up when a bar closes above the last confirmed swing high, down when one closes
// below the last confirmed swing low; each swing is broken at most once. A break along the trend,
// or the first of all, is a break of structure (BOS); one against it a change of character (CHoCH).
// The trend is the direction of the last break. Known at the close of the bar that breaks; the
// swing itself was known `right` bars after it stood.
class MarketStructure {
 public:
    // left, right: as for SwingPoints.
    explicit MarketStructure(uint32_t left = 5, uint32_t right = 5) : swings_(left, right) {}

    void push(const BarInput& bar) {
        swings_.push(bar);
        if (const auto& high = swings_.new_high()) {
            high_label_ = !top_                       ? SwingLabel::None
                          : high->price > top_->price ? SwingLabel::HigherHigh
                                                      : SwingLabel::LowerHigh;
            top_ = high;
            is_top_broken_ = false;
        }
        if (const auto& low = swings_.new_low()) {
            low_label_ = !bottom_                      ? SwingLabel::None
                         : low->price < bottom_->price ? SwingLabel::LowerLow
                                                       : SwingLabel::HigherLow;
            bottom_ = low;
            is_bottom_broken_ = false;
        }
        break_.reset();
        if (top_ && !is_top_broken_ && bar.close > top_->price) {
            is_top_broken_ = true;
            record(Direction::Up, *top_);
        } else if (bottom_ && !is_bottom_broken_ && bar.close < bottom_->price) {
            is_bottom_broken_ = true;
            record(Direction::Down, *bottom_);
        }
    }

    [[nodiscard]] bool is_ready() const { return swings_.is_ready(); }
    // None until the first break.
    [[nodiscard]] Direction trend() const { return trend_; }
    [[nodiscard]] SwingLabel high_label() const { return high_label_; }
    [[nodiscard]] SwingLabel low_label() const { return low_label_; }
    // The break made by the last bar, if any.
    [[nodiscard]] const std::optional<StructureBreak>& new_break() const { return break_; }
    [[nodiscard]] const SwingPoints& swings() const { return swings_; }

    // trend and break: -1, 0, 1; high is 1 for HH and -1 for LH, low 1 for HL and -1 for LL.
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto sign = [](Direction direction) { return static_cast<double>(direction); };
        const auto break_of = [&](bool is_change) {
            return break_ && break_->is_change_of_character == is_change ? sign(break_->direction)
                                                                         : 0.0;
        };
        visit("trend", when(is_ready(), [&] { return sign(trend_); }));
        visit("break_of_structure", when(is_ready(), [&] { return break_of(false); }));
        visit("change_of_character", when(is_ready(), [&] { return break_of(true); }));
        visit("high", when(high_label_ != SwingLabel::None,
                           [&] { return high_label_ == SwingLabel::HigherHigh ? 1.0 : -1.0; }));
        visit("low", when(low_label_ != SwingLabel::None,
                          [&] { return low_label_ == SwingLabel::HigherLow ? 1.0 : -1.0; }));
    }

    SAUDA_FIELDS(swings_, top_, bottom_, is_top_broken_, is_bottom_broken_, high_label_, low_label_,
                 trend_, break_)

 private:
    void record(Direction direction, const Swing& swing) {
        const bool is_against = trend_ != Direction::None && trend_ != direction;
        break_ = StructureBreak{direction, is_against, swing.price, swing.bar};
        trend_ = direction;
    }

    SwingPoints swings_;
    std::optional<Swing> top_;
    std::optional<Swing> bottom_;
    bool is_top_broken_ = false;
    bool is_bottom_broken_ = false;
    SwingLabel high_label_ = SwingLabel::None;
    SwingLabel low_label_ = SwingLabel::None;
    Direction trend_ = Direction::None;
    std::optional<StructureBreak> break_;
};

}  // namespace sauda::indicators
