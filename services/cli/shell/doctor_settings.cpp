#include "common/market/load_rules.h"
#include "common/service/accounts_in_use.h"
#include "services/cli/shell/doctor_places.h"
#include "services/cli/shell/rules_diff.h"
#include "services/execution/shell/settings.h"
#include "services/ml_signal/shell/settings.h"
#include "services/risk/shell/settings.h"
#include "services/strategy/shell/settings.h"

#include <fstream>
#include <iterator>

namespace sauda::cli {

namespace {

// Accounts nobody trades are not read by the services. A bot for each makes them so, for the
// doctor's eyes only.
std::string with_all_accounts(const std::string& text, const settings::Settings& settings) {
    const auto used = service::accounts_in_use(settings);
    std::string all = text;
    for (const auto& account : settings.tables("accounts")) {
        if (!used.contains(account.name())) {
            all += "\n[[bot]]\nname = \"account " + account.name() +
                   "\"\nkind = \"short_straddle\"\naccount = \"" + account.name() + "\"\n";
        }
    }
    return all;
}

base::Expected<std::vector<domain::Underlying>> underlyings_of(const settings::Settings& settings) {
    const auto names = settings.texts("underlyings", std::vector<std::string>{"NIFTY"});
    if (!names) {
        return std::unexpected(names.error());
    }
    std::vector<domain::Underlying> underlyings;
    for (const auto& name : *names) {
        const auto underlying = domain::parse_underlying(name);
        if (!underlying) {
            return std::unexpected(
                settings.refuse("underlyings", "'" + name + "' is not an underlying Sauda knows"));
        }
        underlyings.push_back(*underlying);
    }
    return underlyings;
}

// As every program reads it; returns the first thing one of them refuses.
base::Expected<void> read_as_services(const settings::Settings& settings) {
    if (const auto read = underlyings_of(settings); !read) {
        return std::unexpected(read.error());
    }
    if (const auto read = strategy::read_settings(settings); !read) {
        return std::unexpected(read.error());
    }
    if (const auto read = ml_signal::read_settings(settings, ""); !read) {
        return std::unexpected(read.error());
    }
    if (const auto read = risk::read_settings(settings); !read) {
        return std::unexpected(read.error());
    }
    const auto read = execution::read_settings(settings, "doctor", base::milliseconds(10));
    return read ? base::Expected<void>() : std::unexpected(read.error());
}

std::string bots_text(const settings::Settings& settings) {
    std::string text;
    for (const auto& bot : settings.tables("bot")) {
        text += (text.empty() ? "" : ", ") + bot.text("name").value_or("?") + " (" +
                bot.text("kind").value_or("?") + ")";
    }
    return text.empty() ? "none" : text;
}

Findings judge_settings(const settings::Settings& settings, const std::string& text,
                        const std::string& path) {
    const std::string remedy =
        "correct the line; `sauda doctor --parameters` lists what a bot takes";
    if (const auto read = read_as_services(settings); !read) {
        return {problem("configuration", read.error().text, remedy)};
    }
    Findings findings{ok("configuration", path), ok("bots", bots_text(settings))};
    if (settings.tables("bot").empty()) {
        findings.back() = warning("bots", "none is configured: nothing will be traded",
                                  "add a [[bot]]; `sauda doctor --parameters` lists the kinds");
    }
    const auto all = settings::Settings::parse(with_all_accounts(text, settings), path);
    if (!all) {  // cannot be appended to: judge what was read
        append(findings, judge_unread_keys(settings.unread()));
        return findings;
    }
    if (const auto read = read_as_services(*all); !read) {
        findings.push_back(warning("configuration", read.error().text,
                                   "an account nobody trades; correct it before a bot does"));
        return findings;
    }
    append(findings, judge_unread_keys(all->unread()));
    return findings;
}

// What changes on the next trading day of each underlying.
Findings look_ahead(const domain::MarketRules& rules, domain::Date today,
                    const std::vector<domain::Underlying>& underlyings) {
    Findings findings;
    for (const auto underlying : underlyings) {
        const auto next = rules.next_trading_day(domain::exchange_of(underlying), today);
        if (next.days == 0) {
            continue;  // no hours: said already
        }
        const auto diff = rules_diff({rules, today}, {rules, next}, underlying);
        const auto subject = std::string(domain::to_text(underlying)) + " tomorrow";
        for (const auto& alert : diff.alerts) {
            findings.push_back(warning(subject, alert, "see `sauda rules diff`"));
        }
        if (diff.alerts.empty()) {
            findings.push_back(ok(subject, std::to_string(diff.changes.size()) +
                                               " rules change on " + domain::to_text(next) +
                                               "; `sauda rules diff` tells them"));
        }
    }
    return findings;
}

}  // namespace

Findings look_at_settings(const std::string& config) {
    const auto settings = settings::Settings::load(config);
    if (!settings) {
        return {problem("configuration", settings.error().text,
                        "name a TOML file with --config, or correct this one")};
    }
    std::ifstream in(config, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    return judge_settings(*settings, text, config);
}

Findings look_at_rules(const std::string& config, const std::string& rules, domain::Date today) {
    const auto loaded = market::load_rules(rules);
    if (!loaded) {
        return {
            problem("rules", loaded.error().text, "correct the file, or restore deploy/market")};
    }
    Findings findings{ok("rules", rules + ", version " + loaded->hash)};
    const auto settings = settings::Settings::load(config);
    if (!settings) {
        return findings;  // said already
    }
    if (const auto underlyings = underlyings_of(*settings)) {
        append(findings, judge_rules(*loaded, today, *underlyings));
        append(findings, look_ahead(*loaded, today, *underlyings));
    }
    return findings;
}

base::Expected<strategy::StrategyConfig> bots_of(const std::string& config) {
    const auto settings = settings::Settings::load(config);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    return strategy::read_settings(*settings);
}

}  // namespace sauda::cli
