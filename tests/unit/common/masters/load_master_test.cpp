#include "common/market/masters/load_master.h"

#include "common/market/masters/zip_archive.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::masters;
using sauda::test::day;

namespace {

const LoadOptions kAsOf{domain::parse_date("2031-05-06")};

}  // namespace

TEST_CASE("every format is known by its content, in whatever packing and under whatever name") {
    const test::TestFolder folder("load_master");
    const struct {
        std::string text;
        Broker broker;
        std::size_t contracts;
    } samples[] = {{test::sample_angel(), Broker::AngelOne, 5},
                   {test::sample_upstox(), Broker::Upstox, 3},
                   {test::sample_udiff(), Broker::Exchange, 2}};
    for (const auto& sample : samples) {
        const std::string packed[] = {sample.text, test::gzip_of(sample.text),
                                      test::zstd_of(sample.text),
                                      test::zip_of({{"inside", sample.text}}),
                                      test::zip_of({{"inside", sample.text}}, false)};
        for (const auto& bytes : packed) {
            const auto loaded = load_master(folder.write("any.name", bytes), kAsOf);
            REQUIRE(loaded);
            CHECK(loaded->master.broker == sample.broker);
            CHECK(loaded->master.contracts.size() == sample.contracts);
            CHECK(loaded->master.as_of == day("2031-05-06"));
        }
    }
    const auto icici = load_master(folder.write("x", test::zip_of(test::sample_icici())));
    REQUIRE(icici);
    CHECK(icici->master.contracts.size() == 4);
    CHECK(icici->master.as_of == day("2031-05-06"));
    CHECK(icici->report.as_of_from == "the dates in the archive");
}

TEST_CASE("a compressed file cut anywhere is refused, as is a zip with a changed byte") {
    const test::TestFolder folder("cut_master");
    for (const auto& packed :
         {test::gzip_of(test::sample_upstox()), test::zstd_of(test::sample_upstox()),
          test::zip_of(test::sample_icici())}) {
        for (std::size_t size = 4; size < packed.size(); size += 7) {
            CHECK_FALSE(load_master(folder.write("cut", packed.substr(0, size)), kAsOf));
        }
    }
    auto zip = test::zip_of(test::sample_icici(), false);
    zip[zip.find("25000")] = '3';  // stored, so only the checksum can tell
    const auto changed = load_master(folder.write("changed.zip", zip), kAsOf);
    REQUIRE_FALSE(changed);
    CHECK(changed.error().text.find("checksum differ") != std::string::npos);
}

TEST_CASE("other files say what they are and what was expected") {
    const test::TestFolder folder("wrong_master");
    const auto error = [&](const std::string& name, const std::string& bytes) {
        const auto loaded = load_master(folder.write(name, bytes), kAsOf);
        REQUIRE_FALSE(loaded);
        return loaded.error().text;
    };
    CHECK(error("page.json", "<!DOCTYPE html><html>no access</html>")
              .find("page.json is no instrument master: it is a web page") == 0);
    CHECK(error("note.txt", "hello").find("it begins with \"hello\"; expected Angel One's") !=
          std::string::npos);
    CHECK(error("nothing", "").find("nothing is empty; expected") == 0);
    CHECK(error("two.zip", test::zip_of({{"a", "1"}, {"b", "2"}})).find("two.zip holds a, b;") ==
          0);
    const auto absent = load_master(folder.path() + "/absent");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().kind == base::ErrorKind::NotFound);
}

TEST_CASE("a master's date is told, or stands in the rows, the archive or the name") {
    CHECK(date_in_name("upstox_NSE_20310506.csv.gz") == day("2031-05-06"));
    CHECK(date_in_name("master-2031-05-06.json") == day("2031-05-06"));
    CHECK_FALSE(date_in_name("OpenAPIScripMaster.json"));
    CHECK_FALSE(date_in_name("fo_99999999.csv"));
    CHECK_FALSE(date_in_name("id_1203105061.csv"));
    const test::TestFolder folder("dated_master");
    const auto named = load_master(folder.write("m_20310504.json", test::sample_angel()));
    REQUIRE(named);
    CHECK(named->master.as_of == day("2031-05-04"));
    const auto rows = load_master(folder.write("fo_20310101.csv", test::sample_udiff()));
    REQUIRE(rows);
    CHECK(rows->master.as_of == day("2031-05-06"));
    CHECK(rows->report.as_of_from == "its rows");
}

TEST_CASE("a zip's entries come out as they went in, stored or deflated") {
    const test::TestFolder folder("zip");
    const std::string large(300'000, 'x');
    for (const bool is_deflated : {true, false}) {
        const auto path = folder.write(
            "a.zip", test::zip_of({{"one", "1"}, {"large", large}, {"empty", ""}}, is_deflated));
        const auto entries = zip_entries(path);
        REQUIRE(entries);
        REQUIRE(entries->size() == 3);
        CHECK((*entries)[0].day() == day("2031-05-06").days);
        std::string out;
        auto bytes = open_entry(path, (*entries)[1]);
        REQUIRE(bytes);
        while (true) {
            const auto piece = (*bytes)->next();
            REQUIRE(piece);
            if (piece->empty()) {
                break;
            }
            out += *piece;
        }
        CHECK(out == large);
    }
}
