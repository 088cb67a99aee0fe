#pragma once

#include "common/base/expected.h"
#include "common/chain/chain_state.h"
#include "common/domain/market_rules.h"
#include "common/recording/source_description.h"

#include <string>

namespace sauda::cli {

// What `sauda chain` and `sauda payoff` are asked about.
struct ChainRequest {
    std::string recording;
    std::string at;                  // "11:00" or "11:00:30" of its day; empty: its end
    std::string expiry = "nearest";  // or "2025-09-02", or (chain only) "all"
    std::string underlying;          // empty: what the recording is mainly about
    std::string rules;               // folder of the dated rules; empty: deploy/market
    double rate_percent = 6.0;       // a year, what a premium costs to carry
};

// The market of a recording as it was known at one moment.
struct ChainReading {
    recording::SourceDescription source;  // underlying: the one asked for
    domain::MarketRules rules;
    base::Timestamp at;
    base::Timestamp known;  // when the newest quote became known, not after `at`
    double rate = 0.0;      // a year
    chain::ChainState state;
    uint64_t quotes = 0;  // read
};

// Errors are sentences: no such file, another kind of file (which), a moment outside the recording
// (its range), a day without rules.
base::Expected<ChainReading> read_chain(const ChainRequest& request);

// The expiry asked for. NotFound lists those that are quoted.
base::Expected<domain::Date> find_expiry(const ChainReading& reading, const std::string& text);

// What kind of file it is, by its first bytes: "a zstd-compressed file", "a CSV file ...".
std::string what_file_is(const std::string& path);

// "11:00" or "11:00:30" of a day.
std::optional<base::Timestamp> parse_clock(base::Date day, const std::string& text);

}  // namespace sauda::cli
