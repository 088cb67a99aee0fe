#pragma once

#include "common/base/expected.h"
#include "common/base/rng.h"
#include "common/domain/market_rules.h"
#include "services/importer/core/chain_importer.h"
#include "services/importer/core/spot_path.h"

#include <cstdint>
#include <vector>

namespace sauda::importer {

struct GeneratorOptions {
    Date date;
    uint64_t seed = 1;
    bool is_quick = false;  // 11 strikes every 15 s instead of 21 every 5 s
};

struct GeneratedSession {
    Duration interval;
    Date expiry;
    double open = 0.0;
    uint64_t quotes = 0;
    uint64_t contracts = 0;
    Timestamp gap_from;  // nothing is known between these
    Timestamp gap_to;
};

// An invented trading day of NIFTY and its nearest expiry: options around the open with call-put
// parity kept, spreads wider away from the money and at the ends of the day, sizes that are
// sometimes a lot or two at the touch, one minute of silence. The index ends with the cash market.
// Same rules, date and seed: the same messages. Invalid: no trading day, or no rule for it.
base::Expected<GeneratedSession> generate_session(const domain::MarketRules& rules,
                                                  const GeneratorOptions& options,
                                                  MessageSink& sink);

}  // namespace sauda::importer
