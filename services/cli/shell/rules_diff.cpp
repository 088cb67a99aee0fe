#include "services/cli/shell/rules_diff.h"

#include "common/wire/format.h"
#include "services/cli/shell/rule_facts.h"

#include <algorithm>
#include <map>

namespace sauda::cli {

using namespace domain;

namespace {

using Name = std::pair<std::string, std::string>;

std::map<Name, RuleFact> by_name(const std::vector<RuleFact>& facts) {
    std::map<Name, RuleFact> found;
    for (const auto& fact : facts) {
        found.emplace(Name{fact.subject, fact.name}, fact);
    }
    return found;
}

std::string with_source(const RuleFact& fact) { return " [" + fact.source + "]"; }

// Long values stand under each other.
std::string change_text(const RuleFact& was, const RuleFact& is) {
    constexpr std::size_t kOneLine = 90;
    const bool is_plural = is.name.starts_with("phases") || is.name.starts_with("charges");
    const auto what = is.subject + ": the " + is.name + (is_plural ? " change" : " changes");
    if (was.value.size() + is.value.size() <= kOneLine) {
        return what + " from " + was.value + " to " + is.value + with_source(is);
    }
    const std::string margin = "\n      ";
    return what + margin + "from  " + was.value + margin + "to    " + is.value + margin + "[" +
           is.source + "]";
}

// Phases of a day that is compared with a closed one say nothing.
bool is_comparable(const RulesView& before, const RulesView& after, const RuleFact& fact) {
    const auto exchange = parse_exchange(fact.subject);
    return !exchange || fact.name.find("phases of") != 0 ||
           (before.rules.day(*exchange, before.date).is_open &&
            after.rules.day(*exchange, after.date).is_open);
}

void compare(const RulesView& before, const RulesView& after, std::optional<Underlying> underlying,
             RulesDiff& diff) {
    const auto old_facts = by_name(rule_facts(before.rules, before.date, underlying));
    const auto facts = rule_facts(after.rules, after.date, underlying);
    const auto new_facts = by_name(facts);
    for (const auto& fact : facts) {
        if (!fact.is_known) {
            diff.alerts.push_back(fact.subject + ": the " + fact.name + " of " +
                                  wire::ist_date_text(after.date) +
                                  " is not known; add the row from the exchange's circular");
        }
        if (!is_comparable(before, after, fact)) {
            continue;
        }
        const auto was = old_facts.find({fact.subject, fact.name});
        if (was == old_facts.end()) {
            diff.changes.push_back(fact.subject + ": new: " + fact.name + " " + fact.value +
                                   with_source(fact));
        } else if (was->second.value != fact.value) {
            diff.changes.push_back(change_text(was->second, fact));
        }
    }
    for (const auto& [name, fact] : old_facts) {
        if (!new_facts.contains(name) && is_comparable(before, after, fact)) {
            diff.changes.push_back(fact.subject + ": no longer: " + fact.name + " " + fact.value);
        }
    }
}

// Holidays, special sessions and days of unknown hours on the way.
void tell_days(const RulesView& before, const RulesView& after, Exchange exchange,
               RulesDiff& diff) {
    const std::string name(to_text(exchange));
    for (Date d{before.date.days + 1}; d <= after.date; d = Date{d.days + 1}) {
        const auto day = after.rules.day(exchange, d);
        if (day.holiday.find("hours not known") != std::string::npos) {
            diff.alerts.push_back(name + ": " + wire::ist_date_text(d) + " has a session, " +
                                  day.holiday + "; add them to special_sessions.csv");
        } else if (d != after.date && !day.is_open && day.holiday != "weekend") {
            diff.changes.push_back(name + " is closed on " + wire::ist_date_text(d) + " (" +
                                   day.holiday + ")");
        }
    }
    const int year = base::civil_of(after.date).year;
    const bool has_holidays =
        std::any_of(after.rules.holidays.begin(), after.rules.holidays.end(), [&](const auto& row) {
            return row.exchange == exchange && base::civil_of(row.date).year == year;
        });
    if (!has_holidays) {
        diff.alerts.push_back(name + ": no holiday of " + std::to_string(year) +
                              " is known; add them to holidays.csv");
    }
}

void tell_expiry(const RulesView& after, Underlying underlying, RulesDiff& diff) {
    if (after.rules.next_expiry(underlying, after.date) != after.date) {
        return;
    }
    const auto margin =
        after.rules.margin_parameters(exchange_of(underlying), underlying, after.date);
    const bool has_extra = margin && margin->expiry_day_extra > 0;
    diff.changes.push_back(std::string(to_text(underlying)) + " contracts of " +
                           wire::ist_date_text(after.date) + " expire on that day" +
                           (has_extra ? "; short options of them take " +
                                            wire::per_million_as_percent(margin->expiry_day_extra) +
                                            " more margin"
                                      : ""));
}

}  // namespace

std::vector<std::string> changed_lots(const RulesView& before, const RulesView& after,
                                      Underlying underlying) {
    constexpr std::size_t kExpiries = 30;
    std::vector<std::string> changed;
    const auto lot_on = [&](const RulesView& view, Date expiry) -> std::optional<Quantity> {
        const auto option = ContractId::option(exchange_of(underlying), underlying,
                                               ContractKind::Call, expiry, Price::from_rupees(100));
        const auto instrument = view.rules.instrument(option, view.date);
        return instrument ? std::optional(instrument->lot) : std::nullopt;
    };
    const Date open_on = std::max(before.date, after.date);
    for (const auto expiry : expiries_from(after.rules, underlying, open_on, kExpiries)) {
        const auto was = lot_on(before, expiry);
        const auto is = lot_on(after, expiry);
        if (was && is && *was != *is) {
            changed.push_back(std::string(to_text(underlying)) + ": the lot of the contracts of " +
                              wire::ist_date_text(expiry) + " changes from " +
                              wire::quantity(*was) + " to " + wire::quantity(*is) +
                              " while they are open; look at what is held and ordered in them");
        }
    }
    return changed;
}

RulesDiff rules_diff(const RulesView& before, const RulesView& after,
                     std::optional<Underlying> underlying) {
    RulesDiff diff;
    for (const auto exchange : {Exchange::NSE, Exchange::BSE, Exchange::MCX}) {
        if (!underlying || exchange_of(*underlying) == exchange) {
            tell_days(before, after, exchange, diff);
        }
    }
    compare(before, after, underlying, diff);
    for (const auto& row : after.rules.underlyings) {
        if (row.settlement == OptionSettlement::None ||
            (underlying && row.underlying != *underlying)) {
            continue;
        }
        tell_expiry(after, row.underlying, diff);
        for (auto& changed : changed_lots(before, after, row.underlying)) {
            diff.alerts.push_back(std::move(changed));
        }
    }
    return diff;
}

std::string diff_text(const RulesDiff& diff, const RulesView& before, const RulesView& after) {
    std::string text = "From " + wire::ist_date_text(before.date) + " to " +
                       wire::ist_date_text(after.date) +
                       (before.rules.hash == after.rules.hash
                            ? ", version " + after.rules.hash
                            : ", version " + before.rules.hash + " against " + after.rules.hash) +
                       "\n";
    for (const auto& alert : diff.alerts) {
        text += "ALERT  " + alert + "\n";
    }
    for (const auto& change : diff.changes) {
        text += "  " + change + "\n";
    }
    if (diff.alerts.empty() && diff.changes.empty()) {
        text += "  Nothing changes.\n";
    }
    return text;
}

}  // namespace sauda::cli
