#include "common/base/rng.h"
#include "common/recording/source_recording.h"
#include "common/wire/validate.h"
#include "services/importer/shell/import_run.h"
#include "tests/unit/common/recording/recording_files.h"
#include "tests/unit/services/importer/importer_support.h"
#include "tests/unit/services/importer/packed_text.h"
#include "tests/unit/services/importer/sample_tables.h"

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include <algorithm>
#include <optional>
#include <regex>

// Every importer is fed what people feed importers.
using namespace importer_test;
using namespace sauda::importer;

namespace {

std::vector<SampleTable> all_tables() {
    auto tables = sample_tables();
    tables.push_back({"nse-full-chain", {kHeader, ChainLine{}.text()}, 1, 2});
    return tables;
}

// Imports bytes; the error, or empty. Checks that nothing but what is asked for is left behind.
std::string outcome(const SampleTable& table, const std::string& bytes,
                    std::optional<bool> is_taken = false) {
    const TestFile file("table.csv");
    file.replace(bytes);
    ImportOptions options;
    options.underlying = table.underlying;
    const auto result =
        import_table(file.path(), file.folder() + "/out.mcap", small_rules(), options);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(file.folder())) {
        files += entry.path().filename() == "table.csv" ? 0 : 1;
    }
    CHECK(files == (result ? 1 : 0));
    if (is_taken) {
        CHECK(result.has_value() == *is_taken);
    }
    return result ? "" : result.error().text;
}

std::string utf16_of(const std::string& text, bool has_mark) {
    std::string out = has_mark ? "\xFF\xFE" : "";
    for (const char c : text) {
        out += c;
        out += '\0';
    }
    return out;
}

std::string replaced(std::string text, char from, char to) {
    std::replace(text.begin(), text.end(), from, to);
    return text;
}

// 29/01/2026 for 2026-01-29, 29-Jan-2026 and 20260129 alike.
std::string with_ambiguous_dates(const std::string& line) {
    static const std::regex kIso(R"((20\d\d)-(\d\d)-(\d\d))");
    static const std::regex kNamed(R"((\d\d)-[A-Za-z]{3}-(20\d\d))");
    static const std::regex kCompact(R"((^|,)(20\d\d)(\d\d)(\d\d)(,|_))");
    static const std::regex kMinute(R"((^|,)(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d),)");
    auto text = std::regex_replace(line, kIso, "$3/$2/$1");
    text = std::regex_replace(text, kNamed, "$1/08/$2");
    text = std::regex_replace(text, kMinute, "$1$4/$3/$2 $5:$6,");
    return std::regex_replace(text, kCompact, "$1$4/$3/$2$5");
}

int64_t peak_kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("an empty file, other separators and other encodings are refused in a sentence") {
    for (const auto& table : all_tables()) {
        INFO(table.format);
        const bool has_header = table.format != "second-values";
        CHECK_THAT(outcome(table, ""), Catch::Contains("table.csv is empty"));
        CHECK_THAT(outcome(table, replaced(table.text(), ',', ';')),
                   Catch::Contains(has_header ? "semicolons" : "no format known here"));
        CHECK_THAT(outcome(table, replaced(table.text(), ',', '\t')),
                   Catch::Contains(has_header ? "tabs" : "no format known here"));
        CHECK_THAT(outcome(table, utf16_of(table.text(), true)), Catch::Contains("UTF-16"));
        CHECK_THAT(outcome(table, utf16_of(table.text(), false)), Catch::Contains("zero bytes"));
        CHECK(outcome(table, "\xEF\xBB\xBF" + table.text(), true).empty());  // UTF-8 with a mark
        CHECK_THAT(outcome(table, "\xE9\xE8" + table.text()), Catch::Contains("??"));  // Latin-1
        CHECK_THAT(outcome(table, has_header ? table.lines.front() + "\n" : "\n"),
                   Catch::Contains("table.csv"));
    }
}

TEST_CASE("a file cut short gives what is whole of it, or nothing where its packing is broken") {
    for (const auto& table : all_tables()) {
        INFO(table.format);
        auto text = table.text();
        const auto half_row = table.lines.back().size() / 2;
        if (table.rows > 1) {  // its last row is refused
            CHECK(outcome(table, text.substr(0, text.size() - half_row), true).empty());
        }
        CHECK_THAT(outcome(table, text.substr(0, table.lines.front().size() / 2)),
                   Catch::Contains("table.csv"));
        const auto packed = zstd_of(text);
        CHECK_THAT(outcome(table, packed.substr(0, packed.size() - 5)),
                   Catch::Contains("cut short") || Catch::Contains("damaged"));
        auto broken = packed;
        broken[broken.size() / 2] = static_cast<char>(broken[broken.size() / 2] ^ 0x55);
        outcome(table, broken, std::nullopt);  // without a checksum it may still be rows
        const auto gzipped = gzip_of(text);
        CHECK_THAT(outcome(table, gzipped.substr(0, gzipped.size() - 9)),
                   Catch::Contains("cut short"));
        CHECK(outcome(table, gzipped, true).empty());
    }
}

TEST_CASE("rows with the dates of other lands are refused by name, never guessed") {
    for (const auto& table : all_tables()) {
        INFO(table.format);
        auto bad = table;
        for (std::size_t i = table.format == "second-values" ? 0 : 1; i < bad.lines.size(); ++i) {
            bad.lines[i] = with_ambiguous_dates(bad.lines[i]);
        }
        if (bad.lines == table.lines) {
            continue;  // epoch seconds
        }
        const bool is_found = table.format == "second-values";  // by its first date
        CHECK_THAT(outcome(table, bad.text()),
                   is_found ? Catch::Contains("no format known here")
                            : Catch::Contains("a date that can be read in two ways"));
    }
}

TEST_CASE("dates in three formats are the same dates") {
    const auto table = minute_chain_table();
    auto three = table;
    const auto put = [&](std::size_t line, const std::string& from, const std::string& to) {
        three.lines[line].replace(three.lines[line].find(from), from.size(), to);
    };
    put(1, "25-Aug-2026", "2026-08-25");
    put(2, "25-Aug-2026", "20260825");
    put(3, "202608190932", "2026-08-19 09:32");
    const auto rules = small_rules();
    const auto plain = import_known(table.lines, rules);
    const auto mixed = import_known(three.lines, rules);
    REQUIRE(mixed.sink.messages.size() == plain.sink.messages.size());
    for (std::size_t i = 0; i < plain.sink.messages.size(); ++i) {
        CHECK(mixed.sink.quotes(i) == plain.sink.quotes(i));
    }
}

TEST_CASE("what expands beyond measure is refused before it fills anything") {
    const auto before = peak_kilobytes();
    const auto table = five_minute_table();
    for (const bool is_zstd : {true, false}) {
        INFO((is_zstd ? "zstd" : "gzip"));
        // An eighth of a gigabyte of sound rows out of a hundred kilobytes, and one endless line.
        const auto rows = repeated(table.lines[1] + "\n", 1U << 20U);
        const auto bomb = packed_many(table.lines[0] + "\n", rows, 128, is_zstd);
        CHECK(bomb.size() < 2'000'000);
        CHECK_THAT(outcome(table, bomb), Catch::Contains("expands to more than 200 times"));
        const auto line = packed_many("", std::string(1U << 20U, 'x'), 128, is_zstd);
        CHECK_THAT(outcome(table, line), Catch::Contains("not a table"));
    }
    CHECK(peak_kilobytes() - before < 64'000);
}

TEST_CASE("a file of a gigabyte is read in bounded memory") {
    const TestFile file("NIFTY.csv");
    const auto table = five_minute_table();
    std::error_code error;
    if (std::filesystem::space(file.folder(), error).available < 4'000'000'000U) {
        WARN("skipped: no four gigabytes free in " << file.folder());
        return;
    }
    constexpr uint64_t kGigabyte = 1'000'000'000;
    uint64_t rows = 0;
    {
        std::ofstream out(file.path(), std::ios::binary);
        out << table.lines.front() << '\n';
        std::string block;
        for (uint64_t written = 0; written < kGigabyte; written += block.size()) {
            block.clear();
            for (int i = 0; i < 64; ++i, ++rows) {
                // The last column is not read: it may be as long as it likes.
                auto row = table.lines[1];
                const auto second = rows % 3'000;
                row.replace(row.find("09:30:11"), 8,
                            "1" + std::to_string(second / 600 % 10) + ":" +
                                std::to_string(second / 100 % 6) +
                                std::to_string(second / 10 % 10) + ":" +
                                std::to_string(second % 6) + std::to_string(second % 10));
                block += row + std::string(60'000, '7') + '\n';
            }
            out << block;
        }
    }
    REQUIRE(std::filesystem::file_size(file.path()) >= kGigabyte);
    const auto before = peak_kilobytes();
    const auto result = import_table(file.path(), file.folder() + "/out.mcap", small_rules(), {});
    REQUIRE(result);
    CHECK(result->report.rows_read == rows);
    CHECK(result->report.rows_taken > 0);
    CHECK(peak_kilobytes() - before < 64'000);
}

TEST_CASE("a gigabyte of nothing is refused at once") {
    const TestFile file("NIFTY.csv");
    file.replace(index_bars_table().text());
    std::filesystem::resize_file(file.path(), 1'000'000'000);  // a hole of zeros
    const auto before = peak_kilobytes();
    const auto result = import_table(file.path(), file.folder() + "/out.mcap", small_rules(), {});
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().text, Catch::Contains("a line is longer than 64 kB"));
    CHECK(peak_kilobytes() - before < 64'000);
}

TEST_CASE("more contracts than any exchange lists are refused, not remembered") {
    auto table = five_minute_table();
    const auto row = table.lines[1];
    table.lines.resize(1);
    for (int i = 0; i < 30'000; ++i) {
        auto line = row;
        line.replace(line.find("25300.0"), 7, std::to_string(1'000 + i) + ".05");
        table.lines.push_back(line);
    }
    const auto out = import_known(table.lines, small_rules());
    CHECK(out.session().contracts == SessionBuilder::kContractsMax);
    CHECK(out.refused(RefusalReason::TooManyContracts) == 10'001);
}

TEST_CASE("whatever comes in, what comes out passes the gate of the bus") {
    using sauda::base::Rng;
    const auto rules = small_rules();
    Rng rng(20'260'129);
    const std::string odd = ",;\"-.0919eE+ :/\x00\xFF\nnanCEPE";
    uint64_t taken = 0;
    for (const auto& table : all_tables()) {
        const std::size_t first = table.format == "second-values" ? 0 : 1;
        auto map = detect_format(table.lines.front())->map;
        map.length = sauda::base::minutes(1);
        for (int round = 0; round < 400; ++round) {
            auto lines = table.lines;
            for (int change = 0; change <= round % 5; ++change) {
                auto& line = lines[first + rng.below(lines.size() - first)];
                const auto at = rng.below(line.size() + 1);
                switch (rng.below(5)) {
                    case 0:
                        line.insert(at, 1, odd[rng.below(odd.size())]);
                        break;
                    case 1:
                        line.erase(at, 1 + rng.below(6));
                        break;
                    case 2:
                        line.insert(at, line.substr(0, rng.below(line.size() + 1)));
                        break;
                    case 3:
                        std::swap(line, lines[first + rng.below(lines.size() - first)]);
                        break;
                    default:
                        if (at < line.size()) {
                            line[at] = static_cast<char>('0' + rng.below(10));
                        }
                }
            }
            const auto out = import_lines(map, lines, rules, {}, table.underlying);
            const auto& report = out.report;
            CHECK(report.rows_read ==
                  report.rows_taken + report.rows_refused + report.rows_left_out);
            for (auto message : out.sink.messages) {
                std::vector<sauda::wire::Refusal> refusals;
                REQUIRE(
                    sauda::wire::validate(message.stream, message.meta, message.payload, refusals));
                INFO(table.format << (refusals.empty() ? "" : refusals[0].text()));
                REQUIRE(refusals.empty());
                ++taken;
            }
        }
    }
    CHECK(taken > 2'000);
}
