#include "common/market/load_rules.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/merge_run.h"
#include "services/lab/shell/lab_session.h"
#include "tests/unit/services/importer/recorded_files.h"

#include <catch2/catch.hpp>

#include <iostream>

// What was imported is replayed: the services' own cores on it, to the summary.
using namespace sauda;
using namespace sauda::importer;
using domain::Underlying;
using importer_test::data_folder;
using importer_test::RamFolder;
using importer_test::source_folder;

namespace {

struct Replay {
    int code = -1;
    std::string summary;
};

Replay replay(const std::string& recording, const RamFolder& folder) {
    lab::LabOptions options;
    options.recording = recording;
    options.config = source_folder() + "/deploy/config/paper.toml";
    options.rules = source_folder() + "/deploy/market";
    options.out = folder.path() + "/lab";
    std::ostringstream printed;
    auto* before = std::cout.rdbuf(printed.rdbuf());
    Replay out;
    out.code = lab::run_lab(options);
    std::cout.rdbuf(before);
    out.summary = printed.str();
    return out;
}

class Imported {
 public:
    Imported(const std::string& file, Underlying underlying = {}, const std::string& day = "") {
        const auto rules = market::load_rules(source_folder() + "/deploy/market");
        REQUIRE(rules);
        ImportOptions options;
        options.underlying = underlying;
        if (!day.empty()) {
            options.scope.from = options.scope.to = *domain::parse_date(day);
        }
        const auto path = data_folder() + "/" + file;
        const auto result = import_table(path, output_path(path, folder_.path()), *rules, options);
        INFO((result ? "" : result.error().text));
        REQUIRE(result);
        for (const auto& one : result->recordings) {
            paths_[one.source.underlying] = one.path;
        }
    }
    [[nodiscard]] const std::string& of(Underlying underlying) const {
        return paths_.at(underlying);
    }
    [[nodiscard]] const RamFolder& folder() const { return folder_; }

 private:
    RamFolder folder_;
    std::map<Underlying, std::string> paths_;
};

bool is_skipped() {
    if (data_folder().empty()) {
        WARN("skipped: no recorded market data (SAUDA_TEST_DATA)");
        return true;
    }
    return false;
}

}  // namespace

TEST_CASE("a recording of every format is replayed to a summary, and no trade is explained") {
    if (is_skipped()) {
        return;
    }
    struct Case {
        const char* file;
        Underlying underlying;  // of the recording
        Underlying told;
        const char* day;
        const char* says;
    };
    using enum Underlying;
    const Case cases[] = {
        {"nse_chain_20250829/NIFTY_20250827_holiday_stale.csv.zst", NIFTY, Unspecified, "",
         "because the exchange was closed"},
        {"nifty_chain_1min_202608/option_chain_20260819_1127_1308.csv.zst", NIFTY, Unspecified, "",
         "Market   index 24,052.40"},
        {"index_chain_5min_202601/index_OC_2026-01-30.csv.zst", NIFTY, Unspecified, "",
         "5m01s snapshots"},
        {"index_chain_5min_202601/index_OC_2026-01-30.csv.zst", MIDCPNIFTY, Unspecified, "",
         "LAB  MIDCPNIFTY"},
        {"index_1min_2024/NIFTY_2024-01_05.csv.zst", NIFTY, Unspecified, "2024-01-02",
         "There are no usable quotes"},
        {"index_1min_2024/BANKNIFTY_2018_2023_15min.csv.zst", BANKNIFTY, Unspecified, "2023-08-01",
         "Trades   none"},
        {"index_1min_2024/india_vix_daily.csv", INDIAVIX, Unspecified, "2026-08-06",
         "Trades   none"},
        {"index_1sec_202209/2022-09-02.csv.zst", NIFTY, NIFTY, "", "There are no usable quotes"},
        {"udiff_bhavcopy/fo_index_2026-01-30.csv.zst", BANKNIFTY, Unspecified, "",
         "no quotes while the exchange was open"},
    };
    for (const auto& one : cases) {
        INFO(one.file);
        const Imported imported(one.file, one.told, one.day);
        const auto out = replay(imported.of(one.underlying), imported.folder());
        INFO(out.summary);
        CHECK(out.code == 0);
        CHECK_THAT(out.summary, Catch::Contains(one.says) && Catch::Contains("refused 0") &&
                                    Catch::Contains("Trades   "));
    }
}

TEST_CASE("a chain merged with India VIX of its day is replayed with both streams") {
    if (is_skipped()) {
        return;
    }
    const Imported chain("index_chain_5min_202601/index_OC_2026-01-30.csv.zst");
    const Imported vix("index_1min_2024/india_vix_daily.csv", Underlying::Unspecified,
                       "2026-01-30");
    const auto out = chain.folder().path() + "/both.mcap";
    const auto merged =
        merge_recordings({chain.of(Underlying::NIFTY), vix.of(Underlying::INDIAVIX)}, out, false);
    REQUIRE(merged);
    const auto ran = replay(out, chain.folder());
    INFO(ran.summary);
    CHECK(ran.code == 0);
    CHECK_THAT(ran.summary, Catch::Contains("LAB  NIFTY"));
}
