#include "common/indicators/registry.h"

#include "common/indicators/macd.h"
#include "tests/support/indicator_harness.h"

#include <catch2/catch.hpp>

#include <set>

namespace sauda::indicators {

namespace {

NamedIndicator made(std::string_view text) {
    auto indicator = NamedIndicator::make(text);
    INFO((indicator ? "" : indicator.error().text));
    REQUIRE(indicator);
    return *indicator;
}

std::string refusal(std::string_view text) {
    const auto indicator = NamedIndicator::make(text);
    return indicator ? "" : indicator.error().text;
}

}  // namespace

TEST_CASE("an indicator by name gives what the class itself gives") {
    const auto series = test::make_series(test::Market::Gaps, 3, 200);
    NamedIndicator named = made("  macd 5  13 4 ");
    Macd macd(5, 13, 4);
    REQUIRE(named.text() == "macd 5 13 4");
    REQUIRE(named.names() == std::vector<std::string>{"line", "signal", "histogram"});
    REQUIRE(named.first_bar() == 16);
    for (const auto& input : series) {
        REQUIRE(named.push(input.bar));
        macd.push(input.bar.close);
        REQUIRE(named.is_ready() == macd.is_ready());
        REQUIRE(test::is_same(named.values(), test::outputs_of(macd)));
    }
    CHECK(named.value("signal") == macd.signal());
    CHECK_FALSE(named.value("no such name"));
}

TEST_CASE("numbers left out at the end take their usual value") {
    CHECK(made("macd").text() == "macd 12 26 9");
    CHECK(made("supertrend 7").text() == "supertrend 7 3");
    CHECK(made("sar 0.01").text() == "sar 0.01 0.2");
    CHECK(made("obv").text() == "obv");
}

TEST_CASE("a bad name or number is refused with a sentence that says what would do") {
    CHECK(refusal("ema 0") ==
          "indicator \"ema 0\": period is \"0\", it must be a whole number "
          "from 1 to 5000");
    CHECK(refusal("supertrend 10 0") ==
          "indicator \"supertrend 10 0\": factor is \"0\", it must "
          "be a number from 0.01 to 100");
    CHECK(refusal("macd 26 12") ==
          "indicator \"macd 26 12\": fast must be below slow (taken as "
          "\"macd 26 12 9\")");
    CHECK(refusal("ema 21 3") ==
          "indicator \"ema 21 3\": too many numbers; it is written ema [period]");
    CHECK(refusal("emma 21").find("there is no \"emma\"; there are adx, aroon, atr") !=
          std::string::npos);
    CHECK(refusal("").find("a name is missing") != std::string::npos);
    for (const auto* text : {"ema 2.5", "ema 5001", "ema -3", "ema nan", "ema inf", "ema 1e99",
                             "ema 21x", "ema x", "EMA 21", "sar 0.3 0.2", "adx 1"}) {
        INFO(text);
        CHECK(refusal(text) != "");
    }
}

TEST_CASE("a bar that is not sound teaches an indicator nothing") {
    NamedIndicator indicator = made("sma 2");
    REQUIRE(indicator.push({100.0, 101.0, 99.0, 100.0, 5.0}));
    const std::string before = base::save_to_bytes(indicator);
    const double nan = std::nan("");
    for (const BarInput& bar :
         {BarInput{100.0, 99.0, 101.0, 100.0, 5.0}, BarInput{0.0, 101.0, 0.0, 100.0, 5.0},
          BarInput{nan, 101.0, 99.0, 100.0, 5.0}, BarInput{100.0, nan, 99.0, 100.0, 5.0},
          BarInput{100.0, 101.0, nan, 100.0, 5.0}, BarInput{100.0, 101.0, 99.0, nan, 5.0},
          BarInput{100.0, 101.0, 99.0, 100.0, nan}, BarInput{100.0, 101.0, 99.0, 100.0, -1.0}}) {
        CHECK_FALSE(indicator.push(bar));
    }
    CHECK(base::save_to_bytes(indicator) == before);
}

TEST_CASE("a copy goes its own way, and a loaded one is of the kind that was saved") {
    NamedIndicator original = made("ema 2");
    REQUIRE(original.push({100.0, 100.0, 100.0, 100.0, 0.0}));
    NamedIndicator copy = original;
    REQUIRE(copy.push({200.0, 200.0, 200.0, 200.0, 0.0}));
    CHECK_FALSE(original.is_ready());
    REQUIRE(copy.value("value") == 150.0);

    std::vector<NamedIndicator> saved = {copy, made("rsi 5"), NamedIndicator()};
    const std::string bytes = base::save_to_bytes(saved);
    std::vector<NamedIndicator> loaded;
    base::BinaryReader reader(bytes);
    reader.read(loaded);
    REQUIRE(reader.ok());
    REQUIRE(reader.at_end());
    REQUIRE(loaded.size() == 3);
    CHECK(loaded[0].text() == "ema 2");
    CHECK(loaded[0].value("value") == 150.0);
    CHECK(loaded[1].text() == "rsi 5");
    CHECK(loaded[2].text().empty());
    CHECK(base::save_to_bytes(loaded) == bytes);
}

TEST_CASE("a snapshot of an indicator that no longer exists is not taken for a good one") {
    for (const auto& [text, state] : {std::pair<std::string, std::string>{"gone 3", ""},
                                      {"ema 0", ""},
                                      {"ema 2", "short"},
                                      {"", "state of nothing"}}) {
        base::BinaryWriter writer;
        writer.write(text);
        writer.write(state);
        writer.write(uint64_t{7});  // more of the snapshot follows
        base::BinaryReader reader(writer.bytes());
        NamedIndicator indicator;
        reader.read(indicator);
        INFO(text);
        CHECK_FALSE(reader.ok());
    }
}

TEST_CASE("every row of the registry is complete and its names are its own") {
    std::set<std::string_view> names;
    for (const auto& kind : indicator_kinds()) {
        INFO(kind.name);
        CHECK(names.insert(kind.name).second);
        CHECK_FALSE(kind.says.empty());
        CHECK(kind.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
              std::string_view::npos);
        for (const auto& parameter : kind.parameters) {
            CHECK(parameter.least <= parameter.usual);
            CHECK(parameter.usual <= parameter.most);
        }
        const NamedIndicator indicator = made(kind.name);
        CHECK_FALSE(indicator.names().empty());
        CHECK(std::set<std::string>(indicator.names().begin(), indicator.names().end()).size() ==
              indicator.names().size());
    }
    CHECK(names.size() >= 30);
}

}  // namespace sauda::indicators
