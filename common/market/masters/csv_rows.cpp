#include "common/market/masters/csv_rows.h"

#include <algorithm>

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;

namespace {

constexpr std::size_t kShown = 60;

std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, kShown)) {
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out + (text.size() > kShown ? "..." : "");
}

}  // namespace

Expected<void> CsvRows::read_header(std::span<const std::string_view> wanted) {
    std::string_view line;
    const auto more = lines_.next(line);
    if (!more) {
        return std::unexpected(more.error());
    }
    std::string expected;
    for (const auto& name : wanted) {
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    if (!*more) {
        return base::fail(ErrorKind::Invalid,
                          name_ + " is empty; expected a first line with the columns " + expected);
    }
    split_cells(line, cells_, unquoted_);
    width_ = cells_.size();
    columns_.clear();
    for (const auto& name : wanted) {
        const auto found = std::find(cells_.begin(), cells_.end(), name);
        if (found == cells_.end()) {
            return base::fail(ErrorKind::Invalid, name_ + " line 1: no column " +
                                                      std::string(name) + "; expected " + expected +
                                                      "; the line is \"" + shown(line) + "\"");
        }
        columns_.push_back(static_cast<std::size_t>(found - cells_.begin()));
    }
    return {};
}

Expected<CsvRows::Row> CsvRows::next() {
    std::string_view line;
    do {
        const auto more = lines_.next(line);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            return Row::End;
        }
    } while (line.empty() || line == "\r");
    const bool is_closed = split_cells(line, cells_, unquoted_);
    if (is_closed && cells_.size() == width_) {
        return Row::Whole;
    }
    problem_ = is_closed ? std::to_string(cells_.size()) + " cells; expected " +
                               std::to_string(width_) + ": \"" + shown(line) + "\""
                         : "a quote is not closed: \"" + shown(line) + "\"";
    if (lines_.is_open_ended()) {
        return base::fail(ErrorKind::Corrupt,
                          name_ + " line " + std::to_string(lines_.line_number()) +
                              ": the file is cut short there (" + problem_ + "). Get it again");
    }
    return Row::Broken;
}

}  // namespace sauda::masters
