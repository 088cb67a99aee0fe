#include "common/summary/figures.h"
#include "common/summary/render_parts.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sauda::summary {

using parts::line;
using parts::or_unknown;
using parts::signed_rupees;

namespace {

std::string header(const SessionSummary& s, const Figures& f, const RunFacts& facts) {
    const auto& source = s.feed().source;
    const auto* market = s.market();
    std::string accounts;
    for (const auto& row : f.money) {
        accounts += fmt::format("{}{} ({})", accounts.empty() ? "" : ", ", row.account,
                                wire::rupees(row.start));
    }
    std::string origin = "no source";
    if (source.origin != domain::Origin::Unspecified) {
        origin = fmt::format(
            "{} recording {} ({} snapshots, {}, {} stale period{}{})", wire::text_of(source.origin),
            source.name, wire::duration_text(source.interval),
            wire::grouped(static_cast<int64_t>(market == nullptr ? 0 : market->snapshots())),
            s.feed().stale_periods, s.feed().stale_periods == 1 ? "" : "s",
            s.feed().stale_periods == 0
                ? ""
                : ", longest " + wire::duration_text(s.feed().stale_longest));
    }
    std::string out = fmt::format("SAUDA  {}  {}  {}  {}   account {}\n", facts.environment,
                                  domain::to_text(s.underlying()), wire::ist_date_text(s.date()),
                                  origin, accounts.empty() ? "none" : accounts);
    if (!s.feed().holiday.empty()) {
        out += fmt::format("The exchange is closed: {}.\n", s.feed().holiday);
    }
    const auto close = s.feed().close_at;
    out += fmt::format(
        "Rules of the day: lot {}, nearest expiry {}, close {}, STT {}     run {}  result hash {}  "
        "{}\n",
        f.at_the_money ? wire::quantity(f.at_the_money->lot) : "unknown",
        f.expiry ? fmt::format("{} ({} trading day{})", wire::ist_date_text(*f.expiry),
                               f.days_to_expiry, f.days_to_expiry == 1 ? "" : "s")
                 : "unknown",
        close.is_set() ? wire::ist_clock(close).substr(0, 5) : "unknown",
        f.rates ? wire::per_million_as_percent(f.rates->stt_sell / 1000) : "unknown",
        or_unknown(facts.run_folder), or_unknown(facts.result_hash),
        facts.is_reproducible ? (*facts.is_reproducible ? "reproducible" : "not reproducible")
                              : "reproducible: unknown");
    return out;
}

std::string straddle_text(const std::optional<Straddle>& straddle, int64_t volatility) {
    if (!straddle) {
        return "unknown";
    }
    return fmt::format("{} at {} (IV {})", wire::price(straddle->total()),
                       wire::price(straddle->strike),
                       volatility == 0 ? "unknown" : parts::percent(volatility));
}

std::string market_lines(const SessionSummary& s, const Figures& f) {
    const auto* market = s.market();
    if (market == nullptr || !market->open().is_positive()) {
        return line("Market", "unknown: no quotes while the exchange was open");
    }
    std::string out =
        line("Market", fmt::format("{} {} > {}, range {} to {}",
                                   market->is_spot() ? "index" : "forward by put-call parity",
                                   wire::price(market->open()), wire::price(market->close()),
                                   wire::price(market->low()), wire::price(market->high())));
    out += line("", fmt::format("at-the-money straddle {} > {}",
                                straddle_text(market->first_straddle(), f.volatility_start),
                                straddle_text(market->last_straddle(), f.volatility_end)));
    out += line("", fmt::format("expected move {} points, realised {} points",
                                f.expected_move ? wire::price(*f.expected_move) : "unknown",
                                f.realised_move ? wire::price(*f.realised_move) : "unknown"));
    return out;
}

std::string feed_lines(const SessionSummary& s, const RunFacts& facts) {
    const auto* market = s.market();
    if (market == nullptr) {
        return line("Feed", "no quotes");
    }
    uint64_t refused = 0;
    std::string reasons;
    for (const auto& [reason, n] : facts.refused) {
        refused += n;
        reasons += fmt::format("{}{} {}", reasons.empty() ? " (" : ", ",
                               wire::grouped(static_cast<int64_t>(n)), reason);
    }
    const auto published = static_cast<int64_t>(s.quotes());
    return line(
        "Feed",
        fmt::format("quotes in {}, published {}, refused {}{}; repeated snapshots {}; "
                    "stale periods {}{}; first {}, last {}",
                    wire::grouped(published + static_cast<int64_t>(refused)),
                    wire::grouped(published), wire::grouped(static_cast<int64_t>(refused)),
                    reasons.empty() ? "" : reasons + ")", market->repeats(), s.feed().stale_periods,
                    s.feed().stale_periods == 0
                        ? ""
                        : " (longest " + wire::duration_text(s.feed().stale_longest) + ")",
                    wire::ist_clock(market->first_known()), wire::ist_clock(market->last_known())));
}

std::string costs_lines(const Figures& f) {
    const auto& c = f.charges;
    std::string out =
        line("Costs",
             fmt::format("brokerage {}, STT {}, exchange {}, SEBI {}, stamp {}, GST {}{}; "
                         "total {}",
                         wire::rupees(c.brokerage), wire::rupees(c.stt), wire::rupees(c.exchange),
                         wire::rupees(c.sebi), wire::rupees(c.stamp), wire::rupees(c.gst),
                         c.other.is_zero() ? "" : ", corrections " + wire::rupees(c.other),
                         wire::rupees(c.total())));
    out +=
        line("", fmt::format("{} of gross; break-even {} points per lot",
                             f.charges_of_gross ? parts::percent(*f.charges_of_gross) : "unknown",
                             f.break_even ? wire::price(*f.break_even) : "unknown"));
    return out;
}

std::string money_lines(const SessionSummary& s, const Figures& f) {
    if (f.money.empty()) {
        return line("Money", "no account");
    }
    std::string out;
    for (const auto& row : f.money) {
        const auto percent = [](std::optional<int64_t> r) {
            return r ? parts::percent(*r) : std::string("unknown");
        };
        out += line(
            out.empty() ? "Money" : "",
            fmt::format(
                "{}: start {}, realised {}, unrealised {}, charges {}, end {} | return {} on "
                "capital, {} on peak margin | max intraday drawdown {}",
                row.account, wire::rupees(row.start), signed_rupees(row.realised),
                signed_rupees(row.unrealised), wire::rupees(row.charges), wire::rupees(row.end),
                percent(row.on_capital), percent(row.on_margin), wire::rupees(row.drawdown)));
    }
    const auto differences = s.imbalances();
    if (differences.empty()) {
        return out + line("",
                          "the books balance: capital + realised + unrealised - charges = cash + "
                          "market value");
    }
    for (const auto& difference : differences) {
        out += line("", "BOOKS DO NOT BALANCE  " + difference);
    }
    return out;
}

std::string open_lines(const Figures& f) {
    if (f.open.empty()) {
        return line("Open", "none");
    }
    std::string out;
    for (const auto& row : f.open) {
        out += line(
            out.empty() ? "Open" : "",
            fmt::format("{} {} of {}, mark {} at the closing side, margin for tomorrow {}",
                        wire::quantity(row.position.net), domain::to_text(row.key.contract),
                        row.key.bot, row.mark ? wire::price(*row.mark) : "unknown",
                        row.margin_tomorrow ? wire::rupees(*row.margin_tomorrow) + " (estimate)"
                                            : "unknown"));
    }
    return out;
}

// Checks that are a limit with room, not a yes or no.
bool is_limit(domain::ReasonCode code) {
    using enum domain::ReasonCode;
    constexpr std::array kLimits{
        PositionCap,      MarginTotal, CapitalAvailable,  TradeRiskMaximum, TradesPerDayMaximum,
        PositionsMaximum, LotsMaximum, OrderValueMaximum, DailyLoss,        Drawdown,
        RateSecond,       RateMinute,  RateHour};
    return std::find(kLimits.begin(), kLimits.end(), code) != kLimits.end();
}

std::string risk_lines(const SessionSummary& s) {
    std::string out = line("Risk", "state " + std::string(parts::state_text(s)) +
                                       (s.bots().limits().empty() ? "; no limit was checked"
                                                                  : "; worst use of each limit:"));
    for (const auto& [code, use] : s.bots().limits()) {
        if (!is_limit(code)) {
            continue;
        }
        const auto figure = [&](int64_t value) {
            return wire::number_text({.name = {}, .value = value, .unit = use.unit});
        };
        out += line("", fmt::format("{:<24} {:>8}  {} of {}{}", wire::code_text(code),
                                    parts::percent(use.use), figure(use.value), figure(use.limit),
                                    use.estimated ? " (estimate)" : ""));
    }
    return out;
}

std::string model_lines(const SessionSummary& s, const RunFacts& facts) {
    const auto& signals = s.signals();
    uint64_t gated = 0;
    uint64_t opens = 0;
    for (const auto& [name, bot] : s.bots().bots()) {
        gated += bot.gated;
        opens += bot.opens;
    }
    const auto& why = facts.model_note.empty() ? signals.why_not() : facts.model_note;
    const std::string note = why.empty() ? "" : " (" + why + ")";
    std::string out = signals.model().empty() ? "rules only" + note : signals.model() + note;
    out += fmt::format(", {} signals, gated {} of {} intents to open", signals.signals(), gated,
                       opens);
    const auto accuracy = signals.accuracy();
    if (accuracy.judged == 0) {
        return line("Model", out + ", accuracy unknown");
    }
    const auto percent = [&](uint64_t n) {
        return parts::percent(base::scale_half_up(static_cast<int64_t>(n), 1'000'000,
                                                  static_cast<int64_t>(accuracy.judged)));
    };
    return line("Model", fmt::format("{}, right {} of {} ({}) against a base rate of {}", out,
                                     accuracy.right, accuracy.judged, percent(accuracy.right),
                                     percent(accuracy.base())));
}

std::string system_lines(const SessionSummary& s, const RunFacts& facts) {
    const auto count = [](std::optional<int64_t> n) {
        return n ? wire::grouped(*n) : std::string("unknown");
    };
    std::string out = line(
        "System",
        fmt::format("restarts {}, lost {}, duplicates {}, lag max {}; alerts: {} critical, {} "
                    "warnings",
                    count(facts.restarts), count(facts.lost), count(facts.duplicates),
                    facts.lag_max_ns ? wire::duration_text({*facts.lag_max_ns}) : "unknown",
                    s.alerts(domain::Severity::Critical), s.alerts(domain::Severity::Warning)));
    out += line("", "logs: " + or_unknown(facts.logs));
    if (!facts.next_steps.empty()) {
        out += line("", "next: " + facts.next_steps);
    }
    return out;
}

}  // namespace

std::string text(const SessionSummary& summary, const RunFacts& facts) {
    const Figures f = figures_of(summary);
    std::string out = header(summary, f, facts);
    out += market_lines(summary, f);
    out += feed_lines(summary, facts);
    out += parts::bots_table(f);
    out += parts::denied_lines(f);
    out += parts::orders_lines(summary);
    out += parts::trades_table(summary, f);
    out += costs_lines(f);
    out += money_lines(summary, f);
    out += open_lines(f);
    out += risk_lines(summary);
    out += model_lines(summary, facts);
    out += system_lines(summary, facts);
    return out;
}

}  // namespace sauda::summary
