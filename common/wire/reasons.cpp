#include "common/wire/reasons.h"

#include "common/wire/enum_numbers.h"
#include "common/wire/format.h"
#include "common/wire/reason_table.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sauda::wire {

namespace {

using domain::Number;
using domain::Reason;
using domain::ReasonCode;

constexpr std::string_view kEstimated = "estimated";

// What risk's checks count when the sentence already says all: "Trading is halted." needs no
// "(trading state 3)". They stay in the machine text.
constexpr std::array<std::string_view, 9> kUnspoken{
    "now",           "trading_state", "bots",           "group",          "unknown_legs",
    "missing_sides", "untraded_legs", "unknown_orders", "opposite_orders"};

bool is_unspoken(std::string_view name) {
    return std::find(kUnspoken.begin(), kUnspoken.end(), name) != kUnspoken.end();
}

// A number in words where its name says more than its unit; empty where it does not.
std::string named_text(const Number& number) {
    const auto n = number.value;
    const auto name = std::string_view(number.name);
    if (number.unit == domain::Unit::Count && n >= 0 && n <= UINT8_MAX) {
        if (name == "service") {
            return std::string(to_text(static_cast<domain::Service>(n)));
        }
        if (name == "act") {
            return std::string(text_of(static_cast<domain::OperatorAct>(n)));
        }
        if (name == "own_state" || name == "risk_state") {
            return std::string(text_of(static_cast<domain::TradingState>(n)));
        }
    }
    if (number.unit == domain::Unit::Count && name.ends_with("_ns")) {
        return duration_text({n});
    }
    constexpr int64_t kDaySeconds = 86'400;
    if (number.unit == domain::Unit::Seconds && name.starts_with("entry_") && n >= 0 &&
        n < kDaySeconds) {  // of the day in India
        return ist_clock(base::ist(base::Date{1}, base::seconds(n)));
    }
    return "";
}

// Fills "{used|value}" with the first number of one of these names.
class Weaver {
 public:
    explicit Weaver(const Reason& reason) : reason_(reason), used_(reason.numbers.size(), false) {}

    // False when a number it asks for is absent.
    bool weave(std::string_view pattern) {
        text_.clear();
        while (!pattern.empty()) {
            const auto open = pattern.find('{');
            text_ += pattern.substr(0, open);
            if (open == std::string_view::npos) {
                break;
            }
            pattern.remove_prefix(open + 1);
            const auto close = pattern.find('}');
            const auto index = find(pattern.substr(0, close));
            if (index == reason_.numbers.size()) {
                return false;
            }
            used_[index] = true;
            text_ += spoken(reason_.numbers[index]);
            pattern.remove_prefix(close + 1);
        }
        return true;
    }
    void clear() { used_.assign(used_.size(), false); }
    [[nodiscard]] const std::string& text() const { return text_; }

    // "(leg 2, price 118.60)" of what was not woven in; empty if nothing is left.
    [[nodiscard]] std::string rest() const {
        std::string text;
        bool is_check = false;  // then its limit says no more than the number it belongs to
        for (const auto& number : reason_.numbers) {
            is_check = is_check || is_unspoken(number.name);
        }
        for (std::size_t i = 0; i < reason_.numbers.size(); ++i) {
            const auto& number = reason_.numbers[i];
            const bool is_silent = number.name == kEstimated || is_unspoken(number.name) ||
                                   (is_check && number.name == "limit");
            if (!used_[i] && !is_silent) {
                text += (text.empty() ? "" : ", ") + readable(number.name) + " " + spoken(number);
            }
        }
        return text.empty() ? text : "(" + text + ")";
    }

 private:
    [[nodiscard]] std::size_t find(std::string_view names) const {
        while (true) {
            const auto bar = names.find('|');
            for (std::size_t i = 0; i < reason_.numbers.size(); ++i) {
                if (reason_.numbers[i].name == names.substr(0, bar)) {
                    return i;
                }
            }
            if (bar == std::string_view::npos) {
                return reason_.numbers.size();
            }
            names.remove_prefix(bar + 1);
        }
    }
    // Money in lakh and crore, unless two amounts that differ would then read the same.
    [[nodiscard]] std::string spoken(const Number& number) const {
        if (number.unit != domain::Unit::Rupees) {
            const auto text = named_text(number);
            return text.empty() ? number_text(number) : text;
        }
        const auto brief = short_rupees(base::Money::from_raw(number.value));
        for (const auto& other : reason_.numbers) {
            if (other.unit == domain::Unit::Rupees && other.value != number.value &&
                short_rupees(base::Money::from_raw(other.value)) == brief) {
                return number_text(number);
            }
        }
        return brief;
    }
    static std::string readable(std::string name) {
        if (name.ends_with("_ns")) {
            name.resize(name.size() - 3);
        }
        std::replace(name.begin(), name.end(), '_', ' ');
        return name;
    }

    const Reason& reason_;
    std::vector<bool> used_;
    std::string text_;
};

bool is_estimate(const Reason& reason) {
    for (const auto& number : reason.numbers) {
        if (number.name == kEstimated && number.value != 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool is_reason_number(uint64_t number) {
    return number <= UINT16_MAX && !reason_row(static_cast<ReasonCode>(number)).text.empty();
}

std::string_view code_text(ReasonCode code) { return reason_row(code).text; }

std::optional<ReasonCode> parse_code(std::string_view text) {
    for (const auto& row : reason_rows()) {
        if (row.text == text) {
            return row.code;
        }
    }
    return std::nullopt;
}

std::string machine_text(const Reason& reason) {
    const auto code = code_text(reason.code);
    std::string text =
        code.empty() ? std::to_string(static_cast<unsigned>(reason.code)) : std::string(code);
    std::string_view separator = ": ";
    for (const auto& number : reason.numbers) {
        text.append(separator).append(number.name).append("=").append(number_text(number));
        separator = ", ";
    }
    return text;
}

std::string sentence(const Reason& reason) {
    const auto row = reason_row(reason.code);
    if (row.text.empty()) {
        return "Unknown reason " + std::to_string(static_cast<unsigned>(reason.code)) + ".";
    }
    Weaver weaver(reason);
    std::string text;
    if (!row.woven.empty() && weaver.weave(row.woven)) {
        text = weaver.text();
    } else {
        weaver.clear();
        text = row.plain;
    }
    if (const auto rest = weaver.rest(); !rest.empty()) {
        text.pop_back();  // the full stop goes behind the bracket
        text += " " + rest + ".";
    }
    return is_estimate(reason) ? text + " This is an estimate." : text;
}

}  // namespace sauda::wire
