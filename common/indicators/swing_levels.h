#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/swing_points.h"

namespace sauda::indicators {

// A price at which the market turned. `touches` swings within the tolerance of each other, price is
// their mean; `crossings` counts the closes that came to lie on its other side.
struct PriceLevel {
    double price = 0.0;
    uint32_t touches = 0;
    uint32_t crossings = 0;
    uint64_t last_touch = 0;  // the bar of the last swing that touched it
    bool operator==(const PriceLevel&) const = default;
    SAUDA_FIELDS(price, touches, crossings, last_touch)
};

struct SwingLevelsSettings {
    uint32_t left = 5;           // bars, of the swings
    uint32_t right = 5;          // bars, of the swings
    uint32_t atr_period = 14;    // bars
    double tolerance_atr = 0.5;  // a swing this near (in ATR of its confirmation) is a touch
    uint32_t min_touches = 2;    // what support() and resistance() ask for
    uint32_t max_levels = 24;    // kept at most
    uint64_t max_age = 3'750;    // bars since the last touch: ten sessions of minutes
    SAUDA_FIELDS(left, right, atr_period, tolerance_atr, min_touches, max_levels, max_age)
};

// Support and resistance from swings. A confirmed swing, high or low alike, touches the nearest
// level within tolerance_atr x ATR (the older one where two are equally near): the level's price
// becomes the mean of its swings. Without such a level it starts one; where max_levels are kept, in
// place of the one with the fewest touches (of those, with the oldest last touch). A level nobody
// touched for max_age bars is dropped. Support is the highest level with min_touches below or at
// the close, resistance the lowest above it: a level the close has passed changes its role.
// Known when the swing is known: right bars after the turn.
class SwingLevels {
 public:
    explicit SwingLevels(const SwingLevelsSettings& settings = {});

    void push(const BarInput& bar);

    // The ATR and the swings are there; levels may still be none.
    [[nodiscard]] bool is_ready() const { return atr_.is_ready() && swings_.is_ready(); }
    [[nodiscard]] const std::optional<PriceLevel>& support() const { return support_; }
    [[nodiscard]] const std::optional<PriceLevel>& resistance() const { return resistance_; }
    // All that are kept, in the order in which they began.
    [[nodiscard]] const std::vector<PriceLevel>& levels() const { return levels_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto show = [&](const auto& level, const char* price, const char* touches) {
            visit(price, when(level.has_value(), [&] { return level->price; }));
            visit(touches,
                  when(level.has_value(), [&] { return static_cast<double>(level->touches); }));
        };
        show(support_, "support", "support_touches");
        show(resistance_, "resistance", "resistance_touches");
    }

    SAUDA_FIELDS(settings_, swings_, atr_, levels_, last_close_, support_, resistance_)

 private:
    void touch(const Swing& swing);
    void choose(double close);

    SwingLevelsSettings settings_;
    SwingPoints swings_;
    Atr atr_;
    std::vector<PriceLevel> levels_;
    double last_close_ = 0.0;  // 0 before the first bar
    std::optional<PriceLevel> support_;
    std::optional<PriceLevel> resistance_;
};

}  // namespace sauda::indicators
