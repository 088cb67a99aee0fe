#pragma once

#include "common/domain/market_rules.h"
#include "common/market/csv_table.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::market {

// Reads the cells of one row from left to right and remembers the first error, so that a row is
// read in one go and judged once. After an error every further value is empty.
class RowReader {
 public:
    RowReader(const CsvTable& table, const CsvRow& row) : table_(table), row_(row) {}

    domain::Exchange exchange();
    std::vector<domain::Exchange> exchanges();  // separated by spaces, at least one
    domain::Underlying underlying();
    domain::Underlying underlying_or_all();  // "*" is Unspecified: every one without its own row
    domain::ContractKind kind();             // spot, future or option (Call)
    domain::Date date();                     // its column is the one refuse_date() names
    base::Duration time();                   // "15:30"
    domain::Segment segment();               // cash, future or option
    domain::Product product();               // intraday or carryforward
    base::Price price();                     // rupees, >= 0
    base::Money money();                     // rupees, >= 0
    base::Quantity quantity();               // > 0
    int64_t percent(int decimals_of_ratio);  // "0.1" with 9: 1,000,000; 0 to 100
    int64_t decimal(int decimals, int64_t high);  // "8.5" with 6: 8,500,000; 0 to high
    int64_t integer(int64_t low, int64_t high);
    std::string text();                                         // not empty
    std::size_t one_of(const std::vector<std::string>& words);  // index

    [[nodiscard]] bool ok() const { return !error_; }
    // Of the first bad cell, or of the whole row where `text` is given.
    [[nodiscard]] base::Error error() const { return *error_; }
    void refuse_row(const std::string& why);
    void refuse_date(const std::string& why);
    // The next cell as it stands, not yet judged.
    [[nodiscard]] const std::string& peek() const { return row_.cells[column_]; }

 private:
    // The next cell; empty after an error.
    const std::string& next();
    void refuse(const std::string& expected);
    template <class T>
    T value_or_refuse(std::optional<T> value, const std::string& expected);

    const CsvTable& table_;
    const CsvRow& row_;
    std::size_t column_ = 0;  // of the cell after the current one
    std::size_t date_column_ = 0;
    std::optional<base::Error> error_;
};

}  // namespace sauda::market
