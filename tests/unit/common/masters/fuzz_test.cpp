#include "common/base/rng.h"
#include "common/market/masters/load_master.h"
#include "common/market/search/search.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace sauda;
using namespace sauda::masters;

namespace {

// A few bytes flipped, removed, doubled, or the end cut off.
std::string damaged(std::string bytes, base::Rng& rng) {
    const auto changes = rng.between(1, 6);
    for (int64_t i = 0; i < changes && !bytes.empty(); ++i) {
        const auto at = rng.below(bytes.size());
        const auto size = static_cast<std::size_t>(rng.between(1, 12));
        switch (rng.below(5)) {
            case 0:
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << rng.below(8)));
                break;
            case 1:
                bytes[at] = static_cast<char>(rng.below(256));
                break;
            case 2:
                bytes.erase(at, size);
                break;
            case 3:
                bytes.insert(at, bytes.substr(at, size));
                break;
            default:
                if (rng.chance(0.2)) {
                    bytes.resize(at);
                }
                break;
        }
    }
    return bytes;
}

// What must hold of any master that was read, however damaged its file.
void check_sound(const LoadedMaster& loaded) {
    const auto& report = loaded.report;
    const auto left_out = std::accumulate(report.counts.begin(), report.counts.end(), int64_t{0});
    CHECK(report.rows == report.understood + left_out);
    CHECK(report.understood == static_cast<int64_t>(loaded.master.contracts.size()));
    domain::ContractId last;
    for (const auto& listed : loaded.master.contracts) {
        CHECK(listed.contract.is_valid());
        CHECK(last < listed.contract);
        CHECK(listed.lot.is_positive());
        CHECK((!listed.tick || listed.tick->is_positive()));
        CHECK(!listed.token.empty());
        last = listed.contract;
    }
}

}  // namespace

TEST_CASE("no damaged file does harm: it is refused, or what is kept is sound") {
    const test::TestFolder folder("fuzz_masters");
    const LoadOptions options{domain::parse_date("2031-05-06")};
    const std::string samples[] = {test::sample_angel(),
                                   test::sample_upstox(),
                                   test::sample_udiff(),
                                   test::zip_of(test::sample_icici()),
                                   test::zip_of(test::sample_icici(), false),
                                   test::gzip_of(test::sample_upstox()),
                                   test::zstd_of(test::sample_udiff())};
    base::Rng rng(20310506);
    int kept = 0;
    int refused = 0;
    for (int round = 0; round < 400; ++round) {
        for (const auto& sample : samples) {
            const auto loaded = load_master(folder.write("m", damaged(sample, rng)), options);
            if (loaded) {
                check_sound(*loaded);
                ++kept;
            } else {
                CHECK_FALSE(loaded.error().text.empty());
                ++refused;
            }
        }
    }
    CHECK(kept > 300);  // both ways are taken, or the damage is of one kind only
    CHECK(refused > 300);
}

TEST_CASE("no query does harm") {
    base::Rng rng(7);
    const std::string pieces[] = {"nifty", "bank", "25000", "ce",  "28",  "oct", "2025",  "next",
                                  "week",  "k",    "/",     "-",   ".",   ",",   "26O08", "99",
                                  "0",     "th",   "fut",   "sat", "mcx", "25",  "\x80",  ":"};
    std::vector<domain::ContractId> contracts;
    for (const char* text : {"NSE:NIFTY:2031-05-20:25000:CE", "NSE:NIFTY:2031-05-27:FUT",
                             "NSE:NIFTY:SPOT", "NSE:BANKNIFTY:2031-05-27:52000:PE"}) {
        contracts.push_back(test::contract(text));
    }
    int found = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        const auto words = rng.between(0, 8);
        for (int64_t i = 0; i < words; ++i) {
            text += pieces[rng.below(std::size(pieces))] + (rng.chance(0.5) ? " " : "");
        }
        const auto result =
            search::search(search::parse_query(text), contracts, test::day("2031-05-06"));
        found += result.outcome == search::Outcome::Found ? 1 : 0;
        CHECK(result.matches.empty() == (result.outcome != search::Outcome::Found));
    }
    CHECK(found > 100);
}
