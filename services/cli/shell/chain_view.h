#pragma once

#include "common/options/expiry_figures.h"
#include "services/cli/shell/chain_reading.h"
#include "services/cli/shell/figure_text.h"

#include <string>
#include <vector>

namespace sauda::cli {

struct ChainOptions {
    ChainRequest request;
    int strikes = 10;  // shown on either side of the money; 0: all
    bool is_json = false;
};

// Exit codes: 0 shown, 1 not.
int show_chain(const ChainOptions& options);

// One expiry: what stands above the rows, and the rows. At most kChainWidth wide.
inline constexpr std::size_t kChainWidth = 120;
std::string chain_head(const ChainReading& reading, domain::Date expiry, const Paint& paint);
std::string chain_rows(const ChainReading& reading, domain::Date expiry, int strikes,
                       const Paint& paint);
// A line per expiry.
std::string term_text(const ChainReading& reading, const Paint& paint);
std::string chain_json(const ChainReading& reading, const std::vector<domain::Date>& expiries);

// Units per lot of an expiry; 0: no rule says it.
double lot_of(const ChainReading& reading, domain::Date expiry);

}  // namespace sauda::cli
