#include "common/options/black76.h"
#include "common/options/chain_pricing.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace sauda::options;

namespace {

enum Figure { Price, Delta, Gamma, Vega, Theta, Rho, Vanna, Volga, Charm, kFigures };
constexpr std::array<const char*, kFigures> kNames = {"price", "delta", "gamma", "vega", "theta",
                                                      "rho",   "vanna", "volga", "charm"};

// Below it a double is not normal and has no relative precision. The densities of the deepest wings
// come close.
constexpr double kFloor = 1e-290;

struct Row {
    double forward = 0;
    double strike = 0;
    double discount = 0;
    double minutes = 0;
    double volatility = 0;
    bool is_call = false;
    std::array<double, kFigures> truth{};
};

std::vector<Row> oracle_rows() {
    std::ifstream in(std::string(std::getenv("SAUDA_SOURCE_DIR")) +
                     "/tests/data/oracles/black76.csv");
    std::vector<Row> rows;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream fields(line);
        std::string field;
        std::vector<double> values;
        while (fields >> field) {
            values.push_back(std::strtod(field.c_str(), nullptr));
        }
        REQUIRE(values.size() == 6 + kFigures);
        Row row{values[0], values[1], values[2], values[3], values[4], values[5] != 0, {}};
        std::copy(values.begin() + 6, values.end(), row.truth.begin());
        rows.push_back(row);
    }
    return rows;
}

std::array<double, kFigures> computed(const Row& row) {
    const auto result =
        black76({row.is_call, row.forward, row.strike, row.discount, row.minutes, row.volatility});
    REQUIRE(result.has_value());
    return {result->price,
            result->delta,
            result->gamma_per_point,
            result->vega_per_unit_volatility,
            result->theta_per_year,
            result->rho_per_unit_rate,
            result->vanna_per_unit_volatility,
            result->volga_per_unit_volatility,
            result->charm_per_year};
}

// What an error is measured against. Price: the larger of forward and strike, of which it is a
// part; theta and rho contain the price. The others:
// the figure itself or, where it is a difference of two terms, the larger of them: theta and charm
// cross zero where decay and discounting meet, vanna and volga where d1 or d2 is zero.
std::array<double, kFigures> scales(const Row& row) {
    const double years = row.minutes / 525600.0;
    const double deviation = row.volatility * std::sqrt(years);
    const double y = std::log(row.forward / row.strike) / deviation;
    const double reach = std::abs(y) + deviation / 2;
    const double rate = -std::log(row.discount) / years;
    const double vega = row.truth[Vega];
    const double density = vega / (row.forward * std::sqrt(years));
    std::array<double, kFigures> scale{};
    for (std::size_t i = 0; i < kFigures; ++i) {
        scale[i] = std::abs(row.truth[i]);
    }
    const double level = std::max(row.forward, row.strike);
    scale[Price] = level;
    scale[Rho] = level * years;
    const double decay = vega * row.volatility / (2 * years);
    scale[Theta] = std::max({scale[Theta], decay, rate * level * 1e-2});
    scale[Vanna] = std::max(scale[Vanna], density * reach / row.volatility);
    scale[Volga] = std::max(scale[Volga], vega * reach * reach / row.volatility);
    scale[Charm] =
        std::max({scale[Charm], density * reach / (2 * years), rate * std::abs(row.truth[Delta])});
    return scale;
}

struct Worst {
    double error = 0;
    Row row;
};

std::string inputs_of(const Row& row) {
    std::array<char, 160> text{};
    std::snprintf(text.data(), text.size(), "F %.2f, K %.8g, %.1f min, sigma %.2f, %s", row.forward,
                  row.strike, row.minutes, row.volatility, row.is_call ? "call" : "put");
    return text.data();
}

}  // namespace

TEST_CASE(
    "Black-76 keeps its error bounds against 60-digit arithmetic, wings and last minutes too") {
    const auto rows = oracle_rows();
    REQUIRE(rows.size() > 500);
    std::array<Worst, kFigures> worst{};
    for (const Row& row : rows) {
        const auto ours = computed(row);
        const auto scale = scales(row);
        for (std::size_t i = 0; i < kFigures; ++i) {
            const double error = std::max(0.0, std::abs(ours[i] - row.truth[i]) - kFloor) /
                                 std::max(scale[i], kFloor);
            if (!(error <= worst[i].error)) {
                worst[i] = {error, row};
            }
        }
    }
    std::string table = "| figure | bound | worst of " + std::to_string(rows.size()) +
                        " | measured against | where |\n|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < kFigures; ++i) {
        const bool is_price = i == Price || i == Rho;
        const double bound = is_price ? 1e-14 : 1e-12;
        CAPTURE(kNames[i], inputs_of(worst[i].row));
        CHECK(worst[i].error <= bound);
        const char* against = i == Price                 ? "larger of F and K"
                              : i == Rho                 ? "the same x years"
                              : i == Theta || i >= Vanna ? "itself or its larger term"
                                                         : "itself";
        std::array<char, 320> line{};
        std::snprintf(line.data(), line.size(), "| %s | %.0e | %.1e | %s | %s |\n", kNames[i],
                      bound, worst[i].error, against, inputs_of(worst[i].row).c_str());
        table += line.data();
    }
    CHECK(sauda::test::documented_table("docs/accuracy/options.md", "pricing", table) == "");
}
