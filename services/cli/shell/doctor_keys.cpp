#include "common/summary/text_table.h"
#include "common/wire/format.h"
#include "services/cli/shell/doctor_places.h"
#include "services/execution/shell/settings.h"
#include "services/risk/shell/settings.h"

namespace sauda::cli {

namespace {

class KeyTable {
 public:
    explicit KeyTable(const settings::Settings& settings) : settings_(settings) {}

    void row(const std::string& key, std::string value) {
        table_.row({key, std::move(value), settings_.has(key) ? "" : "default"});
    }
    [[nodiscard]] std::string text() const { return table_.text("   "); }

 private:
    const settings::Settings& settings_;
    summary::TextTable table_{{"key", ">value", ""}};
};

std::string time_words(base::Duration time_of_day) {
    return wire::ist_clock(base::ist(base::Date{1}, time_of_day)).substr(0, 5);
}

std::string rupees_or(base::Money amount, const char* none) {
    return amount.is_positive() ? wire::rupees(amount) : none;
}

void add_account(KeyTable& table, const risk::AccountConfig& account) {
    const auto& limits = account.limits;
    const auto key = [&](const char* name) { return "accounts." + account.name + "." + name; };
    const auto percent = wire::per_million_as_percent;
    table.row(key("capital"), wire::rupees(account.capital));
    table.row(key("position_cap"), percent(limits.position_cap));
    table.row(key("margin_cap"), percent(limits.margin_cap));
    table.row(key("trade_risk"), percent(limits.trade_risk));
    table.row(key("default_stop"), percent(limits.default_stop));
    table.row(key("daily_loss"), percent(limits.daily_loss));
    table.row(key("daily_loss_rupees"), rupees_or(limits.daily_loss_rupees, "none"));
    table.row(key("flatten_on_daily_loss"), limits.flatten_on_daily_loss ? "true" : "false");
    table.row(key("drawdown"), percent(limits.drawdown));
    table.row(key("trades_per_day"), std::to_string(limits.trades_per_day));
    table.row(key("positions_max"), std::to_string(limits.positions_max));
    table.row(key("lots_max"), std::to_string(limits.lots_max));
    table.row(key("order_value_max"), rupees_or(limits.order_value_max, "the capital"));
}

void add_risk(KeyTable& table, const risk::RiskConfig& config) {
    table.row("risk.entry_start", wire::duration_text(config.entry_start) + " after the open");
    table.row("risk.entries_until", time_words(config.entries_until));
    table.row("risk.tomorrow_margin_at", time_words(config.tomorrow_margin_at));
    table.row("risk.collar", wire::price(config.collar_absolute));
    table.row("risk.collar_ratio", wire::per_million_as_percent(config.collar_ratio));
    table.row("risk.spread", wire::price(config.spread_floor));
    table.row("risk.spread_ratio", wire::per_million_as_percent(config.spread_ratio));
    table.row("risk.allow_physical", config.allow_physical ? "true" : "false");
    table.row("risk.allow_devolving", config.allow_devolving ? "true" : "false");
    table.row("risk.devolving_margin", wire::duration_text(config.devolving_margin) +
                                           " before the close of the day before expiry");
    table.row("risk.cost_multiple", std::to_string(config.cost_multiple));
}

void add_execution(KeyTable& table, const execution::ExecutionConfig& config) {
    table.row("execution.broker",
              config.broker == execution::BrokerKind::DryRun ? "dry_run" : "paper");
    table.row("execution.entry_timeout", wire::duration_text(config.entry_timeout));
    table.row("execution.resting_limit", wire::duration_text(config.resting_limit));
    table.row("execution.square_off", time_words(config.square_off.at));
    table.row("execution.square_off_wider", time_words(config.square_off.wider));
    table.row("execution.square_off_alarm", time_words(config.square_off.alarm));
    table.row("execution.orders_per_second", std::to_string(config.rates.per_second));
    table.row("execution.orders_per_minute", std::to_string(config.rates.per_minute));
    table.row("execution.orders_per_hour", std::to_string(config.rates.per_hour));
    table.row("paper_venue.latency", wire::duration_text(config.paper.latency));
    table.row("paper_venue.strict", config.paper.strict ? "true" : "false");
}

}  // namespace

base::Expected<std::string> keys_text(const std::string& path) {
    const auto settings = settings::Settings::load(path);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    const auto risk = risk::read_settings(*settings);
    if (!risk) {
        return std::unexpected(risk.error());
    }
    const auto execution = execution::read_settings(*settings, "doctor", base::milliseconds(10));
    if (!execution) {
        return std::unexpected(execution.error());
    }
    KeyTable table(*settings);
    for (const auto& account : risk->accounts) {
        add_account(table, account);
    }
    add_risk(table, *risk);
    add_execution(table, *execution);
    return "accounts, limits and orders\n" + table.text();
}

}  // namespace sauda::cli
