#pragma once

#include "common/market/search/query.h"

#include <span>

namespace sauda::search {

enum class Outcome : uint8_t {
    Found,
    UnknownName,   // no underlying was understood, and words were left over
    NothingAsked,  // the query says nothing at all
    NotListed,     // nothing of that underlying and kind
    NoSuchExpiry,
    NoSuchStrike,
};

struct SearchResult {
    Outcome outcome = Outcome::NothingAsked;
    Query query;  // the reading that was used
    // Found: open contracts first, nearest expiry first, then by strike; calls before puts.
    std::vector<domain::ContractId> matches;
    // Otherwise what comes nearest, the nearest first: other expiries, or other strikes.
    std::vector<domain::ContractId> near;
    std::vector<domain::Date> near_expiries;  // NoSuchExpiry, rising
    std::vector<domain::Price> near_strikes;  // NoSuchStrike, rising
};

// Looks the readings up among contracts (any order, each once). Expired ones are found only where
// the query names their year or exact date. `today` is India's date.
SearchResult search(const ParsedQuery& query, std::span<const domain::ContractId> contracts,
                    domain::Date today);

}  // namespace sauda::search
