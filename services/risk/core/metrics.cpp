#include "services/risk/core/loss.h"
#include "services/risk/core/margin_use.h"
#include "services/risk/core/risk_core.h"

namespace sauda::risk {

using namespace domain;

void RiskCore::metrics(std::vector<Metric>& out) const {
    for (const auto& config : config_.accounts) {
        const auto& account = state_.account(config.name);
        const auto figures = figures_of(state_, market_, config.name);
        const auto prefix = config.name + ".";
        const auto add = [&](const std::string& name, int64_t value, Unit unit) {
            out.push_back({prefix + name, value, unit});
        };
        add("equity", figures.equity.raw(), Unit::Rupees);
        add("day_pnl", (figures.equity - account.start_equity).raw(), Unit::Rupees);
        add("open_groups", open_groups(state_, config.name), Unit::Count);
        const MarginView view{state_, market_, *rules_, account.day};
        add("margin_used", margin_used(view, config.name).money.raw(), Unit::Rupees);
        add("margin_asked", margin_asked(view, config.name).money.raw(), Unit::Rupees);
        add("denied_today", account.denied_today, Unit::Count);
        add("trading_state", static_cast<int64_t>(account.trading), Unit::Count);
        for (const auto& [check, use] : account.worst_use) {
            add("worst_use." + std::to_string(static_cast<int>(check)), use, Unit::PerMillion);
        }
    }
}

}  // namespace sauda::risk
