#pragma once

#include "common/base/archive.h"

#include <bit>
#include <cstddef>
#include <functional>
#include <vector>

namespace sauda::indicators {

// The greatest (least) of the last n values. Values come in blocks of n; a full block is turned
// into the extremes of its ends, once, so that the window is always the end of the block before and
// the running extreme of this one. O(1) a value amortised, n steps for one in n; a monotonic deque
// does the same with a branch a value that no processor can guess, and takes three times as long.
// First value with the first input, over the whole window with the n-th. Of equal values the latest
// counts, as in TA-Lib AROON. Source: van Herk 1992; Gil and Werman 1993.
template <class Better>
class RollingExtreme {
 public:
    // n: 1 to some thousands.
    explicit RollingExtreme(std::size_t n) : block_(n) { INVARIANT(n > 0); }

    void push(double x) {
        const Entry now{x, inputs_};
        running_ = next_ > 0 ? better(running_, now) : now;
        block_[next_] = now;
        ++inputs_;
        if (++next_ == block_.size()) {
            next_ = 0;
            best_ = running_;
            turn();
        } else {
            best_ = inputs_ > block_.size() ? better(block_[next_], running_) : running_;
        }
    }

    [[nodiscard]] bool is_ready() const { return inputs_ >= block_.size(); }
    // From the first input on.
    [[nodiscard]] double value() const { return best_.value; }
    // Inputs since the extreme one; 0 if it was the last input.
    [[nodiscard]] uint64_t age() const { return inputs_ - 1 - best_.at; }
    SAUDA_FIELDS(block_, next_, inputs_, running_, best_)

 private:
    struct Entry {
        double value = 0.0;
        uint64_t at = 0;
        SAUDA_FIELDS(value, at)
    };
    // The later one if they are equal. Chosen by masks: the branch a compiler makes of a choice
    // between two numbers is guessed wrongly too often here.
    static Entry better(const Entry& earlier, const Entry& later) {
        const uint64_t mask = 0 - uint64_t{Better{}(earlier.value, later.value)};
        const auto choose = [mask](uint64_t a, uint64_t b) { return b ^ ((a ^ b) & mask); };
        return {std::bit_cast<double>(choose(std::bit_cast<uint64_t>(earlier.value),
                                             std::bit_cast<uint64_t>(later.value))),
                choose(earlier.at, later.at)};
    }
    void turn() {
        Entry best = block_.back();
        for (std::size_t i = block_.size() - 1; i-- > 0;) {
            if (Better{}(block_[i].value, best.value)) {  // seldom, hence a branch
                best = block_[i];
            }
            block_[i] = best;
        }
    }

    // Below next_ the values of this block, from there on the ends of the one before.
    std::vector<Entry> block_;
    std::size_t next_ = 0;
    uint64_t inputs_ = 0;
    Entry running_;  // of this block
    Entry best_;     // of the window
};

using RollingMax = RollingExtreme<std::greater<double>>;
using RollingMin = RollingExtreme<std::less<double>>;

}  // namespace sauda::indicators
