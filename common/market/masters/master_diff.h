#pragma once

#include "common/market/masters/listed_contract.h"

namespace sauda::masters {

enum class ChangeKind : uint8_t {
    LotChanged,   // of a contract that is still open: an alert
    ExpiryMoved,  // under the same token; `contract` is the new one, before and after the dates
    TickChanged,
    FreezeChanged,
    TokenChanged,  // orders by the old token would reach another contract, or none
    New,
    Gone,     // before its expiry
    Expired,  // gone because it expired
};
std::string_view to_text(ChangeKind kind);

struct Change {
    ChangeKind kind = ChangeKind::New;
    domain::ContractId contract;
    std::string before;  // "75"; empty for New and Gone
    std::string after;

    [[nodiscard]] bool is_alert() const {
        return kind == ChangeKind::LotChanged || kind == ChangeKind::ExpiryMoved ||
               kind == ChangeKind::TokenChanged;
    }
};

// What changed from one master to a later one of the same broker, by contract. A freeze or tick
// that only one of them knows is no change.
std::vector<Change> changes_between(const Master& before, const Master& after);

// Whether so many open contracts are gone that the newer file was probably cut short.
bool looks_cut_short(const Master& before, const std::vector<Change>& changes);

}  // namespace sauda::masters
