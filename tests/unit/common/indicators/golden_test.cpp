#include "common/indicators/atr.h"
#include "common/indicators/ema.h"
#include "common/indicators/rsi.h"
#include "common/indicators/sma.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace sauda::indicators {

namespace {

std::string data_folder() {
    if (const char* given = std::getenv("SAUDA_TEST_DATA")) {
        return given;
    }
    const char* source = std::getenv("SAUDA_SOURCE_DIR");
    return std::string(source == nullptr ? "." : source) + "/../shared/data";
}

// The numbers of "name":[...] in the text.
std::vector<double> series(const std::string& text, const std::string& name) {
    std::vector<double> values;
    const std::string key = "\"" + name + "\":[";
    const auto start = text.find(key);
    REQUIRE(start != std::string::npos);
    const auto end = text.find(']', start);
    std::istringstream numbers(text.substr(start + key.size(), end - start - key.size()));
    for (std::string number; std::getline(numbers, number, ',');) {
        values.push_back(std::stod(number));
    }
    return values;
}

}  // namespace

TEST_CASE("moving averages, RSI and ATR equal TA-Lib on its 300 bars") {
    std::ifstream file(data_folder() + "/golden/talib_golden.json");
    if (!file) {
        WARN("skipped: no talib_golden.json under SAUDA_TEST_DATA");
        return;
    }
    std::stringstream text;
    text << file.rdbuf();
    const auto high = series(text.str(), "H");
    const auto low = series(text.str(), "L");
    const auto close = series(text.str(), "C");
    REQUIRE(close.size() == 300);

    Sma sma(20);
    Ema ema(20);
    Rsi rsi(14);
    Atr atr(14);
    std::vector<double> smas;
    std::vector<double> emas;
    std::vector<double> rsis;
    std::vector<double> atrs;
    for (std::size_t i = 0; i < close.size(); ++i) {
        sma.push(close[i]);
        ema.push(close[i]);
        rsi.push(close[i]);
        atr.push(high[i], low[i], close[i]);
        if (sma.is_ready()) {
            smas.push_back(sma.value());
            emas.push_back(ema.value());
        }
        if (rsi.is_ready()) {
            rsis.push_back(rsi.value());
            atrs.push_back(atr.value());
        }
    }
    const auto compare = [&](const std::vector<double>& ours, const std::string& name) {
        const auto theirs = series(text.str(), name);
        REQUIRE(ours.size() == theirs.size());
        for (std::size_t i = 0; i < ours.size(); ++i) {
            REQUIRE(ours[i] == Approx(theirs[i]).epsilon(1e-11));
        }
    };
    compare(smas, "SMA20");
    compare(emas, "EMA20");
    compare(rsis, "RSI14");
    compare(atrs, "ATR14");
}

}  // namespace sauda::indicators
