#pragma once

#include "common/domain/contract_id.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// What people and brokers call things, and finding contracts by it. Pure: std and domain only.
namespace sauda::search {

struct UnderlyingName {
    std::string_view name;  // upper case letters and digits only: "NIFTYBANK"
    domain::Underlying underlying;
};

// Every name known, sorted by name.
std::span<const UnderlyingName> underlying_names();

// "Nifty Bank" -> "NIFTYBANK": letters and digits alone, upper case. Other bytes are dropped.
std::string plain_name(std::string_view text);

// Exact but for case, spaces and punctuation: "NIFTY BANK", "BankNifty", "BSE SENSEX". Never a
// guess: "NIFTY MIDCAP 50" is nullopt, not MIDCPNIFTY.
std::optional<domain::Underlying> underlying_by_name(std::string_view text);

// The same after correcting a slip of the keyboard in one name: one letter wrong, missing, too
// many or two swapped; two of them in names of eight letters and more. nullopt also where two
// underlyings are equally near.
std::optional<domain::Underlying> underlying_by_typo(std::string_view text);

// Edits (insert, remove, replace, swap neighbours) that make b of a; `limit` + 1 when more.
int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace sauda::search
