#include "services/cli/shell/payoff_view.h"

#include <algorithm>
#include <cmath>

namespace sauda::cli {

namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kRows = 21;
constexpr std::size_t kAxis = 12;  // width of the amounts on the left

struct Range {
    double low = 0.0;
    double high = 0.0;
    [[nodiscard]] double at(std::size_t i, std::size_t n) const {
        return low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1);
    }
};

// Three expected moves, and every strike and break-even that is not far outside.
Range settlements(const PayoffReport& report) {
    const double years = options::years_of_minutes(report.minutes);
    const double move =
        std::max(report.forward * 0.003, report.volatility * report.forward * std::sqrt(years));
    Range range{report.forward - 3.0 * move, report.forward + 3.0 * move};
    const auto include = [&](double level) {
        if (std::abs(level - report.forward) < 8.0 * move) {
            range.low = std::min(range.low, level - 0.5 * move);
            range.high = std::max(range.high, level + 0.5 * move);
        }
    };
    for (const auto& leg : report.model) {
        if (leg.leg.kind != options::LegKind::Underlying) {
            include(leg.leg.strike);
        }
    }
    for (const double level : report.payoff.break_evens) {
        include(level);
    }
    range.low = std::max(range.low, 1.0);
    return range;
}

class Canvas {
 public:
    Canvas(Range x, Range y) : x_(x), y_(y), cells_(kRows, std::string(kColumns, ' ')) {}

    [[nodiscard]] std::size_t row_of(double value) const {
        const double share = (y_.high - value) / (y_.high - y_.low);
        return static_cast<std::size_t>(
            std::clamp(std::llround(share * (kRows - 1)), 0LL, static_cast<long long>(kRows) - 1));
    }
    [[nodiscard]] std::size_t column_of(double value) const {
        const double share = (value - x_.low) / (x_.high - x_.low);
        return static_cast<std::size_t>(std::clamp(std::llround(share * (kColumns - 1)), 0LL,
                                                   static_cast<long long>(kColumns) - 1));
    }
    void zero_line(double at) {
        const std::size_t zero = row_of(0.0);
        for (auto& cell : cells_[zero]) {
            cell = '-';
        }
        for (auto& row : cells_) {
            auto& cell = row[column_of(at)];
            cell = cell == '-' ? '+' : ':';
        }
    }
    // Steep parts are filled, so that the line does not break.
    template <class Value>
    void line(char mark, Value value) {
        std::size_t before = row_of(value(x_.at(0, kColumns)));
        for (std::size_t i = 0; i < kColumns; ++i) {
            const std::size_t row = row_of(value(x_.at(i, kColumns)));
            const std::size_t from = before + 1 < row ? before + 1 : row + 1 < before ? row : row;
            const std::size_t to = row + 1 < before ? before - 1 : row;
            for (std::size_t r = from; r <= to; ++r) {
                cells_[r][i] = mark;
            }
            before = row;
        }
    }
    [[nodiscard]] const std::string& row(std::size_t i) const { return cells_[i]; }
    [[nodiscard]] double value_of_row(std::size_t i) const { return y_.at(kRows - 1 - i, kRows); }

 private:
    Range x_;
    Range y_;
    std::vector<std::string> cells_;
};

std::string ticks_text(const Range& x) {
    constexpr std::size_t kTicks = 5;
    std::string text(kAxis + 2 + kColumns + 4, ' ');
    for (std::size_t i = 0; i < kTicks; ++i) {
        const auto label = level_text(std::round(x.at(i, kTicks)));
        const std::size_t column = kAxis + 2 + i * (kColumns - 1) / (kTicks - 1);
        const std::size_t start = std::min(column - label.size() / 2, text.size() - label.size());
        text.replace(start, label.size(), label);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string marks_text(const PayoffReport& report, const Range& x, const Canvas& canvas) {
    std::string text(kAxis + 2 + kColumns, ' ');
    for (const double level : report.payoff.break_evens) {
        if (level >= x.low && level <= x.high) {
            text[kAxis + 2 + canvas.column_of(level)] = '^';
        }
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text.empty() ? "" : text + "\n";
}

// Profit green, loss red, the rest as it is.
std::string painted(const std::string& row, bool is_profit, const Paint& paint) {
    if (!paint.is_on()) {
        const auto end = row.find_last_not_of(' ');
        return end == std::string::npos ? "" : row.substr(0, end + 1);
    }
    std::string text;
    for (const char c : row) {
        const std::string cell(1, c);
        text += c == '*'   ? (is_profit ? paint.good(cell) : paint.bad(cell))
                : c == 'o' ? paint.bold(cell)
                : c == ' ' ? cell
                           : paint.dim(cell);
    }
    return text;
}

}  // namespace

std::string payoff_picture(const PayoffReport& report, const Paint& paint) {
    const Range x = settlements(report);
    const auto at_expiry = [&](double level) { return report.payoff.at(level); };
    const auto now = [&](double level) {
        return options::model_profit(report.model, level / report.forward, 0.0);
    };
    Range y{0.0, 0.0};
    for (std::size_t i = 0; i < kColumns; ++i) {
        for (const double value : {at_expiry(x.at(i, kColumns)), now(x.at(i, kColumns))}) {
            y.low = std::min(y.low, value);
            y.high = std::max(y.high, value);
        }
    }
    const double margin = std::max(1.0, 0.04 * (y.high - y.low));
    y.low -= y.low < 0.0 ? margin : 0.0;
    y.high += margin;
    Canvas canvas(x, y);
    canvas.zero_line(report.forward);
    canvas.line('o', now);
    canvas.line('*', at_expiry);
    const std::size_t zero = canvas.row_of(0.0);
    std::string text;
    for (std::size_t i = 0; i < kRows; ++i) {
        const bool is_labelled = i == zero || (i % 4 == 0 && (i > zero + 1 || i + 1 < zero));
        const auto label =
            is_labelled ? i == zero ? "0" : short_money(canvas.value_of_row(i)) : std::string();
        const auto line = to_right(label, kAxis) + " |" +
                          painted(canvas.row(i), canvas.value_of_row(i) >= 0.0, paint);
        text += line + "\n";
    }
    text += std::string(kAxis + 1, ' ') + "+" + std::string(kColumns, '-') + "\n";
    text += marks_text(report, x, canvas) + ticks_text(x);
    text += std::string(kAxis + 2, ' ') +
            "* at settlement   o now   : the forward   ^ break-even   (rupees, before charges)\n";
    return text;
}

}  // namespace sauda::cli
