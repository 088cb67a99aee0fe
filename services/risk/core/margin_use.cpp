#include "services/risk/core/margin_use.h"

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

// The engine with the conditions of every commodity of the legs.
template <class Legs, class LegOf>
margin::SpanEngine& engine_for(const MarginView& view, const Legs& legs, LegOf leg_of,
                               Price forward) {
    std::map<margin::Commodity, ContractId> first;  // the lowest, so that order means nothing
    for (const auto& entry : legs) {
        const ContractId contract = leg_of(entry).contract;
        auto& lowest = first.try_emplace(margin::commodity_of(contract), contract).first->second;
        lowest = std::min(lowest, contract);
    }
    auto& desk = view.market.margin_desk();
    for (const auto& [commodity, contract] : first) {
        const Price fallback = forward.is_positive() ? forward : contract.strike();
        desk.prepare(view.market, view.rules, commodity, view.today, fallback);
    }
    return desk.engine();
}

MarginFigure figure_of(const margin::Margin& margin) { return {margin.total, margin.is_estimate}; }

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

std::vector<MarginLeg> all_legs(const GroupLegs& groups) {
    std::vector<MarginLeg> all;
    for (const auto& [group, legs] : groups) {
        all.insert(all.end(), legs.begin(), legs.end());
    }
    return all;
}

}  // namespace

MarginFigure& MarginFigure::operator+=(const MarginFigure& other) {
    money += other.money;
    is_estimate = is_estimate || other.is_estimate;
    return *this;
}

MarginFigure margin_of(const MarginView& view, const std::vector<MarginLeg>& legs, Price forward) {
    const auto leg_of = [](const MarginLeg& leg) -> const MarginLeg& { return leg; };
    return figure_of(engine_for(view, legs, leg_of, forward).margin(legs));
}

MarginFigure margin_of_entry(const MarginView& view, const Intent& intent) {
    std::vector<margin::PlannedLeg> plan;
    for (const auto& leg : intent.legs) {
        plan.push_back(
            {{leg.contract, signed_quantity(leg.side, leg.quantity), leg.limit}, leg.is_hedge});
    }
    const auto leg_of = [](const margin::PlannedLeg& planned) -> const MarginLeg& {
        return planned.leg;
    };
    return figure_of(engine_for(view, plan, leg_of, intent.forward).worst_on_the_way(plan));
}

MarginFigure margin_used(const MarginView& view, const std::string& account) {
    const auto held_by = legs_by_group(view, account, {});
    std::map<uint64_t, MarginFigure> by_group;
    MarginFigure total;
    for (const auto& [group, legs] : held_by) {
        by_group[group] = margin_of(view, legs, {});  // also foreign and just closed groups
        total += by_group[group];
    }
    if (held_by.size() > 1) {
        const auto whole = margin_of(view, all_legs(held_by), {});
        total.money = std::max(total.money, whole.money);
    }
    // What is reserved beyond what is held.
    static const std::vector<MarginLeg> kNothing;
    for (auto entry = view.state.groups().lower_bound({account, 0});
         entry != view.state.groups().end() && entry->first.first == account; ++entry) {
        const auto& [key, group] = *entry;
        const auto found = held_by.find(key.second);
        if (counts_by_reservation(group, found == held_by.end() ? kNothing : found->second)) {
            total.money += std::max(group.margin_reserved - by_group[key.second].money, Money{});
        }
    }
    return total;
}

MarginFigure margin_asked(const MarginView& view, const std::string& account) {
    return margin_of(view, all_legs(legs_by_group(view, account, {})), {});
}

MarginFigure margin_on(const MarginView& view, const std::string& account, Date date) {
    const MarginView on_date{view.state, view.market, view.rules, date};
    MarginFigure total;
    for (const auto& [group, legs] : legs_by_group(on_date, account, date)) {
        total += margin_of(on_date, legs, {});
    }
    return total;
}

}  // namespace sauda::risk
