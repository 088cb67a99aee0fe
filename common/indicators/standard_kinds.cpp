#include "common/indicators/adx.h"
#include "common/indicators/aroon.h"
#include "common/indicators/atr.h"
#include "common/indicators/bollinger.h"
#include "common/indicators/cci.h"
#include "common/indicators/channels.h"
#include "common/indicators/ema.h"
#include "common/indicators/historical_volatility.h"
#include "common/indicators/indicator_kind.h"
#include "common/indicators/macd.h"
#include "common/indicators/parabolic_sar.h"
#include "common/indicators/pivots.h"
#include "common/indicators/realised_volatility.h"
#include "common/indicators/roc.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"
#include "common/indicators/stochastic.h"
#include "common/indicators/supertrend.h"
#include "common/indicators/volume_indicators.h"
#include "common/indicators/vwap.h"
#include "common/indicators/wma.h"

namespace sauda::indicators {
namespace {

using P = Parameters;
using Made = std::unique_ptr<StreamingIndicator>;

constexpr double kLongest = 5'000.0;  // bars: two weeks of minutes and more
constexpr Parameter period(double usual, double least = 1.0) {
    return {"period", least, kLongest, usual};
}
constexpr Parameter period_of(std::string_view name, double usual) {
    return {name, 1.0, kLongest, usual};
}
constexpr Parameter factor(double usual) { return {"factor", 0.01, 100.0, usual, false}; }

uint64_t at_period(const P& p) { return p.period(0); }
uint64_t after_period(const P& p) { return p.period(0) + 1U; }

void add_trend(std::vector<IndicatorKind>& kinds) {
    kinds.push_back({"sma",
                     "simple moving average",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(Sma(p.period(0))); },
                     at_period});
    kinds.push_back({"ema",
                     "exponential moving average",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(Ema(p.period(0))); },
                     at_period});
    kinds.push_back({"wma",
                     "weighted moving average",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(Wma(p.period(0))); },
                     at_period});
    kinds.push_back(
        {"macd",
         "moving average convergence divergence",
         {period_of("fast", 12), period_of("slow", 26), period_of("signal", 9)},
         [](const P& p) -> Made { return streaming(Macd(p.period(0), p.period(1), p.period(2))); },
         [](const P& p) { return uint64_t{p.period(1)} + p.period(2) - 1U; },
         [](const P& p) -> std::string_view {
             return p.number(0) < p.number(1) ? "" : "fast must be below slow";
         }});
    kinds.push_back({"adx",
                     "average directional index, +DI and -DI",
                     {period(14, 2)},
                     [](const P& p) -> Made { return streaming(Adx(p.period(0))); },
                     [](const P& p) { return uint64_t{2} * p.period(0); }});
    kinds.push_back({"aroon",
                     "bars since the highest high and the lowest low",
                     {period(14)},
                     [](const P& p) -> Made { return streaming(Aroon(p.period(0))); },
                     after_period});
    kinds.push_back(
        {"supertrend",
         "trailing band of average true ranges",
         {period(10), factor(3)},
         [](const P& p) -> Made { return streaming(Supertrend(p.period(0), p.number(1))); },
         after_period});
    kinds.push_back(
        {"sar",
         "parabolic stop and reverse",
         {{"step", 0.0001, 1.0, 0.02, false}, {"most", 0.0001, 1.0, 0.2, false}},
         [](const P& p) -> Made { return streaming(ParabolicSar(p.number(0), p.number(1))); },
         [](const P& /*p*/) { return uint64_t{2}; },
         [](const P& p) -> std::string_view {
             return p.number(0) <= p.number(1) ? "" : "step must not be above most";
         }});
}

void add_momentum(std::vector<IndicatorKind>& kinds) {
    kinds.push_back({"rsi",
                     "relative strength index",
                     {period(14)},
                     [](const P& p) -> Made { return streaming(Rsi(p.period(0))); },
                     after_period});
    kinds.push_back(
        {"stochastic",
         "stochastic oscillator",
         {period(14), period_of("k", 3), period_of("d", 3)},
         [](const P& p) -> Made {
             return streaming(Stochastic(p.period(0), p.period(1), p.period(2)));
         },
         [](const P& p) { return uint64_t{p.period(0)} + p.period(1) + p.period(2) - 2U; }});
    kinds.push_back(
        {"stochrsi",
         "stochastic oscillator of the RSI",
         {period_of("rsi", 14), period(14), period_of("k", 3), period_of("d", 3)},
         [](const P& p) -> Made {
             return streaming(StochRsi(p.period(0), p.period(1), p.period(2), p.period(3)));
         },
         [](const P& p) {
             return uint64_t{p.period(0)} + p.period(1) + p.period(2) + p.period(3) - 2U;
         }});
    kinds.push_back({"williams_r",
                     "Williams %R",
                     {period(14)},
                     [](const P& p) -> Made { return streaming(WilliamsR(p.period(0))); },
                     at_period});
    kinds.push_back({"roc",
                     "rate of change in percent",
                     {period(10)},
                     [](const P& p) -> Made { return streaming(Roc(p.period(0))); },
                     after_period});
    kinds.push_back({"cci",
                     "commodity channel index",
                     {period(20, 2)},
                     [](const P& p) -> Made { return streaming(Cci(p.period(0))); },
                     at_period});
}

void add_bands(std::vector<IndicatorKind>& kinds) {
    kinds.push_back({"atr",
                     "average true range",
                     {period(14)},
                     [](const P& p) -> Made { return streaming(Atr(p.period(0))); },
                     after_period});
    kinds.push_back(
        {"bollinger",
         "Bollinger bands, their width and %B",
         {period(20, 2), factor(2)},
         [](const P& p) -> Made { return streaming(Bollinger(p.period(0), p.number(1))); },
         at_period});
    kinds.push_back({"keltner",
                     "Keltner channel",
                     {period(20), period_of("atr", 10), factor(2)},
                     [](const P& p) -> Made {
                         return streaming(Keltner(p.period(0), p.period(1), p.number(2)));
                     },
                     [](const P& p) {
                         const uint64_t atr = p.period(1) + 1U;
                         return p.period(0) > atr ? p.period(0) : atr;
                     }});
    kinds.push_back({"donchian",
                     "Donchian channel",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(Donchian(p.period(0))); },
                     at_period});
    kinds.push_back(
        {"pivots_classic", "classic pivots of the session before", {}, [](const P& /*p*/) -> Made {
             return streaming(Pivots(PivotMethod::Classic));
         }});
    kinds.push_back(
        {"pivots_fibonacci",
         "Fibonacci pivots of the session before",
         {},
         [](const P& /*p*/) -> Made { return streaming(Pivots(PivotMethod::Fibonacci)); }});
    kinds.push_back(
        {"pivots_camarilla",
         "Camarilla pivots of the session before",
         {},
         [](const P& /*p*/) -> Made { return streaming(Pivots(PivotMethod::Camarilla)); }});
}

void add_volume(std::vector<IndicatorKind>& kinds) {
    kinds.push_back(
        {"obv", "on-balance volume", {}, [](const P& /*p*/) -> Made { return streaming(Obv()); }});
    kinds.push_back({"mfi", "money flow index", {period(14)}, [](const P& p) -> Made {
                         return streaming(Mfi(p.period(0)));
                     }});
    kinds.push_back({"volume_average",
                     "average volume, and the last bar's against it",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(VolumeAverage(p.period(0))); }});
    kinds.push_back({"vwap",
                     "volume-weighted average price of the session with bands",
                     {factor(1)},
                     [](const P& p) -> Made { return streaming(Vwap(p.number(0))); }});
}

void add_volatility(std::vector<IndicatorKind>& kinds) {
    kinds.push_back({"realised_volatility",
                     "root mean square of returns a bar",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(RealisedVolatility(p.period(0))); },
                     after_period});
    kinds.push_back({"close_volatility",
                     "volatility a bar, close to close",
                     {period(20, 2)},
                     [](const P& p) -> Made { return streaming(CloseVolatility(p.period(0))); },
                     after_period});
    kinds.push_back({"parkinson_volatility",
                     "volatility a bar, of high and low",
                     {period(20)},
                     [](const P& p) -> Made { return streaming(ParkinsonVolatility(p.period(0))); },
                     at_period});
    kinds.push_back(
        {"garman_klass_volatility",
         "volatility a bar, of open, high, low and close",
         {period(20)},
         [](const P& p) -> Made { return streaming(GarmanKlassVolatility(p.period(0))); },
         at_period});
    kinds.push_back({"yang_zhang_volatility",
                     "volatility a bar, with gaps and drift",
                     {period(20, 2)},
                     [](const P& p) -> Made { return streaming(YangZhangVolatility(p.period(0))); },
                     after_period});
}

}  // namespace

std::vector<IndicatorKind> standard_kinds() {
    std::vector<IndicatorKind> kinds;
    add_trend(kinds);
    add_momentum(kinds);
    add_bands(kinds);
    add_volume(kinds);
    add_volatility(kinds);
    return kinds;
}

}  // namespace sauda::indicators
