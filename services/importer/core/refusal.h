#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::importer {

// Why a row, or one of its two quotes, was not taken.
enum class RefusalReason : uint8_t {
    ColumnCount,
    Symbol,
    BadDate,
    Strike,
    EventAhead,
    TimeBackwards,
    ClosedDay,
    LotUnknown,
    Unparsable,
    NotFinite,
    Negative,
    Absurd,
    Crossed,
    AmbiguousDate,
    ContractType,
    BarShape,
    TooManyContracts,
    OutOfHours,
    Foreign,
    NotAsked,
};

// "crossed sides", as the summary prints it.
std::string_view to_text(RefusalReason reason);

struct Refusal {
    RefusalReason reason = RefusalReason::ColumnCount;
    std::string detail;  // what was found where: "CALLS_Bid_Price is 'abc', not a number"
};

// Counts refusals and keeps the first three of each reason with their line.
class RefusalCounts {
 public:
    struct Example {
        uint64_t line = 0;
        std::string detail;
    };
    struct Entry {
        uint64_t count = 0;
        std::vector<Example> examples;
    };
    void add(uint64_t line, const Refusal& refusal);
    [[nodiscard]] const std::map<RefusalReason, Entry>& entries() const { return entries_; }
    [[nodiscard]] uint64_t count(RefusalReason reason) const;

 private:
    std::map<RefusalReason, Entry> entries_;
};

}  // namespace sauda::importer
