#pragma once

#include "common/base/expected.h"
#include "common/domain/message.h"

#include <string>
#include <string_view>
#include <vector>

// The only gate for what enters: the feed holds its own rows against it before it publishes, and
// decode() holds every message from outside. Absurd values stop here, so that cores need not look.
namespace sauda::wire {

inline constexpr int64_t kPriceRupeesMax = 10'000'000;  // no unit of anything listed costs more

// One row, or one message, that was not let in.
struct Refusal {
    std::string_view rule;        // short and fixed, to count by: "crossed", "price absurd" ...
    std::string field;            // "bid"
    std::string value;            // "118.60 is not below the ask 118.55"
    domain::ContractId contract;  // not set where the row's contract is not the matter
    // "NSE:NIFTY:2025-09-02:25000:CE bid: 118.60 is not below the ask 118.55"
    [[nodiscard]] std::string text() const;
};

// Which payloads a stream carries; the table stands in streams.h as comments.
bool is_allowed(domain::StreamId stream, const domain::Payload& payload);

// Checks meta and payload. A bad row of a QuoteBatch, BarBatch or InstrumentBatch is left out and
// appended to `refusals`; anything else that is bad is an error naming the field.
base::Expected<void> validate(domain::StreamId stream, const domain::Meta& meta,
                              domain::Payload& payload, std::vector<Refusal>& refusals);

// The rows alone: drops what is bad and appends why.
void sift(domain::QuoteBatch& batch, std::vector<Refusal>& refusals);
void sift(domain::BarBatch& batch, std::vector<Refusal>& refusals);
void sift(domain::InstrumentBatch& batch, std::vector<Refusal>& refusals);

}  // namespace sauda::wire
