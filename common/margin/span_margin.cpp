#include "common/margin/span_margin.h"

#include "common/domain/intent.h"
#include "common/margin/flat_margin.h"
#include "common/margin/tally.h"

#include <algorithm>

namespace sauda::margin {

using namespace domain;

namespace {

bool needs_margin(ContractId contract, Date today) {
    return (contract.is_option() || contract.kind() == ContractKind::Future) &&
           contract.expiry() >= today;
}

Margin flat_of(std::span<const MarginLeg> legs, const Conditions& conditions) {
    const auto& p = conditions.parameters;
    const auto flat = flat_margin(legs, conditions.underlying, conditions.today,
                                  {p.price_scan, p.exposure, p.expiry_day_extra});
    Margin margin;
    margin.total = flat.total;
    margin.scan = flat.scan;
    margin.exposure = flat.exposure;
    for (const auto& leg : legs) {
        margin.option_value += leg.contract.is_option() ? leg.mark * leg.net : Money{};
    }
    margin.span = flat.scan;
    margin.is_estimate = true;
    return margin;
}

std::vector<std::size_t> order_of(std::span<const PlannedLeg> plan, bool hedges_first) {
    std::vector<std::size_t> order;
    for (const bool hedges : {hedges_first, !hedges_first}) {
        for (std::size_t i = 0; i < plan.size(); ++i) {
            if (plan[i].is_hedge == hedges) {
                order.push_back(i);
            }
        }
    }
    return order;
}

}  // namespace

Margin& Margin::operator+=(const Margin& other) {
    total += other.total;
    scan += other.scan;
    calendar += other.calendar;
    minimum += other.minimum;
    option_value += other.option_value;
    span += other.span;
    exposure += other.exposure;
    worst_scenario = worst_scenario == 0 ? other.worst_scenario : worst_scenario;
    is_estimate = is_estimate || other.is_estimate;
    return *this;
}

void SpanEngine::set(Commodity commodity, const Conditions& conditions) {
    auto& page = pages_[commodity];
    if (!(page.conditions == conditions)) {
        page.conditions = conditions;
        page.slots.clear();
        page.arrays.clear();
        page.expiries.clear();
    }
}

const Conditions* SpanEngine::conditions(Commodity commodity) const {
    const auto found = pages_.find(commodity);
    return found == pages_.end() ? nullptr : &found->second.conditions;
}

SpanEngine::Page& SpanEngine::page(Commodity commodity) {
    const auto found = pages_.find(commodity);
    INVARIANT(found != pages_.end());
    return found->second;
}

const RiskArray& SpanEngine::array_of(Page& page, ContractId contract) {
    const auto [slot, is_new] =
        page.slots.try_emplace(contract.raw(), static_cast<uint32_t>(page.arrays.size()));
    if (is_new) {
        const Date expiry = contract.expiry();
        const auto scan = page.expiries.try_emplace(expiry, page.conditions, expiry).first;
        page.arrays.push_back(scan->second.array(contract));
    }
    return page.arrays[slot->second];
}

std::vector<SpanEngine::Part> SpanEngine::parts_of(std::span<const MarginLeg> legs) {
    std::vector<MarginLeg> sorted(legs.begin(), legs.end());
    std::sort(sorted.begin(), sorted.end(), [](const MarginLeg& a, const MarginLeg& b) {
        return std::pair(a.contract, a.mark) < std::pair(b.contract, b.mark);
    });
    std::vector<Part> parts;
    for (std::size_t i = 0; i < sorted.size();) {
        MarginLeg net = sorted[i];
        for (++i; i < sorted.size() && sorted[i].contract == net.contract; ++i) {
            net.net += sorted[i].net;
            net.mark = sorted[i].mark;  // the larger one
        }
        if (net.net.is_zero()) {
            continue;
        }
        const Commodity commodity = commodity_of(net.contract);
        if (parts.empty() || parts.back().first != commodity) {
            parts.push_back({commodity, {}});
        }
        parts.back().second.push_back(net);
    }
    return parts;
}

Margin SpanEngine::margin_of(const Part& part) {
    auto& known = page(part.first);
    if (known.conditions.volatility == 0) {
        std::vector<MarginLeg> alive = part.second;
        std::erase_if(alive, [&](const MarginLeg& leg) {
            return !needs_margin(leg.contract, known.conditions.today);
        });
        return alive.empty() ? Margin{} : flat_of(alive, known.conditions);
    }
    Tally tally(known.conditions);
    for (const auto& leg : part.second) {
        if (needs_margin(leg.contract, known.conditions.today)) {
            tally.add(leg, array_of(known, leg.contract));
        }
    }
    return tally.margin();
}

Margin SpanEngine::margin(std::span<const MarginLeg> legs) {
    Margin total;
    for (const auto& part : parts_of(legs)) {
        total += margin_of(part);
    }
    return total;
}

Margin SpanEngine::what_if(std::span<const MarginLeg> held, std::span<const PlannedLeg> plan) {
    std::vector<MarginLeg> legs(held.begin(), held.end());
    for (const auto& planned : plan) {
        legs.push_back(planned.leg);
    }
    return margin(legs);
}

Money SpanEngine::sum_alone(std::span<const MarginLeg> legs) {
    Money sum;
    for (const auto& leg : legs) {
        sum += margin({&leg, 1}).total;
    }
    return sum;
}

std::vector<MarginStep> SpanEngine::entry(std::span<const MarginLeg> held,
                                          std::span<const PlannedLeg> plan) {
    std::vector<MarginLeg> legs(held.begin(), held.end());
    std::vector<MarginStep> steps;
    for (const std::size_t i : order_of(plan, true)) {
        legs.push_back(plan[i].leg);
        steps.push_back({i, margin(legs)});
    }
    return steps;
}

std::vector<MarginStep> SpanEngine::exit(std::span<const MarginLeg> held,
                                         std::span<const PlannedLeg> plan) {
    std::vector<MarginLeg> legs(held.begin(), held.end());
    std::vector<MarginStep> steps;
    for (const std::size_t i : order_of(plan, false)) {
        MarginLeg out = plan[i].leg;
        out.net = -out.net;
        legs.push_back(out);
        steps.push_back({i, margin(legs)});
    }
    return steps;
}

// Between two states of one leg the total is convex in what has been filled (a largest of sums
// that are linear in it), so its ends are enough; only the calendar charge bends the other way.
Margin SpanEngine::worst_of(Commodity commodity, const std::vector<PlannedLeg>& plan) {
    INVARIANT(plan.size() <= kLegsMax);
    Part some{commodity, {}};
    Margin worst;
    const auto try_subsets = [&](const std::vector<MarginLeg>& of) {
        const std::size_t from = some.second.size();
        for (uint32_t set = 0; set < (1U << of.size()); ++set) {
            some.second.resize(from);
            for (std::size_t i = 0; i < of.size(); ++i) {
                if ((set >> i & 1U) != 0) {
                    some.second.push_back(of[i]);
                }
            }
            const Margin tried = margin_of(some);
            worst = worst.total < tried.total ? tried : worst;
        }
        some.second.resize(from);
    };
    std::vector<MarginLeg> hedges;
    std::vector<MarginLeg> others;
    for (const auto& planned : plan) {
        (planned.is_hedge ? hedges : others).push_back(planned.leg);
    }
    try_subsets(hedges);
    some.second = hedges;
    try_subsets(others);
    return worst;
}

Margin SpanEngine::worst_on_the_way(std::span<const PlannedLeg> plan) {
    std::map<Commodity, std::vector<PlannedLeg>> by_commodity;
    for (const auto& planned : plan) {
        by_commodity[commodity_of(planned.leg.contract)].push_back(planned);
    }
    Margin total;
    for (const auto& [commodity, legs] : by_commodity) {
        total += worst_of(commodity, legs);
    }
    return total;
}

}  // namespace sauda::margin
