#pragma once

#include "common/domain/message.h"
#include "common/wire/validate.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace sauda::wire {

// Time does not run backwards within a stream, nor the exchange's stamp within a contract. Equal
// times pass: a snapshot repeats stamps. What is refused leaves no trace here. One per consumer.
class TimeOrder {
 public:
    // known_time of the stream's messages.
    std::optional<Refusal> check(domain::StreamId stream, const domain::Meta& meta);
    // event_time of each contract's quotes; drops those that go back and appends why.
    void check(domain::QuoteBatch& batch, std::vector<Refusal>& refusals);

 private:
    struct Slot {
        uint64_t contract = 0;  // 0 = free
        int64_t event_time = 0;
    };
    Slot& slot_of(uint64_t contract);
    void grow();

    std::map<domain::StreamId, base::Timestamp> known_;
    std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
    std::size_t used_ = 0;
};

}  // namespace sauda::wire
