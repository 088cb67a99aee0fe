#include "common/indicators/adx.h"
#include "common/indicators/aroon.h"
#include "common/indicators/bollinger.h"
#include "common/indicators/cci.h"
#include "common/indicators/channels.h"
#include "common/indicators/macd.h"
#include "common/indicators/parabolic_sar.h"
#include "common/indicators/roc.h"
#include "common/indicators/sma.h"
#include "common/indicators/stochastic.h"
#include "common/indicators/supertrend.h"
#include "common/indicators/volume_indicators.h"
#include "common/indicators/vwap.h"
#include "common/indicators/wma.h"
#include "tests/support/documented_table.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace sauda::indicators {

using test::Series;

namespace {

// Name -> one number a bar; NaN where TA-Lib has no value yet.
using Columns = std::map<std::string, std::vector<double>>;

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// tests/data/oracles/talib_indicators.csv: our own bars, TA-Lib 0.8.1.
Columns oracle() {
    std::ifstream file(from_environment("SAUDA_SOURCE_DIR") +
                       "/tests/data/oracles/talib_indicators.csv");
    REQUIRE(file);
    std::string line;
    std::getline(file, line);
    std::vector<std::string> names;
    std::istringstream head(line);
    for (std::string name; std::getline(head, name, ',');) {
        names.push_back(name);
    }
    Columns columns;
    while (std::getline(file, line)) {
        std::istringstream row(line);
        for (const auto& name : names) {
            std::string number;
            std::getline(row, number, ',');
            columns[name].push_back(number.empty() ? std::nan("") : std::stod(number));
        }
    }
    return columns;
}

Series bars_of(const std::vector<double>& open, const std::vector<double>& high,
               const std::vector<double>& low, const std::vector<double>& close,
               const std::vector<double>& volume, std::size_t session) {
    Series series;
    for (std::size_t i = 0; i < close.size(); ++i) {
        series.push_back({{open[i], high[i], low[i], close[i], volume[i]}, i % session == 0});
    }
    return series;
}

struct Row {
    std::string indicator;
    std::size_t first_bar;  // counted from 1
    std::string convention;
    double error = 0.0;  // relative to max(1, |TA-Lib|)
};

// Compares each output with a column of TA-Lib; "" leaves an output out. Both must start together.
template <class Fresh>
Row compare(const Series& series, const Columns& theirs, const std::string& indicator, Fresh fresh,
            const std::vector<std::string>& names, const std::string& convention) {
    const auto trace = test::trace_of(fresh, series);
    Row row{indicator, test::first_value(trace) + 1, convention};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty()) {
            continue;
        }
        const auto& column = theirs.at(names[i]);
        for (std::size_t t = 0; t < series.size(); ++t) {
            INFO(indicator << " " << names[i] << " at bar " << t);
            REQUIRE(trace[t][i].has_value() == !std::isnan(column[t]));
            if (trace[t][i]) {
                const double error = std::abs(*trace[t][i] - column[t]);
                row.error = std::max(row.error, error / std::max(1.0, std::abs(column[t])));
            }
        }
    }
    return row;
}

std::vector<Row> averages_and_trend(const Series& s, const Columns& c) {
    return {
        compare(
            s, c, "sma 20", [] { return Sma(20); }, {"sma"}, "mean of n"),
        compare(
            s, c, "ema 20", [] { return Ema(20); }, {"ema"}, "seeded by the SMA of n"),
        compare(
            s, c, "wma 20", [] { return Wma(20); }, {"wma"}, "weights n to 1"),
        compare(
            s, c, "macd 12 26 9", [] { return Macd(12, 26, 9); },
            {"macd", "macd_signal", "macd_histogram"}, "both seeds end on bar 26"),
        compare(
            s, c, "adx 14", [] { return Adx(14); }, {"adx", "plus_di", "minus_di"},
            "Wilder; +DI, -DI from bar n + 1"),
        compare(
            s, c, "aroon 14", [] { return Aroon(14); }, {"aroon_up", "aroon_down"},
            "n + 1 bars; latest of equal extremes"),
        compare(
            s, c, "supertrend 10 3", [] { return Supertrend(10, 3.0); }, {"supertrend"},
            "starts rising"),
        compare(
            s, c, "sar 0.02 0.2", [] { return ParabolicSar(0.02, 0.2); }, {"sar"},
            "first trend from bar 2"),
    };
}

std::vector<Row> momentum_and_volatility(const Series& s, const Columns& c) {
    return {
        compare(
            s, c, "rsi 14", [] { return Rsi(14); }, {"rsi"}, "Wilder; flat: 50 (TA-Lib 0)"),
        compare(
            s, c, "stochastic 14 3 3", [] { return Stochastic(14, 3, 3); }, {"stoch_k", "stoch_d"},
            "SMA; flat: 50 (TA-Lib 0)"),
        compare(
            s, c, "stochrsi 14 14 1 3", [] { return StochRsi(14, 14, 1, 3); },
            {"stochrsi_k", "stochrsi_d"}, "flat: 50 (TA-Lib 0)"),
        compare(
            s, c, "williams_r 14", [] { return WilliamsR(14); }, {"willr"}, "flat: -50 (TA-Lib 0)"),
        compare(
            s, c, "roc 10", [] { return Roc(10); }, {"roc"}, "percent"),
        compare(
            s, c, "cci 20", [] { return Cci(20); }, {"cci"}, "flat: 0"),
        compare(
            s, c, "atr 14", [] { return Atr(14); }, {"atr"}, "ranges from bar 2, Wilder"),
        compare(
            s, c, "keltner 20 10 2", [] { return Keltner(20, 10, 2.0); },
            {"kc_middle", "kc_upper", "kc_lower"}, "EMA of the close, Wilder ATR"),
        compare(
            s, c, "donchian 20", [] { return Donchian(20); }, {"dc_middle", "dc_upper", "dc_lower"},
            "the last bar included"),
    };
}

std::vector<Row> volume(const Series& s, const Columns& c) {
    return {
        compare(
            s, c, "obv", [] { return Obv(); }, {"obv"}, "starts at the first volume"),
        compare(
            s, c, "mfi 14", [] { return Mfi(14); }, {"mfi"},
            "no volume: not ready; flat: 50 (TA-Lib 0)"),
        compare(
            s, c, "volume_average 20", [] { return VolumeAverage(20); }, {"volume_sma"},
            "no volume: not ready"),
        compare(
            s, c, "vwap 2", [] { return Vwap(2.0); }, {"vwap"},
            "per session; no volume: not ready"),
    };
}

// Two digits are more than the table needs; what is below 1e-12 is rounding of either side.
std::string shown(double error) {
    if (error <= 1e-12) {
        return "< 1e-12";
    }
    std::ostringstream text;
    text.precision(1);
    text << std::scientific << error;
    return text.str();
}

std::string table(const std::vector<Row>& rows) {
    std::string text =
        "| indicator | first value at bar | convention | max error |\n|---|---|---|---|\n";
    for (const auto& row : rows) {
        text += "| `" + row.indicator + "` | " + std::to_string(row.first_bar) + " | " +
                row.convention + " | " + shown(row.error) + " |\n";
    }
    return text;
}

}  // namespace

TEST_CASE("every standard indicator equals TA-Lib to 1e-9 and starts on the same bar") {
    const Columns c = oracle();
    const Series s =
        bars_of(c.at("open"), c.at("high"), c.at("low"), c.at("close"), c.at("volume"), 80);
    std::vector<Row> rows = averages_and_trend(s, c);
    for (const auto& part : {momentum_and_volatility(s, c), volume(s, c)}) {
        rows.insert(rows.end(), part.begin(), part.end());
    }
    for (const auto& row : rows) {
        INFO(row.indicator);
        CHECK(row.error <= 1e-9);
    }
    // TA-Lib's own sums of squares are the limit; bands_test holds ours to an exact twin.
    rows.push_back(compare(
        s, c, "bollinger 20 2", [] { return Bollinger(20, 2.0); },
        {"bb_middle", "bb_upper", "bb_lower"}, "population deviation; flat: the price"));
    CHECK(rows.back().error <= 1e-9);
    CHECK(test::documented_table("docs/accuracy/indicators.md", "indicators", table(rows)) == "");
}

namespace {

// The gold series hold values only, from the first one on: aligned to the end of the bars.
Columns gold(const nlohmann::json& file) {
    Columns columns;
    const std::size_t n = file.at("C").size();
    for (const auto& [name, values] : file.at("out").items()) {
        const std::vector<double> numbers = values;
        columns[name].assign(n - numbers.size(), std::nan(""));
        columns[name].insert(columns[name].end(), numbers.begin(), numbers.end());
    }
    return columns;
}

}  // namespace

TEST_CASE("the 18 series of the gold file are met to 1e-9, the bands as far as TA-Lib goes") {
    std::string folder = from_environment("SAUDA_TEST_DATA");
    if (folder.empty()) {
        folder = from_environment("SAUDA_SOURCE_DIR") + "/../shared/data";
    }
    std::ifstream in(folder + "/golden/talib_golden.json");
    if (!in) {
        WARN("skipped: no golden/talib_golden.json under SAUDA_TEST_DATA");
        return;
    }
    const auto file = nlohmann::json::parse(in);
    const Series s = bars_of(file.at("O"), file.at("H"), file.at("L"), file.at("C"), file.at("V"),
                             file.at("C").size());
    const Columns c = gold(file);
    REQUIRE(c.size() == 18);
    const std::vector<Row> rows = {
        compare(
            s, c, "sma", [] { return Sma(20); }, {"SMA20"}, ""),
        compare(
            s, c, "ema", [] { return Ema(20); }, {"EMA20"}, ""),
        compare(
            s, c, "rsi", [] { return Rsi(14); }, {"RSI14"}, ""),
        compare(
            s, c, "macd", [] { return Macd(12, 26, 9); }, {"MACD", "MACDsig", "MACDhist"}, ""),
        compare(
            s, c, "adx", [] { return Adx(14); }, {"ADX14", "PLUS_DI"}, ""),
        compare(
            s, c, "atr", [] { return Atr(14); }, {"ATR14"}, ""),
        compare(
            s, c, "stochastic", [] { return Stochastic(14, 3, 3); }, {"slowK", "slowD"}, ""),
        compare(
            s, c, "fast", [] { return Stochastic(14, 1, 3); }, {"fastK"}, ""),
        compare(
            s, c, "williams", [] { return WilliamsR(14); }, {"WILLR14"}, ""),
        compare(
            s, c, "roc", [] { return Roc(10); }, {"ROC10"}, ""),
        compare(
            s, c, "obv", [] { return Obv(); }, {"OBV"}, ""),
        compare(
            s, c, "mfi", [] { return Mfi(14); }, {"MFI14"}, ""),
        compare(
            s, c, "cci", [] { return Cci(20); }, {"CCI20"}, ""),
    };
    for (const auto& row : rows) {
        INFO(row.indicator);
        CHECK(row.error <= 1e-9);
    }
    const Row bands =
        compare(s, c, "bollinger", [] { return Bollinger(20, 2.0); }, {"", "BBupper"}, "");
    CHECK(bands.error <= 1e-9);  // 2.5e-8 points of 22,000
}

}  // namespace sauda::indicators
