#include "services/lab/shell/progress_line.h"

#include "common/domain/contract_id.h"
#include "common/wire/format.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace sauda::lab {

std::string progress_text(base::Timestamp now, double part, std::size_t day, std::size_t days,
                          uint64_t quotes, double seconds) {
    constexpr int kWidth = 20;
    const double clipped = std::clamp(part, 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(clipped * kWidth);
    char text[240];
    std::snprintf(text, sizeof text, "%s %s  [%s%s] %2.0f %%  day %zu of %zu  %s quotes  %.2f M/s",
                  domain::to_text(base::ist_date(now)).c_str(), wire::ist_clock(now).c_str(),
                  std::string(filled, '#').c_str(), std::string(kWidth - filled, '.').c_str(),
                  clipped * 100.0, day, days, wire::grouped(static_cast<int64_t>(quotes)).c_str(),
                  seconds > 0.0 ? static_cast<double>(quotes) / seconds / 1e6 : 0.0);
    std::string line = text;
    if (clipped > 0.01 && seconds > 0.5) {
        const auto left = static_cast<int64_t>(seconds * (1.0 - clipped) / clipped + 0.5);
        line += "  " + wire::duration_text(base::seconds(left)) + " left";
    }
    return line;
}

ProgressLine::ProgressLine(bool is_wanted) : is_wanted_(is_wanted && ::isatty(2) == 1) {}

void ProgressLine::draw(int64_t monotonic_ns, const std::string& text) {
    std::fprintf(stderr, "\r\033[K%s", text.c_str());
    std::fflush(stderr);
    is_drawn_ = true;
    next_ = monotonic_ns + 100'000'000;
}

void ProgressLine::clear() {
    if (is_drawn_) {
        std::fputs("\r\033[K", stderr);
        is_drawn_ = false;
    }
}

}  // namespace sauda::lab
