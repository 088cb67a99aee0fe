#pragma once

#include "common/indicators/order_flow_imbalance.h"

namespace sauda::indicators {

// A snapshot: the best quote, the last traded price and the volume since the session began.
struct TradedQuote {
    BestQuote best;
    double last = 0.0;    // rupees; 0: unknown
    double volume = 0.0;  // units, of the whole session
    SAUDA_FIELDS(best, last, volume)
};

// Cumulative delta: units bought less units sold by those who crossed the spread, told from
// snapshots. What was traded between two snapshots, the growth of the session's volume, gets one
// sign: the later snapshot's last price against the middle of the earlier one's quote, above =
// bought, below = sold (quote rule, Lee and Ready 1991); at the middle, or if that quote was not
// two-sided, against the last different traded price, above = bought, below = sold (tick rule).
// If that says nothing either, the units are unsigned. The first snapshot of a session only sets
// the mark. A volume below the highest seen is a fault of the source: it is counted in
// volume_decreases() and adds nothing; growth counts from the highest, so nothing counts twice.
class CumulativeDelta {
 public:
    void start_session() { *this = CumulativeDelta(); }

    void push(const TradedQuote& quote) {
        step_ = 0.0;
        if (snapshots_ > 0 && quote.volume > highest_) {
            add(quote.last, quote.volume - highest_);
        }
        volume_decreases_ += quote.volume < highest_ ? 1 : 0;
        highest_ = quote.volume > highest_ ? quote.volume : highest_;
        if (quote.last > 0.0 && quote.last != last_) {
            other_last_ = last_;
            last_ = quote.last;
        }
        best_ = quote.best;
        ++snapshots_;
    }

    // Two snapshots of the session were seen.
    [[nodiscard]] bool is_ready() const { return snapshots_ > 1; }
    // Units since start_session(); only when ready.
    [[nodiscard]] double value() const { return bought_ - sold_; }
    // What the last snapshot added to value().
    [[nodiscard]] double step() const { return step_; }
    [[nodiscard]] double bought() const { return bought_; }
    [[nodiscard]] double sold() const { return sold_; }
    [[nodiscard]] double unsigned_units() const { return unsigned_; }
    [[nodiscard]] uint64_t volume_decreases() const { return volume_decreases_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("delta", when(is_ready(), [&] { return value(); }));
        visit("step", when(is_ready(), [&] { return step_; }));
        visit("unsigned", when(is_ready(), [&] { return unsigned_; }));
    }

    SAUDA_FIELDS(best_, last_, other_last_, highest_, bought_, sold_, unsigned_, step_, snapshots_,
                 volume_decreases_)

 private:
    void add(double last, double units) {
        double reference = 0.0;
        if (last > 0.0) {
            reference = is_two_sided(best_) ? (best_.bid + best_.ask) / 2.0 : 0.0;
            if (reference == 0.0 || last == reference) {
                reference = last != last_ ? last_ : other_last_;
            }
        }
        if (reference == 0.0) {
            unsigned_ += units;
        } else if (last > reference) {
            bought_ += units;
            step_ = units;
        } else {
            sold_ += units;
            step_ = -units;
        }
    }

    BestQuote best_;           // of the snapshot before
    double last_ = 0.0;        // the last traded price, 0 before the first
    double other_last_ = 0.0;  // the one before it that differs
    double highest_ = 0.0;
    double bought_ = 0.0;
    double sold_ = 0.0;
    double unsigned_ = 0.0;
    double step_ = 0.0;
    uint64_t snapshots_ = 0;
    uint64_t volume_decreases_ = 0;
};

}  // namespace sauda::indicators
