#pragma once

#include "common/options/strike_quotes.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace sauda::options {

// One expiry of one snapshot of the recorded chain of 29 August 2025.
struct RecordedExpiry {
    std::string name;      // "02-Sep-2025"
    double minutes = 0.0;  // from the fetch to 15:30 of that day
    double forward = 0.0;  // by parity
    double discount = 1.0;
    std::vector<StrikeQuotes> strikes;
    [[nodiscard]] ExpiryQuotes quotes() const {
        return {forward, discount, minutes / kMinutesOfYear, 0.05, strikes};
    }
};

// The expiries of every `every`th snapshot, nearest first; those without a parity forward are left
// out. Empty where the recording is absent (SAUDA_TEST_DATA, else ../shared/data).
std::vector<std::vector<RecordedExpiry>> recorded_chains(std::size_t every);

}  // namespace sauda::options
