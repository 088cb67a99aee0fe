#pragma once

#include "common/domain/decision.h"
#include "common/domain/position_book.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sauda::summary {

using base::Money;
using base::Price;
using base::Timestamp;
using domain::PositionKey;

// The account's ledger folded twice, against what risk says of the same account. cash and nets are
// added up from the raw entries here; realised, cost and charges are taken from risk. If both sides
// are right then deposits + realised + unrealised - charges == cash + market value, to the paisa.
class AccountBooks {
 public:
    void add(const domain::LedgerEntry& entry);
    void add(const domain::PositionEvent& event);
    void add(const domain::AccountEvent& event);

    using Marks = std::map<domain::ContractId, Price>;
    // What differs, a sentence each; empty when the books balance.
    [[nodiscard]] std::vector<std::string> imbalances(const Marks& marks) const;

    [[nodiscard]] const domain::PositionBook& book() const { return book_; }
    [[nodiscard]] std::vector<std::string> accounts() const;
    // Of one account, at the marks; a contract without a mark counts at cost.
    [[nodiscard]] Money unrealised(const std::string& account, const Marks& marks) const;
    [[nodiscard]] Money equity(const std::string& account, const Marks& marks) const;

    SAUDA_FIELDS(book_, cash_, net_, charges_, deposits_, entries_, seen_by_risk_, risk_, day_end_,
                 last_entry_)

 private:
    void compare_positions(std::vector<std::string>& out) const;
    void compare_accounts(std::vector<std::string>& out) const;
    void check_identity(const std::string& account, const Marks& marks,
                        std::vector<std::string>& out) const;

    domain::PositionBook book_;
    std::map<std::string, Money> cash_;  // own sum of the raw entries
    std::map<PositionKey, domain::Quantity> net_;
    std::map<std::string, Money> charges_;
    std::map<std::string, Money> deposits_;
    std::set<uint64_t> entries_;
    std::set<uint64_t> seen_by_risk_;
    std::map<PositionKey, domain::Position> risk_;
    std::map<std::string, domain::AccountEvent> day_end_;
    std::map<std::string, uint64_t> last_entry_;  // of the account, in the ledger
};

}  // namespace sauda::summary
