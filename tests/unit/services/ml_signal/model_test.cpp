#include "common/base/hash.h"
#include "common/models/files/model_folder.h"
#include "common/models/files/model_json.h"
#include "services/ml_signal/shell/settings.h"
#include "tests/unit/services/ml_signal/option_day.h"
#include "tests/unit/services/ml_signal/tiny_model.h"
#include "tests/unit/services/strategy/core_bench.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>

namespace sauda::ml_signal {

namespace {

using namespace sauda::test;
namespace fs = std::filesystem;

struct Day : CoreBench<MlSignalCore> {
    explicit Day(MlSignalConfig config)
        : CoreBench<MlSignalCore>([config] { return std::make_unique<MlSignalCore>(config); }) {}

    void begin(Origin origin = Origin::Simulated, int64_t lot = 65, Date date = kDay) {
        input(StreamId::FeedSession, source_of(origin), minute_start(-10, date));
        input(StreamId::FeedSession, day_start(date), minute_start(-5, date));
        input(StreamId::FeedInstrument, instruments_of(lot), minute_start(0, date));
    }
    void play(int from, int until, Date date = kDay) {
        for (int i = from; i < until; ++i) {
            input(StreamId::FeedBar, minute_bars(i, date), minute_start(i + 1, date));
        }
    }
    Signal last() const { return all<Signal>().back(); }
};

MlSignalConfig with(ModelInUse use) {
    MlSignalConfig config;
    config.model = std::move(use);
    return config;
}

// What the core says of a day played under these circumstances.
Signal said(const ModelInUse& use, Origin origin, int64_t lot = 65, Date date = kDay) {
    Day day(with(use));
    day.begin(origin, lot, date);
    day.play(0, 25, date);
    return day.last();
}

}  // namespace

TEST_CASE("a model that fits speaks: probability, base rate, shares, contributions") {
    Day day(with(tiny_use()));
    day.begin();
    day.play(0, 60);
    REQUIRE(day.all<Signal>().size() == 41);
    const auto model = tiny_model();
    const auto& row = *day.core().features(Underlying::NIFTY)->row();
    const auto expected = model.explain(row);
    const Signal signal = day.last();
    REQUIRE(signal.origin == SignalOrigin::Model);
    REQUIRE(signal.model == "nifty-0123456789abcdef");
    REQUIRE(signal.why_not.empty());
    REQUIRE(signal.horizon == base::minutes(30));
    REQUIRE(signal.base_rate == 480'000);
    REQUIRE(signal.probability == Approx(expected.probability * 1e6).margin(1.0));
    REQUIRE(signal.score == 2 * signal.probability - 1'000'000);
    REQUIRE(signal.contributions.size() == 5);
    int64_t sum = 0;
    for (const auto& part : signal.contributions) {
        sum += part.contribution;
    }
    REQUIRE(static_cast<double>(sum) / 1e6 + expected.base ==
            Approx(expected.log_odds).margin(1e-5));
    REQUIRE(signal.members.size() == 2);
    REQUIRE(signal.members[0].share + signal.members[1].share == Approx(1'000'000).margin(1));
    REQUIRE(signal.members[0].member == "trees");
    REQUIRE(day.all<Alert>().empty());
    day.check_recovery(7);
}

TEST_CASE("confidence is given only where a trade is expected to pay and the card found an edge") {
    // Pays above p = 8/14: 600 p - 800 (1 - p) > 0.
    Day day(with(tiny_use()));
    day.begin();
    day.play(0, 120);
    int paying = 0;
    for (const auto& signal : day.all<Signal>()) {
        const int64_t sure = std::max(signal.probability, 1'000'000 - signal.probability);
        REQUIRE(signal.confidence == (sure > 571'428 ? sure : 0));
        paying += sure > 571'428 ? 1 : 0;
    }
    REQUIRE(paying > 20);
    REQUIRE(paying < 101);
    auto use = tiny_use();
    use.has_edge = false;
    const auto signal = said(use, Origin::Simulated);
    REQUIRE(signal.origin == SignalOrigin::Model);
    REQUIRE(signal.confidence == 0);
    REQUIRE(signal.why_not == "the model's card found no edge: it only observes");
}

TEST_CASE("a model that does not fit leaves the rules alone and says why") {
    const auto rules = [](const Signal& signal, const std::string& why) {
        REQUIRE(signal.origin == SignalOrigin::RulesOnly);
        REQUIRE(signal.model.empty());
        REQUIRE(signal.probability == 0);
        REQUIRE(signal.why_not == why);
    };
    REQUIRE(said(tiny_use(), Origin::Simulated).origin == SignalOrigin::Model);
    rules(said(tiny_use(), Origin::Real),
          "the model learned from simulated data, this is real data");
    rules(said(tiny_use(), Origin::Unspecified),
          "the model learned from simulated data, this is real data");
    rules(said(tiny_use(), Origin::Simulated, 75),
          "the model learned from days with a lot of 65, the lot now is 75");
    auto use = tiny_use();
    use.underlying = Underlying::BANKNIFTY;
    rules(said(use, Origin::Simulated), "the model learned from BANKNIFTY, this is NIFTY");
    use = tiny_use();
    use.last_day = kDay;
    rules(said(use, Origin::Simulated),
          "the model learned from days up to 2026-11-18: of this day it would know the future");
    use.last_day = base::date_of(2026, 10, 1);
    rules(said(use, Origin::Simulated), "the model is 48 days old, 45 are allowed");
    use = tiny_use();
    use.origin = Origin::Real;
    REQUIRE(said(use, Origin::Real).origin == SignalOrigin::Model);
}

TEST_CASE("that a model is not used is told once a day") {
    Day day(with(tiny_use()));
    day.begin(Origin::Real);
    day.play(0, 60);
    REQUIRE(day.all<Alert>().size() == 1);
    const auto alert = day.all<Alert>().front();
    REQUIRE(alert.reason.code == ReasonCode::ModelRefused);
    REQUIRE(alert.subject ==
            "nifty-0123456789abcdef: the model learned from simulated data, this is real data");
    const Date next = base::date_of(2026, 11, 19);
    day.begin(Origin::Real, 65, next);
    day.play(0, 30, next);
    REQUIRE(day.all<Alert>().size() == 2);
    day.check_recovery(11);

    MlSignalConfig refused;
    refused.refused = "the model nifty-x cannot be used: trees.json is missing";
    Day broken(refused);
    broken.begin();
    REQUIRE(broken.all<Alert>().size() == 1);
    broken.play(0, 30);
    REQUIRE(broken.all<Alert>().size() == 1);
    REQUIRE(broken.last().origin == SignalOrigin::RulesOnly);
    REQUIRE(broken.last().why_not == refused.refused);
}

TEST_CASE("drift by group is told once 300 bars are known, and alerts where it is unusual") {
    Day day(with(tiny_use()));
    day.begin();
    day.play(0, 318);
    REQUIRE(day.last().drift.empty());
    day.play(318, 330);
    const auto drift = day.last().drift;
    REQUIRE(drift.size() == 2);
    REQUIRE(drift[1].group == "premium");
    REQUIRE(drift[1].index > 250'000);  // no premium is like the tiny model's -2 to 2
    REQUIRE(drift[1].usual == 100'000);
    std::size_t told = 0;
    for (const auto& alert : day.all<Alert>()) {
        REQUIRE(alert.reason.code == ReasonCode::ModelDrifted);
        told += alert.subject == "nifty-0123456789abcdef, premium" ? 1 : 0;
    }
    REQUIRE(told == 1);
    day.check_recovery(60);
}

TEST_CASE("without a model signals are what they were, and nothing is made for one") {
    Day day(MlSignalConfig{});
    day.begin();
    day.play(0, 30);
    REQUIRE(day.core().features(Underlying::NIFTY) == nullptr);
    REQUIRE(day.last().why_not.empty());
    REQUIRE(day.all<Alert>().empty());
}

TEST_CASE("settings load a model, and go on without one that is damaged") {
    const fs::path folder = fs::temp_directory_path() / ("sauda-ml-" + std::to_string(getpid()));
    models::Manifest manifest;
    manifest.origin = "simulated";
    manifest.underlying = "NIFTY";
    manifest.lot = 65;
    manifest.first_day = manifest.last_day = "2026-11-17";
    manifest.horizon_ns = base::minutes(30).ns;
    manifest.feature_hash = base::to_hex(feature_list_hash());
    manifest.has_edge = true;
    const std::string trees =
        R"({"learner":{"objective":{"name":"binary:logistic"},"learner_model_param":)"
        R"({"base_score":"5E-1","num_feature":")" +
        std::to_string(kModelFeatures) + R"("},"gradient_booster":{"model":{"trees":[]}}}})";
    const std::map<std::string, std::string> files{
        {models::kTreesFile, trees}, {models::kModelFile, models::model_text(tiny_model())}};
    const auto name = models::write_model_folder((folder / "models").string(), manifest, files);
    REQUIRE(name);
    const auto text = "[ml]\nmodel = \"models/" + *name + "\"\nage_max_days = 10\n";
    const auto read = [&](const std::string& toml) {
        const auto settings = settings::Settings::parse(toml, "test.toml");
        REQUIRE(settings);
        const auto ml = read_settings(*settings, (folder / "test.toml").string());
        REQUIRE(ml);
        return load_config(*ml);
    };
    const auto good = read(text);
    REQUIRE(good.refused == "");
    REQUIRE(good.model);
    REQUIRE(good.model->name == *name);
    REQUIRE(good.age_max_days == 10);
    fs::permissions(folder / "models" / *name / models::kTreesFile, fs::perms::owner_all);
    std::ofstream(folder / "models" / *name / models::kTreesFile) << trees.substr(0, 40);
    const auto damaged = read(text);
    REQUIRE_FALSE(damaged.model);
    REQUIRE(damaged.refused == "the model " + *name +
                                   " cannot be used: trees.json is not what was written at "
                                   "training");
    manifest.feature_hash = "0000000000000000";
    const auto other = models::write_model_folder((folder / "models").string(), manifest, files);
    REQUIRE(other);
    REQUIRE(read("[ml]\nmodel = \"models/" + *other + "\"\n").refused.find("another list") !=
            std::string::npos);
    REQUIRE(read("").refused.empty());
    REQUIRE_FALSE(read("").model);
    fs::remove_all(folder);
}

}  // namespace sauda::ml_signal
