#include "common/domain/position_book.h"

namespace sauda::domain {

namespace {

Quantity smaller(Quantity a, Quantity b) { return a < b ? a : b; }

// Signed: buys positive.
void trade(Position& position, Quantity signed_quantity, Price price) {
    const bool closes =
        !position.net.is_zero() && position.net.is_negative() != signed_quantity.is_negative();
    if (closes) {
        const Quantity open = position.net.abs();
        const Quantity closed = smaller(open, signed_quantity.abs());
        const Money released = position.cost.scaled(closed.raw(), open.raw());
        const Quantity sold = position.net.is_negative() ? -closed : closed;
        position.realised += price * sold - released;
        position.cost -= released;
        position.net -= sold;
        signed_quantity += sold;
    }
    position.net += signed_quantity;
    position.cost += price * signed_quantity;
}

// A settlement without side and quantity closes whatever is open.
Quantity signed_quantity_of(const LedgerEntry& entry, const Position& position) {
    if (entry.kind == LedgerKind::Settlement && entry.side == Side::Unspecified) {
        return -position.net;
    }
    INVARIANT(entry.side == Side::Buy || entry.side == Side::Sell);
    INVARIANT(!entry.quantity.is_negative());
    return entry.side == Side::Buy ? entry.quantity : -entry.quantity;
}

}  // namespace

std::pair<PositionKey, Position> PositionBook::apply(const LedgerEntry& entry) {
    if (entry.kind == LedgerKind::Deposit) {
        deposits_[entry.account] += entry.amount;
        return {};
    }
    PositionKey key{entry.account, entry.product, entry.bot, entry.group, entry.contract};
    Position& position = positions_[key];
    switch (entry.kind) {
        case LedgerKind::Fill:
        case LedgerKind::Foreign:
        case LedgerKind::Settlement:
            trade(position, signed_quantity_of(entry, position), entry.price);
            break;
        case LedgerKind::Charge:
        case LedgerKind::Exercise:
        case LedgerKind::Correction:
            break;  // charges only
        case LedgerKind::Deposit:
        case LedgerKind::Unspecified:
            INVARIANT(entry.kind != LedgerKind::Unspecified);
            break;
    }
    position.charges += entry.charges;
    return {std::move(key), position};
}

void PositionBook::set(const PositionKey& key, const Position& position) {
    positions_[key] = position;
}

Position PositionBook::find(const PositionKey& key) const {
    const auto found = positions_.find(key);
    return found == positions_.end() ? Position{} : found->second;
}

Quantity PositionBook::account_net(const std::string& account, Product product,
                                   ContractId contract) const {
    Quantity net;
    for (auto it = positions_.lower_bound({account, product, {}, 0, {}});
         it != positions_.end() && it->first.account == account && it->first.product == product;
         ++it) {
        if (it->first.contract == contract) {
            net += it->second.net;
        }
    }
    return net;
}

Money PositionBook::realised(const std::string& account) const {
    Money sum;
    for (auto it = positions_.lower_bound({account, Product::Unspecified, {}, 0, {}});
         it != positions_.end() && it->first.account == account; ++it) {
        sum += it->second.realised;
    }
    return sum;
}

Charges PositionBook::charges(const std::string& account) const {
    Charges sum;
    for (auto it = positions_.lower_bound({account, Product::Unspecified, {}, 0, {}});
         it != positions_.end() && it->first.account == account; ++it) {
        sum += it->second.charges;
    }
    return sum;
}

Money PositionBook::deposits(const std::string& account) const {
    const auto found = deposits_.find(account);
    return found == deposits_.end() ? Money{} : found->second;
}

Money PositionBook::cash(const std::string& account) const {
    // Sold minus bought of a position is realised - cost: a close moves its released cost between
    // the two and leaves the difference alone.
    Money sum = deposits(account) - charges(account).total();
    for (auto it = positions_.lower_bound({account, Product::Unspecified, {}, 0, {}});
         it != positions_.end() && it->first.account == account; ++it) {
        sum += it->second.realised - it->second.cost;
    }
    return sum;
}

Money unrealised(const Position& position, Price price) {
    return price * position.net - position.cost;
}

}  // namespace sauda::domain
