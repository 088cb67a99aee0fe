#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"
#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// On-balance volume, in units: the first bar's volume, then + volume of a bar that closed above the
// one before, - if below, unchanged if equal. First value with the first bar that has volume; on
// an index never. Its level depends on where it began: use changes. Source: Granville; TA-Lib OBV.
class Obv {
 public:
    void push(const BarInput& bar) {
        if (!has_close_ || bar.close > close_) {
            value_ += bar.volume;
        } else if (bar.close < close_) {
            value_ -= bar.volume;
        }
        has_close_ = true;
        has_volume_ = has_volume_ || bar.volume > 0.0;
        close_ = bar.close;
    }

    [[nodiscard]] bool is_ready() const { return has_volume_; }
    [[nodiscard]] double value() const { return value_; }  // only when ready
    SAUDA_FIELDS(has_close_, has_volume_, close_, value_)

 private:
    bool has_close_ = false;
    bool has_volume_ = false;
    double close_ = 0.0;
    double value_ = 0.0;
};

// Money flow index, 0 to 100: 100 x up / (up + down) of the flows (typical price x volume) of the
// last n bars whose typical price rose or fell against the bar before. First value with bar n + 1.
// Not ready while the last n bars had no volume at all (an index never is); with volume but without
// any move 50, as Rsi. TA-Lib gives 0 in both cases and whenever the flow is below 1.0.
// Source: Quong and Soudack 1989; TA-Lib MFI.
class Mfi {
 public:
    explicit Mfi(std::size_t n) : up_(n), down_(n), volume_(n) {}

    void push(const BarInput& bar) {
        const double price = typical_price(bar);
        if (price_ > 0.0) {
            const double flow = price * bar.volume;
            up_.push(price > price_ ? flow : 0.0);
            down_.push(price < price_ ? flow : 0.0);
            since_up_ = price > price_ && flow > 0.0 ? 0 : since_up_ + 1;
            since_down_ = price < price_ && flow > 0.0 ? 0 : since_down_ + 1;
            volume_.push(bar.volume);
        }
        price_ = price;
    }

    [[nodiscard]] bool is_ready() const { return volume_.is_full() && volume_.sum() > 0.0; }
    // Only when ready. When a window has no flow of a kind, its running sum says so up to rounding
    // only; the counts say it exactly.
    [[nodiscard]] double value() const {
        const double up = since_up_ < up_.count() ? up_.sum() : 0.0;
        const double down = since_down_ < down_.count() ? down_.sum() : 0.0;
        return up + down > 0.0 ? 100.0 * (up / (up + down)) : 50.0;
    }
    SAUDA_FIELDS(up_, down_, volume_, price_, since_up_, since_down_)

 private:
    RollingWindow up_;
    RollingWindow down_;
    RollingWindow volume_;
    double price_ = 0.0;     // of the bar before
    uint64_t since_up_ = 0;  // bars since the last flow upwards
    uint64_t since_down_ = 0;
};

// Average volume of the last n bars, in units, and the last bar's volume relative to it (1 = as
// usual; the last bar is part of the average). First value with bar n; not ready while all n bars
// had no volume. Source: TA-Lib SMA of volume.
class VolumeAverage {
 public:
    explicit VolumeAverage(std::size_t n) : window_(n) {}

    void push(const BarInput& bar) {
        window_.push(bar.volume);
        last_ = bar.volume;
    }

    [[nodiscard]] bool is_ready() const { return window_.is_full() && window_.sum() > 0.0; }
    // Only when ready.
    [[nodiscard]] double value() const { return window_.mean(); }
    [[nodiscard]] double relative() const { return last_ / window_.mean(); }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("average", when(is_ready(), [&] { return value(); }));
        visit("relative", when(is_ready(), [&] { return relative(); }));
    }
    SAUDA_FIELDS(window_, last_)

 private:
    RollingWindow window_;
    double last_ = 0.0;
};

}  // namespace sauda::indicators
