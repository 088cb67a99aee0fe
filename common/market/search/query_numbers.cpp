#include "common/market/search/query_numbers.h"

#include "common/base/decimal.h"

namespace sauda::search {

using domain::Price;
using Meaning = Word::Meaning;

namespace {

using Readings = std::vector<NumberReading>;

constexpr int64_t kStrikeMax = ((1LL << 28) - 1) * 100;  // what a contract id holds

// A whole number of at most nine digits.
std::optional<int> integer(std::string_view text) {
    const auto value = base::parse_decimal(text, 0);
    if (!value || text.size() > 9 || text.find('.') != std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

std::optional<Price> strike_of(std::string_view text, int64_t times = 1) {
    const auto raw = base::parse_decimal(text, 4);
    if (!raw || *raw <= 0 || *raw > kStrikeMax / times || *raw * times % 100 != 0) {
        return std::nullopt;
    }
    return Price::from_raw(*raw * times);
}

std::optional<int> day_of(std::string_view text) {
    const auto value = integer(text);
    return value && text.size() <= 2 && *value >= 1 && *value <= 31 ? value : std::nullopt;
}

// "26" and "2026".
std::optional<int> year_of(std::string_view text) {
    const auto value = integer(text);
    if (value && text.size() == 2 && *value >= 20 && *value <= 79) {
        return 2000 + *value;
    }
    return value && text.size() == 4 && *value >= 2001 && *value <= 2079 ? value : std::nullopt;
}

// A strike nobody takes for a day: three figures at least.
std::optional<Price> large_strike(std::string_view text) {
    const auto strike = strike_of(text);
    return strike && strike->raw() >= 100 * 10'000 ? strike : std::nullopt;
}

class Reader {
 public:
    explicit Reader(std::vector<ReadAtom>& atoms) : atoms_(atoms) {}

    std::vector<Readings> read() {
        for (std::size_t i = 0; i < atoms_.size(); ++i) {
            if (is_free(i, Atom::Kind::Date)) {
                const auto& date = atoms_[i].atom;
                NumberReading reading{date.day, date.month, {}, {}};
                if (date.year != 0) {
                    reading.year = date.year;
                }
                groups_.push_back({reading});
                atoms_[i].is_used = true;
            } else if (is_month(i)) {
                read_month(i);
            } else {
                read_month_letter(i);
            }
        }
        for (std::size_t i = 0; i < atoms_.size(); ++i) {
            if (is_free(i, Atom::Kind::Number)) {
                read_free(i);
            }
        }
        return std::move(groups_);
    }

 private:
    [[nodiscard]] bool is_free(std::size_t i, Atom::Kind kind) const {
        return i < atoms_.size() && !atoms_[i].is_used && atoms_[i].atom.kind == kind;
    }
    [[nodiscard]] bool means(std::size_t i, Meaning meaning) const {
        return i < atoms_.size() && !atoms_[i].is_used && atoms_[i].word &&
               atoms_[i].word->meaning == meaning;
    }
    [[nodiscard]] bool is_month(std::size_t i) const { return means(i, Meaning::Month); }
    [[nodiscard]] bool is_thousands(std::size_t i) const { return means(i + 1, Meaning::Thousand); }
    [[nodiscard]] const std::string& text(std::size_t i) const { return atoms_[i].atom.text; }

    // The number before a month: 28 OCT, 28th OCT. nullopt: none that is a day or a year.
    [[nodiscard]] std::optional<std::size_t> number_before(std::size_t i) const {
        const std::size_t back = i > 0 && means(i - 1, Meaning::Ordinal) ? 2 : 1;
        if (i < back || !is_free(i - back, Atom::Kind::Number)) {
            return std::nullopt;
        }
        const auto& number = text(i - back);
        return day_of(number) || (year_of(number) && number.size() == 2) ? std::optional(i - back)
                                                                         : std::nullopt;
    }

    void read_month(std::size_t i) {
        const int month = atoms_[i].word->value;
        const auto before = number_before(i);
        const bool has_after = is_free(i + 1, Atom::Kind::Number) && !is_thousands(i + 1);
        Readings readings;
        bool uses_after = false;
        if (has_after) {
            readings = before ? between(*before, month, i + 1) : after_month(month, i + 1);
            uses_after = !readings.empty();
        }
        if (readings.empty() && before) {
            if (const auto day = day_of(text(*before))) {
                readings.push_back({day, month, {}, {}});
            }
            if (const auto year = year_of(text(*before))) {
                readings.push_back({{}, month, year, {}, atoms_[*before].follows_name});
            }
        }
        if (readings.empty()) {
            readings.push_back({{}, month, {}, {}});
        }
        atoms_[i].is_used = true;
        if (before) {
            atoms_[*before].is_used = true;
            atoms_[i - 1].is_used = true;  // the number itself, or its "th"
        }
        if (uses_after) {
            atoms_[i + 1].is_used = true;
            if (means(i + 2, Meaning::Ordinal)) {
                atoms_[i + 2].is_used = true;
            }
        }
        groups_.push_back(std::move(readings));
    }

    // 28 OCT 25, 28 OCT 2025, 28 OCT 25000, 26 OCT 22700, 28OCT2525000.
    [[nodiscard]] Readings between(std::size_t before, int month, std::size_t at) const {
        const auto day = day_of(text(before));
        const auto year = year_of(text(before));
        const auto& after = text(at);
        Readings readings;
        if (day && atoms_[at].atom.is_glued && after.size() >= 5) {
            const auto own_year = year_of(after.substr(0, 2));
            const auto strike = strike_of(after.substr(2));
            if (own_year && strike && after[2] != '0') {
                readings.push_back({day, month, own_year, strike});
            }
        }
        if (day && year_of(after)) {
            readings.push_back({day, month, year_of(after), {}});
        }
        if (const auto strike = large_strike(after)) {
            if (day) {
                readings.push_back({day, month, {}, strike});
            }
            if (year) {
                readings.push_back({{}, month, year, strike, atoms_[before].follows_name});
            }
        }
        return readings;
    }

    // OCT 28, OCT 28 2025, OCT 25, OCT 2025, OCT 25000.
    Readings after_month(int month, std::size_t at) {
        const auto& after = text(at);
        const auto day = day_of(after);
        const auto year = year_of(after);
        Readings readings;
        if (day && is_free(at + 1, Atom::Kind::Number) && text(at + 1).size() == 4 &&
            year_of(text(at + 1))) {
            readings.push_back({day, month, year_of(text(at + 1)), {}});
            atoms_[at + 1].is_used = true;
            return readings;
        }
        if (day) {
            readings.push_back({day, month, {}, {}});
        }
        if (year) {
            readings.push_back({{}, month, year, {}});
        }
        if (const auto strike = large_strike(after)) {
            readings.push_back({{}, month, {}, strike});
        }
        return readings;
    }

    // 26O0884600: year, O N or D for the month, day, strike.
    void read_month_letter(std::size_t i) {
        const bool is_letter = i > 0 && i + 1 < atoms_.size() && !atoms_[i].is_used &&
                               (text(i) == "O" || text(i) == "N" || text(i) == "D") &&
                               atoms_[i].atom.is_glued && atoms_[i + 1].atom.is_glued;
        if (!is_letter || !is_free(i - 1, Atom::Kind::Number) ||
            !is_free(i + 1, Atom::Kind::Number) || text(i - 1).size() != 2) {
            return;
        }
        const auto year = year_of(text(i - 1));
        const auto day = day_of(std::string_view(text(i + 1)).substr(0, 2));
        if (!year || !day) {
            return;
        }
        const int month = text(i) == "O" ? 10 : text(i) == "N" ? 11 : 12;
        groups_.push_back({{day, month, year, strike_of(text(i + 1).substr(2))}});
        for (const auto at : {i - 1, i, i + 1}) {
            atoms_[at].is_used = true;
        }
    }

    void read_free(std::size_t i) {
        const auto& number = text(i);
        Readings readings;
        if (is_thousands(i)) {
            atoms_[i + 1].is_used = true;
            if (const auto strike = strike_of(number, 1000)) {
                readings.push_back({{}, {}, {}, strike});
            }
        } else {
            read_weekly_symbol(i, readings);
            read_packed_date(number, readings);
            read_plain(number, readings);
        }
        if (means(i + 1, Meaning::Ordinal)) {
            atoms_[i + 1].is_used = true;
        }
        if (!readings.empty()) {
            atoms_[i].is_used = true;
            groups_.push_back(std::move(readings));
        }
    }

    // NIFTY 26 9 01 25000: two figures of the year, one of the month, two of the day, the strike.
    void read_weekly_symbol(std::size_t i, Readings& readings) const {
        const std::string_view number = text(i);
        if (!atoms_[i].follows_name || number.size() < 8) {
            return;
        }
        const auto year = year_of(number.substr(0, 2));
        const int month = number[2] - '0';
        const auto day = day_of(number.substr(3, 2));
        const auto strike = strike_of(number.substr(5));
        if (year && month >= 1 && month <= 9 && day && strike) {
            readings.push_back({day, month, year, strike});
        }
    }

    static void read_packed_date(std::string_view number, Readings& readings) {
        if (number.size() != 8 || number.find('.') != std::string_view::npos) {
            return;
        }
        const auto year = year_of(number.substr(0, 4));
        const auto month = day_of(number.substr(4, 2));
        const auto day = day_of(number.substr(6, 2));
        if (year && month && *month <= 12 && day) {
            readings.push_back({day, month, year, {}});
        }
    }

    static void read_plain(std::string_view number, Readings& readings) {
        if (const auto strike = large_strike(number)) {
            readings.push_back({{}, {}, {}, strike});
            return;
        }
        if (const auto day = day_of(number)) {
            readings.push_back({day, {}, {}, {}});
        }
        if (const auto strike = strike_of(number, 1000)) {  // "nifty 25 ce", "24.5"
            readings.push_back({{}, {}, {}, strike});
        }
        if (const auto strike = strike_of(number)) {
            readings.push_back({{}, {}, {}, strike});
        }
    }

    std::vector<ReadAtom>& atoms_;
    std::vector<Readings> groups_;
};

}  // namespace

std::vector<std::vector<NumberReading>> read_numbers(std::vector<ReadAtom>& atoms) {
    return Reader(atoms).read();
}

}  // namespace sauda::search
