#pragma once

#include "common/base/timestamp.h"

#include <cstdint>
#include <string>

namespace sauda::lab {

// "2026-11-25 10:14  [#####...............] 24 %  day 3 of 30  7,012,345 quotes  1.9 M/s  12 s
// left" `part` in [0, 1] of all work; seconds since the start.
std::string progress_text(base::Timestamp now, double part, std::size_t day, std::size_t days,
                          uint64_t quotes, double seconds);

// Draws it over and over on standard error while that is a terminal, at most ten times a second.
class ProgressLine {
 public:
    explicit ProgressLine(bool is_wanted);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    [[nodiscard]] bool is_due(int64_t monotonic_ns) const {
        return is_wanted_ && monotonic_ns >= next_;
    }
    void draw(int64_t monotonic_ns, const std::string& text);
    void clear();

 private:
    bool is_wanted_;
    bool is_drawn_ = false;
    int64_t next_ = 0;
};

}  // namespace sauda::lab
