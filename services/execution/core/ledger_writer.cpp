#include "services/execution/core/ledger_writer.h"

#include <algorithm>

namespace sauda::execution {

using base::Money;
using base::Price;
using domain::ChargeRates;
using domain::Charges;
using domain::ContractId;
using domain::ContractKind;
using domain::LedgerEntry;
using domain::LedgerKind;
using domain::Side;

namespace {

// Rates of the session's own date. Without a row nothing is charged, and the owner is told.
ChargeRates rates_of(Desk& desk, ContractId contract, uint64_t group) {
    const auto rates = desk.rules.charge_rates(contract.exchange(), contract.kind(),
                                               desk.state.market.date(desk.now));
    if (!rates) {
        alert(desk, domain::Severity::Warning, domain::ReasonCode::ContractUnknown, group,
              "no charge rates for " + domain::to_text(contract));
    }
    return rates.value_or(ChargeRates{});
}

LedgerEntry entry_of(const Desk& desk, const Group& group, ContractId contract, LedgerKind kind) {
    LedgerEntry entry;
    entry.id = desk.state.ledger_next;
    entry.kind = kind;
    entry.account = group.account;
    entry.product = group.product;
    entry.bot = group.bot;
    entry.group = group.id;
    entry.contract = contract;
    return entry;
}

void emit(Desk& desk, LedgerEntry entry) {
    desk.out.emit(domain::StreamId::ExecutionLedger, std::move(entry));
}

Price intrinsic_value(ContractId contract, Price settlement) {
    switch (contract.kind()) {
        case ContractKind::Call:
            return std::max(settlement - contract.strike(), Price{});
        case ContractKind::Put:
            return std::max(contract.strike() - settlement, Price{});
        case ContractKind::Unspecified:
        case ContractKind::Spot:
        case ContractKind::Future:
        case ContractKind::Synthetic:
            return settlement;
    }
    return settlement;
}

}  // namespace

void write_deposit(Desk& desk, const AccountConfig& account) {
    LedgerEntry entry;
    entry.id = desk.state.ledger_next;
    entry.kind = LedgerKind::Deposit;
    entry.account = account.name;
    entry.amount = account.capital;
    emit(desk, std::move(entry));
}

void write_fill(Desk& desk, const Group& group, const ChildOrder& order,
                const VenueReport& report) {
    const ChargeRates rates = rates_of(desk, order.contract, group.id);
    LedgerEntry entry = entry_of(desk, group, order.contract, LedgerKind::Fill);
    entry.child = order.id;
    entry.side = order.side;
    entry.quantity = report.quantity;
    entry.price = report.price;
    entry.charges = domain::difference(domain::charges_of(rates, order.side, order.turnover, true),
                                       order.charged);
    entry.modelled = report.modelled;
    entry.execution = report.execution;
    emit(desk, std::move(entry));
}

void write_settlement(Desk& desk, const Group& group, const GroupLeg& leg, Price price) {
    const ContractId contract = leg.leg.contract;
    const base::Quantity open = leg.net;
    const Price value = intrinsic_value(contract, price);
    LedgerEntry entry = entry_of(desk, group, contract, LedgerKind::Settlement);
    entry.side = open.is_negative() ? Side::Buy : Side::Sell;
    entry.quantity = open.abs();
    entry.price = value;
    emit(desk, std::move(entry));
    if (!contract.is_option() || !open.is_positive() || !value.is_positive()) {
        return;
    }
    LedgerEntry exercise = entry_of(desk, group, contract, LedgerKind::Exercise);
    exercise.side = Side::Buy;
    exercise.quantity = open;
    exercise.price = value;
    exercise.charges =
        domain::charges_of_exercise(rates_of(desk, contract, group.id), value * open);
    emit(desk, std::move(exercise));
}

void write_note_corrections(Desk& desk, domain::Exchange exchange) {
    const auto notes = desk.state.notes.notes();  // a copy: each entry clears its note
    for (const auto& [key, note] : notes) {
        if (note.contract.exchange() != exchange || note.date != base::ist_date(desk.now)) {
            continue;
        }
        const auto difference = domain::note_true_up(
            rates_of(desk, note.contract, 0),
            {.bought = note.bought, .sold = note.sold, .orders = note.orders}, note.booked);
        if (difference == Charges{}) {
            continue;
        }
        LedgerEntry entry;
        entry.id = desk.state.ledger_next;
        entry.kind = LedgerKind::Correction;
        entry.account = account_of_note(key);
        entry.contract = note.contract;
        entry.charges = difference;
        emit(desk, std::move(entry));
    }
}

}  // namespace sauda::execution
