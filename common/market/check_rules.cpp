#include "common/market/check_rules.h"

#include "common/domain/rule_lookup.h"

#include <algorithm>

namespace sauda::market {

using namespace domain;

namespace {

std::string text_of(base::Duration time) {
    const auto minutes = time.ns / base::minutes(1).ns;
    const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

base::Expected<void> refuse(std::string text) {
    return base::fail(base::ErrorKind::Invalid, std::move(text));
}

// Dates from which a table of phases meets other hours: its own first, and those of each usual
// session before the next table.
base::Expected<void> check_phase(const MarketRules& rules, const PhaseRow& phase) {
    for (const auto& session : rules.sessions) {
        if (session.exchange != phase.exchange) {
            continue;
        }
        const Date date = std::max(session.from, phase.from);
        const auto* usual = in_force(
            rules.sessions, date, [&](const auto& row) { return row.exchange == phase.exchange; });
        const auto* table = in_force(rules.phase_rows, date, [&](const auto& row) {
            return row.exchange == phase.exchange && row.segment == phase.segment;
        });
        if (usual != &session || table == nullptr || table->from != phase.from) {
            continue;
        }
        const auto close = phase.segment == Segment::Cash ? session.spot_close : session.close;
        if (phase.start < close && session.open < phase.end) {
            return refuse("phases.csv: the phase from " + text_of(phase.start) + " to " +
                          text_of(phase.end) + " of " + std::string(to_text(phase.exchange)) +
                          " and " + to_text(phase.from) + " overlaps continuous trading from " +
                          text_of(session.open) + " to " + text_of(close) + " on " + to_text(date) +
                          " (sessions.csv)");
        }
    }
    return {};
}

base::Expected<void> check_special(const MarketRules& rules, const SpecialSessionRow& special) {
    const auto* usual = in_force(rules.sessions, special.date,
                                 [&](const auto& row) { return row.exchange == special.exchange; });
    if (usual == nullptr) {
        return refuse("special_sessions.csv: " + to_text(special.date) + " of " +
                      std::string(to_text(special.exchange)) +
                      " is before the exchange's first row in sessions.csv");
    }
    return {};
}

base::Expected<void> check_underlying(const MarketRules& rules, const UnderlyingRow& row) {
    const auto same = [&](const auto& r) { return r.underlying == row.underlying; };
    const auto same_option = [&](const auto& r) { return same(r) && r.kind == ContractKind::Call; };
    const auto of_exchange = [&](const auto& r) { return r.exchange == row.exchange; };
    const auto any = [](const auto& rows, auto matches) {
        return std::any_of(rows.begin(), rows.end(), matches);
    };
    const char* file = !any(rules.lots, same)                 ? "lots.csv"
                       : !any(rules.ticks, same_option)       ? "ticks.csv"
                       : !any(rules.freezes, same)            ? "freeze.csv"
                       : !any(rules.sessions, of_exchange)    ? "sessions.csv"
                       : !any(rules.charges, of_exchange)     ? "charges.csv"
                       : !any(rules.margins, of_exchange)     ? "margins.csv"
                       : !any(rules.protections, of_exchange) ? "protections.csv"
                       : !any(rules.settlements, of_exchange) ? "settlements.csv"
                                                              : nullptr;
    if (file != nullptr) {
        return refuse(std::string(file) + ": no row for " + std::string(to_text(row.underlying)) +
                      " of " + std::string(to_text(row.exchange)) +
                      ", which has options by underlyings.csv");
    }
    return {};
}

}  // namespace

base::Expected<void> check_rules(const MarketRules& rules) {
    for (const auto& phase : rules.phase_rows) {
        if (auto fits = check_phase(rules, phase); !fits) {
            return fits;
        }
    }
    for (const auto& special : rules.special_sessions) {
        if (auto fits = check_special(rules, special); !fits) {
            return fits;
        }
    }
    for (const auto& underlying : rules.underlyings) {
        if (underlying.settlement == OptionSettlement::None) {
            continue;
        }
        if (auto fits = check_underlying(rules, underlying); !fits) {
            return fits;
        }
    }
    return {};
}

}  // namespace sauda::market
