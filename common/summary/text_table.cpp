#include "common/summary/text_table.h"

#include <algorithm>

namespace sauda::summary {

TextTable::TextTable(std::vector<std::string> headings) {
    for (auto& heading : headings) {
        is_right_.push_back(heading.starts_with('>'));
        if (is_right_.back()) {
            heading.erase(0, 1);
        }
    }
    rows_.push_back(std::move(headings));
}

void TextTable::row(std::vector<std::string> cells) {
    cells.resize(is_right_.size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::text(const std::string& indent) const {
    std::vector<std::size_t> widths(is_right_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string out;
    for (const auto& row : rows_) {
        std::string line = indent;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string pad(widths[i] - row[i].size(), ' ');
            line += (i == 0 ? "" : "  ") + (is_right_[i] ? pad + row[i] : row[i] + pad);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace sauda::summary
