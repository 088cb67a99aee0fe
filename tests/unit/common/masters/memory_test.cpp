#include "common/market/masters/load_master.h"
#include "tests/unit/common/masters/live_bytes.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace sauda;
using namespace sauda::masters;

namespace {

constexpr int kRows = 200'000;

// As large as the real file: one row in `every` is a NIFTY option, the rest are stocks' and shares.
std::string write_large(const test::TestFolder& folder, int every) {
    const auto path = folder.path() + "/OpenAPIScripMaster.json";
    std::ofstream out(path, std::ios::binary);
    out << '[';
    for (int i = 0; i < kRows; ++i) {
        test::AngelRow row;
        row.token = std::to_string(100'000 + i);
        row.freeze = "1801";
        if (i % every == 0) {
            row.strike = std::to_string(100'000 + i / every) + "00.000000";
            row.symbol = "NIFTY20MAY31" + std::to_string(100'000 + i / every) + "CE";
        } else {
            row.name = "ACME" + std::to_string(i % 5000);
            row.symbol = row.name + "20MAY31117.5CE";
            row.type = i % 2 == 0 ? "OPTSTK" : "";
            row.segment = i % 2 == 0 ? "NFO" : "NSE";
        }
        out << (i == 0 ? "" : ",\n") << row.text();
    }
    out << ']';
    return path;
}

}  // namespace

TEST_CASE("a master of 200,000 rows is read in the memory of what is kept") {
    constexpr std::size_t kMiB = 1U << 20U;
    const test::TestFolder folder("large_master");
    const struct {
        int every;
        std::size_t limit;
    } cases[] = {{1000, 2 * kMiB}, {10, 16 * kMiB}};
    for (const auto& one : cases) {
        const auto path = write_large(folder, one.every);
        CHECK(std::filesystem::file_size(path) > 34 * kMiB);
        const auto before = test::live_bytes;
        test::peak_bytes = before;
        const auto loaded = load_master(path, {domain::parse_date("2031-05-06")});
        const auto most = test::peak_bytes - before;
        REQUIRE(loaded);
        CHECK(loaded->report.rows == kRows);
        CHECK(loaded->report.understood == kRows / one.every);
        CHECK(loaded->report.broken() == 0);
        CAPTURE(one.every);
        CHECK(most < one.limit);
    }
}
