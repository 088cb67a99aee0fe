#pragma once

#include "common/indicators/bar_folder.h"
#include "common/indicators/outputs.h"

#include <utility>

namespace sauda::indicators {

// An indicator on longer bars, fed with base bars: OnTimeframe<Ema>(minutes(15), Ema(21)). At any
// base bar it shows what the long bars completed by then say, never the forming one: what a live
// bot could have known. It changes once a long bar.
template <class Indicator>
class OnTimeframe {
 public:
    OnTimeframe(base::Duration length, Indicator indicator)
        : folder_(length), indicator_(std::move(indicator)) {}

    void open_session(base::Timestamp open, base::Timestamp close) {
        folder_.open_session(open, close, [this](const TimedBar& bar) { take(bar); });
        begin_session(indicator_);
    }
    // False: not folded, see BarFolder.
    [[nodiscard]] bool push(const TimedBar& base) {
        return folder_.push(base, [this](const TimedBar& bar) { take(bar); });
    }
    void advance(base::Timestamp now) {
        folder_.advance(now, [this](const TimedBar& bar) { take(bar); });
    }

    [[nodiscard]] const Indicator& get() const { return indicator_; }
    // The end of the last long bar it knows; unset before the first.
    [[nodiscard]] base::Timestamp known_until() const { return known_until_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        indicators::visit_outputs(indicator_, visit);
    }
    SAUDA_FIELDS(folder_, indicator_, known_until_)

 private:
    void take(const TimedBar& bar) {
        push_bar(indicator_, bar.bar);
        known_until_ = bar.end;
    }

    BarFolder folder_;
    Indicator indicator_;
    base::Timestamp known_until_;
};

}  // namespace sauda::indicators
