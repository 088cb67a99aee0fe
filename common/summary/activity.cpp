#include "common/summary/activity.h"

#include <algorithm>

namespace sauda::summary {

using domain::BotEventKind;
using domain::SessionKind;

void BotLog::count(std::map<ReasonCode, Refusal>& all, const Reason& reason,
                   const std::string& bot) {
    Refusal& refusal = all[reason.code];
    if (refusal.count == 0) {
        refusal.example = reason;
        refusal.bot = bot;
    }
    ++refusal.count;
}

void BotLog::add(const domain::BotEvent& event) {
    BotActivity& bot = bots_[event.bot];
    switch (event.kind) {
        case BotEventKind::Started:
            bot.state = "on";
            break;
        case BotEventKind::Stopped:
            bot.state = "stopped";
            break;
        case BotEventKind::Paused:
            bot.state = "paused";
            break;
        case BotEventKind::Skipped:
            count(skips_, event.reason, event.bot);
            bot.last_reason = event.reason;
            break;
        case BotEventKind::SignalUsed:
            ++bot.signals;
            break;
        case BotEventKind::Unspecified:
        case BotEventKind::Remembered:
        case BotEventKind::GroupUpdate:
        case BotEventKind::ParameterChanged:
            break;
    }
}

void BotLog::add(const domain::Intent& intent) {
    BotActivity& bot = bots_[intent.bot];
    ++bot.intents;
    if (intent.purpose == domain::Purpose::Open) {
        ++bot.opens;
        bot.gated += intent.signal != 0 && !intent.on_rules ? 1 : 0;
    }
}

void BotLog::add(const domain::Decision& decision) {
    BotActivity& bot = bots_[decision.intent.bot];
    switch (decision.verdict) {
        case domain::Verdict::Approved:
            ++bot.approved;
            break;
        case domain::Verdict::Reduced:
            ++bot.reduced;
            break;
        case domain::Verdict::Denied:
            ++bot.denied;
            count(denials_, decision.reason, decision.intent.bot);
            break;
        case domain::Verdict::Unspecified:
            break;
    }
    if (decision.reason.code != ReasonCode::None) {
        bot.last_reason = decision.reason;
    }
    if (decision.verdict != domain::Verdict::Denied) {
        reserve(decision);
    }
    note_limits(decision);
}

void BotLog::reserve(const domain::Decision& decision) {
    if (decision.intent.purpose != domain::Purpose::Open) {
        return;
    }
    BotActivity& bot = bots_[decision.intent.bot];
    reserved_[decision.intent.group != 0 ? decision.intent.group : decision.intent.id] =
        decision.margin_reserved;
    bot.margin_now += decision.margin_reserved;
    bot.margin_peak = std::max(bot.margin_peak, bot.margin_now);
    margin_now_ += decision.margin_reserved;
    margin_peak_ = std::max(margin_peak_, margin_now_);
}

void BotLog::note_limits(const domain::Decision& decision) {
    for (const auto& check : decision.checks) {
        if (check.limit <= 0 || check.value < 0) {
            continue;
        }
        // A check that passes above its limit asks for at least that much.
        const bool is_floor =
            check.value != check.limit && check.passed == (check.value > check.limit);
        const int64_t part = is_floor ? check.limit : check.value;
        const int64_t whole = is_floor ? check.value : check.limit;
        const int64_t use = whole > 0 ? base::scale_half_up(part, 1'000'000, whole) : INT64_MAX;
        LimitUse& worst = limits_[check.check];
        if (use >= worst.use) {
            worst = {check.value, check.limit, check.unit, check.estimated, use};
        }
    }
}

void BotLog::add(const domain::GroupEvent& event) {
    const auto held = reserved_.find(event.group);
    if (domain::is_terminal(event.state) && held != reserved_.end()) {
        bots_[event.bot].margin_now -= held->second;
        margin_now_ -= held->second;
        reserved_.erase(held);
    }
    if (event.reason.code != ReasonCode::None) {
        bots_[event.bot].last_reason = event.reason;
    }
}

void BotLog::start_day() {
    std::map<std::string, BotActivity> kept;
    for (const auto& [name, bot] : bots_) {
        kept[name].state = bot.state;
        kept[name].margin_now = bot.margin_now;
        kept[name].margin_peak = bot.margin_now;
    }
    bots_ = std::move(kept);
    denials_.clear();
    skips_.clear();
    limits_.clear();
    margin_peak_ = margin_now_;
}

void OrderLog::add(const domain::OrderEvent& event, Timestamp at) {
    using domain::OrderEventKind;
    Working& working = working_[event.child];
    if (event.mid.is_positive()) {
        working.mid = event.mid;
    }
    if (event.touch.is_positive()) {
        working.touch = event.touch;
    }
    bool is_over = domain::is_terminal(event.state);
    switch (event.kind) {
        case OrderEventKind::Sent:
            ++counts_.sent;
            working.sent_at = at;
            break;
        case OrderEventKind::Placed:
            counts_.repriced += event.child.amendment > 0 ? 1 : 0;
            counts_.slices += event.child.slice > 0 ? 1 : 0;
            break;
        case OrderEventKind::PartialFill:
            counts_.partial += working.has_partial ? 0 : 1;
            working.has_partial = true;
            add_slip(event, working);
            break;
        case OrderEventKind::Fill:
            ++counts_.filled;
            counts_.modelled += event.modelled ? 1 : 0;
            add_slip(event, working);
            if (working.sent_at.is_set()) {
                fill_times_.push_back(at - working.sent_at);
            }
            is_over = true;
            break;
        case OrderEventKind::Cancelled:
            ++counts_.cancelled;
            break;
        case OrderEventKind::Rejected:
            ++counts_.rejected;
            break;
        case OrderEventKind::Denied:
            ++counts_.denied;
            break;
        case OrderEventKind::TimedOut:
            ++counts_.unknown;
            break;
        case OrderEventKind::Unspecified:
        case OrderEventKind::Accepted:
        case OrderEventKind::CancelRequested:
        case OrderEventKind::Found:
        case OrderEventKind::NotFound:
        case OrderEventKind::CancelRejected:
            break;
    }
    if (is_over) {
        working_.erase(event.child);
    }
}

void OrderLog::add_slip(const domain::OrderEvent& event, const Working& working) {
    const auto quantity = domain::signed_quantity(event.side, event.last_quantity);
    if (working.mid.is_positive()) {
        mid_.amount += (event.last_price - working.mid) * quantity;
        mid_.quantity += event.last_quantity;
    }
    if (working.touch.is_positive()) {
        touch_.amount += (event.last_price - working.touch) * quantity;
        touch_.quantity += event.last_quantity;
    }
}

std::optional<std::pair<Duration, Duration>> OrderLog::time_to_fill() const {
    if (fill_times_.empty()) {
        return std::nullopt;
    }
    auto sorted = fill_times_;
    std::sort(sorted.begin(), sorted.end());
    return std::pair(sorted[(sorted.size() - 1) / 2], sorted.back());
}

void OrderLog::start_day() {
    auto working = std::move(working_);
    *this = OrderLog{};
    working_ = std::move(working);
}

void SignalLog::add(const domain::Signal& signal) {
    ++signals_;
    if (signal.origin == domain::SignalOrigin::Model) {
        ++of_model_;
        model_ = signal.model;
    }
    if (signal.origin == domain::SignalOrigin::Model || of_model_ == 0) {
        why_not_ = signal.why_not;
    }
    if (signal.score != 0 && signal.horizon.ns > 0) {
        const Timestamp from = signal.bar_start + signal.bar_length;
        calls_.push_back({signal.underlying, from, from + signal.horizon, signal.score > 0});
    }
}

void SignalLog::add(const domain::BarBatch& batch) {
    if (batch.length != base::minutes(1)) {
        return;
    }
    for (const auto& bar : batch.bars) {
        const auto kind = bar.contract.kind();
        auto& closes = closes_[batch.underlying];
        if (kind == domain::ContractKind::Spot) {
            closes[batch.start + batch.length] = bar.close;
        } else if (kind == domain::ContractKind::Synthetic) {
            closes.try_emplace(batch.start + batch.length, bar.close);
        }
    }
}

SignalLog::Accuracy SignalLog::accuracy() const {
    Accuracy accuracy;
    for (const auto& call : calls_) {
        const auto closes = closes_.find(call.underlying);
        if (closes == closes_.end()) {
            continue;
        }
        const auto from = closes->second.find(call.from);
        const auto until = closes->second.find(call.until);
        if (from == closes->second.end() || until == closes->second.end() ||
            from->second == until->second) {
            continue;
        }
        const bool has_risen = until->second > from->second;
        ++accuracy.judged;
        accuracy.right += has_risen == call.is_up ? 1 : 0;
        accuracy.rises += has_risen ? 1 : 0;
    }
    return accuracy;
}

void SignalLog::start_day() { *this = SignalLog{}; }

void FeedLog::add(const domain::SessionEvent& event) {
    switch (event.kind) {
        case SessionKind::DayStart:
            close_at = event.close_at;
            break;
        case SessionKind::Open:
            is_open = true;
            close_at = event.close_at;
            break;
        case SessionKind::Close:
            is_open = false;
            has_closed = true;
            break;
        case SessionKind::Holiday:
            holiday = event.detail;
            break;
        case SessionKind::StaleBegin:
            ++stale_periods;
            stale_longest = std::max(stale_longest, event.duration);
            is_stale = true;
            break;
        case SessionKind::StaleEnd:
            stale_longest = std::max(stale_longest, event.duration);
            is_stale = false;
            break;
        case SessionKind::Unspecified:
        case SessionKind::PreOpen:
        case SessionKind::Settlement:
        case SessionKind::DayEnd:
        case SessionKind::RunEnd:
            break;
    }
}

void FeedLog::start_day() { *this = FeedLog{}; }

}  // namespace sauda::summary
