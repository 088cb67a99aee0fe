#pragma once

#include "common/base/expected.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sauda::importer {

// The lines of a text file, plain or compressed by zstd or gzip (told by its first bytes, not by
// its name). Holds a few hundred kilobytes. Errors name the file.
class LineSource {
 public:
    static base::Expected<LineSource> open(const std::string& path);
    LineSource(LineSource&&) noexcept;
    LineSource& operator=(LineSource&&) noexcept;
    ~LineSource();

    // False at the end. Without line end; valid until the next call. Corrupt: the compression is
    // damaged or cut short, it expands beyond measure, or a line is longer than any table's.
    base::Expected<bool> next(std::string_view& line);
    [[nodiscard]] uint64_t bytes_read() const;  // of the file as it lies on disk
    [[nodiscard]] uint64_t bytes_total() const;

 private:
    struct State;
    explicit LineSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace sauda::importer
