#include "common/market/search/query_atoms.h"

#include <algorithm>
#include <array>

namespace sauda::search {

namespace {

using Meaning = Word::Meaning;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t n = 0;
    while (at + n < text.size() && is_digit(text[at + n])) {
        ++n;
    }
    return n;
}

int number_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

int full_year(int year) { return year < 100 ? 2000 + year : year; }

bool is_month_and_day(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// "2025-10-28", "28-10-2025", "28/10/25", "28.10.2025", "30/10": sets the atom and says how many
// characters it takes; 0 where no date begins.
std::size_t take_date(std::string_view text, Atom& atom) {
    const auto first = digits_at(text, 0);
    if (first == 0 || first > 4 || first >= text.size()) {
        return 0;
    }
    const char separator = text[first];
    if (separator != '-' && separator != '/' && separator != '.') {
        return 0;
    }
    const auto second = digits_at(text, first + 1);
    const auto end = first + 1 + second;
    if (second == 0 || second > 2) {
        return 0;
    }
    const int a = number_of(text.substr(0, first));
    const int b = number_of(text.substr(first + 1, second));
    const bool has_third = end < text.size() && text[end] == separator;
    const auto third = has_third ? digits_at(text, end + 1) : 0;
    if (third == 0) {
        if (separator != '/' || first > 2 || !is_month_and_day(b, a)) {
            return 0;
        }
        atom.day = a;
        atom.month = b;
        atom.year = 0;
        return end;
    }
    const int c = third <= 4 ? number_of(text.substr(end + 1, third)) : 0;
    if (first == 4 && third <= 2 && is_month_and_day(b, c)) {
        atom.year = a;
        atom.month = b;
        atom.day = c;
        return end + 1 + third;
    }
    if (first <= 2 && (third == 2 || third == 4) && is_month_and_day(b, a)) {
        atom.year = full_year(c);
        atom.month = b;
        atom.day = a;
        return end + 1 + third;
    }
    return 0;
}

// "25,000", "1,00,000" and "117.5"; appends to `number` and says how many characters it takes.
std::size_t take_number(std::string_view text, std::string& number) {
    std::size_t at = digits_at(text, 0);
    number = text.substr(0, at);
    while (at < text.size() && text[at] == ',') {
        const auto group = digits_at(text, at + 1);
        if (group != 2 && group != 3) {
            break;
        }
        number += text.substr(at + 1, group);
        at += 1 + group;
    }
    if (at < text.size() && text[at] == '.' && digits_at(text, at + 1) > 0) {
        const auto fraction = digits_at(text, at + 1);
        number += text.substr(at, fraction + 1);
        at += fraction + 1;
    }
    return at;
}

std::size_t take_word(std::string_view text, std::string& word) {
    std::size_t at = 0;
    while (at < text.size() && is_letter(text[at])) {
        const char c = text[at++];
        word += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return at;
}

struct Entry {
    std::string_view text;
    Meaning meaning;
    int value = 0;
};
constexpr std::array kWords{
    Entry{"CE", Meaning::Call},
    Entry{"C", Meaning::Call},
    Entry{"CALL", Meaning::Call},
    Entry{"CALLS", Meaning::Call},
    Entry{"PE", Meaning::Put},
    Entry{"P", Meaning::Put},
    Entry{"PUT", Meaning::Put},
    Entry{"PUTS", Meaning::Put},
    Entry{"FUT", Meaning::Future},
    Entry{"FUTS", Meaning::Future},
    Entry{"FUTURE", Meaning::Future},
    Entry{"FUTURES", Meaning::Future},
    Entry{"F", Meaning::Future},
    Entry{"SPOT", Meaning::Spot},
    Entry{"INDEX", Meaning::Spot},
    Entry{"CASH", Meaning::Spot},
    Entry{"OPT", Meaning::Option},
    Entry{"OPTION", Meaning::Option},
    Entry{"OPTIONS", Meaning::Option},
    Entry{"NEXT", Meaning::Next},
    Entry{"THIS", Meaning::This},
    Entry{"WEEK", Meaning::Week},
    Entry{"WK", Meaning::Week},
    Entry{"WEEKLY", Meaning::Weekly},
    Entry{"MONTH", Meaning::MonthWord},
    Entry{"MTH", Meaning::MonthWord},
    Entry{"MONTHLY", Meaning::Monthly},
    Entry{"NEAREST", Meaning::Nearest},
    Entry{"NEAR", Meaning::Nearest},
    Entry{"CURRENT", Meaning::Nearest},
    Entry{"FRONT", Meaning::Nearest},
    Entry{"TODAY", Meaning::Today},
    Entry{"TOMORROW", Meaning::Tomorrow},
    Entry{"K", Meaning::Thousand},
    Entry{"ST", Meaning::Ordinal},
    Entry{"ND", Meaning::Ordinal},
    Entry{"RD", Meaning::Ordinal},
    Entry{"TH", Meaning::Ordinal},
    Entry{"NSE", Meaning::Exchange, 1},
    Entry{"NFO", Meaning::Exchange, 1},
    Entry{"BSE", Meaning::Exchange, 2},
    Entry{"BFO", Meaning::Exchange, 2},
    Entry{"MCX", Meaning::Exchange, 3},
    Entry{"THE", Meaning::Noise},
    Entry{"A", Meaning::Noise},
    Entry{"AT", Meaning::Noise},
    Entry{"OF", Meaning::Noise},
    Entry{"FOR", Meaning::Noise},
    Entry{"IN", Meaning::Noise},
    Entry{"ON", Meaning::Noise},
    Entry{"AND", Meaning::Noise},
    Entry{"WITH", Meaning::Noise},
    Entry{"EXP", Meaning::Noise},
    Entry{"EXPIRY", Meaning::Noise},
    Entry{"EXPIRING", Meaning::Noise},
    Entry{"STRIKE", Meaning::Noise},
    Entry{"CONTRACT", Meaning::Noise},
    Entry{"RS", Meaning::Noise},
    Entry{"INR", Meaning::Noise},
};

constexpr std::array<std::string_view, 12> kMonths{"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                                   "MAY",       "JUNE",     "JULY",     "AUGUST",
                                                   "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
constexpr std::array<std::string_view, 7> kWeekdays{"SUNDAY",   "MONDAY", "TUESDAY", "WEDNESDAY",
                                                    "THURSDAY", "FRIDAY", "SATURDAY"};

// The full name or at least its first three letters.
template <std::size_t N>
std::optional<int> name_of(const std::array<std::string_view, N>& names, std::string_view text) {
    constexpr std::size_t kShortest = 3;
    for (std::size_t i = 0; i < N; ++i) {
        if (text.size() >= kShortest && names[i].starts_with(text)) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Word> word_of(std::string_view upper) {
    for (const auto& entry : kWords) {
        if (entry.text == upper) {
            return Word{entry.meaning, entry.value};
        }
    }
    if (const auto month = name_of(kMonths, upper)) {
        return Word{Meaning::Month, *month + 1};
    }
    if (const auto weekday = name_of(kWeekdays, upper)) {
        return Word{Meaning::Weekday, *weekday};
    }
    return std::nullopt;
}

std::vector<Atom> atoms_of(std::string_view text) {
    constexpr std::size_t kLongest = 200;
    text = text.substr(0, kLongest);
    std::vector<Atom> atoms;
    bool is_glued = false;
    while (!text.empty()) {
        Atom atom;
        std::size_t taken = 0;
        if (is_digit(text.front())) {
            taken = is_glued ? 0 : take_date(text, atom);
            atom.kind = taken > 0 ? Atom::Kind::Date : Atom::Kind::Number;
            taken = taken > 0 ? taken : take_number(text, atom.text);
        } else if (is_letter(text.front())) {
            taken = take_word(text, atom.text);
        }
        if (taken == 0) {
            is_glued = false;
            text.remove_prefix(1);
            continue;
        }
        atom.typed = text.substr(0, taken);
        atom.is_glued = is_glued;
        is_glued = true;
        text.remove_prefix(taken);
        atoms.push_back(std::move(atom));
    }
    return atoms;
}

}  // namespace sauda::search
