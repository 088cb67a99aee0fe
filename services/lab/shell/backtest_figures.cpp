#include "services/lab/shell/backtest_figures.h"

#include "services/lab/core/deflated_sharpe.h"
#include "services/lab/shell/breakdowns.h"

#include <algorithm>
#include <cmath>

namespace sauda::lab {

namespace {

std::optional<double> ratio(Money part, Money whole) {
    return whole.is_positive()
               ? std::optional(static_cast<double>(part.raw()) / static_cast<double>(whole.raw()))
               : std::nullopt;
}

void add_days(BacktestFigures& f, const BacktestFold& fold) {
    for (const auto& day : fold.days()) {
        f.corrections += day.correction;
        f.margin_peak = std::max(f.margin_peak, day.margin_peak);
        f.days_won += day.net().is_positive() ? 1 : 0;
        f.days_lost += day.net().is_negative() ? 1 : 0;
        if (day.straddle_sale) {
            f.straddle_sale += *day.straddle_sale;
            ++f.straddle_days;
        }
        if (day.start.is_positive()) {
            f.returns.push_back(static_cast<double>(day.net().raw()) /
                                static_cast<double>(day.start.raw()));
        }
    }
}

// Deepest fall in rupees: of the minutes and the ends of days in order.
Money deepest_fall(const BacktestFold& fold) {
    Money best = fold.start();
    Money deepest;
    const auto look = [&](Money equity) {
        best = std::max(best, equity);
        deepest = std::max(deepest, best - equity);
    };
    std::size_t next = 0;
    for (const auto& day : fold.days()) {
        while (next < fold.minutes().size() &&
               base::ist_date(fold.minutes()[next].at) <= day.date) {
            look(fold.minutes()[next++].equity);
        }
        look(day.end);
        deepest = std::max(deepest, day.drawdown);
    }
    return deepest;
}

void add_ratios(BacktestFigures& f) {
    f.total_return = ratio(f.net, f.start);
    f.on_margin = ratio(f.net, f.margin_peak);
    f.turnover = ratio(f.trades.turnover, f.start);
    f.charges_of_gross = ratio(f.charges.total(), f.trades.gross.abs());
    f.annual_return = annual_return(f.returns);
    f.volatility = annual_volatility(f.returns);
    f.sharpe = sharpe_ratio(f.returns);
    f.sortino = sortino_ratio(f.returns);
    f.calmar = calmar_ratio(f.returns);
    f.skewness = skewness(f.returns);
    f.kurtosis = kurtosis(f.returns);
    f.day_drawdown = max_drawdown(f.returns);
    if (!f.sharpe || !f.skewness || !f.kurtosis) {
        return;
    }
    const SharpeSample sample{.sharpe = *f.sharpe / std::sqrt(kTradingDaysAYear),
                              .periods = f.returns.size(),
                              .skewness = *f.skewness,
                              .kurtosis = *f.kurtosis};
    // Ratios of worthless trials scatter at least as widely as one ratio is uncertain.
    const double variance = 1.0 / static_cast<double>(f.returns.size() - 1);
    f.confidence = probabilistic_sharpe(sample, 0.0);
    f.deflated = deflated_sharpe(sample, f.trials, variance);
}

void add_ladder(BacktestFigures& f, const BacktestFold& fold) {
    const auto step = [&](std::string name, int64_t ticks, int64_t per_mille) {
        LadderStep row{.name = std::move(name), .net = {}, .won = 0};
        for (const auto& trade : fold.trades()) {
            if (trade.is_closed()) {
                const Money net = net_with_slippage(trade, ticks, per_mille);
                row.net += net;
                row.won += net.is_positive() ? 1 : 0;
            }
        }
        f.ladder.push_back(std::move(row));
    };
    step("as filled", 0, 0);
    step("1 tick", 1, 0);
    step("2 ticks", 2, 0);
    step("5 ticks", 5, 0);
    step("0.5 % of premium", 0, 5);
    step("1 % of premium", 0, 10);
    step("2 % of premium", 0, 20);
}

}  // namespace

BacktestFigures figures_of(const BacktestFold& fold, uint64_t trials) {
    BacktestFigures f;
    f.trials = std::max<uint64_t>(1, trials);
    f.start = fold.days().empty() ? fold.start() : fold.days().front().start;
    f.end = fold.equity();
    f.net = f.end - fold.deposits();
    f.trades = statistics_of(fold.trades());
    for (const auto& trade : fold.trades()) {
        f.open_pnl += trade.is_closed() ? Money{} : trade.net();
    }
    for (const auto& account : fold.summary().books().accounts()) {
        f.charges += fold.summary().books().book().charges(account);
    }
    add_days(f, fold);
    f.drawdown = deepest_fall(fold);
    add_ratios(f);
    if (fold.session_minutes() > 0) {
        f.exposure = static_cast<double>(fold.exposed_minutes()) /
                     static_cast<double>(fold.session_minutes());
    }
    f.breakdowns = breakdowns_of(fold);
    add_ladder(f, fold);
    return f;
}

}  // namespace sauda::lab
