#include "services/importer/core/refusal.h"

namespace sauda::importer {

std::string_view to_text(RefusalReason reason) {
    switch (reason) {
        case RefusalReason::ColumnCount:
            return "wrong number of columns";
        case RefusalReason::Symbol:
            return "symbol";
        case RefusalReason::BadDate:
            return "unreadable date or time";
        case RefusalReason::Strike:
            return "strike not a positive multiple of a paisa";
        case RefusalReason::EventAhead:
            return "fetched after it was collected";
        case RefusalReason::TimeBackwards:
            return "time going backwards";
        case RefusalReason::ClosedDay:
            return "a day without a session";
        case RefusalReason::LotUnknown:
            return "no lot or tick known for the contract";
        case RefusalReason::Unparsable:
            return "unparsable number";
        case RefusalReason::NotFinite:
            return "not a number or infinite";
        case RefusalReason::Negative:
            return "negative";
        case RefusalReason::Absurd:
            return "absurd value";
        case RefusalReason::Crossed:
            return "crossed sides";
        case RefusalReason::AmbiguousDate:
            return "a date that can be read in two ways";
        case RefusalReason::ContractType:
            return "neither call, put nor future";
        case RefusalReason::BarShape:
            return "close outside of low and high";
        case RefusalReason::TooManyContracts:
            return "more contracts than any exchange lists";
        case RefusalReason::OutOfHours:
            return "out of the session's hours";
        case RefusalReason::Foreign:
            return "contracts of shares";
        case RefusalReason::NotAsked:
            return "not asked for (--only, --from, --to)";
    }
    return "";
}

void RefusalCounts::add(uint64_t line, const Refusal& refusal) {
    constexpr std::size_t kExamples = 3;
    auto& entry = entries_[refusal.reason];
    ++entry.count;
    if (entry.examples.size() < kExamples) {
        entry.examples.push_back({line, refusal.detail});
    }
}

uint64_t RefusalCounts::count(RefusalReason reason) const {
    const auto entry = entries_.find(reason);
    return entry == entries_.end() ? 0 : entry->second.count;
}

}  // namespace sauda::importer
