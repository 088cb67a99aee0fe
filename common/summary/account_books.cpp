#include "common/summary/account_books.h"

#include "common/wire/format.h"

#include <algorithm>

namespace sauda::summary {

using domain::LedgerKind;
using domain::Quantity;

namespace {

std::string name_of(const PositionKey& key) {
    return key.bot + " " + domain::to_text(key.contract) + " (trade " + std::to_string(key.group) +
           ")";
}

void differ(std::vector<std::string>& out, const std::string& what, const std::string& ledger,
            const std::string& risk) {
    if (ledger != risk) {
        out.push_back(what + ": the ledger says " + ledger + ", risk says " + risk);
    }
}

}  // namespace

void AccountBooks::add(const domain::LedgerEntry& entry) {
    entries_.insert(entry.id);
    uint64_t& last = last_entry_[entry.account];
    last = std::max(last, entry.id);
    Money& cash = cash_[entry.account];
    if (entry.kind == LedgerKind::Deposit) {
        deposits_[entry.account] += entry.amount;
        cash += entry.amount;
    } else {
        const PositionKey key{entry.account, entry.product, entry.bot, entry.group, entry.contract};
        Quantity& net = net_[key];
        Quantity traded;
        switch (entry.kind) {
            case LedgerKind::Fill:
            case LedgerKind::Foreign:
            case LedgerKind::Settlement:
                traded = entry.side == domain::Side::Unspecified
                             ? -net
                             : domain::signed_quantity(entry.side, entry.quantity);
                break;
            case LedgerKind::Charge:
            case LedgerKind::Exercise:
            case LedgerKind::Correction:
            case LedgerKind::Deposit:
            case LedgerKind::Unspecified:
                break;
        }
        net += traded;
        cash -= entry.price * traded;
        cash -= entry.charges.total();
        charges_[entry.account] += entry.charges.total();
    }
    book_.apply(entry);
}

void AccountBooks::add(const domain::PositionEvent& event) {
    risk_[event.key] = event.position;
    seen_by_risk_.insert(event.ledger_entry);
}

void AccountBooks::add(const domain::AccountEvent& event) {
    if (event.kind == domain::AccountEventKind::DayEnded) {
        day_end_[event.account] = event;
    }
}

std::vector<std::string> AccountBooks::accounts() const {
    std::vector<std::string> names;
    for (const auto& [account, cash] : cash_) {
        names.push_back(account);
    }
    return names;
}

Money AccountBooks::unrealised(const std::string& account, const Marks& marks) const {
    Money sum;
    for (const auto& [key, position] : book_.positions()) {
        if (key.account != account || position.net.is_zero()) {
            continue;
        }
        if (const auto mark = marks.find(key.contract); mark != marks.end()) {
            sum += domain::unrealised(position, mark->second);
        }
    }
    return sum;
}

Money AccountBooks::equity(const std::string& account, const Marks& marks) const {
    return book_.deposits(account) + book_.realised(account) + unrealised(account, marks) -
           book_.charges(account).total();
}

void AccountBooks::compare_positions(std::vector<std::string>& out) const {
    for (const auto id : seen_by_risk_) {
        if (!entries_.contains(id)) {
            out.push_back("ledger entry " + std::to_string(id) +
                          " is in risk's positions and missing from the ledger");
        }
    }
    for (const auto& [key, position] : book_.positions()) {
        const auto found = risk_.find(key);
        const domain::Position risk = found == risk_.end() ? domain::Position{} : found->second;
        const auto name = name_of(key);
        differ(out, "quantity of " + name, wire::quantity(position.net), wire::quantity(risk.net));
        differ(out, "cost of " + name, wire::rupees(position.cost), wire::rupees(risk.cost));
        differ(out, "realised P&L of " + name, wire::rupees(position.realised),
               wire::rupees(risk.realised));
        differ(out, "charges of " + name, wire::rupees(position.charges.total()),
               wire::rupees(risk.charges.total()));
    }
    for (const auto& [key, risk] : risk_) {
        if (!book_.positions().contains(key)) {
            out.push_back("position " + name_of(key) + " is known to risk and not to the ledger");
        }
    }
}

// Risk's own sums at the end of the day, unless the ledger went on after what they count: a
// correction at the close may reach risk after the day's end. Its positions count it all the same.
void AccountBooks::compare_accounts(std::vector<std::string>& out) const {
    for (const auto& [account, event] : day_end_) {
        const auto last = last_entry_.find(account);
        if (last != last_entry_.end() && last->second > event.ledger_entry) {
            continue;
        }
        differ(out, "capital of " + account, wire::rupees(book_.deposits(account)),
               wire::rupees(event.capital));
        differ(out, "realised P&L of " + account, wire::rupees(book_.realised(account)),
               wire::rupees(event.realised));
        differ(out, "charges of " + account, wire::rupees(book_.charges(account).total()),
               wire::rupees(event.charges));
        differ(out, "equity of " + account + " from risk's own parts",
               wire::rupees(event.capital + event.realised + event.unrealised - event.charges),
               wire::rupees(event.equity));
    }
}

void AccountBooks::check_identity(const std::string& account, const Marks& marks,
                                  std::vector<std::string>& out) const {
    const auto mark_of = [&](const PositionKey& key) {
        const auto mark = marks.find(key.contract);
        return mark == marks.end() ? Price{} : mark->second;
    };
    const auto deposits = deposits_.find(account);
    Money have = deposits == deposits_.end() ? Money{} : deposits->second;
    for (const auto& [key, position] : risk_) {
        if (key.account == account) {
            have += position.realised - position.charges.total() +
                    domain::unrealised(position, mark_of(key));
        }
    }
    const auto cash = cash_.find(account);
    Money value = cash == cash_.end() ? Money{} : cash->second;
    for (const auto& [key, net] : net_) {
        if (key.account == account) {
            value += mark_of(key) * net;
        }
    }
    if (have != value) {
        out.push_back("account " + account + ": capital + realised + unrealised - charges = " +
                      wire::rupees(have) + ", cash + market value = " + wire::rupees(value));
    }
}

std::vector<std::string> AccountBooks::imbalances(const Marks& marks) const {
    std::vector<std::string> out;
    std::set<std::string> accounts;
    for (const auto& [account, cash] : cash_) {
        accounts.insert(account);
    }
    for (const auto& [key, position] : risk_) {
        accounts.insert(key.account);
    }
    for (const auto& account : accounts) {
        check_identity(account, marks, out);
    }
    compare_positions(out);
    compare_accounts(out);
    return out;
}

}  // namespace sauda::summary
