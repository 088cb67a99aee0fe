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

using GroupLegs = std::map<uint64_t, std::vector<MarginLeg>>;

// Open positions of an account that are still alive on `date`, as legs by group.
GroupLegs legs_by_group(const MarginView& view, const std::string& account, Date date) {
    GroupLegs groups;
    for (const auto& [key, position] : view.state.open()) {
        const bool is_alive = key.contract.expiry().days == 0 || key.contract.expiry() >= date;
        if (key.account == account && is_alive) {
            groups[key.group].push_back(
                {key.contract, position.net, mark_of(view.market, key.contract, position)});
        }
    }
    return groups;
}

Money margin_of_part(const MarginView& view, std::span<const MarginLeg> legs, Price forward) {
    const ContractId contract = legs.front().contract;
    Price price = view.market.underlying_price(contract);
    if (!price.is_positive()) {
        price = forward.is_positive() ? forward : contract.strike();
    }
    const auto rates = view.rules.margin_rates(contract.exchange(), view.today);
    return margin::flat_margin(legs, price, view.today, rates).total;
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
    figures.equity = figures.capital + figures.realised + figures.unrealised - figures.charges;
    return figures;
}

Money margin_of(const MarginView& view, const std::vector<MarginLeg>& legs, Price forward) {
    const auto id_of = [](const MarginLeg& leg) {
        return std::pair(leg.contract.exchange(), leg.contract.underlying());
    };
    if (legs.empty()) {
        return {};
    }
    const bool is_one = std::all_of(legs.begin(), legs.end(), [&](const MarginLeg& leg) {
        return id_of(leg) == id_of(legs.front());
    });
    if (is_one) {
        return margin_of_part(view, legs, forward);
    }
    std::map<std::pair<Exchange, Underlying>, std::vector<MarginLeg>> parts;
    for (const auto& leg : legs) {
        parts[id_of(leg)].push_back(leg);
    }
    Money total;
    for (const auto& [id, part] : parts) {
        total += margin_of_part(view, part, forward);
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
    static const std::vector<MarginLeg> kNothing;
    const auto held_by = legs_by_group(view, account, {});
    Money total;
    for (const auto& [group, legs] : held_by) {
        total += margin_of(view, legs, {});  // also foreign and just closed groups
    }
    // What is reserved beyond what is held.
    for (const auto& [key, group] : view.state.groups()) {
        if (key.first != account) {
            continue;
        }
        const auto found = held_by.find(key.second);
        const auto& legs = found == held_by.end() ? kNothing : found->second;
        if (counts_by_reservation(group, legs)) {
            total += std::max(group.margin_reserved - margin_of(view, legs, {}), Money{});
        }
    }
    return total;
}

Money margin_on(const MarginView& view, const std::string& account, Date date) {
    const MarginView on_date{view.state, view.market, view.rules, date};
    Money total;
    for (const auto& [group, legs] : legs_by_group(on_date, account, date)) {
        total += margin_of(on_date, legs, {});
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
