#include "services/risk/shell/settings.h"

#include "common/service/accounts_in_use.h"
#include "common/service/first_error.h"

namespace sauda::risk {

namespace {

AccountConfig read_account(const settings::Settings& account, service::FirstError& read) {
    AccountConfig config{.name = account.name(), .capital = {}, .limits = {}};
    auto& limits = config.limits;
    read.take(config.capital, account.rupees("capital", {}, base::Money::from_paise(1)));
    read.take(limits.position_cap, account.per_million("position_cap", limits.position_cap));
    read.take(limits.margin_cap, account.per_million("margin_cap", limits.margin_cap));
    read.take(limits.trade_risk, account.per_million("trade_risk", limits.trade_risk));
    read.take(limits.default_stop, account.per_million("default_stop", limits.default_stop));
    read.take(limits.daily_loss, account.per_million("daily_loss", limits.daily_loss));
    read.take(limits.daily_loss_rupees,
              account.rupees("daily_loss_rupees", limits.daily_loss_rupees));
    read.take(limits.flatten_on_daily_loss,
              account.boolean("flatten_on_daily_loss", limits.flatten_on_daily_loss));
    read.take(limits.drawdown, account.per_million("drawdown", limits.drawdown));
    read.take(limits.trades_per_day, account.integer("trades_per_day", limits.trades_per_day, 1));
    read.take(limits.positions_max, account.integer("positions_max", limits.positions_max, 1));
    read.take(limits.lots_max, account.integer("lots_max", limits.lots_max, 1));
    read.take(limits.order_value_max, account.rupees("order_value_max", limits.order_value_max));
    return config;
}

}  // namespace

base::Expected<RiskConfig> read_settings(const settings::Settings& settings) {
    RiskConfig config;
    service::FirstError read;
    const auto used = service::accounts_in_use(settings);
    for (const auto& account : settings.tables("accounts")) {
        if (!used.contains(account.name())) {
            continue;
        }
        config.accounts.push_back(read_account(account, read));
    }
    for (const auto& bot : settings.tables("bot")) {
        std::string name;
        read.take(name, bot.text("name"));
        config.bots.push_back(name);
    }
    read.take(config.entry_start, settings.duration("risk.entry_start", config.entry_start));
    read.take(config.entries_until,
              settings.time_of_day("risk.entries_until", config.entries_until));
    read.take(config.tomorrow_margin_at,
              settings.time_of_day("risk.tomorrow_margin_at", config.tomorrow_margin_at));
    read.take(config.collar_absolute, settings.price("risk.collar", config.collar_absolute));
    read.take(config.collar_ratio, settings.per_million("risk.collar_ratio", config.collar_ratio));
    read.take(config.spread_floor, settings.price("risk.spread", config.spread_floor));
    read.take(config.spread_ratio, settings.per_million("risk.spread_ratio", config.spread_ratio));
    read.take(config.allow_physical,
              settings.boolean("risk.allow_physical", config.allow_physical));
    read.take(config.allow_devolving,
              settings.boolean("risk.allow_devolving", config.allow_devolving));
    read.take(config.devolving_margin,
              settings.duration("risk.devolving_margin", config.devolving_margin));
    read.take(config.cost_multiple,
              settings.integer("risk.cost_multiple", config.cost_multiple, 0, 100));
    return read.or_error(config);
}

}  // namespace sauda::risk
