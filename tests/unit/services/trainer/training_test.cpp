#include "tests/unit/services/trainer/invented_days.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::trainer {

namespace {

using test::invented_days;

const Progress kQuiet = [](const std::string&) {};

TrainingResult trained(const TrainingSet& set, int64_t trials_before = 0) {
    TrainOptions options;
    options.trials_before = trials_before;
    auto result = train_on(set, options, kQuiet);
    REQUIRE(result);
    return std::move(*result);
}

}  // namespace

TEST_CASE("an edge that was planted is found, and gone when the outcomes are shuffled") {
    for (const uint64_t seed : {1U, 2U}) {
        auto set = gather_samples(invented_days(30, 1.5, seed)).value();
        const auto found = trained(set);
        CAPTURE(found.card.verdict);
        REQUIRE(found.card.has_edge);
        REQUIRE(found.manifest.has_edge);
        REQUIRE(found.card.verdict.find("Edge found: ") == 0);
        REQUIRE(found.card.model.net > found.card.baselines[0].net);
        REQUIRE(card_text(set, found).find("the move of the last 15 minutes") != std::string::npos);
        for (const uint64_t deal : {11U, 12U, 13U}) {
            shuffle_outcomes(set, deal);
            const auto shuffled = trained(set);
            CAPTURE(shuffled.card.verdict);
            REQUIRE_FALSE(shuffled.card.has_edge);
            REQUIRE(shuffled.card.verdict.find("No edge found: ") == 0);
        }
    }
}

TEST_CASE("chance alone is no edge") {
    for (const uint64_t seed : {21U, 22U, 23U, 24U, 25U, 26U}) {
        const auto set = gather_samples(invented_days(24, 0.0, seed)).value();
        const auto result = trained(set);
        CAPTURE(result.card.verdict);
        REQUIRE_FALSE(result.card.has_edge);
    }
}

TEST_CASE("few days are no edge however good they look, and say so") {
    const auto set = gather_samples(invented_days(8, 3.0, 1)).value();
    const auto result = trained(set);
    REQUIRE(result.card.model.net.is_positive());
    REQUIRE(result.card.verdict ==
            "No edge found: 8 days are too few to tell luck from skill; at least 20 are needed.");
    const auto one = gather_samples(invented_days(1, 3.0, 1)).value();
    const auto day = trained(one);
    REQUIRE(day.card.verdict.find("No edge found: 1 day is too few") == 0);
}

TEST_CASE("the more was tried, the more is asked") {
    const auto set = gather_samples(invented_days(24, 0.35, 2)).value();
    const auto first = trained(set);
    const auto late = trained(set, 1'000'000);
    REQUIRE(first.card.trials == 3);
    REQUIRE(late.card.trials == 1'000'003);
    REQUIRE(first.card.t_needed == Approx(2.128).margin(0.001));
    REQUIRE(late.card.t_needed > 5.3);
    REQUIRE(first.card.model.net == late.card.model.net);
}

TEST_CASE("days that do not belong together are refused by name") {
    const auto refused = [](auto change) {
        auto days = invented_days(3, 0.0, 1);
        change(days);
        const auto set = gather_samples(std::move(days));
        REQUIRE_FALSE(set);
        return set.error().text;
    };
    REQUIRE(refused([](auto& days) { days[1].origin = domain::Origin::Real; }) ==
            "day0.mcap and day1.mcap are one real and one simulated: a model learns from one of "
            "the two");
    REQUIRE(refused([](auto& days) { days[2].lot = base::units(75); }) ==
            "day0.mcap and day2.mcap have lots of 65 and 75: a model belongs to one lot era");
    REQUIRE(refused([](auto& days) {
                days[1].underlying = domain::Underlying::BANKNIFTY;
            }).find("are of different underlyings") != std::string::npos);
    REQUIRE(refused([](auto& days) { days[1].date = days[0].date; }).find("are of the same day") !=
            std::string::npos);
}

TEST_CASE("the same days in any order give the same folder to the byte") {
    namespace fs = std::filesystem;
    const auto make = [](bool reversed) {
        auto days = invented_days(6, 1.0, 3);
        if (reversed) {
            std::reverse(days.begin(), days.end());
        }
        const auto set = gather_samples(std::move(days)).value();
        auto result = trained(set);
        return std::pair(result.manifest, model_files(set, result));
    };
    const auto [manifest, files] = make(false);
    const auto [manifest_again, files_again] = make(true);
    REQUIRE(files == files_again);
    REQUIRE(manifest == manifest_again);
    const auto folder = fs::temp_directory_path() / ("sauda-train-" + std::to_string(getpid()));
    const auto name = models::write_model_folder(folder.string(), manifest, files);
    REQUIRE(name);
    const auto loaded = models::load_model_folder((folder / *name).string());
    REQUIRE(loaded);
    REQUIRE(loaded->manifest.days == 6);
    REQUIRE(loaded->manifest.last_day == "2026-10-10");
    fs::remove_all(folder);
}

TEST_CASE("the card says where the data comes from, what it was held against, and in rupees") {
    const auto set = gather_samples(invented_days(22, 1.5, 4)).value();
    const auto text = card_text(set, trained(set));
    for (const auto* words :
         {"simulated: a model of it never decides anything on real data", "22, 2026-10-05 to",
          "NIFTY, lot 65", "independent events", "| settings tried | 3 |", "Rupees per lot",
          "| the model |", "| base rate |", "| always sell |", "| rules only |",
          "| yesterday's sign |", "| 50.0 % to 55.0 % |", "day21.mcap"}) {
        CAPTURE(words);
        REQUIRE(text.find(words) != std::string::npos);
    }
    REQUIRE(text.find(" \n") == std::string::npos);
}

}  // namespace sauda::trainer
