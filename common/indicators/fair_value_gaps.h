#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/bar_input.h"
#include "common/indicators/direction.h"
#include "common/indicators/outputs.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace sauda::indicators {

// Prices the market skipped: (bottom, top).
struct FairValueGap {
    Direction direction = Direction::None;  // Up: left behind by a rise
    double bottom = 0.0;
    double top = 0.0;
    uint64_t bar = 0;     // the third of its bars, with which it is known
    double filled = 0.0;  // share that later bars have traded back: 0 open, below 1 partially
    bool operator==(const FairValueGap&) const = default;
    SAUDA_FIELDS(direction, bottom, top, bar, filled)
};

struct FairValueGapsSettings {
    uint32_t atr_period = 14;    // bars
    double min_size_atr = 0.25;  // smaller gaps are noise
    uint32_t max_gaps = 32;      // kept at most
    SAUDA_FIELDS(atr_period, min_size_atr, max_gaps)
};

struct FairValueGapCounts {
    uint64_t found = 0;
    uint64_t partially = 0;  // touched at all, those filled since included
    uint64_t filled = 0;     // wholly
    uint64_t dropped = 0;    // gave way to younger ones, unfilled
    bool operator==(const FairValueGapCounts&) const = default;
    SAUDA_FIELDS(found, partially, filled, dropped)
};

// Fair value gaps. Three bars a, b, c in a row of one session: low[c] > high[a] is a gap up,
// (high[a], low[c]); high[c] < low[a] one down, (high[c], low[a]). It counts when it is at least
// min_size_atr x ATR[c] high, and is known with bar c. From the next bar on it fills from the side
// on which price left it: filled = (top - lowest low since) / (top - bottom) for a gap up, 0 to 1.
// A gap filled wholly is counted and removed; of more than max_gaps the oldest goes. The gap from
// one session to the next is none: start_session() begins the three bars anew; gaps stay.
class FairValueGaps {
 public:
    explicit FairValueGaps(const FairValueGapsSettings& settings = {})
        : settings_(settings), atr_(settings.atr_period) {
        INVARIANT(settings.max_gaps > 0 && settings.max_gaps <= 256);
        INVARIANT(settings.min_size_atr >= 0.0);
        gaps_.reserve(settings.max_gaps);
    }

    void start_session() { in_row_ = 0; }
    void push(const BarInput& bar);

    [[nodiscard]] bool is_ready() const { return atr_.is_ready(); }
    // Those not filled wholly, oldest first.
    [[nodiscard]] const std::vector<FairValueGap>& gaps() const { return gaps_; }
    // Found by the last bar, if any.
    [[nodiscard]] const std::optional<FairValueGap>& new_gap() const { return new_gap_; }
    [[nodiscard]] const FairValueGapCounts& counts() const { return counts_; }

    // The youngest zone of each direction.
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto show = [&](Direction direction, const char* bottom, const char* top) {
            const auto at = std::find_if(gaps_.rbegin(), gaps_.rend(),
                                         [&](const auto& x) { return x.direction == direction; });
            visit(bottom, when(at != gaps_.rend(), [&] { return at->bottom; }));
            visit(top, when(at != gaps_.rend(), [&] { return at->top; }));
        };
        show(Direction::Up, "up_bottom", "up_top");
        show(Direction::Down, "down_bottom", "down_top");
        visit("live", when(is_ready(), [&] { return static_cast<double>(gaps_.size()); }));
    }

    SAUDA_FIELDS(settings_, atr_, bars_, in_row_, before_last_, last_, gaps_, new_gap_, counts_)

 private:
    void fill(const BarInput& bar);
    void find(const BarInput& bar);

    FairValueGapsSettings settings_;
    Atr atr_;
    uint64_t bars_ = 0;
    uint32_t in_row_ = 0;  // bars of this session, stops at 2
    BarInput before_last_;
    BarInput last_;
    std::vector<FairValueGap> gaps_;
    std::optional<FairValueGap> new_gap_;
    FairValueGapCounts counts_;
};

}  // namespace sauda::indicators
