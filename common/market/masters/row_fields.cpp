#include "common/market/masters/row_fields.h"

#include "common/base/decimal.h"

#include <array>

namespace sauda::masters {

using namespace domain;

namespace {

constexpr int64_t kLotMax = 1'000'000;
constexpr int64_t kFreezeMax = 1'000'000'000;
constexpr int64_t kTickMax = 10'000'000;                 // Rs 1,000
constexpr int64_t kStrikeMax = ((1LL << 28) - 1) * 100;  // what a contract id holds
constexpr std::size_t kTokenSize = 24;
constexpr std::size_t kSymbolSize = 64;
constexpr std::size_t kShown = 40;

std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, kShown)) {
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out + (text.size() > kShown ? "..." : "");
}

std::optional<int> month_of(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                       "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    std::string upper(text);
    for (char& c : upper) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (kMonths[i] == upper) {
            return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

std::optional<Date> date_from(std::string_view day, std::string_view month, std::string_view year) {
    const auto d = base::parse_decimal(day, 0);
    const auto y = base::parse_decimal(year, 0);
    const auto m = month_of(month);
    if (!d || !m || !y || *d < 1 || *d > 31 || *y < 2001 || *y > 2079 || day.size() != 2) {
        return std::nullopt;
    }
    const auto date = base::date_of(static_cast<int>(*y), *m, static_cast<int>(*d));
    return base::civil_of(date).day == *d ? std::optional(date) : std::nullopt;
}

bool is_word(std::string_view text, bool with_spaces) {
    for (const char c : text) {
        const bool is_plain = c > ' ' && c <= '~' && c != ',' && c != '"';
        if (!is_plain && !(with_spaces && c == ' ')) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<Date> parse_master_date(std::string_view text, DateForm form) {
    switch (form) {
        case DateForm::DayMonthYear:
            return text.size() == 9
                       ? date_from(text.substr(0, 2), text.substr(2, 3), text.substr(5))
                       : std::nullopt;
        case DateForm::DashedDayMonthYear:
            return text.size() == 11 && text[2] == '-' && text[6] == '-'
                       ? date_from(text.substr(0, 2), text.substr(3, 3), text.substr(7))
                       : std::nullopt;
        case DateForm::Iso: {
            const auto date = domain::parse_date(text);
            const int year = date ? base::civil_of(*date).year : 0;
            return year >= 2001 && year <= 2079 ? date : std::nullopt;
        }
    }
    return std::nullopt;
}

void RowFields::refuse(RowReason reason, const char* field, std::string text) {
    if (is_ok_) {
        is_ok_ = false;
        builder_.refuse(row_, reason, field, std::move(text));
    }
}

void RowFields::refuse_value(RowReason reason, const char* field, std::string_view text,
                             const char* expected) {
    refuse(reason, field, "\"" + shown(text) + "\" is not " + expected);
}

Date RowFields::expiry(const char* field, std::string_view text, DateForm form) {
    const auto date = parse_master_date(text, form);
    if (!date) {
        refuse_value(RowReason::BadExpiry, field, text,
                     form == DateForm::DayMonthYear ? "a date such as 28OCT2025"
                     : form == DateForm::Iso        ? "a date such as 2025-10-28"
                                                    : "a date such as 28-Oct-2025");
        return {};
    }
    return *date;
}

Price RowFields::strike(const char* field, std::string_view text, int decimals) {
    const auto raw = base::parse_decimal(text, decimals);
    if (!raw || *raw <= 0 || *raw > kStrikeMax || *raw % 100 != 0) {
        refuse_value(RowReason::BadStrike, field, text,
                     decimals == kPaise ? "a strike in paise, above 0 and below 26.8 lakh rupees"
                                        : "a strike in rupees, above 0, below 26.8 lakh");
        return {};
    }
    return Price::from_raw(*raw);
}

ContractKind RowFields::right(const char* field, std::string_view text) {
    if (text == "CE") {
        return ContractKind::Call;
    }
    if (text != "PE") {
        refuse_value(RowReason::BadKind, field, text, "CE or PE");
    }
    return ContractKind::Put;
}

Quantity RowFields::lot(const char* field, std::string_view text) {
    const auto lot = base::parse_decimal(text, 0);
    if (!lot || *lot < 1 || *lot > kLotMax) {
        refuse_value(RowReason::BadLot, field, text, "a lot, a whole number of units above 0");
        return {};
    }
    return base::units(*lot);
}

std::optional<Price> RowFields::tick(const char* field, std::string_view text, int decimals) {
    const auto raw = base::parse_decimal(text, decimals);
    if (!raw || *raw <= 0 || *raw > kTickMax) {
        refuse_value(RowReason::BadTick, field, text,
                     decimals == kPaise ? "a tick in paise, above 0" : "a tick in rupees, above 0");
        return std::nullopt;
    }
    return Price::from_raw(*raw);
}

std::optional<Quantity> RowFields::freeze(const char* field, std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto freeze = base::parse_decimal(text, 0);
    if (!freeze || *freeze < 0 || *freeze > kFreezeMax) {
        refuse_value(RowReason::BadFreeze, field, text,
                     "a freeze quantity, a whole number of units (0: not known)");
        return std::nullopt;
    }
    return *freeze == 0 ? std::nullopt : std::optional(base::units(*freeze));
}

std::string RowFields::token(const char* field, std::string_view text) {
    if (text.empty() || text.size() > kTokenSize || !is_word(text, false)) {
        refuse_value(RowReason::BadToken, field, text, "a token, 1 to 24 letters or digits");
    }
    return std::string(text.substr(0, kTokenSize));
}

std::string RowFields::symbol(const char* field, std::string_view text) {
    if (text.size() > kSymbolSize || !is_word(text, true)) {
        refuse_value(RowReason::BadSymbol, field, text,
                     "a symbol, at most 64 printable characters without comma and quote");
    }
    return std::string(text.substr(0, kSymbolSize));
}

}  // namespace sauda::masters
