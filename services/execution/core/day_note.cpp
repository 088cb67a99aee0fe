#include "services/execution/core/day_note.h"

namespace sauda::execution {

std::string DayNotes::key_of(const std::string& account, domain::ContractId contract) {
    // Puts are charged, and noted, with calls.
    const auto kind =
        contract.kind() == domain::ContractKind::Put ? domain::ContractKind::Call : contract.kind();
    return account + "|" + std::string(domain::to_text(contract.exchange())) + "|" +
           std::to_string(static_cast<int>(kind));
}

std::string account_of_note(const std::string& key) { return key.substr(0, key.find('|')); }

void DayNotes::add(const domain::LedgerEntry& fill, domain::Date date, bool first_of_order) {
    auto& note = notes_[key_of(fill.account, fill.contract)];
    if (note.date != date) {
        note = DayNote{};
        note.date = date;
    }
    const auto turnover = fill.price * fill.quantity;
    (fill.side == domain::Side::Buy ? note.bought : note.sold) += turnover;
    note.orders += first_of_order ? 1 : 0;
    note.booked += fill.charges;
    note.contract = fill.contract;
}

void DayNotes::corrected(const domain::LedgerEntry& correction) {
    notes_.erase(key_of(correction.account, correction.contract));
}

}  // namespace sauda::execution
