#pragma once

#include "services/importer/core/refusal.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::importer {

// One line of a table, cut into cells without the blanks around them. The cells belong to the line,
// or to this object where a quoted cell had doubled quotes in it.
class Cells {
 public:
    // False: an opening quote is never closed.
    bool cut(std::string_view line, char separator);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view operator[](std::size_t i) const { return cells_[i]; }

 private:
    bool cut_quoted(std::string_view line, char separator);
    void add(std::string_view cell);

    std::vector<std::string_view> cells_;
    std::size_t size_ = 0;
    std::vector<std::string> unquoted_;
};

// "" and "-": nothing stands there.
bool is_blank(std::string_view cell);

// At most 40 characters of a cell, what cannot be printed as '?'.
std::string shown(std::string_view text, std::size_t longest = 40);

inline constexpr int64_t kTenThousand = 10'000;
inline constexpr int64_t kPriceMax = 10'000'000 * kTenThousand;  // rupees; the limit of `wire`
inline constexpr int64_t kCountMax = 1'000'000'000'000 * kTenThousand;

// A number not below zero, in 1/10,000, rounded half up. `name`: the column, for the refusal.
// "1,234.5" is taken with its commas where the cell was quoted; "1e3" too.
std::expected<int64_t, Refusal> number_of(std::string_view cell, std::string_view name,
                                          int64_t max);

std::unexpected<Refusal> refuse(RefusalReason reason, std::string detail);
// "CALLS_LTP is 'abc'"
std::string cell_text(std::string_view name, std::string_view cell);

}  // namespace sauda::importer
