#include "services/ml_signal/core/option_board.h"

#include <array>
#include <cmath>

namespace sauda::ml_signal {

namespace {

using domain::Price;

double units(domain::Quantity q) { return static_cast<double>(q.raw()); }

Price price_of(double rupees) {
    return Price::from_raw(static_cast<int64_t>(rupees * 10'000.0 + 0.5));
}

// Sums over the strikes near the money of one side.
struct Sums {
    double interest = 0.0;
    double volume = 0.0;  // of the window
    double last_volume = 0.0;
    std::array<double, 4> changed{};  // |change of interest| by class
};

enum Class : std::size_t { kLongBuilt, kShortBuilt, kLongLeft, kShortLeft };

std::optional<std::size_t> class_of(double price_change, double interest_change) {
    if (price_change == 0.0 || interest_change == 0.0) {
        return std::nullopt;
    }
    if (interest_change > 0.0) {
        return price_change > 0.0 ? kLongBuilt : kShortBuilt;
    }
    return price_change > 0.0 ? kShortLeft : kLongLeft;
}

Sums sums_of(const std::map<Price, OptionSeries>& side, double forward) {
    Sums sums;
    for (const auto& [strike, series] : side) {
        if (std::abs(strike.rupees() - forward) > kNearShare * forward) {
            continue;
        }
        sums.interest += series.interests.at(0);
        sums.volume += series.volumes.sum();
        sums.last_volume += series.volumes.at(0);
        if (series.closes.is_full()) {
            const double moved = series.closes.at(0) - series.closes.at(kLookBack);
            const double opened = series.interests.at(0) - series.interests.at(kLookBack);
            if (const auto found = class_of(moved, opened)) {
                sums.changed[*found] += std::abs(opened);
            }
        }
    }
    return sums;
}

}  // namespace

void OptionBoard::push(const domain::BarBatch& batch, domain::Date expiry) {
    ++bars_;
    for (const auto& bar : batch.bars) {
        if (!bar.contract.is_option() || bar.contract.expiry() != expiry ||
            !bar.close.is_positive()) {
            continue;
        }
        auto& side = bar.contract.kind() == domain::ContractKind::Call ? calls_ : puts_;
        auto& series = side[bar.contract.strike()];
        series.closes.push(bar.close.rupees());
        series.interests.push(units(bar.open_interest));
        series.volumes.push(units(bar.volume));
        series.last_bar = bars_;
    }
    for (auto* side : {&calls_, &puts_}) {
        for (auto& [strike, series] : *side) {
            if (series.last_bar != bars_) {
                series.closes.push(series.closes.at(0));
                series.interests.push(series.interests.at(0));
                series.volumes.push(0.0);
            }
        }
    }
}

bool OptionBoard::is_fresh(const OptionSeries& series) const {
    return series.last_bar + kFreshBars > bars_;
}

std::optional<double> OptionBoard::at_the_money(double forward) const {
    std::optional<double> nearest;
    for (const auto& [strike, call] : calls_) {
        const auto put = puts_.find(strike);
        if (put == puts_.end() || !is_fresh(call) || !is_fresh(put->second)) {
            continue;
        }
        const double at = strike.rupees();
        if (!nearest || std::abs(at - forward) < std::abs(*nearest - forward)) {
            nearest = at;
        }
    }
    return nearest;
}

std::optional<double> OptionBoard::close(double strike, bool is_call, std::size_t ago) const {
    const auto& side = is_call ? calls_ : puts_;
    const auto found = side.find(price_of(strike));
    if (found == side.end() || !is_fresh(found->second) || found->second.closes.count() <= ago) {
        return std::nullopt;
    }
    return found->second.closes.at(ago);
}

std::optional<double> OptionBoard::wing(double forward, double distance, bool is_call) const {
    std::optional<double> best;
    for (const auto& [strike, series] : is_call ? calls_ : puts_) {
        const double at = strike.rupees();
        const double away = is_call ? at - forward : forward - at;
        if (away < distance || !is_fresh(series)) {
            continue;
        }
        if (!best || away < std::abs(*best - forward)) {
            best = at;
        }
    }
    return best;
}

BoardFigures OptionBoard::figures(double forward) const {
    const Sums calls = sums_of(calls_, forward);
    const Sums puts = sums_of(puts_, forward);
    BoardFigures figures;
    figures.volume = calls.last_volume + puts.last_volume;
    if (calls.interest > 0.0 && puts.interest > 0.0) {
        figures.pcr_interest = puts.interest / calls.interest;
    }
    if (calls.volume + puts.volume > 0.0) {
        figures.pcr_volume = (puts.volume - calls.volume) / (puts.volume + calls.volume);
    }
    double changed = 0.0;
    for (std::size_t c = 0; c < calls.changed.size(); ++c) {
        changed += calls.changed[c] + puts.changed[c];
    }
    if (changed > 0.0) {
        const auto share = [&](Class c) { return (calls.changed[c] - puts.changed[c]) / changed; };
        figures.long_build_up = share(kLongBuilt);
        figures.short_build_up = share(kShortBuilt);
        figures.long_unwinding = share(kLongLeft);
        figures.short_covering = share(kShortLeft);
    }
    return figures;
}

}  // namespace sauda::ml_signal
