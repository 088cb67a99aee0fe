#include "tests/support/documented_table.h"
#include "tests/unit/common/indicators/efficiency_ratio.h"
#include "tests/unit/common/indicators/twin_check.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace sauda::indicators {

namespace {

// Each value from the whole history, nothing carried along.
test::Outputs naive_efficiency(const test::Bars& bars, std::size_t n) {
    if (bars.size() <= n) {
        return {std::nullopt};
    }
    double steps = 0.0;
    for (std::size_t i = bars.size() - n; i < bars.size(); ++i) {
        steps += std::abs(bars[i].close - bars[i - 1].close);
    }
    const double way = std::abs(bars.back().close - bars[bars.size() - 1 - n].close);
    return {way > 0.0 ? way / steps : 0.0};
}

}  // namespace

TEST_CASE("the efficiency ratio holds as an indicator") {
    CHECK(test::holds_as_indicator([] { return EfficiencyRatio(10); }) == "");
}

TEST_CASE("the efficiency ratio equals its definition on every prefix of every market") {
    CHECK(test::equals_twin([] { return EfficiencyRatio(10); },
                            [](const test::Bars& b) { return naive_efficiency(b, 10); }) == "");
}

TEST_CASE("the how-to shows the custom indicator and its test as they are") {
    const char* root = std::getenv("SAUDA_SOURCE_DIR");
    REQUIRE(root != nullptr);
    for (const std::string name : {"efficiency_ratio.h", "custom_indicator_test.cpp"}) {
        std::ifstream in(std::string(root) + "/tests/unit/common/indicators/" + name);
        std::string text(std::istreambuf_iterator<char>(in), {});
        text = text.substr(0, text.find("TEST_CASE(\"the how-to"));
        REQUIRE_FALSE(text.empty());
        while (text.ends_with("\n")) {
            text.pop_back();
        }
        CHECK(test::documented_table("docs/how-to-add-an-indicator.md", name,
                                     "```cpp\n" + text + "\n```") == "");
    }
}

}  // namespace sauda::indicators
