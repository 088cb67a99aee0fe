#include "services/lab/shell/open_trades.h"

#include <algorithm>

namespace sauda::lab {

bool OpenTrades::Group::is_flat() const {
    return std::all_of(net.begin(), net.end(),
                       [](const auto& leg) { return leg.second.is_zero(); });
}

uint32_t OpenTrades::count() const {
    return static_cast<uint32_t>(std::count_if(
        groups_.begin(), groups_.end(), [](const auto& entry) { return !entry.second.is_flat(); }));
}

void OpenTrades::add(const domain::LedgerEntry& entry) {
    const bool is_fill = entry.kind == domain::LedgerKind::Fill;
    if (entry.group == 0 || (!is_fill && entry.kind != domain::LedgerKind::Settlement)) {
        return;
    }
    look();
    Group& group = groups_[entry.group];
    Quantity& net = group.net[entry.contract];
    const Quantity change = entry.side == domain::Side::Unspecified
                                ? -net
                                : domain::signed_quantity(entry.side, entry.quantity);
    net += change;
    group.cash -= entry.price * change;
    if (group.is_flat()) {  // what it ended with was seen, too
        group.seen.worst = std::min(group.seen.worst, group.cash);
        group.seen.best = std::max(group.seen.best, group.cash);
    }
    refresh_watched();
}

void OpenTrades::refresh_watched() {
    std::map<domain::ContractId, Sides> before(watched_.begin(), watched_.end());
    std::map<domain::ContractId, Sides> now;
    for (const auto& [id, group] : groups_) {
        for (const auto& [contract, net] : group.net) {
            if (!net.is_zero()) {
                now[contract] = before[contract];
            }
        }
    }
    watched_.assign(now.begin(), now.end());
}

void OpenTrades::add(const domain::QuoteBatch& batch, Timestamp known) {
    if (watched_.empty()) {
        return;
    }
    if (known != known_) {
        look();
        known_ = known;
    }
    for (const auto& quote : batch.quotes) {
        const auto at = std::lower_bound(
            watched_.begin(), watched_.end(), quote.contract,
            [](const auto& entry, domain::ContractId contract) { return entry.first < contract; });
        if (at != watched_.end() && at->first == quote.contract) {
            at->second = {quote.bid, quote.ask};
            is_dirty_ = true;
        }
    }
}

void OpenTrades::look() {
    if (!is_dirty_) {
        return;
    }
    is_dirty_ = false;
    const std::map<domain::ContractId, Sides> sides(watched_.begin(), watched_.end());
    for (auto& [id, group] : groups_) {
        Money pnl = group.cash;
        bool is_known = true;
        for (const auto& [contract, net] : group.net) {
            if (net.is_zero()) {
                continue;
            }
            const Sides& s = sides.at(contract);
            const Price price = net.is_positive() ? s.bid : s.ask;
            is_known = is_known && price.is_positive();
            pnl += price * net;
        }
        if (is_known) {
            group.seen.worst = std::min(group.seen.worst, pnl);
            group.seen.best = std::max(group.seen.best, pnl);
        }
    }
}

OpenTrades::Excursion OpenTrades::excursion(uint64_t group) {
    look();
    const auto found = groups_.find(group);
    return found == groups_.end() ? Excursion{} : found->second.seen;
}

}  // namespace sauda::lab
