#include "common/market/masters/line_reader.h"

namespace sauda::masters {

using base::ErrorKind;

namespace {

constexpr std::size_t kLineMax = 64U << 10U;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

void trim_front(std::string_view& text) {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
}

std::string_view trimmed(std::string_view text) {
    trim_front(text);
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string without_doubled_quotes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        i += text[i] == '"' ? 1 : 0;
    }
    return out;
}

// `line` begins behind an opening quote; moves it behind the closing one. False: it stays open.
bool take_quoted(std::string_view& line, std::string_view& cell,
                 std::vector<std::string>& unquoted) {
    std::size_t end = line.find('"');
    bool has_quotes = false;
    while (end != std::string_view::npos && end + 1 < line.size() && line[end + 1] == '"') {
        has_quotes = true;
        end = line.find('"', end + 2);
    }
    if (end == std::string_view::npos) {
        return false;
    }
    cell = line.substr(0, end);
    line.remove_prefix(end + 1);
    if (has_quotes) {
        unquoted.push_back(without_doubled_quotes(cell));
        cell = unquoted.back();
    }
    return true;
}

}  // namespace

base::Expected<bool> LineReader::next(std::string_view& line) {
    std::size_t searched = start_;
    while (true) {
        const auto end = text_.find('\n', searched);
        if (end != std::string::npos || (is_ended_ && start_ < text_.size())) {
            is_open_ended_ = end == std::string::npos;
            const auto stop = is_open_ended_ ? text_.size() : end;
            line = std::string_view(text_).substr(start_, stop - start_);
            start_ = is_open_ended_ ? text_.size() : end + 1;
            ++number_;
            return true;
        }
        if (is_ended_) {
            return false;
        }
        text_.erase(0, start_);
        start_ = 0;
        searched = text_.size();
        if (searched > kLineMax) {
            return base::fail(ErrorKind::Corrupt,
                              name_ + " line " + std::to_string(number_ + 1) +
                                  ": longer than 64 KB; this is no table of instruments");
        }
        const auto piece = bytes_->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        is_ended_ = piece->empty();
        text_ += *piece;
    }
}

bool split_cells(std::string_view line, std::vector<std::string_view>& cells,
                 std::vector<std::string>& unquoted) {
    cells.clear();
    unquoted.clear();
    unquoted.reserve(line.size() / 4 + 1);  // cells point into them: they must not move
    while (true) {
        trim_front(line);
        std::string_view cell;
        if (!line.empty() && line.front() == '"') {
            line.remove_prefix(1);
            if (!take_quoted(line, cell, unquoted)) {
                return false;
            }
            trim_front(line);
            if (!line.empty() && line.front() != ',') {
                return false;
            }
        } else {
            cell = line.substr(0, line.find(','));
            line.remove_prefix(cell.size());
            cell = trimmed(cell);
        }
        cells.push_back(cell);
        if (line.empty()) {
            return true;
        }
        line.remove_prefix(1);
    }
}

}  // namespace sauda::masters
