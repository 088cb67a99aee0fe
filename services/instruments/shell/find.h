#pragma once

#include "services/instruments/shell/text.h"

namespace sauda::instruments {

struct FindRequest {
    std::string words;  // "nifty 25000 ce"
    base::Date today;
    std::size_t limit = 5;
    std::string folder;
    std::string rules;
};
// Finds contracts in the loaded masters, or, without one, among those the dated rules plan. Code 1
// where nothing matches; then it says what comes near.
Answer find(const FindRequest& request);

}  // namespace sauda::instruments
