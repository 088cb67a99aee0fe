#include "common/market/load_rules.h"
#include "common/simulation/simulated_exchange.h"
#include "services/importer/core/table_importer.h"
#include "services/importer/shell/opened_table.h"
#include "tests/support/documented_table.h"
#include "tests/support/market_profile.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace sauda;
using domain::Underlying;
using test::MarketProfile;

namespace {

const base::Date kDate = base::date_of(2025, 8, 29);

std::string source_folder() { return std::getenv("SAUDA_SOURCE_DIR"); }

std::string data_folder() {
    const char* folder = std::getenv("SAUDA_TEST_DATA");
    return folder != nullptr ? folder : source_folder() + "/../shared/data";
}

domain::MarketRules rules() {
    auto loaded = market::load_rules(source_folder() + "/deploy/market");
    REQUIRE(loaded);
    return *loaded;
}

MarketProfile profile() {
    return {Underlying::NIFTY, base::seconds(65), base::minutes(15 * 60 + 30)};
}

class ProfileSink : public importer::MessageSink {
 public:
    void take(const domain::Message& message) override { profile_.take(message); }
    [[nodiscard]] const MarketProfile& seen() const { return profile_; }

 private:
    MarketProfile profile_ = profile();
};

MarketProfile recorded(const std::string& path) {
    const auto market = rules();
    ProfileSink sink;
    auto table = importer::OpenedTable::open(path, {});
    REQUIRE(table);
    importer::TableImporter importer(table->reader(), market, sink);
    std::string_view line;
    uint64_t number = 0;
    while (*table->next(line, number)) {
        importer.line(number, line);
    }
    importer.finish();
    return sink.seen();
}

MarketProfile simulated() {
    simulation::SimulationOptions options;
    options.date = kDate;
    options.underlyings = {Underlying::NIFTY};
    options.updates_per_second = 1;
    options.open = 24'580;
    options.character = simulation::DayCharacter::Quiet;
    auto exchange = simulation::SimulatedExchange::open(rules(), options);
    REQUIRE(exchange);
    auto out = profile();
    while (const auto message = exchange->next()) {
        out.take(*message);
    }
    return out;
}

std::string cell(double value) {
    char text[32];
    std::snprintf(text, sizeof text, std::fabs(value) < 1.0 ? "%.4f" : "%.2f", value);
    return text;
}

}  // namespace

TEST_CASE("a simulated day looks like the recorded one within a quarter") {
    const auto path = data_folder() + "/nse_chain_20250829/NIFTY_20250829_fullchain_65s.csv.zst";
    if (!std::filesystem::exists(path)) {
        WARN("SKIPPED: " << path << " is not at hand (SAUDA_TEST_DATA)");
        return;
    }
    const auto real = recorded(path).figures();
    const auto made = simulated().figures();
    std::string table = "| figure | recorded | simulated | ratio |\n|---|---|---|---|\n";
    REQUIRE(real.size() == made.size());
    for (std::size_t i = 0; i < real.size(); ++i) {
        const auto& [name, value] = real[i];
        REQUIRE(made[i].first == name);
        const double ratio = made[i].second / value;
        table += "| " + name + " | " + cell(value) + " | " + cell(made[i].second) + " | " +
                 cell(ratio) + " |\n";
        INFO(name << ": recorded " << value << ", simulated " << made[i].second);
        if (name.starts_with("parity")) {
            CHECK(made[i].second < 1.0);  // under half the spread
        } else {
            CHECK(ratio >= 0.75);
            CHECK(ratio <= 1.25);
        }
    }
    CHECK(test::documented_table("docs/accuracy/simulation.md", "likeness", table) == "");
}
