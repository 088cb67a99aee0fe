#pragma once

#include "common/indicators/bar_input.h"

#include <optional>

namespace sauda::indicators {

// A bar from start (included) to end (excluded). It is complete, and may be known, at its end.
struct TimedBar {
    base::Timestamp start;
    base::Timestamp end;
    BarInput bar;
    SAUDA_FIELDS(start, end, bar)
};

// Folds base bars (1 minute) into longer ones (3, 5, 15, 60 minutes) that are aligned to the open
// of the session; the last one ends with the session, however short. A long bar is handed out at
// its end and not before: with the base bar that ends there, with a later one if base bars are
// missing, or by advance(). A stretch without base bars gives no bar. Any base length will do, also
// bars of the same length as the long ones.
//
// `sink` is called with each TimedBar that became complete, oldest first.
class BarFolder {
 public:
    explicit BarFolder(base::Duration length) : length_(length) { INVARIANT(length.ns > 0); }

    // open < close, not before the close of the session before.
    template <class Sink>
    void open_session(base::Timestamp open, base::Timestamp close, Sink&& sink) {
        INVARIANT(open < close && (!close_.is_set() || close_ <= open));
        advance(open, sink);
        open_ = open;
        close_ = close;
        last_end_ = open;
    }

    // False, and nothing is changed, for a bar outside the session, one that overlaps what was
    // pushed before, and one that lies across the end of a long bar.
    template <class Sink>
    [[nodiscard]] bool push(const TimedBar& base, Sink&& sink) {
        if (base.start < last_end_ || base.end <= base.start || close_ < base.end) {
            return false;
        }
        const int64_t bars = (base.start - open_).ns / length_.ns;
        const base::Timestamp start = {open_.ns + bars * length_.ns};
        base::Timestamp end = start + length_;
        end = end < close_ ? end : close_;
        if (end < base.end) {
            return false;
        }
        advance(base.start, sink);
        fold(base.bar, start, end);
        last_end_ = base.end;
        advance(base.end, sink);
        return true;
    }

    // It is `now`: hands out the forming bar if it is over. For when base bars are missing.
    template <class Sink>
    void advance(base::Timestamp now, Sink&& sink) {
        if (forming_ && forming_->end <= now) {
            const TimedBar complete = *forming_;
            forming_.reset();
            last_end_ = last_end_ < complete.end ? complete.end : last_end_;
            sink(complete);
        }
    }

    // When the forming bar will be complete.
    [[nodiscard]] std::optional<base::Timestamp> due() const {
        return forming_ ? std::optional<base::Timestamp>(forming_->end) : std::nullopt;
    }
    SAUDA_FIELDS(length_, open_, close_, last_end_, forming_)

 private:
    void fold(const BarInput& bar, base::Timestamp start, base::Timestamp end) {
        if (!forming_) {
            forming_ = TimedBar{start, end, bar};
            return;
        }
        BarInput& sum = forming_->bar;
        sum.high = bar.high > sum.high ? bar.high : sum.high;
        sum.low = bar.low < sum.low ? bar.low : sum.low;
        sum.close = bar.close;
        sum.volume += bar.volume;
    }

    base::Duration length_;
    base::Timestamp open_;
    base::Timestamp close_;
    base::Timestamp last_end_;  // nothing before it is taken any more
    std::optional<TimedBar> forming_;
};

}  // namespace sauda::indicators
