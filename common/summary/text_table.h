#pragma once

#include <string>
#include <vector>

namespace sauda::summary {

// Columns as wide as their widest cell, two spaces between; numbers to the right. Width counts
// bytes, so cells are ASCII.
class TextTable {
 public:
    // A heading that begins with '>' makes a right-aligned column.
    explicit TextTable(std::vector<std::string> headings);
    void row(std::vector<std::string> cells);
    // Every line begins with `indent`.
    [[nodiscard]] std::string text(const std::string& indent) const;

 private:
    std::vector<bool> is_right_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace sauda::summary
