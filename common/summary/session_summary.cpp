#include "common/summary/session_summary.h"

#include "common/wire/format.h"

#include <algorithm>

namespace sauda::summary {

using domain::GroupEventKind;
using domain::Message;
using domain::ReasonCode;
using domain::SessionKind;

namespace {

// What happened, in two words, for the line that is shown while a session runs.
std::string exit_words(ReasonCode code) {
    if (code == ReasonCode::ExitStop) {
        return "stop hit";
    }
    if (code == ReasonCode::ExitTarget) {
        return "target hit";
    }
    if (code == ReasonCode::ExitTrailing) {
        return "trailing stop hit";
    }
    if (code == ReasonCode::ExitSquareOff) {
        return "square-off";
    }
    return "exit";
}

}  // namespace

SessionSummary::SessionSummary(std::shared_ptr<const domain::MarketRules> rules)
    : rules_(std::move(rules)) {}

void SessionSummary::add(const Message& message) {
    const Timestamp at = message.meta.known_time;
    now_ = std::max(now_, at);
    if (message.stream == domain::StreamId::RiskExposure) {
        return;  // repeats what execution said
    }
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&message.payload)) {
        take(*batch, at);
        return;
    }
    end_snapshots();
    if (const auto* info = std::get_if<domain::SourceInfo>(&message.payload)) {
        take(*info);
    } else if (const auto* session = std::get_if<domain::SessionEvent>(&message.payload)) {
        take(*session);
    } else if (const auto* entry = std::get_if<domain::LedgerEntry>(&message.payload)) {
        take(*entry, at);
    } else if (const auto* group = std::get_if<domain::GroupEvent>(&message.payload)) {
        take(*group, at);
    } else {
        take_other(message);
    }
}

void SessionSummary::take_other(const Message& message) {
    const Timestamp at = message.meta.known_time;
    if (const auto* order = std::get_if<domain::OrderEvent>(&message.payload)) {
        orders_.add(*order, at);
    } else if (const auto* intent = std::get_if<domain::Intent>(&message.payload)) {
        bots_.add(*intent);
    } else if (const auto* decision = std::get_if<domain::Decision>(&message.payload)) {
        bots_.add(*decision);
        if (decision->verdict == domain::Verdict::Denied) {
            last_event_ = "denied " + decision->intent.bot;
        }
    } else if (const auto* bot = std::get_if<domain::BotEvent>(&message.payload)) {
        bots_.add(*bot);
    } else if (const auto* position = std::get_if<domain::PositionEvent>(&message.payload)) {
        books_.add(*position);
    } else if (const auto* account = std::get_if<domain::AccountEvent>(&message.payload)) {
        books_.add(*account);
    } else if (const auto* state = std::get_if<domain::TradingStateEvent>(&message.payload)) {
        state_ = *state;
        last_event_ = "trading " + std::string(wire::text_of(state->state));
    } else if (const auto* signal = std::get_if<domain::Signal>(&message.payload)) {
        signals_.add(*signal);
    } else if (const auto* bars = std::get_if<domain::BarBatch>(&message.payload)) {
        signals_.add(*bars);
        feed_.bars += bars->bars.size();
    } else if (const auto* batch = std::get_if<domain::InstrumentBatch>(&message.payload)) {
        feed_.instruments += batch->instruments.size();
    } else if (const auto* alert = std::get_if<domain::Alert>(&message.payload)) {
        ++alerts_[alert->severity];
    }
}

void SessionSummary::begin_day(Date date) {
    if (date == date_) {
        return;
    }
    date_ = date;
    underlying_ = Underlying::Unspecified;
    for (auto& [underlying, market] : markets_) {
        market.start_day();
    }
    feed_.start_day();
    bots_.start_day();
    orders_.start_day();
    trades_.start_day();
    signals_.start_day();
    charges_today_ = {};
    alerts_.clear();
    days_.clear();
    for (const auto& account : books_.accounts()) {
        AccountDay& day = days_[account];
        day.equity = books_.equity(account, marks_);
        day.realised = books_.book().realised(account);
        day.charges = books_.book().charges(account).total();
        day.best = day.equity;
    }
}

void SessionSummary::take(const domain::SourceInfo& info) {
    begin_day(info.date);
    if (underlying_ == Underlying::Unspecified) {
        underlying_ = info.underlying;
        feed_.source = info;
    }
}

void SessionSummary::take(const domain::SessionEvent& event) {
    if (event.kind == SessionKind::DayStart || event.kind == SessionKind::Holiday) {
        begin_day(event.date);
    }
    feed_.add(event);
    if (event.kind == SessionKind::Open) {
        last_event_ = "session open";
    } else if (event.kind == SessionKind::Close) {
        last_event_ = "session closed";
    } else if (event.kind == SessionKind::StaleBegin) {
        last_event_ = "market data silent";
    }
}

void SessionSummary::take(const domain::QuoteBatch& batch, Timestamp at) {
    MarketWatch& market = markets_[batch.underlying];
    if (market.has_pending() && market.snapshot_at() != at) {
        end_snapshots();
    }
    market.add(batch, at, feed_.is_open);
}

void SessionSummary::end_snapshots() {
    bool has_ended = false;
    for (auto& [underlying, market] : markets_) {
        has_ended = has_ended || market.has_pending();
        market.end_snapshot(feed_.is_open);
    }
    if (has_ended && feed_.is_open) {
        update_equity();
    }
}

// Marks open contracts at the closing side and follows each account's best and deepest equity.
void SessionSummary::update_equity() {
    for (const auto& [key, position] : books_.book().positions()) {
        const auto market = markets_.find(key.contract.underlying());
        if (position.net.is_zero() || market == markets_.end()) {
            continue;
        }
        if (const auto price =
                market->second.closing_price(key.contract, position.net.is_positive())) {
            marks_[key.contract] = *price;
        }
    }
    for (auto& [account, day] : days_) {
        const Money equity = books_.equity(account, marks_);
        day.best = std::max(day.best, equity);
        day.drawdown = std::max(day.drawdown, day.best - equity);
    }
}

void SessionSummary::take(const domain::LedgerEntry& entry, Timestamp at) {
    books_.add(entry);
    trades_.add(entry, at);
    charges_today_ += entry.charges;
    AccountDay& day = days_[entry.account];
    if (entry.kind == domain::LedgerKind::Deposit) {
        day.deposits += entry.amount;
        day.best += entry.amount;
    }
    // A new contract counts at its fill until it is quoted again.
    if (entry.contract.is_set() && !marks_.contains(entry.contract)) {
        marks_[entry.contract] = entry.price;
    }
    if (entry.kind == domain::LedgerKind::Foreign) {
        last_event_ = "trade by hand in " + domain::to_text(entry.contract);
    }
    update_equity();
}

void SessionSummary::take(const domain::GroupEvent& event, Timestamp at) {
    trades_.add(event, at);
    bots_.add(event);
    if (event.kind == GroupEventKind::Opened) {
        last_event_ = "entry " + event.bot;
    } else if (event.kind == GroupEventKind::ExitStarted) {
        last_event_ = exit_words(event.reason.code) + " " + event.bot;
    } else if (event.kind == GroupEventKind::LegFailed) {
        last_event_ = "leg failed " + event.bot;
    }
}

uint64_t SessionSummary::quotes() const {
    uint64_t sum = 0;
    for (const auto& [underlying, market] : markets_) {
        sum += market.quotes();
    }
    return sum;
}

const MarketWatch* SessionSummary::market() const {
    const auto found = markets_.find(underlying_);
    return found == markets_.end() ? nullptr : &found->second;
}

uint64_t SessionSummary::alerts(domain::Severity severity) const {
    const auto found = alerts_.find(severity);
    return found == alerts_.end() ? 0 : found->second;
}

std::vector<std::string> SessionSummary::imbalances() const { return books_.imbalances(marks_); }

std::string SessionSummary::live_line() const {
    Money pnl;
    for (const auto& [account, day] : days_) {
        pnl += books_.equity(account, marks_) - day.equity - day.deposits;
    }
    std::set<uint64_t> groups;
    std::set<domain::ContractId> contracts;
    for (const auto& [key, position] : books_.book().positions()) {
        if (!position.net.is_zero()) {
            groups.insert(key.group);
            contracts.insert(key.contract);
        }
    }
    std::string line = wire::ist_clock(now_) + "  P&L " + (pnl.is_negative() ? "" : "+") +
                       wire::rupees(pnl) + "  ";
    if (groups.empty()) {
        line += "nothing open";
    } else {
        line += "open " + std::to_string(groups.size()) +
                (groups.size() == 1 ? " trade (" : " trades (") + std::to_string(contracts.size()) +
                (contracts.size() == 1 ? " contract)" : " contracts)");
    }
    return line + "  last: " + (last_event_.empty() ? "nothing yet" : last_event_);
}

}  // namespace sauda::summary
