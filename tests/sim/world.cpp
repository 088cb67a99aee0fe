#include "tests/sim/world.h"

#include "common/service/wiring.h"
#include "services/execution/core/execution_core.h"
#include "services/feed/core/feed_core.h"
#include "services/ml_signal/core/ml_signal_core.h"
#include "services/risk/core/risk_core.h"
#include "services/strategy/core/strategy_core.h"

namespace sauda::test {

using domain::Service;

namespace {

constexpr const char* kAccount = "standard";
const auto kCapital = domain::Money::from_rupees(2'500'000);

strategy::BotConfig bot(const std::string& name, const std::string& kind, int64_t lots,
                        std::map<std::string, strategy::ParameterValue> parameters) {
    strategy::BotConfig config;
    config.name = name;
    config.kind = kind;
    config.account = kAccount;
    config.underlying = domain::Underlying::NIFTY;
    config.lots = lots;
    config.parameters = std::move(parameters);
    return config;
}

strategy::StrategyConfig strategy_config() {
    strategy::StrategyConfig config;
    config.accounts = {{kAccount, kCapital, kCapital}};
    using Text = std::string;
    config.bots = {bot("straddle", "short_straddle", 2,
                       {{"entry_time", Text("09:18")},
                        {"stop_percent", 4},
                        {"target_percent", 4},
                        {"reentries", 5},
                        {"reentry_wait", 30},
                        {"trailing_trigger_percent", 3},
                        {"trailing_distance_percent", 2}}),
                   bot("late", "short_straddle", 4,
                       {{"entry_time", Text("09:40")},
                        {"stop_percent", 2},
                        {"target_percent", 30},
                        {"reentries", 5},
                        {"reentry_wait", 0},
                        {"trailing_trigger_percent", 0}}),
                   bot("crossover", "sma_crossover", 4,
                       {{"entry_time", Text("09:17")},
                        {"fast", 1},
                        {"slow", 2},
                        {"stop_percent", 6},
                        {"target_percent", 8}}),
                   bot("gated", "sma_crossover", 1,
                       {{"entry_time", Text("09:17")},
                        {"fast", 1},
                        {"slow", 3},
                        {"strike_rule", Text("offset")},
                        {"strike_offset", 2},
                        {"stop_percent", 10},
                        {"signal_confidence", 0}})};
    config.bots[2].gating = strategy::Gating::Observe;
    config.bots[3].gating = strategy::Gating::Trade;
    return config;
}

risk::RiskConfig risk_config() {
    risk::RiskConfig config;
    risk::AccountConfig account{.name = kAccount, .capital = kCapital, .limits = {}};
    account.limits.position_cap = 1'000'000;
    account.limits.margin_cap = 1'000'000;
    account.limits.trade_risk = 1'000'000;
    account.limits.daily_loss = 60'000;
    account.limits.drawdown = 0;
    account.limits.trades_per_day = 40;
    config.accounts = {account};
    config.entry_start = base::minutes(1);
    config.entries_until = base::minutes(10 * 60 + 30);
    config.tomorrow_margin_at = base::minutes(10 * 60);
    config.cost_multiple = 0;
    return config;
}

execution::ExecutionConfig execution_config() {
    execution::ExecutionConfig config;
    config.accounts = {{kAccount, kCapital}};
    config.database_id = "db";
    config.square_off = {base::minutes(10 * 60 + 35), base::minutes(10 * 60 + 38),
                         base::minutes(10 * 60 + 42)};
    config.chase.intervals = {base::seconds(5), base::seconds(20)};
    return config;
}

}  // namespace

World make_world(uint64_t session_seed, int snapshots) {
    World world;
    world.session =
        std::make_shared<const SmallSession>(make_small_session(session_seed, snapshots));
    world.spine.open = open_small_session(world.session);
    world.spine.make_core = [rules =
                                 small_rules()](Service service) -> std::unique_ptr<domain::Core> {
        switch (service) {
            case Service::Feed:
                return std::make_unique<feed::FeedCore>(feed::FeedConfig{}, rules);
            case Service::MlSignal:
                return std::make_unique<ml_signal::MlSignalCore>(ml_signal::MlSignalConfig{});
            case Service::Strategy:
                return std::make_unique<strategy::StrategyCore>(strategy_config(), rules);
            case Service::Risk:
                return std::make_unique<risk::RiskCore>(risk_config(), rules);
            case Service::Execution:
                return std::make_unique<execution::ExecutionCore>(execution_config(), rules);
            case Service::Unspecified:
            case Service::Notifier:
            case Service::Recorder:
            case Service::Gateway:
            case Service::Operator:
                break;
        }
        return nullptr;
    };
    INVARIANT(strategy::check(strategy_config()).has_value());
    return world;
}

std::unique_ptr<lab::LabRun> run_lab(const World& world) {
    auto run = std::make_unique<lab::LabRun>(world.spine.window, world.spine.run);
    for (const auto service : domain::kParticipants) {
        run->add(service, world.spine.make_core(service),
                 service::inputs_of(service, {domain::Underlying::NIFTY}));
    }
    SessionData data(*world.session);
    run->run(data);
    return run;
}

}  // namespace sauda::test
