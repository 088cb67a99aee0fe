#include "services/risk/core/loss.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

constexpr int64_t kPeakSteps = 20;

Reason loss_reason(ReasonCode code, Money loss, Money limit, const Figures& figures) {
    return {code,
            {{code == ReasonCode::Drawdown ? "drawdown" : "loss", loss.raw(), Unit::Rupees},
             {"limit", limit.raw(), Unit::Rupees},
             {"equity", figures.equity.raw(), Unit::Rupees}}};
}

void reach_limit(const AccountConfig& config, const State& state, const Reason& reason,
                 Emitter& out) {
    out.emit(StreamId::RiskAlert, Alert{Severity::Critical, reason, config.name});
    const auto& account = state.account(config.name);
    const bool is_flatten = config.limits.flatten_on_daily_loss && !account.is_flattening();
    const auto trading =
        account.trading == TradingState::Halted ? TradingState::Halted : TradingState::Reducing;
    if (trading == account.trading && !is_flatten) {
        return;
    }
    out.emit(StreamId::RiskState,
             TradingStateEvent{trading, is_flatten ? FlattenPhase::Cancelling : account.flatten,
                               config.name, "risk", reason});
}

void raise_peak(const AccountConfig& config, const AccountState& account, const Figures& figures,
                const Losses& losses, Emitter& out) {
    if (!losses.drawdown_limit.is_positive()) {
        return;
    }
    const Money step = std::max(losses.drawdown_limit.scaled(1, kPeakSteps), Money::from_rupees(1));
    if (figures.equity - account.peak_equity < step) {
        return;
    }
    out.emit(StreamId::RiskState, AccountEvent{AccountEventKind::PeakRaised,
                                               config.name,
                                               account.day,
                                               figures.capital,
                                               figures.realised,
                                               figures.unrealised,
                                               figures.charges,
                                               figures.equity,
                                               {},
                                               account.ledger_entry});
}

}  // namespace

Losses losses_of(const AccountConfig& config, const AccountState& account, const Figures& figures) {
    const Money limit = daily_loss_limit(config);
    return {account.start_equity - figures.equity, limit,
            share_of(limit, config.limits.daily_loss_warning), account.peak_equity - figures.equity,
            share_of(config.capital, config.limits.drawdown)};
}

void watch_losses(const AccountConfig& config, const State& state, const Market& market,
                  Emitter& out) {
    const auto& account = state.account(config.name);
    if (!account.day_open) {
        return;
    }
    const auto figures = figures_of(state, market, config.name);
    const auto losses = losses_of(config, account, figures);
    if (losses.day >= losses.day_warning && !account.loss_warned) {
        out.emit(StreamId::RiskAlert, Alert{Severity::Warning,
                                            loss_reason(ReasonCode::DailyLossWarning, losses.day,
                                                        losses.day_limit, figures),
                                            config.name});
    }
    if (losses.day >= losses.day_limit && !account.loss_reached) {
        reach_limit(config, state,
                    loss_reason(ReasonCode::DailyLoss, losses.day, losses.day_limit, figures), out);
    }
    if (losses.drawdown_limit.is_positive() && losses.drawdown >= losses.drawdown_limit &&
        !account.drawdown_reached) {
        reach_limit(
            config, state,
            loss_reason(ReasonCode::Drawdown, losses.drawdown, losses.drawdown_limit, figures),
            out);
    }
    raise_peak(config, account, figures, losses, out);
}

}  // namespace sauda::risk
