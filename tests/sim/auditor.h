#pragma once

#include "common/domain/message.h"
#include "common/domain/position_book.h"
#include "common/store/store.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace sauda::test {

// Reads every committed fact in the order of the commits and holds it against what the trading
// path promises. Keeps the first breach, in words.
class Auditor {
 public:
    void on_commit(domain::Service service, const store::Batch& batch);
    // After the run.
    void at_end();

    [[nodiscard]] const std::optional<std::string>& breach() const { return breach_; }
    [[nodiscard]] const domain::RunHash& hash() const { return hash_; }
    [[nodiscard]] const domain::PositionBook& book() const { return book_; }
    // Facts by what they say: "orders", "fills", "partial fills", "trades", "denied" ...
    [[nodiscard]] const std::map<std::string, uint64_t>& counts() const { return counts_; }

 private:
    struct Child {
        domain::ContractId contract;
        domain::Quantity leaves;
    };

    void read(const domain::Message& message);
    void on(const domain::Intent& intent);
    void on(const domain::Decision& decision);
    void on(const domain::OrderEvent& event);
    void on(const domain::GroupEvent& event);
    void on(const domain::LedgerEntry& entry);
    void on(const domain::PositionEvent& event);
    void check_exits();
    void demand(bool condition, const std::string& otherwise);
    [[nodiscard]] domain::Quantity open_quantity(uint64_t group, domain::ContractId contract) const;

    std::map<domain::StreamId, uint64_t> seqs_;
    domain::RunHash hash_;
    domain::PositionBook book_;
    std::map<uint64_t, uint64_t> intents_;                   // answers by intent
    std::map<uint64_t, std::optional<uint64_t>> approvals_;  // group by decision; denied: none
    std::set<domain::ChildId> placed_;
    std::map<domain::ChildId, Child> exits_;  // that may still be filled
    std::map<uint64_t, domain::GroupState> groups_;
    std::map<uint64_t, std::pair<domain::PositionKey, domain::Position>> after_entry_;
    std::map<domain::PositionKey, domain::Position> told_;  // by risk
    std::map<std::string, uint64_t> counts_;
    std::optional<std::string> breach_;
};

}  // namespace sauda::test
