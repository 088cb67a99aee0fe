#include "services/ml_signal/core/feature_engine.h"

#include "common/options/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sauda::ml_signal {

namespace {

constexpr double kNsPerDay = 86'400e9;
constexpr double kBarsPerYear = 252.0 * 375.0;
constexpr double kWingShare = 0.004;  // wings stand at least this far from the forward
constexpr int64_t kNsPerMinute = 60'000'000'000;

void set(FeatureRow& row, ModelFeature feature, std::optional<double> value) {
    if (value && std::isfinite(*value)) {
        row[feature] = static_cast<float>(*value);
    }
}

std::optional<double> ratio(double a, double b) {
    return b > 0.0 ? std::optional(a / b) : std::nullopt;
}

std::optional<double> volatility_of(std::optional<double> price, double forward, double strike,
                                    double years, bool is_call) {
    if (!price || !(years > 0.0)) {
        return std::nullopt;
    }
    const auto found = options::implied_volatility({.price = *price,
                                                    .forward = forward,
                                                    .strike = strike,
                                                    .years = years,
                                                    .discount = 1.0,
                                                    .is_call = is_call});
    return found ? std::optional(found->volatility) : std::nullopt;
}

// The forward of the nearest expiry not before the day of the bar.
const domain::Bar* nearest_forward(const domain::BarBatch& batch) {
    const auto today = base::ist_date(batch.start);
    const domain::Bar* nearest = nullptr;
    for (const auto& bar : batch.bars) {
        if (bar.contract.kind() != domain::ContractKind::Synthetic ||
            bar.contract.expiry() < today || !bar.close.is_positive() || !bar.low.is_positive()) {
            continue;
        }
        if (nearest == nullptr || bar.contract.expiry() < nearest->contract.expiry()) {
            nearest = &bar;
        }
    }
    return nearest;
}

}  // namespace

domain::Date FeatureEngine::expiry_of(const domain::BarBatch& batch) const {
    if (expiry_.days != 0) {
        return expiry_;
    }
    const auto* forward = nearest_forward(batch);
    return forward != nullptr ? forward->contract.expiry() : domain::Date{};
}

void FeatureEngine::push(const domain::BarBatch& batch, const FeatureContext& context) {
    row_.reset();
    bar_start_ = batch.start;
    const auto* forward = nearest_forward(batch);
    expiry_ = expiry_of(batch);
    if (expiry_.days == 0) {
        return;
    }
    board_.push(batch, expiry_);
    const bool is_forward_known = forward != nullptr && forward->contract.expiry() == expiry_;
    if (!is_forward_known) {
        ivs_.push({});
        skews_.push({});
        pcrs_.push({});
        return;
    }
    push_forward(*forward, batch.start);
    FeatureRow row;
    row.fill(std::numeric_limits<float>::quiet_NaN());
    const auto end = batch.start + batch.length;
    const bool has_expiry = context.settles_at > end;
    premium_features(
        row, has_expiry ? static_cast<double>((context.settles_at - end).ns) / (365.0 * kNsPerDay)
                        : 0.0);
    interest_features(row);
    if (bars_.is_ready()) {
        price_features(row);
        time_features(row, context, end);
        row_ = row;
    }
}

void FeatureEngine::push_forward(const domain::Bar& bar, domain::Timestamp start) {
    const double close = bar.close.rupees();
    if (count_ == 0) {
        first_open_ = bar.open.rupees();
    }
    ++count_;
    bars_.push(bar, start);
    closes_.push(close);
    sma_60_.push(close);
    ema_9_.push(close);
    ema_21_.push(close);
}

void FeatureEngine::price_features(FeatureRow& row) const {
    const double close = closes_.at(0);
    const double atr = bars_.atr();
    const auto long_run = bars_.long_volatility();
    const double scale = long_run.value_or(bars_.volatility());
    const auto move = [&](std::size_t n) -> std::optional<double> {
        if (closes_.count() <= n) {
            return std::nullopt;
        }
        return ratio(close / closes_.at(n) - 1.0, scale * std::sqrt(static_cast<double>(n)));
    };
    set(row, kMove1, move(1));
    set(row, kMove5, move(5));
    set(row, kMove15, move(15));
    set(row, kMove30, move(30));
    const auto in_ranges = [&](double from) { return ratio(close - from, atr); };
    set(row, kFromSma20, in_ranges(bars_.sma()));
    if (sma_60_.is_ready()) {
        set(row, kFromSma60, in_ranges(sma_60_.value()));
    }
    if (ema_21_.is_ready()) {
        set(row, kEmaSpread, ratio(ema_9_.value() - ema_21_.value(), atr));
    }
    const auto rules = bars_.values();
    set(row, kRsi, rules[ml_signal::kRsi14]);
    set(row, kFromOpen,
        ratio(close / first_open_ - 1.0, scale * std::sqrt(static_cast<double>(count_))));
    set(row, kFromHigh, in_ranges(bars_.high()));
    set(row, kFromLow, in_ranges(bars_.low()));
    set(row, kDayPosition, rules[ml_signal::kRangePosition]);
    const double year = std::sqrt(kBarsPerYear);
    set(row, kRealised10, bars_.volatility() * year);
    if (long_run) {
        set(row, kRealised60, *long_run * year);
        set(row, kRealisedState, ratio(bars_.volatility(), *long_run));
    }
    set(row, kTrueRange, ratio(atr * 10'000.0, close));
    if (const auto iv = ivs_.at(0)) {
        set(row, kIvOverRealised, ratio(*iv, scale * year));
    }
}

void FeatureEngine::premium_features(FeatureRow& row, double years) {
    const double forward = closes_.at(0);
    const auto strike = board_.at_the_money(forward);
    if (!strike) {
        ivs_.push({});
        skews_.push({});
        return;
    }
    const auto call = board_.close(*strike, true);
    const auto put = board_.close(*strike, false);
    const auto call_iv = volatility_of(call, forward, *strike, years, true);
    const auto put_iv = volatility_of(put, forward, *strike, years, false);
    std::optional<double> iv;
    if (call_iv && put_iv) {
        iv = (*call_iv + *put_iv) / 2.0;
        set(row, kIvSpread, *call_iv - *put_iv);
    }
    ivs_.push(iv);
    set(row, kAtmIv, iv);
    set(row, kAtmIvChange, ivs_.change(kLookBack));
    std::optional<double> skew;
    if (iv) {
        const double distance = forward * std::max(kWingShare, *iv * std::sqrt(years));
        const auto below = board_.wing(forward, distance, false);
        const auto above = board_.wing(forward, distance, true);
        if (below && above) {
            const auto low =
                volatility_of(board_.close(*below, false), forward, *below, years, false);
            const auto high =
                volatility_of(board_.close(*above, true), forward, *above, years, true);
            skew = low && high ? ratio(*low - *high, *iv) : std::nullopt;
        }
    }
    skews_.push(skew);
    set(row, kSkew, skew);
    set(row, kSkewChange, skews_.change(kLookBack));
    set(row, kCallPremium, *call / forward * 100.0);
    set(row, kPutPremium, *put / forward * 100.0);
    const auto straddle_move = [&](std::size_t ago) -> std::optional<double> {
        const auto then_call = board_.close(*strike, true, ago);
        const auto then_put = board_.close(*strike, false, ago);
        if (!then_call || !then_put) {
            return std::nullopt;
        }
        const auto held = ratio(*call + *put, *then_call + *then_put);
        return held ? std::optional(*held - 1.0) : std::nullopt;
    };
    set(row, kStraddleMove5, straddle_move(5));
    set(row, kStraddleMove15, straddle_move(kLookBack));
}

void FeatureEngine::interest_features(FeatureRow& row) {
    const auto figures = board_.figures(closes_.at(0));
    pcrs_.push(figures.pcr_interest);
    set(row, kPcrInterest, figures.pcr_interest);
    set(row, kPcrInterestChange, pcrs_.change(kLookBack));
    set(row, kLongBuildUp, figures.long_build_up);
    set(row, kShortBuildUp, figures.short_build_up);
    set(row, kLongUnwinding, figures.long_unwinding);
    set(row, kShortCovering, figures.short_covering);
    set(row, kPcrVolume, figures.pcr_volume);
    volumes_.push(figures.volume);
    day_volume_ += figures.volume;
    if (volumes_.is_full()) {
        set(row, kVolumeState, ratio(volumes_.mean(), day_volume_ / static_cast<double>(count_)));
    }
}

void FeatureEngine::time_features(FeatureRow& row, const FeatureContext& context,
                                  domain::Timestamp end) const {
    const int64_t minute = base::ist_time_of_day(end).ns / kNsPerMinute;
    set(row, kMinuteOfDay, static_cast<double>(minute));
    double phase = minute < 585 ? 0.0 : minute < 690 ? 1.0 : minute < 810 ? 2.0 : 3.0;
    if (context.close_at.is_set()) {
        const int64_t left = (context.close_at - end).ns / kNsPerMinute;
        set(row, kMinutesToClose, static_cast<double>(left));
        phase = left <= 60 ? 4.0 : phase;
        set(row, kSessionPhase, phase);
    }
    if (context.settles_at.is_set()) {
        set(row, kDaysToExpiry, static_cast<double>((context.settles_at - end).ns) / kNsPerDay);
    }
    set(row, kIsExpiryDay, expiry_ == base::ist_date(end) ? 1.0 : 0.0);
}

}  // namespace sauda::ml_signal
