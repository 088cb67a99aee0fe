#pragma once

#include "common/base/expected.h"
#include "common/domain/contract_id.h"
#include "services/importer/core/refusal.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace sauda::importer {

using base::Date;
using base::Price;
using base::Timestamp;

// One side of a row as the file tells it: sizes in units, open interest in lots (sometimes a
// fraction), volume in contracts. A zero price is absent.
struct ChainSide {
    Price bid;
    Price ask;
    Price last;
    int64_t bid_size = 0;
    int64_t ask_size = 0;
    double volume_lots = 0.0;
    double open_interest_lots = 0.0;
};

struct ChainRow {
    Timestamp event_time;  // Fetch_Time
    Timestamp known_time;  // collection_timestamp
    domain::Underlying underlying = domain::Underlying::Unspecified;
    Date expiry;
    Price strike;
    std::expected<ChainSide, Refusal> call;
    std::expected<ChainSide, Refusal> put;
};

// Invalid, told in full: what this importer reads and what the line is instead.
base::Expected<void> check_header(std::string_view line);

// Reads lines of the NSE full-chain CSV. Remembers the last dates, which repeat row after row.
class ChainRowParser {
 public:
    // The refusal of the whole row; a refusal of one side stands in the row.
    std::expected<ChainRow, Refusal> parse(std::string_view line);

 private:
    std::optional<Timestamp> fetch_time(std::string_view text);
    std::optional<Timestamp> collection_time(std::string_view text);
    std::optional<Date> expiry(std::string_view text);

    template <class T>
    struct Remembered {
        std::string text;
        T value{};
    };
    Remembered<Timestamp> fetch_time_;
    Remembered<Timestamp> collection_time_;
    Remembered<Date> expiry_;
    Remembered<domain::Underlying> symbol_;
};

}  // namespace sauda::importer
