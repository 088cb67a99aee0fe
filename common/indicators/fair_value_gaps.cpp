#include "common/indicators/fair_value_gaps.h"

#include <algorithm>

namespace sauda::indicators {

void FairValueGaps::push(const BarInput& bar) {
    atr_.push(bar.high, bar.low, bar.close);
    fill(bar);
    new_gap_.reset();
    if (in_row_ == 2 && atr_.is_ready()) {
        find(bar);
    }
    before_last_ = last_;
    last_ = bar;
    in_row_ += in_row_ < 2 ? 1 : 0;
    ++bars_;
}

void FairValueGaps::fill(const BarInput& bar) {
    bool has_full = false;
    for (auto& gap : gaps_) {
        const double depth =
            gap.direction == Direction::Up ? gap.top - bar.low : bar.high - gap.bottom;
        const double size = gap.top - gap.bottom;
        if (depth <= gap.filled * size) {
            continue;
        }
        counts_.partially += gap.filled == 0.0 ? 1 : 0;
        gap.filled = depth >= size ? 1.0 : depth / size;
        has_full = has_full || gap.filled == 1.0;
    }
    if (has_full) {
        counts_.filled +=
            std::erase_if(gaps_, [](const FairValueGap& gap) { return gap.filled == 1.0; });
    }
}

void FairValueGaps::find(const BarInput& bar) {
    const double least = settings_.min_size_atr * atr_.value();
    FairValueGap gap;
    if (bar.low > before_last_.high) {
        gap = {Direction::Up, before_last_.high, bar.low, bars_, 0.0};
    } else if (bar.high < before_last_.low) {
        gap = {Direction::Down, bar.high, before_last_.low, bars_, 0.0};
    } else {
        return;
    }
    if (gap.top - gap.bottom < least) {
        return;
    }
    if (gaps_.size() == settings_.max_gaps) {
        gaps_.erase(gaps_.begin());
        ++counts_.dropped;
    }
    gaps_.push_back(gap);
    new_gap_ = gap;
    ++counts_.found;
}

}  // namespace sauda::indicators
