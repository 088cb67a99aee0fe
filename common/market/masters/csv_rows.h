#pragma once

#include "common/market/masters/line_reader.h"

#include <span>

namespace sauda::masters {

// The rows of a CSV file whose first line names the columns; wanted columns are found by name.
class CsvRows {
 public:
    CsvRows(Bytes bytes, std::string name)
        : lines_(std::move(bytes), name), name_(std::move(name)) {}

    // Reads the first line. Invalid: a wanted column is missing; says which were expected.
    base::Expected<void> read_header(std::span<const std::string_view> wanted);

    enum class Row : uint8_t { Whole, Broken, End };
    // Broken: another number of cells than columns, or an open quote; problem() says it. Corrupt:
    // the file ends within the row.
    base::Expected<Row> next();
    // The cell of the i-th wanted column, valid until the next call.
    [[nodiscard]] std::string_view operator[](std::size_t i) const { return cells_[columns_[i]]; }
    [[nodiscard]] int64_t line() const { return lines_.line_number(); }
    [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
    LineReader lines_;
    std::string name_;
    std::vector<std::size_t> columns_;  // of the wanted ones
    std::size_t width_ = 0;
    std::vector<std::string_view> cells_;
    std::vector<std::string> unquoted_;
    std::string problem_;
};

}  // namespace sauda::masters
