#pragma once

#include "services/risk/core/checks.h"
#include "services/risk/core/risk_core.h"
#include "tests/support/core_harness.h"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace sauda::risk::test {

using namespace domain;
using base::minutes;
using base::seconds;

inline const Date kFriday = base::date_of(2025, 8, 29);
inline const Date kMonday = base::date_of(2025, 9, 1);
inline const Date kExpiry = base::date_of(2025, 9, 2);  // a Tuesday

inline Price rupees(double amount) {
    return Price::from_paise(static_cast<int64_t>(amount * 100 + 0.5));
}
inline Money money(int64_t amount) { return Money::from_rupees(amount); }

inline ContractId call(int64_t strike, Date expiry = kExpiry) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call, expiry,
                              Price::from_rupees(strike));
}
inline ContractId put(int64_t strike, Date expiry = kExpiry) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put, expiry,
                              Price::from_rupees(strike));
}
inline ContractId spot() { return ContractId::spot(Exchange::NSE, Underlying::NIFTY); }

// As NIFTY's on these days.
MarginParameters test_margin_parameters();
std::shared_ptr<const MarketRules> test_rules();
// By those parameters.
Money margin_of(const std::vector<margin::MarginLeg>& legs, Price underlying, Date today);
// Of a short straddle at 24,500, by default at the limits RiskBench::straddle() sells it at.
Money straddle_margin(int64_t lots = 1, Price call_mark = rupees(118), Price put_mark = rupees(95),
                      Price underlying = Price::from_rupees(24'500), Date today = kFriday);
// The same at the middles of the quiet chain.
inline Money held_straddle_margin(Price underlying = Price::from_rupees(24'500),
                                  Date today = kFriday) {
    return straddle_margin(1, rupees(118.60), rupees(95.30), underlying, today);
}

// A risk core in the middle of a quiet day: NIFTY at 24,500, three calls and three puts quoted,
// both default accounts funded, execution known. Time moves only by at().
class RiskBench {
 public:
    explicit RiskBench(RiskConfig config = default_config(), bool is_begun = true,
                       std::shared_ptr<const MarketRules> rules = test_rules());

    sauda::test::CoreHarness<RiskCore>& harness() { return harness_; }
    const RiskCore& core() const { return harness_.core(); }
    const RiskConfig& config() const { return config_; }

    void begin_day(Date date);  // source, instruments, start and open
    void end_day();
    void at(int hour, int minute, int second = 0);
    void later(Duration by);
    Timestamp now() const { return now_; }
    void session(SessionKind kind, const std::string& detail = {});
    void quote_all();  // the quiet chain
    void quote(ContractId contract, Price bid, Price ask, Price last = {}, uint32_t flags = 0);
    void executor(const std::string& id);
    void deposit(const std::string& account, Money amount);

    Intent intent(std::vector<Leg> legs, const std::string& account = "standard");
    Leg leg(ContractId contract, Side side, int64_t quantity, Price limit, bool hedge = false);
    // One lot short of call and put at 24,500 with stop 10,000 and target 5,000.
    Intent straddle(int64_t lots = 1, const std::string& account = "standard");
    // Long calls 25,000 at 20.10 with stop 300.
    Intent long_call(int64_t lots = 1, const std::string& account = "standard");

    Decision ask(const Intent& intent);
    // Approves, enters and fills every leg at its limit; the group is Open afterwards.
    Decision open(const Intent& intent);
    void fill(const Intent& intent, ContractId contract, Side side, int64_t quantity, Price price,
              Money charges = {});
    void group(const Intent& intent, GroupEventKind kind, GroupState state);
    void order(const Intent& intent, ContractId contract, Side side, int64_t quantity,
               OrderEventKind kind, OrderState state, bool is_exit, uint16_t slice = 0);
    // A Reduce of the whole group.
    Intent reduce(const Intent& opened);
    // Fills the whole group back at `price` and ends it.
    void close(const Intent& opened, Price price);
    void command(OperatorAct act, const std::string& note = {}, const std::string& target = {});

    template <class T>
    std::vector<T> take() {
        return sauda::test::payloads_of<T>(harness_.take());
    }
    const AccountState& account(const std::string& name = "standard") const {
        return core().state().account(name);
    }
    int64_t metric(const std::string& name) const;

 private:
    RiskConfig config_;
    sauda::test::CoreHarness<RiskCore> harness_;
    Timestamp now_;
    Date date_;
    uint64_t next_intent_ = 1;
    uint64_t next_ledger_ = 1;
};

// The result of one check of a decision; fails the test when it was not made.
CheckResult check_of(const Decision& decision, ReasonCode code);
bool was_made(const Decision& decision, ReasonCode code);
// The number of a reason by name; fails the test when there is none.
int64_t number_of(const Reason& reason, const std::string& name);
// Denied with this code, by these two figures.
void require_denied(const Decision& decision, ReasonCode code, int64_t value, int64_t limit);

}  // namespace sauda::risk::test
