#pragma once

#include "common/base/rng.h"
#include "common/domain/market_data.h"
#include "common/simulation/simulation_options.h"

#include <vector>

namespace sauda::simulation {

// The faults of a day, applied to what the source would have said.
class FaultPlan {
 public:
    FaultPlan(const std::vector<Fault>& faults, Date date);

    [[nodiscard]] bool is_silent(Timestamp time) const { return is_in(FaultKind::Silence, time); }
    [[nodiscard]] bool repeats(Timestamp time) const { return is_in(FaultKind::Repeat, time); }
    [[nodiscard]] bool is_late(Timestamp time) const { return is_in(FaultKind::Late, time); }
    // Crosses sides and misprints last prices until what was asked for has happened.
    void damage(std::vector<domain::Quote>& quotes, Timestamp time, base::Rng& rng);

 private:
    struct Planned {
        FaultKind kind;
        Timestamp from;
        Timestamp to;
        int64_t left;
    };
    [[nodiscard]] bool is_in(FaultKind kind, Timestamp time) const;
    std::vector<Planned> planned_;
};

}  // namespace sauda::simulation
