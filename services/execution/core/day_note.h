#pragma once

#include "common/domain/charges.h"

#include <cstdint>
#include <map>
#include <string>

namespace sauda::execution {

// What the broker's contract note of one account, exchange, kind of contract and day will sum,
// beside what we booked order by order. At the close the difference is a Correction entry, so that
// the books end with the note's figures.
struct DayNote {
    domain::Date date;
    domain::Money bought;
    domain::Money sold;
    int64_t orders = 0;  // executed child orders
    domain::Charges booked;
    domain::ContractId contract;  // the last one traded: names exchange and kind
    SAUDA_FIELDS(date, bought, sold, orders, booked, contract)
};

class DayNotes {
 public:
    // first_of_order: no fill of the same child order was booked before.
    void add(const domain::LedgerEntry& fill, domain::Date date, bool first_of_order);
    void corrected(const domain::LedgerEntry& correction);
    [[nodiscard]] const std::map<std::string, DayNote>& notes() const { return notes_; }
    SAUDA_FIELDS(notes_)

 private:
    // Keyed by account, exchange and kind as text, so that order is the same everywhere.
    static std::string key_of(const std::string& account, domain::ContractId contract);
    std::map<std::string, DayNote> notes_;
};

// Of a note's key: the account.
std::string account_of_note(const std::string& key);

}  // namespace sauda::execution
