#include "tests/bench/member.h"

#include "common/bus/lock_file.h"
#include "common/service/host.h"
#include "common/service/log_files.h"
#include "common/service/program.h"
#include "common/service/system_clock.h"
#include "common/service/wiring.h"
#include "common/store/sqlite_store.h"
#include "services/execution/core/execution_core.h"
#include "services/execution/shell/settings.h"
#include "services/feed/core/feed_core.h"
#include "services/feed/shell/driver.h"
#include "services/risk/core/risk_core.h"
#include "services/risk/shell/settings.h"
#include "services/strategy/core/strategy_core.h"
#include "tests/bench/demand_bot.h"
#include "tests/bench/stamps.h"

#include <signal.h>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace sauda::bench {

namespace {

namespace fs = std::filesystem;
using domain::Service;

volatile sig_atomic_t is_stopping = 0;
// Of event time, which runs hundreds of times as fast as the clock here: nothing may expire or go
// stale only because of that, or the slow orders would be missing from the figures.
constexpr base::Duration kPatience = base::minutes(30);
constexpr base::Duration kPause = base::milliseconds(10);
constexpr base::Duration kFeedPause{500'000};  // between looks at the clock

template <class T>
T must(base::Expected<T> value) {
    if (!value) {
        std::fprintf(stderr, "bench: %s\n", value.error().text.c_str());
        std::exit(1);
    }
    return std::move(*value);
}

std::unique_ptr<domain::Core> make_strategy(const service::Ingredients& ingredients) {
    strategy::StrategyConfig config;
    const auto capital = base::Money::from_rupees(10'000'000);
    config.accounts = {{.name = "standard", .capital = capital, .position_cap = capital}};
    strategy::BotConfig bot;
    bot.name = "demand";
    bot.kind = "demand";
    bot.account = "standard";
    bot.underlying = domain::Underlying::NIFTY;
    config.bots = {bot};
    config.intent_validity = kPatience;
    return std::make_unique<strategy::StrategyCore>(config, ingredients.rules, demand_kinds());
}

// The limits of a day with thousands of orders; every check still runs.
std::unique_ptr<domain::Core> make_risk(const service::Ingredients& ingredients) {
    auto config = must(risk::read_settings(ingredients.settings));
    config.bots = {"demand"};
    config.rates = {.per_second = 1'000, .per_minute = 100'000, .per_hour = 1'000'000};
    return std::make_unique<risk::RiskCore>(config, ingredients.rules);
}

std::unique_ptr<domain::Core> make_execution(const service::Ingredients& ingredients) {
    auto config = must(execution::read_settings(ingredients.settings, ingredients.database_id,
                                                ingredients.environment.window));
    config.rates = {.per_second = 1'000, .per_minute = 100'000, .per_hour = 1'000'000};
    return std::make_unique<execution::ExecutionCore>(config, ingredients.rules);
}

service::Parts make_parts(Service self, const service::Ingredients& ingredients) {
    auto extension = std::make_unique<service::Extension>();
    switch (self) {
        case Service::Strategy:
            return {make_strategy(ingredients), std::move(extension)};
        case Service::Risk:
            return {make_risk(ingredients), std::move(extension)};
        case Service::Execution:
            return {make_execution(ingredients), std::move(extension)};
        default:
            return {std::make_unique<feed::FeedCore>(feed::FeedConfig{.stale_minimum = kPatience},
                                                     ingredients.rules),
                    std::make_unique<feed::Driver>(ingredients.environment.window,
                                                   std::set<Service>{}, false)};
    }
}

service::HostConfig host_config(Service self, const service::Ingredients& ingredients) {
    service::HostConfig config;
    config.self = self;
    config.inputs = service::inputs_of(self, ingredients.underlyings);
    config.run = ingredients.environment.run;
    config.database_id = ingredients.database_id;
    config.config_hash = ingredients.environment.config_hash;
    config.layout = "bench";
    config.is_lockstep = false;
    return config;
}

bool are_followers_ready(const service::Host& host) {
    for (const auto other :
         {Service::MlSignal, Service::Strategy, Service::Risk, Service::Execution}) {
        const auto it = host.peers().find(other);
        if (it == host.peers().end() || it->second.state != bus::ServiceState::Ready) {
            return false;
        }
    }
    return true;
}

// The loop of service::run_service; the feed also starts the play and stops behind its end.
void run(service::Host& host, feed::Driver* driver, const std::string& recording,
         int64_t speed_permille) {
    constexpr int64_t kSettleNs = 2'000'000'000;  // for those that do not answer the feed
    int64_t ready_at = 0;
    int64_t ended_at = 0;
    bool is_played = false;
    base::Duration wait{};
    while (is_stopping == 0 && (ended_at == 0 || monotonic_ns() - ended_at < kSettleNs)) {
        host.cycle(wait);
        wait = host.is_busy() ? base::Duration{} : (driver != nullptr ? kFeedPause : kPause);
        if (driver == nullptr || ended_at != 0 || !are_followers_ready(host)) {
            continue;
        }
        ready_at = ready_at == 0 ? monotonic_ns() : ready_at;
        if (!is_played && monotonic_ns() - ready_at > kSettleNs) {
            is_played = true;
            if (auto done = driver->play(host, recording, speed_permille, false); !done) {
                std::fprintf(stderr, "bench: %s\n", done.error().text.c_str());
                return;
            }
        } else if (is_played && driver->is_idle()) {
            ended_at = monotonic_ns();
        }
    }
}

}  // namespace

int run_member(Service self, const std::string& var, const std::string& name,
               const std::string& recording, int64_t speed_permille) {
    ::signal(SIGTERM, [](int) { is_stopping = 1; });
    auto ingredients = must(service::load_ingredients(var, name, false));
    const auto& environment = ingredients.environment;
    ingredients.database_id = service::database_id_of(environment.run, self);
    const auto service = std::string(to_text(self));
    const auto store = must(store::SqliteStore::open(
        (fs::path(environment.directory) / service / (service + ".db")).string()));
    const auto log =
        service::open_log(service, (fs::path(environment.directory) / "logs").string(), false);
    bus::ZmqConfig bus;
    bus.self = self;
    bus.directory = environment.bus;
    bus.subscriptions =
        service::subscriptions_of(self, service::inputs_of(self, ingredients.underlyings));
    for (const auto& [upstream, streams] : bus.subscriptions) {
        bus.upstreams.push_back(upstream);
    }
    const auto transport = must(bus::ZmqTransport::open(bus));
    StampingTransport stamping(*transport);
    service::SystemClock clock;
    auto parts = make_parts(self, ingredients);
    auto* driver = dynamic_cast<feed::Driver*>(parts.extension.get());
    service::Host host(host_config(self, ingredients), std::move(parts.core), stamping, *store,
                       clock, *log, *parts.extension);
    if (auto started = host.start(); !started) {
        std::fprintf(stderr, "bench: %s\n", started.error().text.c_str());
        return 1;
    }
    run(host, driver, recording, speed_permille);
    host.stop();
    write_stamps((fs::path(environment.directory) / (service + ".stamps")).string(),
                 stamping.stamps());
    return 0;
}

}  // namespace sauda::bench
