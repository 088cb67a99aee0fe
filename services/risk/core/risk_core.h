#pragma once

#include "common/domain/core.h"
#include "common/domain/market_rules.h"
#include "services/risk/core/flatten.h"
#include "services/risk/core/market.h"
#include "services/risk/core/state.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::risk {

// The decisions of risk: every intent gets exactly one decision, positions and equity are kept
// from the ledger, losses are watched on every quote, and the operator may halt and flatten.
// See services/risk/README.md for inputs and outputs.
class RiskCore final : public domain::Core {
 public:
    // rules must not be null.
    RiskCore(RiskConfig config, std::shared_ptr<const domain::MarketRules> rules);

    void observe(const domain::Message& input, domain::Timestamp now) override;
    void decide(const domain::Message& input, domain::Timestamp now, domain::Emitter& out) override;
    void wake(domain::Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] domain::Timestamp next_deadline() const override;
    void apply(const domain::Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    // Per configured account, names prefixed "account.": equity, day_pnl, open_groups,
    // margin_used, denied_today, worst_use.<reason number> (1e-6 of that limit).
    void metrics(std::vector<domain::Metric>& out) const override;

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] const Market& market() const { return market_; }

 private:
    void on_session(const domain::SessionEvent& event, domain::Emitter& out) const;
    void on_report(const domain::Message& input, domain::Emitter& out) const;
    void on_ledger(const domain::LedgerEntry& entry, domain::Timestamp now,
                   domain::Emitter& out) const;
    void on_operator(const domain::OperatorCommand& command, domain::Emitter& out) const;
    void command_account(const domain::OperatorCommand& command, const std::string& account,
                         domain::Emitter& out) const;
    void start_day(const AccountConfig& config, domain::Date date, domain::Emitter& out) const;
    void end_day(const AccountConfig& config, domain::Date date, domain::Emitter& out) const;
    [[nodiscard]] domain::AccountEvent account_event(domain::AccountEventKind kind,
                                                     const std::string& account,
                                                     domain::Date date) const;
    void tell_tomorrow(const AccountConfig& config, domain::Emitter& out) const;
    // When the account's margin of tomorrow is told; max(): not today, or nothing is open.
    [[nodiscard]] domain::Timestamp tomorrow_due(const AccountConfig& config) const;
    [[nodiscard]] Flatten flatten() const { return {config_, *rules_, market_, state_}; }

    RiskConfig config_;
    std::shared_ptr<const domain::MarketRules> rules_;
    Market market_;
    State state_;
};

}  // namespace sauda::risk
