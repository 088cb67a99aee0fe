#pragma once

#include "common/domain/message.h"
#include "services/lab/core/trade_record.h"

#include <map>
#include <utility>
#include <vector>

namespace sauda::lab {

// How far each open leg group was under water and above it: its P&L at the closing side before
// charges, looked at whenever everything known at one instant has been told.
class OpenTrades {
 public:
    struct Excursion {
        Money worst;  // <= 0
        Money best;   // >= 0
    };

    void add(const domain::LedgerEntry& entry);
    void add(const domain::QuoteBatch& batch, Timestamp known);
    // Groups with a position.
    [[nodiscard]] uint32_t count() const;
    [[nodiscard]] Excursion excursion(uint64_t group);
    void forget(uint64_t group) { groups_.erase(group); }

 private:
    struct Group {
        std::map<domain::ContractId, Quantity> net;
        Money cash;  // received - paid
        Excursion seen;
        [[nodiscard]] bool is_flat() const;
    };
    struct Sides {
        Price bid;
        Price ask;
    };
    void look();
    void refresh_watched();

    std::map<uint64_t, Group> groups_;
    std::vector<std::pair<domain::ContractId, Sides>> watched_;  // ascending
    Timestamp known_;
    bool is_dirty_ = false;
};

}  // namespace sauda::lab
