#pragma once

#include "common/bus/control.h"
#include "common/kernel/participant.h"
#include "common/service/log.h"
#include "common/store/store.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::service {

// Rebuilds a core: snapshot, then the journal entry by entry; market-derived inputs are observed
// again (pulled from their owners), the events each entry led to are applied. Never decides.
class Recovery {
 public:
    Recovery(kernel::Participant& participant, store::Store& store, std::string layout, Log& log);

    // Loads the snapshot. Afterwards step() until it returns true.
    void start();
    // Goes on as far as the messages at hand reach. True when done.
    bool step();
    // What is missing for the next step: ask its owner (an own journaled stream included).
    [[nodiscard]] std::optional<bus::PullRequest> want() const;
    void offer(const bus::PullReply& reply);
    // Give up on market data (free running, upstream silent): the rest of the soft state is cold.
    void skip_market_data() { is_cold_ = true; }

    [[nodiscard]] uint64_t replayed() const { return replayed_; }

 private:
    bool replay(const store::JournalRow& row);
    std::optional<domain::Message> message_of(const store::JournalRow& row);
    void apply_outputs(uint64_t from, uint64_t to);

    kernel::Participant& participant_;
    store::Store& store_;
    std::string layout_;
    Log& log_;
    std::deque<store::JournalRow> rows_;
    uint64_t last_ordinal_ = 0;
    std::map<std::pair<uint16_t, uint64_t>, bus::Frame> frames_;
    std::optional<bus::PullRequest> want_;
    bool is_cold_ = false;
    uint64_t replayed_ = 0;
};

// A snapshot's bytes: participant counters and the core's own state.
std::string pack_snapshot(const kernel::Participant& participant);
bool unpack_snapshot(std::string_view bytes, kernel::Participant& participant, uint64_t ordinal);

}  // namespace sauda::service
