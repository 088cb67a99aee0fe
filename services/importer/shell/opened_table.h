#pragma once

#include "services/importer/core/formats.h"
#include "services/importer/core/row_reader.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/line_source.h"

#include <string>
#include <vector>

namespace sauda::importer {

// A file whose format is known: its reader, the first lines that were read to tell, and the rest.
class OpenedTable {
 public:
    // Errors name the file and say what was expected.
    static base::Expected<OpenedTable> open(const std::string& path, const ImportOptions& options);

    [[nodiscard]] RowReader& reader() { return *reader_; }
    // Rows behind the header. False at the end; `number` counts from 1 at the first line.
    base::Expected<bool> next(std::string_view& line, uint64_t& number);
    [[nodiscard]] const LineSource& lines() const { return lines_; }

 private:
    explicit OpenedTable(LineSource lines) : lines_(std::move(lines)) {}
    base::Expected<void> take_head(const ImportOptions& options);
    base::Expected<void> choose_underlying(const std::string& path, const ImportOptions& options);
    base::Expected<void> measure_bars();

    LineSource lines_;
    std::vector<std::string> head_;  // the first lines of the file
    std::size_t header_lines_ = 0;
    std::size_t given_ = 0;
    std::optional<DetectedFormat> format_;
    std::optional<RowReader> reader_;
};

}  // namespace sauda::importer
