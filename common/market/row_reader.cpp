#include "common/market/row_reader.h"

#include "common/base/decimal.h"

namespace sauda::market {

using namespace domain;

const std::string& RowReader::next() {
    INVARIANT(column_ < row_.cells.size());
    return row_.cells[column_++];
}

void RowReader::refuse(const std::string& expected) {
    if (!error_) {
        error_ = base::Error{base::ErrorKind::Invalid, cell_place(table_, row_, column_ - 1) +
                                                           ": \"" + row_.cells[column_ - 1] +
                                                           "\" is not " + expected};
    }
}

void RowReader::refuse_row(const std::string& why) {
    if (!error_) {
        error_ = base::Error{base::ErrorKind::Invalid,
                             table_.file + " line " + std::to_string(row_.line) + ": " + why};
    }
}

void RowReader::refuse_date(const std::string& why) {
    if (!error_) {
        error_ = base::Error{base::ErrorKind::Invalid,
                             cell_place(table_, row_, date_column_) + ": " + why};
    }
}

template <class T>
T RowReader::value_or_refuse(std::optional<T> value, const std::string& expected) {
    if (!value) {
        refuse(expected);
        return T{};
    }
    return *value;
}

Exchange RowReader::exchange() {
    return value_or_refuse(parse_exchange(next()), "an exchange (NSE, BSE or MCX)");
}

std::vector<Exchange> RowReader::exchanges() {
    std::vector<Exchange> list;
    std::string_view rest = next();
    while (!rest.empty()) {
        const auto word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(word.size());
        rest.remove_prefix(rest.empty() ? 0 : 1);
        const auto one = parse_exchange(word);
        if (!one) {
            refuse("a list of exchanges (NSE, BSE, MCX) with single spaces");
            return {};
        }
        list.push_back(*one);
    }
    if (list.empty()) {
        refuse("a list of exchanges (NSE, BSE, MCX) with single spaces");
    }
    return list;
}

Underlying RowReader::underlying() {
    return value_or_refuse(parse_underlying(next()), "an underlying of underlyings.csv");
}

Underlying RowReader::underlying_or_all() {
    if (peek() == "*") {
        next();
        return Underlying::Unspecified;
    }
    return value_or_refuse(parse_underlying(next()), "an underlying of underlyings.csv, nor *");
}

ContractKind RowReader::kind() {
    constexpr ContractKind kKinds[] = {ContractKind::Spot, ContractKind::Future,
                                       ContractKind::Call};
    return kKinds[one_of({"spot", "future", "option"})];
}

Date RowReader::date() {
    date_column_ = column_;
    return value_or_refuse(parse_date(next()), "a date such as 2025-08-29");
}

Segment RowReader::segment() {
    constexpr Segment kSegments[] = {Segment::Cash, Segment::Future, Segment::Option};
    return kSegments[one_of({"cash", "future", "option"})];
}

Product RowReader::product() {
    constexpr Product kProducts[] = {Product::Intraday, Product::Carryforward};
    return kProducts[one_of({"intraday", "carryforward"})];
}

base::Duration RowReader::time() {
    const std::string& cell = next();
    std::optional<base::Duration> time;
    if (cell.size() == 5 && cell[2] == ':') {
        const auto hour = base::parse_decimal(cell.substr(0, 2), 0);
        const auto minute = base::parse_decimal(cell.substr(3, 2), 0);
        if (hour && minute && *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60) {
            time = base::minutes(*hour * 60 + *minute);
        }
    }
    return value_or_refuse(time, "a time of day such as 15:30");
}

base::Price RowReader::price() {
    const auto raw = base::parse_decimal(next(), 4);
    if (!raw || *raw < 0) {
        refuse("an amount of rupees with at most 4 decimals");
        return {};
    }
    return base::Price::from_raw(*raw);
}

base::Money RowReader::money() { return base::Money::from_raw(price().raw()); }

base::Quantity RowReader::quantity() { return base::units(integer(1, 1'000'000'000)); }

int64_t RowReader::percent(int decimals_of_ratio) {
    const int decimals = decimals_of_ratio - 2;
    int64_t hundred = 100;
    for (int i = 0; i < decimals; ++i) {
        hundred *= 10;
    }
    const auto ratio = base::parse_decimal(next(), decimals);
    if (!ratio || *ratio < 0 || *ratio > hundred) {
        refuse("a percentage from 0 to 100 with at most " + std::to_string(decimals) + " decimals");
        return 0;
    }
    return *ratio;
}

int64_t RowReader::decimal(int decimals, int64_t high) {
    int64_t one = 1;
    for (int i = 0; i < decimals; ++i) {
        one *= 10;
    }
    const auto value = base::parse_decimal(next(), decimals);
    if (!value || *value < 0 || *value > high * one) {
        refuse("a number from 0 to " + std::to_string(high) + " with at most " +
               std::to_string(decimals) + " decimals");
        return 0;
    }
    return *value;
}

int64_t RowReader::integer(int64_t low, int64_t high) {
    const auto value = base::parse_decimal(next(), 0);
    if (!value || *value < low || *value > high) {
        refuse("a whole number from " + std::to_string(low) + " to " + std::to_string(high));
        return 0;
    }
    return *value;
}

std::string RowReader::text() {
    const std::string& cell = next();
    if (cell.empty()) {
        refuse("a text; it must not be empty");
    }
    return cell;
}

std::size_t RowReader::one_of(const std::vector<std::string>& words) {
    const std::string& cell = next();
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == cell) {
            return i;
        }
        list += (i == 0 ? "" : ", ") + words[i];
    }
    refuse("one of " + list);
    return 0;
}

}  // namespace sauda::market
