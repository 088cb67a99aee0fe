#pragma once

#include "common/market/masters/byte_source.h"

#include <vector>

namespace sauda::masters {

// The lines of a text. Errors name the file.
class LineReader {
 public:
    LineReader(Bytes bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {}

    // False at the end. Without line end; valid until the next call. Corrupt: a line longer than
    // any table's.
    base::Expected<bool> next(std::string_view& line);
    [[nodiscard]] int64_t line_number() const { return number_; }  // of the last line, from 1
    // Whether the last line given lacked its line end.
    [[nodiscard]] bool is_open_ended() const { return is_open_ended_; }

 private:
    Bytes bytes_;
    std::string name_;
    std::string text_;
    std::size_t start_ = 0;
    int64_t number_ = 0;
    bool is_ended_ = false;
    bool is_open_ended_ = false;
};

// Splits one line of CSV: cells are trimmed, a quoted cell may hold commas ("" is a quote). The
// cells point into `line` or into `unquoted`. False: a quote is open, or text follows one.
bool split_cells(std::string_view line, std::vector<std::string_view>& cells,
                 std::vector<std::string>& unquoted);

}  // namespace sauda::masters
