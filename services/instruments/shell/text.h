#pragma once

#include "common/market/masters/master_book.h"

#include <string>

// How instruments read to a trader.
namespace sauda::instruments {

// What a command has to say, and its exit code.
struct Answer {
    int code = 0;
    std::string text;
    std::string error{};  // why something was not done; for standard error
};

std::string grouped(int64_t number);            // "1,00,000"
std::string price_text(base::Price price);      // "25,000", "117.5", "0.05"
std::string date_text(base::Date date);         // "Tue 28-Oct-2025"
std::string human_name(domain::ContractId id);  // "NIFTY 25,000 call, Tue 28-Oct-2025"
// "n contract", "n contracts"
std::string counted(int64_t n, const std::string& word);

// "tomorrow", "in 12 days", "expired 3 days ago".
std::string days_until(base::Date date, base::Date today);

}  // namespace sauda::instruments
