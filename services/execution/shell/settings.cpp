#include "services/execution/shell/settings.h"

#include "common/service/accounts_in_use.h"
#include "common/service/first_error.h"

namespace sauda::execution {

base::Expected<ExecutionConfig> read_settings(const settings::Settings& settings,
                                              const std::string& database_id,
                                              base::Duration window) {
    ExecutionConfig config;
    service::FirstError read;
    config.database_id = database_id;
    const auto used = service::accounts_in_use(settings);
    for (const auto& account : settings.tables("accounts")) {
        if (!used.contains(account.name())) {
            continue;
        }
        AccountConfig entry{.name = account.name(), .capital = {}};
        read.take(entry.capital, account.rupees("capital", {}, Money::from_paise(1)));
        config.accounts.push_back(entry);
    }
    std::string broker;
    read.take(broker, settings.text("execution.broker", "paper", {"paper", "dry_run"}));
    config.broker = broker == "dry_run" ? BrokerKind::DryRun : BrokerKind::Paper;
    read.take(config.entry_timeout,
              settings.duration("execution.entry_timeout", config.entry_timeout));
    read.take(config.resting_limit,
              settings.duration("execution.resting_limit", config.resting_limit));
    read.take(config.square_off.at,
              settings.time_of_day("execution.square_off", config.square_off.at));
    read.take(config.square_off.wider,
              settings.time_of_day("execution.square_off_wider", config.square_off.wider));
    read.take(config.square_off.alarm,
              settings.time_of_day("execution.square_off_alarm", config.square_off.alarm));
    const auto rate = [&](const char* key, int& field) {
        int64_t value = field;
        read.take(value, settings.integer(key, value, 1, 1'000'000));
        field = static_cast<int>(value);
    };
    rate("execution.orders_per_second", config.rates.per_second);
    rate("execution.orders_per_minute", config.rates.per_minute);
    rate("execution.orders_per_hour", config.rates.per_hour);
    read.take(config.paper.latency,
              settings.duration("paper_venue.latency", config.paper.latency, window));
    read.take(config.paper.strict, settings.boolean("paper_venue.strict", config.paper.strict));
    return read.or_error(config);
}

}  // namespace sauda::execution
