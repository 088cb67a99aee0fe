#pragma once

#include "common/base/archive.h"

#include <cstdint>
#include <vector>

namespace sauda::options {

// One option as it was quoted: prices in rupees per unit, quantities in units. Zero: absent.
struct OptionTick {
    double bid = 0.0;
    double ask = 0.0;
    double last = 0.0;
    double volume = 0.0;  // of the day
    double open_interest = 0.0;
};

// The calls or the puts of one expiry as columns, one row a strike.
struct OptionColumns {
    std::vector<double> bid;
    std::vector<double> ask;
    std::vector<double> last;
    std::vector<double> volume;
    std::vector<double> open_interest;
    std::vector<double> first_last;           // first last price seen, what changes are against
    std::vector<double> first_open_interest;  // first one seen
    std::vector<base::Timestamp> known;       // when last quoted; not set: never

    // A row without a quote in front of row `at`.
    void insert(std::size_t at);
    // True if bid or ask changed.
    bool update(std::size_t row, const OptionTick& tick, base::Timestamp when);
    // Every column gets as many rows; for what was read from a damaged file.
    void resize(std::size_t rows);

    SAUDA_FIELDS(bid, ask, last, volume, open_interest, first_last, first_open_interest, known)
};

}  // namespace sauda::options
