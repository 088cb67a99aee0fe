#include "services/risk/core/exposure.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

Figures figures_of(const State& state, const Market& market, const std::string& account) {
    const auto& books = state.account(account);
    Figures figures{books.deposits, books.realised, {}, books.charges, {}};
    for (const auto& [key, position] : state.open()) {
        if (key.account != account) {
            continue;
        }
        const auto* mark = market.mark(key.contract);
        const Price price = mark != nullptr ? mark->closing(position.net) : Price{};
        if (price.is_positive()) {
            figures.unrealised += unrealised(position, price);
        }
    }
    figures.equity = figures.capital + figures.realised + figures.unrealised - figures.charges;
    return figures;
}

int64_t open_groups(const State& state, const std::string& account) {
    return std::count_if(state.groups().begin(), state.groups().end(),
                         [&](const auto& entry) { return entry.first.first == account; });
}

Quantity closable(const State& state, const std::string& account, uint64_t group,
                  ContractId contract, Side side, Timestamp now) {
    Quantity net;
    for (const auto& [key, position] : state.open()) {
        if (key.account == account && key.group == group && key.contract == contract) {
            net += position.net;
        }
    }
    if (net.is_zero() || net.is_positive() != (side == Side::Sell)) {
        return {};
    }
    Quantity left = net.abs();
    for (auto it = state.orders().lower_bound({account, ChildId{group, 0, 0, 0, false}});
         it != state.orders().end() && it->first.first == account &&
         it->first.second.group == group;
         ++it) {
        const auto& order = it->second;
        if (it->first.second.is_exit && order.contract == contract && order.side == side) {
            left -= order.leaves;
        }
    }
    const auto* record = state.group(account, group);
    if (record != nullptr && now - record->exit_approved_at < kExitHandover) {
        for (const auto& leg : record->legs) {
            left -= leg.contract == contract ? leg.pending_exit : Quantity{};
        }
    }
    return std::max(left, Quantity{});
}

}  // namespace sauda::risk
