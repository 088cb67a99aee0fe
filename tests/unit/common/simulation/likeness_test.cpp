#include "common/market/load_rules.h"
#include "common/simulation/simulated_exchange.h"
#include "services/importer/core/table_importer.h"
#include "services/importer/shell/opened_table.h"
#include "tests/support/documented_table.h"
#include "tests/support/market_profile.h"

#include <catch2/catch.hpp>

#include <algorithm>
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
// Of the days of August 2026: options trade until 15:40.
MarketProfile minute_profile() {
    return {Underlying::NIFTY, base::minutes(1), base::minutes(15 * 60 + 40)};
}

class ProfileSink : public importer::MessageSink {
 public:
    void take(const domain::Message& message) override { profile_.take(message); }
    [[nodiscard]] const MarketProfile& seen() const { return profile_; }
    explicit ProfileSink(MarketProfile profile) : profile_(std::move(profile)) {}

 private:
    MarketProfile profile_;
};

MarketProfile recorded(const std::string& path, MarketProfile through) {
    const auto market = rules();
    ProfileSink sink(std::move(through));
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

MarketProfile simulated(base::Date date, double open, MarketProfile out) {
    simulation::SimulationOptions options;
    options.date = date;
    options.underlyings = {Underlying::NIFTY};
    options.updates_per_second = 1;
    options.open = open;
    options.character = simulation::DayCharacter::Quiet;
    auto exchange = simulation::SimulatedExchange::open(rules(), options);
    REQUIRE(exchange);
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
    const auto real = recorded(path, profile()).figures();
    const auto made = simulated(kDate, 24'580, profile()).figures();
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

TEST_CASE("the simulated smile looks like that of the one-minute chains of another year") {
    const auto folder = data_folder() + "/nifty_chain_1min_202608";
    if (!std::filesystem::exists(folder)) {
        WARN("SKIPPED: " << folder << " is not at hand (SAUDA_TEST_DATA)");
        return;
    }
    struct Day {
        const char* file;
        int day;
        double open;  // of the index, about
    };
    std::string table = "| day | figure | recorded | simulated | ratio |\n|---|---|---|---|---|\n";
    std::size_t held = 0;
    for (const auto& [file, day, open] :
         {Day{"17_0931_1024", 17, 24'290}, Day{"19_1127_1308", 19, 24'050}}) {
        const auto date = base::date_of(2026, 8, day);
        const auto path = folder + "/option_chain_202608" + file + ".csv.zst";
        const auto real = recorded(path, minute_profile()).figures();
        const auto made = simulated(date, open, minute_profile()).figures();
        for (const auto& [name, value] : real) {
            const bool is_level = name.starts_with("volatility");
            const auto same = std::find_if(
                made.begin(), made.end(), [&](const auto& figure) { return figure.first == name; });
            if ((!is_level && !name.starts_with("25-delta")) || same == made.end()) {
                continue;
            }
            const double ratio = same->second / value;
            INFO(domain::to_text(date)
                 << " " << name << ": recorded " << value << ", simulated " << same->second);
            table += "| " + domain::to_text(date) + " | " + name + " | " + cell(value) + " | " +
                     cell(same->second) + " | " + (is_level ? cell(ratio) : "-") + " |\n";
            // A day and a quarter before its expiry an option has twice the usual share of trading
            // hours ahead, which years by the calendar do not know.
            const bool is_tomorrow = day == 17 && name.ends_with("nearest expiry");
            if (is_level && !is_tomorrow) {
                CHECK(ratio >= 0.75);
                CHECK(ratio <= 1.25);
            } else {
                CHECK(std::fabs(same->second - value) < (is_level ? 0.03 : 0.01));
            }
            ++held;
        }
    }
    CHECK(held == 8);
    CHECK(test::documented_table("docs/accuracy/simulation.md", "smile of 2026", table) == "");
}
