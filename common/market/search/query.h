#pragma once

#include "common/domain/contract_id.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::search {

enum class KindWish : uint8_t { Any, Spot, Future, Option, Call, Put };
enum class ExpiryWish : uint8_t {
    Any,
    Nearest,
    Next,
    Monthly,
    ThisWeek,
    NextWeek,
    ThisMonth,
    NextMonth
};

// One way to read what somebody typed. What is not set was not asked for.
struct Query {
    std::optional<domain::Underlying> underlying;
    std::optional<domain::Exchange> exchange;
    KindWish kind = KindWish::Any;
    std::vector<domain::Price> strikes;  // any of them
    ExpiryWish expiry = ExpiryWish::Any;
    std::optional<int> day;         // of the month
    std::optional<int> month;       // 1 to 12
    std::optional<int> year;        // 2001 to 2079
    std::optional<int> weekday;     // 0 Sunday ... 6 Saturday
    std::optional<int> days_ahead;  // 0 today, 1 tomorrow

    [[nodiscard]] bool wants_expiry() const {
        return expiry != ExpiryWish::Any || day || month || year || weekday || days_ahead;
    }
    friend bool operator==(const Query&, const Query&) = default;
};

struct ParsedQuery {
    std::vector<Query> readings;       // the likeliest first; at least one
    std::string guessed;               // "nfity": read as the underlying although misspelt
    std::vector<std::string> unknown;  // words nobody understood, as typed
};

// Reads "nifty 25000 ce", "52k put bank nifty 30 oct", "NIFTY28OCT2525000CE", "sensex fut next
// month", "NSE:NIFTY:2025-10-28:25000:CE" in any order of words. Never fails: what it does not
// understand is in `unknown`. Texts longer than 200 characters are cut.
ParsedQuery parse_query(std::string_view text);

}  // namespace sauda::search
