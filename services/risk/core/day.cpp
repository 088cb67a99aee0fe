#include "services/risk/core/margin_use.h"
#include "services/risk/core/risk_core.h"

#include <algorithm>

// The day of an account: where its limits are measured from, and what tomorrow will cost.
namespace sauda::risk {

using namespace domain;

void RiskCore::on_session(const SessionEvent& event, Emitter& out) const {
    for (const auto& account : config_.accounts) {
        if (event.kind == SessionKind::DayStart) {
            start_day(account, event.date, out);
        } else if (event.kind == SessionKind::DayEnd) {
            end_day(account, event.date, out);
        }
    }
}

AccountEvent RiskCore::account_event(AccountEventKind kind, const std::string& account,
                                     Date date) const {
    const auto figures = figures_of(state_, market_, account);
    const Money margin = margin_used({state_, market_, *rules_, date}, account).money;
    return {kind,
            account,
            date,
            figures.capital,
            figures.realised,
            figures.unrealised,
            figures.charges,
            figures.equity,
            margin,
            state_.account(account).ledger_entry};
}

void RiskCore::start_day(const AccountConfig& config, Date date, Emitter& out) const {
    const auto& before = state_.account(config.name);
    if (before.day >= date) {
        return;  // another exchange began this day already
    }
    out.emit(StreamId::RiskState, account_event(AccountEventKind::DayStarted, config.name, date));
    const auto& account = state_.account(config.name);
    const bool is_of_the_day = account.trading_reason == ReasonCode::DailyLoss ||
                               account.trading_reason == ReasonCode::Drawdown;
    if (account.trading == TradingState::Reducing && is_of_the_day && !account.is_flattening()) {
        out.emit(StreamId::RiskState,
                 TradingStateEvent{TradingState::Active,
                                   FlattenPhase::None,
                                   config.name,
                                   "risk",
                                   {ReasonCode::None, {{"new_day", date.days, Unit::Date}}}});
    }
}

void RiskCore::end_day(const AccountConfig& config, Date date, Emitter& out) const {
    const auto& account = state_.account(config.name);
    if (!account.day_open || account.day != date) {
        return;
    }
    out.emit(StreamId::RiskState, account_event(AccountEventKind::DayEnded, config.name, date));
}

Timestamp RiskCore::tomorrow_due(const AccountConfig& config) const {
    const auto& account = state_.account(config.name);
    if (!account.day_open || account.tomorrow_told || !state_.has_open(config.name)) {
        return Timestamp::max();
    }
    return base::ist(account.day, config_.tomorrow_margin_at);
}

void RiskCore::tell_tomorrow(const AccountConfig& config, Emitter& out) const {
    const auto& account = state_.account(config.name);
    const auto first =
        std::find_if(state_.open().begin(), state_.open().end(),
                     [&](const auto& entry) { return entry.first.account == config.name; });
    const Date tomorrow = rules_->next_trading_day(first->first.contract.exchange(), account.day);
    const MarginView view{state_, market_, *rules_, account.day};
    const Money today = margin_used(view, config.name).money;
    const auto [next, is_estimate] = margin_on(view, config.name, tomorrow);
    const Money equity = figures_of(state_, market_, config.name).equity;
    const Money limit = share_of(config.capital, config.limits.margin_cap);
    const bool is_short = next > std::min(equity, limit);
    Reason reason{ReasonCode::TomorrowMargin,
                  {{"margin", next.raw(), Unit::Rupees},
                   {"margin_today", today.raw(), Unit::Rupees},
                   {"limit", limit.raw(), Unit::Rupees},
                   {"equity", equity.raw(), Unit::Rupees},
                   {"date", tomorrow.days, Unit::Date}}};
    if (is_estimate) {
        reason.numbers.push_back({"estimated", 1, Unit::Count});
    }
    out.emit(StreamId::RiskAlert,
             Alert{is_short ? Severity::Warning : Severity::Info, std::move(reason), config.name});
}

}  // namespace sauda::risk
