#pragma once

#include "common/domain/message.h"
#include "common/simulation/contract_book.h"
#include "common/simulation/fault_plan.h"
#include "common/simulation/spot_process.h"

#include <deque>
#include <optional>
#include <vector>

namespace sauda::simulation {

// A day of the exchange that never was: the session hours, lots, ticks, expiries and strike ladders
// of the named date by its dated rules, prices invented. Same rules and options: the same messages,
// in the order they became known. Holds the state of every contract, not the day.
class SimulatedExchange {
 public:
    // Invalid: an option out of range, no trading day, no rule for it; as a sentence.
    static base::Expected<SimulatedExchange> open(const domain::MarketRules& rules,
                                                  const SimulationOptions& options);

    // The next message of market data; nullopt at the end of the day. seq counts per stream.
    std::optional<domain::Message> next();

    struct Index {
        Underlying underlying = Underlying::Unspecified;
        DayCharacter character = DayCharacter::Mixed;
        double open = 0.0;
        double last = 0.0;
        std::size_t contracts = 0;
        Date nearest_expiry;
    };
    [[nodiscard]] std::vector<Index> indices() const;
    [[nodiscard]] const domain::TradingDay& day() const { return day_; }
    // Between two quotes of a liquid contract, or two snapshots.
    [[nodiscard]] Duration interval() const { return Duration{step_.ns * snapshot_steps_}; }

 private:
    struct Market {
        Underlying underlying;
        SpotProcess spot;
        ContractBook book;
        Timestamp known;  // of the last message: does not run backwards
        uint64_t seq = 0;
        bool is_started = false;
    };
    SimulatedExchange(const SimulationOptions& options, const domain::TradingDay& day)
        : day_(day), faults_(options.faults, options.date), rng_(options.seed) {}
    base::Expected<void> add(const domain::MarketRules& rules, const SimulationOptions& options,
                             Underlying underlying, uint64_t number);
    void run_step();
    [[nodiscard]] bool is_snapshot() const { return snapshot_steps_ > 1; }
    void open_day();
    void publish_closing_auction(Timestamp time);
    void move(Market& market, Timestamp time);
    void publish(Market& market, Timestamp time);
    void find_auctions(const domain::MarketRules& rules);
    void publish_index(Timestamp time);
    void queue(domain::Message message);

    domain::TradingDay day_;
    // When the auctions' prices are known; unset: the day has none.
    Timestamp index_opening_;
    Timestamp futures_opening_;
    Timestamp index_closing_;
    bool is_closing_told_ = false;
    FaultPlan faults_;
    base::Rng rng_;
    Duration step_{};
    int64_t snapshot_steps_ = 1;  // 1: every change is told
    int64_t steps_ = 0;
    int64_t next_step_ = 0;
    std::vector<Market> markets_;
    uint64_t index_seq_ = 0;
    double index_level_ = 0.0;
    std::deque<domain::Message> ready_;  // ascending by known time
    std::vector<domain::Quote> quotes_;
    std::vector<domain::Quote> changed_;
};

}  // namespace sauda::simulation
