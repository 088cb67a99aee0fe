#include "common/simulation/fault_plan.h"

#include <utility>

namespace sauda::simulation {

FaultPlan::FaultPlan(const std::vector<Fault>& faults, Date date) {
    for (const auto& fault : faults) {
        const auto from = base::ist(date, fault.at);
        planned_.push_back({fault.kind, from, from + fault.lasts, fault.count});
    }
}

bool FaultPlan::is_in(FaultKind kind, Timestamp time) const {
    for (const auto& planned : planned_) {
        if (planned.kind == kind && time >= planned.from && time < planned.to) {
            return true;
        }
    }
    return false;
}

void FaultPlan::damage(std::vector<domain::Quote>& quotes, Timestamp time, base::Rng& rng) {
    for (auto& planned : planned_) {
        if (planned.left == 0 || time < planned.from) {
            continue;
        }
        for (auto& quote : quotes) {
            if (planned.left == 0 || !quote.is_two_sided() || !rng.chance(0.05)) {
                continue;
            }
            if (planned.kind == FaultKind::Crossed) {
                std::swap(quote.bid, quote.ask);
            } else if (quote.last.is_positive()) {
                quote.last = domain::Price::from_raw(quote.last.raw() * 10);
            } else {
                continue;
            }
            --planned.left;
        }
    }
}

}  // namespace sauda::simulation
