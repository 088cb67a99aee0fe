#include "services/importer/shell/import_run.h"

#include "common/market/load_rules.h"
#include "common/recording/source_recording.h"
#include "services/importer/shell/format.h"
#include "services/importer/shell/inspect_run.h"
#include "services/importer/shell/line_source.h"
#include "services/importer/shell/progress.h"
#include "services/importer/shell/simulate_options.h"
#include "services/importer/shell/simulate_run.h"
#include "tests/unit/common/recording/recording_files.h"
#include "tests/unit/services/importer/importer_support.h"
#include "tests/unit/services/importer/packed_text.h"
#include "tests/unit/services/importer/recorded_files.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace importer_test;
using namespace sauda::importer;
namespace recording = sauda::recording;

namespace {

std::string small_csv() {
    ChainLine second;
    second.collected = "20250829_092521";
    ChainLine bad;
    bad.strike = "24550";
    bad.call_bid = "abc";
    return kHeader + "\n" + ChainLine{}.text() + "\r\n" + bad.text() + "\n" + second.text() + "\n";
}

}  // namespace

TEST_CASE("plain, zstd and gzip files give the same recording") {
    TestFile plain("a.csv");
    TestFile zstd("a.csv");
    TestFile gzip("a.csv");
    plain.replace(small_csv());
    zstd.replace(zstd_of(small_csv().substr(0, 500)) + zstd_of(small_csv().substr(500)));
    gzip.replace(gzip_of(small_csv()));
    std::vector<std::string> bytes;
    for (const auto* file : {&plain, &zstd, &gzip}) {
        const auto out = file->folder() + "/out/a.mcap";
        const auto result = import_table(file->path(), out, small_rules(), {});
        REQUIRE(result);
        CHECK(result->report.quotes == 5);
        CHECK(result->report.quotes_refused == 1);
        std::ifstream in(out, std::ios::binary);
        std::ostringstream content;
        content << in.rdbuf();
        bytes.push_back(content.str());
    }
    CHECK(bytes[0] == bytes[1]);
    CHECK(bytes[0] == bytes[2]);
}

TEST_CASE("an import is a recording with a description, and the summary tells what happened") {
    TestFile file("NIFTY_20250829.csv");
    file.replace(small_csv());
    const auto out = output_path(file.path(), file.folder());
    CHECK(out == file.folder() + "/NIFTY_20250829.mcap");
    CHECK(output_path("x/a.csv.zst", "b.mcap") == "b.mcap");
    const auto result = import_table(file.path(), out, small_rules(), {});
    REQUIRE(result);
    auto source = recording::SourceRecording::open(out);
    REQUIRE(source);
    CHECK(source->source() == result->recordings.at(0).source);
    CHECK(source->source().origin == sauda::domain::Origin::Real);
    CHECK(source->source().interval == sauda::base::seconds(65));
    CHECK(source->source().quotes == 5);
    CHECK(source->source().extra.at("file_rows_read") == "3");
    CHECK(source->compute_content_hash() == result->recordings.at(0).source.content_hash);
    const auto text = summary_text(*result, small_rules());
    CHECK_THAT(text, Catch::Contains("3 read, 3 taken, 0 refused, 0 left out; 1 quotes refused") &&
                         Catch::Contains("NIFTY_20250829.csv:3: CALLS_Bid_Price is 'abc'") &&
                         Catch::Contains(
                             sauda::base::to_hex(result->recordings.at(0).source.content_hash)));
}

TEST_CASE("an existing recording is replaced only when asked, and no unfinished file stays") {
    TestFile file("a.csv");
    file.replace(small_csv());
    const auto out = file.folder() + "/a.mcap";
    REQUIRE(import_table(file.path(), out, small_rules(), {}));
    const auto again = import_table(file.path(), out, small_rules(), {});
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == sauda::base::ErrorKind::Conflict);
    CHECK(import_table(file.path(), out, small_rules(), {.replace = true}));

    file.replace(zstd_of(small_csv()).substr(0, 200));
    const auto cut = import_table(file.path(), file.folder() + "/b.mcap", small_rules(), {});
    REQUIRE_FALSE(cut);
    CHECK_THAT(cut.error().text, Catch::Contains("cut short"));
    for (const auto& entry : std::filesystem::directory_iterator(file.folder())) {
        CHECK((entry.path().filename() == "a.csv" || entry.path().filename() == "a.mcap"));
    }
}

TEST_CASE("a file that is not a chain, or has no usable row, is refused with words") {
    TestFile file("a.csv");
    const auto error = [&](const std::string& content) {
        file.replace(content);
        const auto result = import_table(file.path(), file.folder() + "/a.mcap", small_rules(), {});
        REQUIRE_FALSE(result);
        return result.error().text;
    };
    CHECK_THAT(error(""), Catch::Contains("is empty"));
    CHECK_THAT(error("a,b\n1,2\n"),
               Catch::Contains("no format known here") && Catch::Contains("Fetch_Time"));
    CHECK_THAT(error(std::string(3'000'000, 'x')), Catch::Contains("not a table"));
    CHECK_THAT(error(kHeader + "\n1,2,3\n"),
               Catch::Contains("none of its 1 rows") && Catch::Contains("line 2"));
    const auto missing = import_table("/no/such.csv", "/tmp/x.mcap", small_rules(), {});
    CHECK(missing.error().kind == sauda::base::ErrorKind::NotFound);
}

TEST_CASE("inspect tells streams, damage and identity of any recording") {
    TestFile file("a.csv");
    file.replace(small_csv());
    const auto out = file.folder() + "/a.mcap";
    const auto imported = import_table(file.path(), out, small_rules(), {});
    REQUIRE(imported);
    const auto whole = inspect_file(out);
    REQUIRE(whole);
    CHECK(whole->damage.empty());
    CHECK(whole->computed_hash == imported->recordings.at(0).source.content_hash);
    REQUIRE(whole->topics.size() == 1);
    CHECK(whole->topics[0].topic == "J/feed/md/NIFTY/");
    CHECK(whole->topics[0].quotes == 5);
    CHECK(whole->topics[0].contracts == 3);
    CHECK(whole->topics[0].missing == 0);
    CHECK_THAT(inspect_text(*whole), Catch::Contains("complete"));
    CHECK_THAT(inspect_json(*whole), Catch::Contains("\"complete\": true"));

    TestFile torn;
    {
        std::ifstream in(out, std::ios::binary);
        std::ostringstream content;
        content << in.rdbuf();
        torn.replace(content.str().substr(0, content.str().size() - 40));
    }
    const auto damaged = inspect_file(torn.path());
    REQUIRE(damaged);
    CHECK(damaged->damage.size() == 1);
    CHECK(damaged->topics[0].messages == 2);
    CHECK_THAT(inspect_text(*damaged), Catch::Contains("DAMAGED"));
}

TEST_CASE("inspect finds numbers that are missing, refused messages and foreign topics") {
    TestFile file;
    auto writer = recording::McapWriter::open(file.path());
    const auto ours = *writer->add_channel(
        "J/feed/md/NIFTY/", *writer->add_schema("sauda.v1.QuoteBatch", "protobuf", ""), "protobuf");
    const auto foreign = *writer->add_channel("/camera", 0, "raw");
    REQUIRE(writer->write(ours, 1, 100, 100, "\xFF"));
    REQUIRE(writer->write(ours, 5, 200, 100, "\xFF"));
    REQUIRE(writer->write(foreign, 1, 200, 100, "picture"));
    REQUIRE(writer->close());
    const auto result = inspect_file(file.path());
    REQUIRE(result);
    REQUIRE(result->topics.size() == 2);
    CHECK(result->topics[0].topic == "/camera");
    CHECK(result->topics[1].missing == 3);
    CHECK(result->topics[1].refused == 2);
    CHECK_FALSE(result->source);
}

TEST_CASE("a simulated recording says so, is whole and the same every time") {
    TestFile one;
    TestFile two;
    const auto options = *options_of({.date = "2026-11-24", .seed = 5, .is_quick = true});
    const auto result = simulate_recording(small_rules(), options, one.path(), false, {});
    REQUIRE(result);
    REQUIRE(simulate_recording(small_rules(), options, two.path(), false, {}));
    CHECK(one.bytes() == two.bytes());
    CHECK_FALSE(simulate_recording(small_rules(), options, one.path(), false, {}));
    const auto source = recording::SourceRecording::open(one.path());
    REQUIRE(source);
    CHECK(source->source().origin == sauda::domain::Origin::Simulated);
    CHECK(source->source().interval == sauda::base::seconds(15));
    CHECK(inspect_file(one.path())->damage.empty());
    CHECK_THAT(summary_text(*result), Catch::Contains("not a real market"));
}

TEST_CASE("simulated days go on from one close to the next open") {
    TestFile folder;
    auto options = *options_of({.date = "2026-11-21", .is_quick = true});  // a Saturday
    std::vector<double> closes;
    const auto days =
        simulate_days(small_rules(), options, 3, folder.path() + ".days", true,
                      [&](const auto& day) { closes.push_back(day.indices.front().last); });
    REQUIRE(days);
    REQUIRE(days->size() == 3);
    CHECK(days->front().source.date == sauda::base::date_of(2026, 11, 23));
    for (std::size_t i = 1; i < 3; ++i) {
        CHECK(days->at(i).indices.front().open == Approx(closes[i - 1]).epsilon(0.02));
    }
    auto words = SimulateWords{.date = "2026-11-26", .is_quick = true};
    words.after = days->back().output;
    CHECK(options_of(words)->open == Approx(closes.back()).margin(0.01));
    std::filesystem::remove_all(folder.path() + ".days");
}

TEST_CASE("numbers and spans are printed as a trader reads them") {
    CHECK(grouped(7) == "7");
    CHECK(grouped(1'234) == "1,234");
    CHECK(grouped(233'762) == "2,33,762");
    CHECK(grouped(12'345'678) == "1,23,45,678");
    CHECK(span_text(sauda::base::seconds(1'132)) == "18m52s");
    CHECK(span_text(sauda::base::milliseconds(1'500)) == "1.5 s");
    CHECK(Progress::text("rows", 1'000, 0.25, 2.0) ==
          " 25 % [#####...............] 1,000 rows, 500 rows/s, 6 s left");
}

TEST_CASE("the real NIFTY day gives what an independent count gives") {
    const auto folder = data_folder();
    if (folder.empty()) {
        WARN("skipped: no recorded market data (SAUDA_TEST_DATA)");
        return;
    }
    const auto input = folder + "/nse_chain_20250829/NIFTY_20250829_fullchain_65s.csv.zst";
    // Counted here without the importer: rows, changes of the last cell, unchanged first cells.
    auto lines = LineSource::open(input);
    REQUIRE(lines);
    std::string_view line;
    uint64_t rows = 0;
    uint64_t snapshots = 0;
    uint64_t repeats = 0;
    std::string collected;
    std::string fetched;
    REQUIRE(*lines->next(line));
    while (*lines->next(line)) {
        ++rows;
        const std::string stamp(line.substr(line.rfind(',') + 1));
        const std::string first(line.substr(0, line.find(',')));
        if (stamp != collected) {
            ++snapshots;
            repeats += first == fetched ? 1 : 0;
            collected = stamp;
            fetched = first;
        }
    }
    CHECK(rows == 233'762);
    CHECK(snapshots == 306);
    CHECK(repeats == 14);

    const char* source_dir = std::getenv("SAUDA_SOURCE_DIR");
    REQUIRE(source_dir != nullptr);
    const auto rules = sauda::market::load_rules(std::string(source_dir) + "/deploy/market");
    REQUIRE(rules);
    TestFile file;
    const auto result = import_table(input, file.path(), *rules, {});
    REQUIRE(result);
    CHECK(result->report.rows_read == rows);
    CHECK(result->report.rows_taken == rows);
    CHECK(result->report.quotes == 2 * rows);
    CHECK(result->recordings.at(0).report.snapshots == snapshots);
    CHECK(result->recordings.at(0).report.repeats == repeats);
    CHECK(result->recordings.at(0).report.expiries.size() == 18);
    CHECK(result->recordings.at(0).cadence.median == sauda::base::seconds(65));
    CHECK(result->recordings.at(0).cadence.p95 == sauda::base::seconds(77));
    CHECK(result->recordings.at(0).cadence.longest == sauda::base::seconds(1'132));
    CHECK(clock_text(result->recordings.at(0).report.first) == "09:24:16");

    auto recorded = recording::SourceRecording::open(file.path());
    REQUIRE(recorded);
    recording::SourceMessage message;
    uint64_t quotes = 0;
    while (*recorded->next(message)) {
        REQUIRE(message.refused.empty());
        REQUIRE(message.decoded.refusals.empty());
        quotes += std::get<sauda::domain::QuoteBatch>(message.decoded.payload).quotes.size();
    }
    CHECK(quotes == 2 * rows);
}
