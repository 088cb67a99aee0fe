#pragma once

#include "common/domain/contract_id.h"
#include "common/market/search/query_atoms.h"

namespace sauda::search {

// What a number, or a month with the numbers around it, may stand for.
struct NumberReading {
    std::optional<int> day;
    std::optional<int> month;
    std::optional<int> year;
    std::optional<domain::Price> strike;
    bool is_monthly = false;  // NIFTY31MAY25000CE: the month's own expiry
};

// An atom on its way through the parser.
struct ReadAtom {
    Atom atom;
    std::optional<Word> word;  // of a Word that is known
    bool is_used = false;
    bool follows_name = false;  // glued to the underlying's name
};

// For each group of numbers its readings, the likeliest first; marks the atoms it used. Words other
// than months are left alone.
std::vector<std::vector<NumberReading>> read_numbers(std::vector<ReadAtom>& atoms);

}  // namespace sauda::search
