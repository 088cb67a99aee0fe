#pragma once

#include "common/bus/frame.h"
#include "common/bus/transport.h"
#include "common/kernel/participant.h"
#include "common/store/store.h"

#include <map>
#include <vector>

namespace sauda::service {

// Turns what a core emitted into rows to commit and frames to send: commit first, then send.
class Outbox {
 public:
    explicit Outbox(uint64_t epoch) : epoch_(epoch) {}
    // Where the stream ended at start.
    void restore(domain::StreamId stream, uint64_t first_seq, uint64_t last_seq,
                 uint64_t chain_hash);

    // Encodes outputs into rows of the batch and remembers their frames.
    void stage(const std::vector<kernel::Output>& outputs, store::Batch& batch);
    // After the commit.
    void send(bus::Transport& transport);

    [[nodiscard]] std::vector<bus::StreamEnd> ends() const;
    [[nodiscard]] uint64_t last_seq(domain::StreamId stream) const;

 private:
    uint64_t epoch_;
    std::map<domain::StreamId, bus::StreamEnd> ends_;
    std::vector<bus::Frame> staged_;
};

}  // namespace sauda::service
