#pragma once

#include "common/base/expected.h"
#include "common/store/store.h"
#include "tests/bench/percentiles.h"

#include <string>
#include <vector>

namespace sauda::bench {

// What one service of the order path committed and sent for one order.
struct Hop {
    std::vector<store::OutboxRow> outbox;
    std::vector<store::JournalRow> journal;
};
// Strategy, risk, execution.
struct OrderRows {
    Hop hops[3];
};

struct SystemOptions {
    std::string recording;
    std::string folder;    // for the environment; emptied first
    std::string programs;  // folder of sauda-ml_signal, sauda-notifier, sauda-recorder
    std::string config;
    std::string rules;
    int64_t speed_permille = 1'000'000;
};
struct SystemResult {
    Percentiles total;  // quote published -> order recorded (FULL) and handed to the broker
    Percentiles to_intent;
    Percentiles to_decision;
    Percentiles to_sent;
    std::size_t denied = 0;         // intents that led to no order
    std::vector<OrderRows> orders;  // of some of them, as samples for the baseline
};

// The real services as processes of a free-running environment: feed, ml_signal, strategy with the
// demand bot, risk, execution with the paper venue, notifier, recorder. Plays the recording once.
base::Expected<SystemResult> run_system(const SystemOptions& options);

}  // namespace sauda::bench
