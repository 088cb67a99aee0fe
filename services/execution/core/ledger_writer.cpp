#include "services/execution/core/ledger_writer.h"

#include <algorithm>

namespace sauda::execution {

using base::Money;
using base::Price;
using domain::ChargeRates;
using domain::Charges;
using domain::ContractId;
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

domain::ExpiryResult write_settlement(Desk& desk, const Group& group, ContractId contract,
                                      base::Quantity open, Price price) {
    const auto style = desk.rules.option_settlement(contract.underlying());
    const auto future = style == domain::OptionSettlement::Future
                            ? desk.state.market.future_of(contract.underlying(), contract.expiry())
                            : std::nullopt;
    const bool is_taxed = contract.is_option() && open.is_positive() &&
                          domain::intrinsic_value(contract, price).is_positive();
    const auto end =
        domain::expire(contract, open, price, style,
                       is_taxed ? rates_of(desk, contract, group.id) : ChargeRates{}, future);
    LedgerEntry entry = entry_of(desk, group, contract, LedgerKind::Settlement);
    entry.side = open.is_negative() ? Side::Buy : Side::Sell;
    entry.quantity = open.abs();
    entry.price = end.close_price;
    emit(desk, std::move(entry));
    if (end.is_exercised && open.is_positive()) {
        LedgerEntry exercise = entry_of(desk, group, contract, LedgerKind::Exercise);
        exercise.side = Side::Buy;
        exercise.quantity = open;
        exercise.price = domain::intrinsic_value(contract, price);
        exercise.charges = end.charges;
        emit(desk, std::move(exercise));
    }
    if (end.future) {
        LedgerEntry opened = entry_of(desk, group, end.future->contract, LedgerKind::Settlement);
        opened.side = end.future->side;
        opened.quantity = end.future->quantity;
        opened.price = end.future->price;
        emit(desk, std::move(opened));
    } else if (end.is_exercised && style == domain::OptionSettlement::Future) {
        alert(desk, domain::Severity::Critical, domain::ReasonCode::ContractUnknown, group.id,
              "the future of " + domain::to_text(contract) + "; booked in cash");
    }
    return end;
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
