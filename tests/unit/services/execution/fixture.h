#pragma once

#include "services/execution/core/execution_core.h"
#include "tests/support/core_harness.h"

#include <memory>
#include <string>
#include <vector>

namespace sauda::execution::test {

using base::milliseconds;
using base::minutes;
using base::seconds;
using base::units;
using domain::ContractId;
using domain::ContractKind;
using domain::GroupEvent;
using domain::GroupEventKind;
using domain::GroupState;
using domain::LegPolicy;
using domain::OrderEvent;
using domain::OrderEventKind;
using domain::OrderState;
using domain::ReasonCode;
using domain::Side;
using domain::StreamId;

inline const Date kToday = base::date_of(2025, 8, 29);
inline const Date kExpiry = base::date_of(2025, 9, 2);
inline constexpr char kDatabase[] = "db-1";
inline constexpr char kAccount[] = "standard";

inline Timestamp at(int hour, int minute, int second = 0) {
    return base::ist(kToday, seconds(hour * 3600 + minute * 60 + second));
}
inline Price rupees(double value) {
    return Price::from_paise(static_cast<int64_t>(value * 100 + 0.5));
}
inline Money money(double value) {
    return Money::from_paise(static_cast<int64_t>(value * 100 + (value < 0 ? -0.5 : 0.5)));
}
inline ContractId call(int strike) {
    return ContractId::option(domain::Exchange::NSE, domain::Underlying::NIFTY, ContractKind::Call,
                              kExpiry, Price::from_rupees(strike));
}
inline ContractId put(int strike) {
    return ContractId::option(domain::Exchange::NSE, domain::Underlying::NIFTY, ContractKind::Put,
                              kExpiry, Price::from_rupees(strike));
}

std::shared_ptr<const domain::MarketRules> rules_of_2025();
ExecutionConfig default_config();
domain::Quote quote(ContractId contract, double bid, double ask, int64_t size = 10'000);
domain::Leg leg(ContractId contract, Side side, int64_t quantity, double limit,
                bool is_hedge = false);

// An execution core in the middle of a session, with what tests want to ask it.
class Desktop : public sauda::test::CoreHarness<ExecutionCore> {
 public:
    explicit Desktop(const ExecutionConfig& config = default_config(),
                     Duration interval = milliseconds(250), bool has_depth = true);

    // Source, day start and opening; harness time is 09:20 afterwards.
    void open_session();
    void session(domain::SessionKind kind, Timestamp when);
    void settle(double price, Timestamp when);
    void quotes(Timestamp when, std::vector<domain::Quote> list);
    // An approval of `legs`, valid for 5 s, ready to be changed and sent by decide().
    domain::Decision approval(std::vector<domain::Leg> legs, LegPolicy policy = LegPolicy::Unwind);
    uint64_t decide(const domain::Decision& decision, Timestamp when);
    void reduce(uint64_t group, ReasonCode why, Timestamp when);
    void risk_state(domain::TradingState state, Timestamp when);
    void command(domain::OperatorAct act, Timestamp when);
    void report(const VenueReport& report, Timestamp when);

    const Group& group(uint64_t id) const { return core().state().groups.at(id); }
    std::vector<GroupEventKind> steps(uint64_t group) const;
    std::vector<OrderEvent> orders(OrderEventKind kind) const;
    std::vector<domain::LedgerEntry> ledger(domain::LedgerKind kind) const;
    std::vector<domain::Alert> alerts(ReasonCode code) const;
    GroupEvent last_step(uint64_t group) const;
    // A short straddle at 24,550: sold at 118.60 and 95.30 by 09:20:01, lot 75.
    uint64_t open_straddle(const domain::ExitPlan& exits = {});
    // A long call at 24,550 bought at 100.00, 75 units, by 09:20:01.
    uint64_t open_call(const domain::ExitPlan& exits = {}, int64_t quantity = 75);

 private:
    Duration interval_;
    bool has_depth_;
    uint64_t next_intent_ = 1;
    uint64_t next_decision_ = 1;
};

// Position is the fold of the ledger, working exits never exceed what is open, and no child is
// without an approval. To be asked after every step.
void check_invariants(const Desktop& desk);

}  // namespace sauda::execution::test
