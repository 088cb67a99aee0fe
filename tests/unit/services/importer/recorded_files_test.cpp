#include "tests/unit/services/importer/recorded_files.h"

#include "common/market/load_rules.h"
#include "common/recording/source_recording.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/line_source.h"
#include "services/importer/shell/map_file.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <cstdio>

// Every recorded file that holds quotes or bars, and what there is to say about it
// (docs/accuracy/imports.md).
using namespace sauda;
using namespace sauda::importer;
using domain::Underlying;
using importer_test::data_folder;
using importer_test::RamFolder;
using importer_test::source_folder;

namespace {

struct Line {
    std::string name;
    std::string format;
    uint64_t files = 0;
    uint64_t recordings = 0;
    ImportReport report;
    Quality quality;
    uint64_t quotes = 0;
    uint64_t snapshots = 0;
    uint64_t silent = 0;
    int64_t permille = 0;  // summed over the recordings
    uint64_t out_of_hours = 0;
    uint64_t closed_days = 0;

    void add(const ImportResult& result) {
        ++files;
        format = result.format.substr(0, result.format.find(" ("));
        recordings += result.recordings.size();
        report.rows_read += result.report.rows_read;
        report.rows_taken += result.report.rows_taken;
        report.rows_refused += result.report.rows_refused;
        report.rows_left_out += result.report.rows_left_out;
        out_of_hours += result.report.left_out.count(RefusalReason::OutOfHours);
        closed_days += result.report.left_out.count(RefusalReason::ClosedDay);
        for (const auto& one : result.recordings) {
            quality += one.report.quality;
            quotes += one.report.quotes;
            snapshots += one.report.snapshots;
            silent += one.cadence.gaps.size();
            permille += std::stoll(one.source.extra.at("quality.stale_permille"));
        }
    }
};

std::string share(uint64_t part, uint64_t whole) {
    char text[32];
    std::snprintf(
        text, sizeof text, "%.1f %%",
        whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return whole == 0 ? "-" : text;
}

std::string rows_table(const std::vector<Line>& lines) {
    std::string table =
        "| file | read as | recordings | rows | taken | refused | out of hours | closed day | "
        "quotes |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& line : lines) {
        table += "| " + line.name + " | " + line.format;
        for (const auto value :
             {line.recordings, line.report.rows_read, line.report.rows_taken,
              line.report.rows_refused, line.out_of_hours, line.closed_days, line.quotes}) {
            table += " | " + std::to_string(value);
        }
        table += " |\n";
    }
    return table;
}

std::string quality_table(const std::vector<Line>& lines) {
    std::string table =
        "| file | silent periods | stale time | stale snapshots | nothing new | crossed | "
        "duplicates | volume falls | off parity | zero spots | sentinels | old prices | odd opens "
        "|\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& line : lines) {
        const auto& q = line.quality;
        const auto stale = static_cast<uint64_t>(line.permille);
        table += "| " + line.name + " | " + std::to_string(line.silent) + " | " +
                 share(stale, line.recordings * 1000) + " | " +
                 share(q.stale_snapshots, line.snapshots) + " | " + share(q.unchanged, line.quotes);
        for (const auto value : {q.crossed, q.duplicates, q.volume_decreases}) {
            table += " | " + std::to_string(value);
        }
        table += " | " + (q.parity_pairs == 0 ? std::string("-")
                                              : std::to_string(q.parity_outliers) + " of " +
                                                    std::to_string(q.parity_pairs));
        for (const auto value :
             {q.zero_spots, q.sentinel_volatilities, q.old_prices, q.odd_opens}) {
            table += " | " + std::to_string(value);
        }
        table += " |\n";
    }
    return table;
}

uint64_t lines_in(const std::string& path) {
    auto lines = LineSource::open(path);
    REQUIRE(lines);
    std::string_view line;
    uint64_t count = 0;
    while (*lines->next(line)) {
        ++count;
    }
    return count;
}

// Decodes every message of a recording; returns its quotes.
uint64_t decoded_quotes(const std::string& path) {
    auto recorded = recording::SourceRecording::open(path);
    REQUIRE(recorded);
    recording::SourceMessage message;
    uint64_t quotes = 0;
    Timestamp before;
    while (*recorded->next(message)) {
        REQUIRE(message.refused.empty());
        REQUIRE(message.decoded.refusals.empty());
        REQUIRE(message.known_time >= before);
        before = message.known_time;
        quotes += std::get<domain::QuoteBatch>(message.decoded.payload).quotes.size();
    }
    return quotes;
}

class Imports {
 public:
    Imports() : rules_(*market::load_rules(source_folder() + "/deploy/market")) {}

    ImportResult import(const std::string& file, Underlying underlying = {},
                        const std::optional<ColumnMap>& map = {}) {
        ImportOptions options;
        options.underlying = underlying;
        options.map = map;
        auto result = import_table(file, output_path(file, folder_.path()), rules_, options);
        INFO((result ? "" : result.error().text));
        REQUIRE(result);
        const auto& report = result->report;
        CHECK(report.rows_read == report.rows_taken + report.rows_refused + report.rows_left_out);
        uint64_t quotes = 0;
        for (const auto& one : result->recordings) {
            quotes += one.report.quotes;
            CHECK(one.source.quotes == one.report.quotes);
            CHECK(one.source.first == one.report.first);
        }
        CHECK(report.quotes == quotes);
        const auto& some = result->recordings.at(result->recordings.size() / 2);
        CHECK(decoded_quotes(some.path) == some.report.quotes);
        return *result;
    }
    [[nodiscard]] std::string refusal(const std::string& file) {
        const auto result = import_table(file, output_path(file, folder_.path()), rules_, {});
        return result ? "" : result.error().text;
    }

 private:
    RamFolder folder_;
    domain::MarketRules rules_;
};

Line line_of(Imports& imports, const std::string& data, const std::string& folder,
             const std::vector<std::string>& names, const std::string& shown,
             Underlying underlying = {}) {
    Line line;
    for (const auto& name : names) {
        const auto path = data + "/" + folder + "/" + name;
        const auto result = imports.import(path, underlying);
        const bool has_header = result.format.find("no header") == std::string::npos;
        CHECK(result.report.rows_read + (has_header ? 1 : 0) == lines_in(path));
        line.add(result);
    }
    line.name = shown;
    return line;
}

}  // namespace

TEST_CASE("every recorded file of quotes or bars is imported, and its quality is known") {
    const auto data = data_folder();
    if (data.empty()) {
        WARN("skipped: no recorded market data (SAUDA_TEST_DATA)");
        return;
    }
    Imports imports;
    std::vector<Line> lines;
    const auto add = [&](const std::string& folder, const std::string& name,
                         Underlying underlying = {}) {
        lines.push_back(
            line_of(imports, data, folder, {name}, name.substr(0, name.find('.')), underlying));
    };
    add("nse_chain_20250829", "NIFTY_20250829_fullchain_65s.csv.zst");
    add("nse_chain_20250829", "NIFTY_20250827_holiday_stale.csv.zst");
    for (const auto* part : {"17_0931_1024", "19_1127_1308", "19_1428_1504", "20_sparse"}) {
        add("nifty_chain_1min_202608", std::string("option_chain_202608") + part + ".csv.zst");
    }
    add("index_chain_5min_202601", "index_OC_2026-01-29.csv.zst");
    add("index_chain_5min_202601", "index_OC_2026-01-30.csv.zst");
    add("index_1min_2024", "NIFTY_2024-01_05.csv.zst");
    add("index_1min_2024", "BANKNIFTY_2024-01_05.csv.zst", Underlying::BANKNIFTY);
    add("index_1min_2024", "BANKNIFTY_2018_2023_15min.csv.zst");
    add("index_1min_2024", "india_vix_daily.csv");
    add("index_1sec_202209", "2022-09-01.csv.zst", Underlying::NIFTY);
    add("index_1sec_202209", "2022-09-02.csv.zst", Underlying::NIFTY);
    for (const auto& [year, count] : {std::pair{"2025", std::size_t{8}}, {"2026", 20}}) {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(data + "/udiff_bhavcopy")) {
            const auto name = entry.path().filename().string();
            if (name.starts_with(std::string("fo_index_") + year)) {
                names.push_back(name);
            }
        }
        CHECK(names.size() == count);
        std::sort(names.begin(), names.end());
        lines.push_back(line_of(
            imports, data, "udiff_bhavcopy", names,
            "fo_index_" + std::string(year) + "-01-*, " + std::to_string(names.size()) + " files"));
    }
    CHECK(test::documented_table("docs/accuracy/imports.md", "rows", rows_table(lines)) == "");
    CHECK(test::documented_table("docs/accuracy/imports.md", "quality", quality_table(lines)) ==
          "");
}

TEST_CASE("a recorded file that does not say what it is of, or says it wrong, is not guessed") {
    const auto data = data_folder();
    if (data.empty()) {
        WARN("skipped: no recorded market data (SAUDA_TEST_DATA)");
        return;
    }
    Imports imports;
    CHECK_THAT(imports.refusal(data + "/index_1min_2024/BANKNIFTY_2024-01_05.csv.zst"),
               Catch::Contains("name says BANKNIFTY, its column Instrument says NIFTY"));
    CHECK_THAT(imports.refusal(data + "/index_1sec_202209/2022-09-01.csv.zst"),
               Catch::Contains("--underlying NIFTY"));
    CHECK_THAT(imports.refusal(data + "/book_stream_btc/usdm_btcusdt_20240808.gz"),
               Catch::Contains("no format known here"));
    CHECK_THAT(imports.refusal(data + "/golden/talib_golden.json"), Catch::Contains("table"));
    CHECK_THAT(
        imports.refusal(data + "/instrument_masters/icici_breeze_SecurityMaster_20260730.zip"),
        Catch::Contains("zip"));
}

TEST_CASE("the exchange's web export is read by the map that the documentation shows") {
    const auto data = data_folder();
    const auto path =
        data + "/instrument_masters/nse_website_option_chain_export_NIFTY_30Jun2026.csv";
    if (data.empty() || !std::filesystem::exists(path)) {
        WARN("skipped: no recorded market data (SAUDA_TEST_DATA)");
        return;
    }
    std::ifstream file(source_folder() + "/docs/how-to-import.md");
    std::stringstream page;
    page << file.rdbuf();
    const auto text = page.str();
    const auto begin = text.find("```toml\n") + 8;
    const auto map = parse_map(text.substr(begin, text.find("```", begin) - begin), "docs");
    REQUIRE(map);
    Imports imports;
    const auto result = imports.import(path, {}, *map);
    CHECK(result.report.rows_refused == 0);
    CHECK(result.report.quotes == 2 * result.report.rows_read);
    CHECK(result.recordings.at(0).source.has_depth);
    const auto& quality = result.recordings.at(0).report.quality;
    CHECK(quality.parity_pairs > 10);
    CHECK(quality.parity_outliers * 10 <= quality.parity_pairs);
}
