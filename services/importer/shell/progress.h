#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sauda::importer {

// A line on stderr that is drawn over and over; silent unless stderr is a terminal.
class Progress {
 public:
    Progress(std::string label, std::string unit, bool is_terminal);
    static bool stderr_is_terminal();
    // Cheap: draws at most ten times a second.
    void show(uint64_t count, uint64_t done_bytes, uint64_t total_bytes);
    void clear();
    [[nodiscard]] double seconds() const;

    // "  42 % [########............] 1,234,567 rows, 812,345 rows/s, 3 s left"
    static std::string text(const std::string& unit, uint64_t count, double part, double seconds);

 private:
    using Clock = std::chrono::steady_clock;
    std::string label_;
    std::string unit_;
    bool is_terminal_;
    bool is_drawn_ = false;
    Clock::time_point start_;
    Clock::time_point drawn_;
};

}  // namespace sauda::importer
