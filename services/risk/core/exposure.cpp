#include "services/risk/core/exposure.h"

#include <algorithm>
#include <map>

namespace sauda::risk {

using namespace domain;
using margin::MarginLeg;

namespace {

Price mark_of(const Market& market, ContractId contract, const Position& position) {
    const auto* mark = market.mark(contract);
    if (mark != nullptr && mark->mark.is_positive()) {
        return mark->mark;
    }
    return Price::from_raw((position.cost.abs().raw()) / position.net.abs().raw());
}

// Open positions of a group, as legs.
std::vector<MarginLeg> legs_of(const MarginView& view, const std::string& account,
                               uint64_t group, Date date) {
    std::vector<MarginLeg> legs;
    for (const auto& [key, position] : view.state.open()) {
        const bool is_alive = key.contract.expiry().days == 0 || key.contract.expiry() >= date;
        if (key.account == account && key.group == group && is_alive) {
            legs.push_back({key.contract, position.net, mark_of(view.market, key.contract,
                                                                position)});
        }
    }
    return legs;
}

// Every leg holds at least what was approved for it.
bool is_all_in(const GroupRecord& group, const std::vector<MarginLeg>& positions) {
    return std::all_of(group.legs.begin(), group.legs.end(), [&](const GroupLeg& leg) {
        return std::any_of(positions.begin(), positions.end(), [&](const MarginLeg& held) {
            return held.contract == leg.contract && held.net.abs() >= leg.quantity;
        });
    });
}

bool counts_by_reservation(const GroupRecord& group, const std::vector<MarginLeg>& positions) {
    switch (group.state) {
        case GroupState::Approved:
        case GroupState::Entering:
        case GroupState::Unwinding:
            return true;
        case GroupState::Open:
            return !is_all_in(group, positions);
        case GroupState::Unspecified:
        case GroupState::Exiting:
        case GroupState::Closed:
        case GroupState::Abandoned:
            return false;
    }
    return false;
}

// Groups that hold positions of the account, each once, in order.
std::set<uint64_t> groups_with_positions(const State& state, const std::string& account) {
    std::set<uint64_t> groups;
    for (const auto& [key, position] : state.open()) {
        if (key.account == account) {
            groups.insert(key.group);
        }
    }
    return groups;
}

}  // namespace

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
    figures.equity =
        figures.capital + figures.realised + figures.unrealised - figures.charges;
    return figures;
}

Money margin_of(const MarginView& view, const std::vector<MarginLeg>& legs, Price forward) {
    std::map<std::pair<Exchange, Underlying>, std::vector<MarginLeg>> parts;
    for (const auto& leg : legs) {
        parts[{leg.contract.exchange(), leg.contract.underlying()}].push_back(leg);
    }
    Money total;
    for (const auto& [id, part] : parts) {
        Price price = view.market.underlying_price(part.front().contract);
        if (!price.is_positive()) {
            price = forward.is_positive() ? forward : part.front().contract.strike();
        }
        total += margin::flat_margin(part, price, view.today,
                                     view.rules.margin_rates(id.first, view.today))
                     .total;
    }
    return total;
}

Money margin_of_entry(const MarginView& view, const Intent& intent) {
    std::vector<const Leg*> order;
    for (const bool hedges : {true, false}) {
        for (const auto& leg : intent.legs) {
            if (leg.is_hedge == hedges) {
                order.push_back(&leg);
            }
        }
    }
    Money worst;
    std::vector<MarginLeg> prefix;
    for (const Leg* leg : order) {
        prefix.push_back({leg->contract, signed_quantity(leg->side, leg->quantity), leg->limit});
        worst = std::max(worst, margin_of(view, prefix, intent.forward));
    }
    return worst;
}

Money margin_used(const MarginView& view, const std::string& account) {
    Money total;
    for (const auto& [key, group] : view.state.groups()) {
        if (key.first != account) {
            continue;
        }
        const auto positions = legs_of(view, account, key.second, {});
        const Money held = margin_of(view, positions, {});
        total += counts_by_reservation(group, positions) ? std::max(held, group.margin_reserved)
                                                         : held;
    }
    // Foreign positions, and what a closed group still holds until its last fill is booked.
    for (const uint64_t group : groups_with_positions(view.state, account)) {
        if (view.state.group(account, group) == nullptr) {
            total += margin_of(view, legs_of(view, account, group, {}), {});
        }
    }
    return total;
}

Money margin_on(const MarginView& view, const std::string& account, Date date) {
    Money total;
    const MarginView on_date{view.state, view.market, view.rules, date};
    for (const uint64_t group : groups_with_positions(view.state, account)) {
        total += margin_of(on_date, legs_of(view, account, group, date), {});
    }
    return total;
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
