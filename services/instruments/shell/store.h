#pragma once

#include "common/base/expected.h"
#include "common/domain/market_rules.h"
#include "common/market/masters/master_book.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::instruments {

// Where the loaded masters lie: they are facts of the market and belong to no environment.
std::string folder_of(const std::string& var);  // var/instruments

struct OpenedBook {
    masters::MasterBook book;
    std::vector<std::string> problems;  // saved masters that could not be read, a sentence each
};
// Of each broker the newest master not after `date`, else its oldest. Empty where nothing is
// loaded.
OpenedBook open_book(const std::string& folder, base::Date date);

// The dated rules: of `folder`, else of $SAUDA_MARKET, else of deploy/market under the working
// directory, the program's folder and those above it, or of ../share/sauda/market.
base::Expected<domain::MarketRules> open_rules(const std::string& folder);

// India's date now.
base::Date today();

}  // namespace sauda::instruments
