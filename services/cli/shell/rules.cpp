#include "services/cli/shell/rules.h"

#include "common/market/load_rules.h"
#include "common/service/system_clock.h"
#include "services/cli/shell/rule_facts.h"
#include "services/cli/shell/rules_diff.h"
#include "services/cli/shell/session.h"

#include <cstdio>

namespace sauda::cli {

using namespace domain;

namespace {

template <class T>
using Read = base::Expected<T>;

Read<Date> date_or(const std::string& text, Date otherwise) {
    if (text.empty()) {
        return otherwise;
    }
    const auto date = parse_date(text);
    return date ? Read<Date>(*date)
                : base::fail(base::ErrorKind::Invalid,
                             "'" + text + "' is not a date such as 2025-08-29");
}

Read<std::optional<Underlying>> underlying_of(const std::string& text) {
    if (text.empty()) {
        return std::optional<Underlying>{};
    }
    const auto underlying = parse_underlying(text);
    return underlying ? Read<std::optional<Underlying>>(*underlying)
                      : base::fail(base::ErrorKind::NotFound,
                                   "'" + text +
                                       "' is not an underlying Sauda knows; see "
                                       "underlyings.csv");
}

Date today() {
    service::SystemClock clock;
    return base::ist_date(clock.now());
}

Date last_trading_day(const MarketRules& rules, Exchange exchange, Date date) {
    return rules.day(exchange, date).is_open ? date : rules.previous_trading_day(exchange, date);
}

int refuse(const base::Error& error) {
    std::fprintf(stderr, "sauda rules: %s\n", error.text.c_str());
    return 2;
}

Read<MarketRules> load(const std::string& folder) {
    return market::load_rules(folder.empty() ? default_rules() : folder);
}

}  // namespace

int rules_show(const RulesOptions& options) {
    const auto rules = load(options.rules);
    if (!rules) {
        return refuse(rules.error());
    }
    const auto date = date_or(options.date, today());
    if (!date) {
        return refuse(date.error());
    }
    const auto underlying = underlying_of(options.underlying);
    if (!underlying) {
        return refuse(underlying.error());
    }
    std::fputs(rules_page(*rules, *date, *underlying).c_str(), stdout);
    return 0;
}

int rules_diff(const RulesOptions& options) {
    const auto rules = load(options.rules);
    if (!rules) {
        return refuse(rules.error());
    }
    const auto older = options.against.empty() ? rules : load(options.against);
    if (!older) {
        return refuse(older.error());
    }
    const auto underlying = underlying_of(options.underlying);
    if (!underlying) {
        return refuse(underlying.error());
    }
    const auto exchange = *underlying ? exchange_of(**underlying) : Exchange::NSE;
    const auto from = date_or(options.from, last_trading_day(*rules, exchange, today()));
    if (!from) {
        return refuse(from.error());
    }
    const auto to = date_or(options.to, rules->next_trading_day(exchange, *from));
    if (!to) {
        return refuse(to.error());
    }
    if (*to < *from) {
        return refuse({base::ErrorKind::Invalid, "--to is before --from"});
    }
    const RulesView before{*older, *from};
    const RulesView after{*rules, *to};
    const auto diff = rules_diff(before, after, *underlying);
    std::fputs(diff_text(diff, before, after).c_str(), stdout);
    return diff.alerts.empty() ? 0 : 1;
}

}  // namespace sauda::cli
