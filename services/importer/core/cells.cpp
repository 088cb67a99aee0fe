#include "services/importer/core/cells.h"

#include <charconv>
#include <cmath>

namespace sauda::importer {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// Digits with at most one point; -1 for anything else, which number_of reads the long way.
int64_t plain_number(std::string_view text) {
    constexpr int64_t kWholeMax = 100'000'000'000'000;
    int64_t value = 0;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
        value = value * 10 + (text[i] - '0');
        if (value > kWholeMax) {
            return -1;
        }
    }
    if (i == 0) {
        return -1;
    }
    value *= kTenThousand;
    if (i == text.size()) {
        return value;
    }
    if (text[i++] != '.') {
        return -1;
    }
    int64_t scale = kTenThousand / 10;
    for (const auto first = i; i < text.size(); ++i) {
        const int digit = text[i] - '0';
        if (digit < 0 || digit > 9) {
            return -1;
        }
        value += scale > 0 ? digit * scale : (i == first + 4 && digit >= 5 ? 1 : 0);
        scale /= 10;
    }
    return value;
}

std::expected<double, Refusal> long_way(std::string_view text, std::string_view name) {
    std::string digits;
    for (const char c : text) {
        if (c != ',') {
            digits += c;
        }
    }
    double value = 0.0;
    const char* last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, value);
    if (error == std::errc::result_out_of_range) {
        return refuse(RefusalReason::Absurd, cell_text(name, text));
    }
    if (error != std::errc{} || end != last) {
        return refuse(RefusalReason::Unparsable, cell_text(name, text) + ", not a number");
    }
    if (!std::isfinite(value)) {
        return refuse(RefusalReason::NotFinite, cell_text(name, text));
    }
    return value;
}

}  // namespace

void Cells::add(std::string_view cell) {
    if (size_ == cells_.size()) {
        cells_.emplace_back();
    }
    cells_[size_++] = cell;
}

bool Cells::cut(std::string_view line, char separator) {
    size_ = 0;
    if (line.find('"') != std::string_view::npos) {
        return cut_quoted(line, separator);
    }
    while (true) {
        const auto end = line.find(separator);
        add(separator == '\t' ? line.substr(0, end) : trimmed(line.substr(0, end)));
        if (end == std::string_view::npos) {
            return true;
        }
        line.remove_prefix(end + 1);
    }
}

bool Cells::cut_quoted(std::string_view line, char separator) {
    unquoted_.clear();
    unquoted_.reserve(line.size() / 2 + 1);  // the cells point into these texts
    std::size_t at = 0;
    while (true) {
        while (at < line.size() && line[at] == ' ') {
            ++at;
        }
        if (at < line.size() && line[at] == '"') {
            auto& text = unquoted_.emplace_back();
            for (++at;; ++at) {
                if (at >= line.size()) {
                    return false;
                }
                if (line[at] == '"') {
                    if (at + 1 >= line.size() || line[at + 1] != '"') {
                        break;
                    }
                    ++at;
                }
                text += line[at];
            }
            at = line.find(separator, at);
            add(trimmed(text));
        } else {
            const auto end = line.find(separator, at);
            add(trimmed(line.substr(at, end == std::string_view::npos ? end : end - at)));
            at = end;
        }
        if (at == std::string_view::npos) {
            return true;
        }
        ++at;
    }
}

bool is_blank(std::string_view cell) { return cell.empty() || cell == "-"; }

std::string shown(std::string_view text, std::size_t longest) {
    std::string out;
    for (const char c : text.substr(0, longest)) {
        out += c >= ' ' && c < '\x7F' ? c : '?';
    }
    return text.size() > longest ? out + "..." : out;
}

std::unexpected<Refusal> refuse(RefusalReason reason, std::string detail) {
    return std::unexpected(Refusal{reason, std::move(detail)});
}

std::string cell_text(std::string_view name, std::string_view cell) {
    return shown(name) + " is '" + shown(cell) + "'";
}

std::expected<int64_t, Refusal> number_of(std::string_view cell, std::string_view name,
                                          int64_t max) {
    auto value = plain_number(cell);
    if (value < 0) {
        const auto parsed = long_way(cell, name);
        if (!parsed) {
            return std::unexpected(parsed.error());
        }
        if (*parsed < 0.0) {
            return refuse(RefusalReason::Negative, cell_text(name, cell));
        }
        constexpr double kScale = static_cast<double>(kTenThousand);
        value = *parsed > static_cast<double>(max) / kScale
                    ? max + 1
                    : static_cast<int64_t>(*parsed * kScale + 0.5);
    }
    if (value > max) {
        return refuse(RefusalReason::Absurd, cell_text(name, cell));
    }
    return value;
}

}  // namespace sauda::importer
