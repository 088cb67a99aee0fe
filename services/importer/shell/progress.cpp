#include "services/importer/shell/progress.h"

#include "services/importer/shell/format.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace sauda::importer {

Progress::Progress(std::string label, std::string unit, bool is_terminal)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      is_terminal_(is_terminal),
      start_(Clock::now()),
      drawn_(start_) {}

bool Progress::stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

double Progress::seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
}

std::string Progress::text(const std::string& unit, uint64_t count, double part, double seconds) {
    constexpr int kWidth = 20;
    part = std::clamp(part, 0.0, 1.0);
    std::string bar(static_cast<std::size_t>(part * kWidth), '#');
    bar.resize(kWidth, '.');
    const auto percent = static_cast<int>(part * 100.0);
    std::string text = (percent < 10    ? "  "
                        : percent < 100 ? " "
                                        : "") +
                       std::to_string(percent) + " % [" + bar + "] " + grouped(count) + " " + unit;
    if (seconds > 0.0) {
        const auto rate = static_cast<uint64_t>(static_cast<double>(count) / seconds);
        text += ", " + grouped(rate) + " " + unit + "/s";
        if (part > 0.0) {
            const auto left = static_cast<uint64_t>(seconds / part * (1.0 - part) + 0.5);
            text += ", " + std::to_string(left) + " s left";
        }
    }
    return text;
}

void Progress::show(uint64_t count, uint64_t done_bytes, uint64_t total_bytes) {
    if (!is_terminal_) {
        return;
    }
    const auto now = Clock::now();
    if (now - drawn_ < std::chrono::milliseconds(100)) {
        return;
    }
    drawn_ = now;
    is_drawn_ = true;
    const double part =
        total_bytes == 0 ? 0.0 : static_cast<double>(done_bytes) / static_cast<double>(total_bytes);
    std::fprintf(stderr, "\r%s %s\x1B[K", label_.c_str(),
                 text(unit_, count, part, seconds()).c_str());
    std::fflush(stderr);
}

void Progress::clear() {
    if (is_drawn_) {
        std::fputs("\r\x1B[K", stderr);
        is_drawn_ = false;
    }
}

}  // namespace sauda::importer
