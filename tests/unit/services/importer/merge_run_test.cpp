#include "services/importer/shell/merge_run.h"

#include "common/recording/source_recording.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/inspect_run.h"
#include "services/importer/shell/simulate_options.h"
#include "services/importer/shell/simulate_run.h"
#include "tests/unit/common/recording/recording_files.h"
#include "tests/unit/services/importer/importer_support.h"
#include "tests/unit/services/importer/sample_tables.h"

#include <catch2/catch.hpp>

using namespace importer_test;
using namespace sauda::importer;
namespace recording = sauda::recording;

namespace {

// Imports lines to `name` in the folder and gives the recording's path.
std::string made(const TestFile& file, const std::string& name, const std::string& text,
                 sauda::domain::Underlying underlying = sauda::domain::Underlying::Unspecified) {
    file.replace(text);
    ImportOptions options;
    options.underlying = underlying;
    const auto path = file.folder() + "/" + name;
    const auto result = import_table(file.path(), path, small_rules(), options);
    INFO((result ? "" : result.error().text));
    REQUIRE(result);
    return path;
}

std::string chain(const TestFile& file) {
    return made(file, "chain.mcap", five_minute_table().text());
}

// One-second values of the morning of `date`.
std::string values(const TestFile& file, const std::string& date) {
    return made(file, "values" + date + ".mcap",
                date + " 09:29:58,25300.0\n" + date + " 09:30:10,25301.0\n" + date +
                    " 09:30:11,25302.0\n" + date + " 09:35:01,25303.0\n",
                sauda::domain::Underlying::NIFTY);
}

std::string error_of(const base::Expected<MergeResult>& result) {
    REQUIRE_FALSE(result);
    return result.error().text;
}

}  // namespace

TEST_CASE("chain snapshots and index values become one recording in the order they were known") {
    TestFile file("a.csv");
    const auto out = file.folder() + "/both.mcap";
    const auto result = merge_recordings({values(file, "2026-01-29"), chain(file)}, out, false);
    REQUIRE(result);
    CHECK(result->source.interval == sauda::base::seconds(291));  // the chain's: it is traded
    CHECK(result->source.underlying == sauda::domain::Underlying::NIFTY);
    CHECK(result->source.quotes == 4 + 7);
    CHECK(result->in_several == 1);  // the index
    CHECK_THAT(merge_text(*result), Catch::Contains("MERGED") && Catch::Contains("values2026"));

    auto source = recording::SourceRecording::open(out);
    REQUIRE(source);
    CHECK(source->compute_content_hash() == result->source.content_hash);
    std::vector<int64_t> seconds;
    std::vector<std::size_t> quotes;
    recording::SourceMessage message;
    sauda::base::Timestamp before;
    while (*source->next(message)) {
        CHECK(message.known_time >= before);
        before = message.known_time;
        seconds.push_back(sauda::base::ist_time_of_day(before).ns / 1'000'000'000 - 9 * 3600);
        quotes.push_back(
            std::get<sauda::domain::QuoteBatch>(message.decoded.payload).quotes.size());
        CHECK(message.ordinal == seconds.size());
    }
    // 09:30:11 is in both: first the values, which were named first.
    CHECK(seconds == std::vector<int64_t>{1799, 1811, 1811, 1812, 2102, 2102});
    CHECK(quotes == std::vector<std::size_t>{1, 1, 5, 1, 1, 2});
    const auto inspected = inspect_file(out);
    REQUIRE(inspected);
    CHECK(inspected->damage.empty());
    CHECK(inspected->topics.at(0).missing == 0);
}

TEST_CASE("what does not belong together is not merged, and nothing is left behind") {
    TestFile file("a.csv");
    const auto chains = chain(file);
    const auto out = file.folder() + "/both.mcap";
    const auto merged = [&](const std::string& other) {
        return error_of(merge_recordings({chains, other}, out, false));
    };
    CHECK_THAT(merged(values(file, "2026-01-28")), Catch::Contains("a recording is of one day"));
    CHECK_THAT(merged(chains), Catch::Contains("are the same"));
    CHECK_THAT(merged("/no/such.mcap"), Catch::Contains("/no/such.mcap"));
    CHECK_THAT(error_of(merge_recordings({chains}, out, false)), Catch::Contains("two recordings"));
    TestFile simulated;
    REQUIRE(simulate_recording(small_rules(), *options_of({.date = "2026-01-29", .is_quick = true}),
                               simulated.path(), true, {}));
    CHECK_THAT(merged(simulated.path()), Catch::Contains("real and the other simulated"));
    TestFile torn;
    {
        const TestFile whole("b.csv");
        const auto path = values(whole, "2026-01-29");
        std::ifstream in(path, std::ios::binary);
        std::ostringstream bytes;
        bytes << in.rdbuf();
        torn.replace(bytes.str().substr(0, bytes.str().size() - 30));
    }
    CHECK_THAT(merged(torn.path()), Catch::Contains("is damaged"));
    CHECK_FALSE(std::filesystem::exists(out));
    CHECK_FALSE(std::filesystem::exists(out + ".partial"));

    const auto other = values(file, "2026-01-29");
    REQUIRE(merge_recordings({chains, other}, out, false));
    CHECK_THAT(error_of(merge_recordings({chains, other}, out, false)), Catch::Contains("--force"));
    CHECK(merge_recordings({chains, other}, out, true));
}

TEST_CASE("recordings of two underlyings keep a stream each") {
    TestFile file("a.csv");
    const auto out = file.folder() + "/both.mcap";
    const auto vix =
        made(file, "vix.mcap", "2026-01-29 09:30:00,12.5\n", sauda::domain::Underlying::INDIAVIX);
    const auto result = merge_recordings({vix, chain(file)}, out, false);
    REQUIRE(result);
    CHECK(result->source.underlying == sauda::domain::Underlying::NIFTY);
    const auto source = recording::SourceRecording::open(out);
    REQUIRE(source);
    REQUIRE(source->streams().size() == 2);
    for (const auto stream : source->streams()) {
        CHECK(source->count(stream) > 0);
    }
}
