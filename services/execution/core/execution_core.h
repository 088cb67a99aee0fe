#pragma once

#include "services/execution/core/desk.h"
#include "services/execution/core/venue_report.h"

#include <memory>

namespace sauda::execution {

// Execution's decisions: approvals become leg groups and child orders, groups are protected and
// taken out again, fills become the account's ledger. See README.md for what it consumes, owns
// and promises.
class ExecutionCore final : public domain::Core {
 public:
    // config.database_id is not empty; at least one chase interval and protection.
    ExecutionCore(ExecutionConfig config, std::shared_ptr<const domain::MarketRules> rules);

    void observe(const domain::Message& input, base::Timestamp now) override;
    void decide(const domain::Message& input, base::Timestamp now, domain::Emitter& out) override;
    void wake(base::Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] base::Timestamp next_deadline() const override;
    void apply(const domain::Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    void metrics(std::vector<domain::Metric>& out) const override;

    // What a broker answered. The paper venue's answers come through here too.
    void on_venue_report(const VenueReport& report, base::Timestamp now, domain::Emitter& out);

    // For status pages and tests.
    [[nodiscard]] const State& state() const { return state_; }

 private:
    [[nodiscard]] View view() const { return {state_, config_, *rules_}; }
    Desk desk(base::Timestamp now, domain::Emitter& out) {
        return {{state_, config_, *rules_}, now, out};
    }
    void take_decision(Desk& desk, const domain::Decision& decision);
    void take_risk_state(Desk& desk, const domain::TradingStateEvent& event);
    void take_operator(Desk& desk, const domain::OperatorCommand& command);
    void take_quotes(Desk& desk, const domain::QuoteBatch& batch);
    void run_venue(Desk& desk);
    void advance_all(Desk& desk);

    ExecutionConfig config_;
    std::shared_ptr<const domain::MarketRules> rules_;
    State state_;
    mutable base::Timestamp deadline_ = base::Timestamp::max();  // cache of next_deadline()
    mutable bool is_deadline_known_ = false;
};

}  // namespace sauda::execution
