#include "common/market/load_rules.h"
#include "common/market/masters/load_master.h"
#include "common/market/masters/master_book.h"
#include "common/market/masters/master_check.h"
#include "common/market/masters/master_diff.h"
#include "tests/support/documented_table.h"
#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

// Reads the recorded masters where they are at hand (SAUDA_TEST_DATA).
using namespace sauda;
using namespace sauda::masters;
using sauda::test::contract;
using sauda::test::day;

namespace {

const char* const kAngel = "instrument_masters/DERIVED_angel_shape_index_NFO_from_upstox.json";
const char* const kAngelReal =
    "instrument_masters/angel_OpenAPIScripMaster_excerpt_real_2026H2.json";
const char* const kAngelQuoted = "instrument_masters/angel_NFO_rows_quoted_in_public_code.json";
const char* const kUpstox = "instrument_masters/upstox_NSE_instruments_20260815.csv.gz";
const char* const kIcici = "instrument_masters/icici_breeze_SecurityMaster_20260730.zip";

std::string source_dir() {
    const char* directory = std::getenv("SAUDA_SOURCE_DIR");
    return directory != nullptr ? directory : ".";
}

std::string data_dir() {
    const char* given = std::getenv("SAUDA_TEST_DATA");
    return given != nullptr ? given : source_dir() + "/../shared/data";
}

bool has_data() {
    if (std::filesystem::exists(data_dir() + "/" + kIcici)) {
        return true;
    }
    WARN("skipped: no instrument_masters under SAUDA_TEST_DATA");
    return false;
}

LoadedMaster load(const std::string& file, std::optional<base::Date> as_of = std::nullopt) {
    auto loaded = load_master(data_dir() + "/" + file, {as_of});
    INFO(file << ": " << (loaded ? "" : loaded.error().text));
    REQUIRE(loaded);
    return std::move(*loaded);
}

domain::MarketRules rules() {
    auto loaded = market::load_rules(source_dir() + "/deploy/market");
    REQUIRE(loaded);
    return std::move(*loaded);
}

std::vector<std::string> bhavcopies() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(data_dir() + "/udiff_bhavcopy")) {
        files.push_back("udiff_bhavcopy/" + entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Contracts both list, and how many of them differ in anything they both say.
struct Agreement {
    int common = 0;
    int different = 0;
};
Agreement agreement(const Master& a, const Master& b) {
    Agreement result;
    for (const auto& mine : a.contracts) {
        const auto* other = b.find(mine.contract);
        if (other == nullptr || mine.contract.kind() == domain::ContractKind::Spot) {
            continue;
        }
        ++result.common;
        const bool same_tick = !mine.tick || !other->tick || mine.tick == other->tick;
        if (mine.token != other->token || mine.lot != other->lot || !same_tick) {
            ++result.different;
        }
    }
    return result;
}

std::string grouped(int64_t number) {
    auto text = std::to_string(number);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 2) {
        text.insert(static_cast<std::size_t>(at), ",");
    }
    return text;
}

}  // namespace

TEST_CASE("every contract of Angel's master is Upstox's with the same token, lot and tick") {
    if (!has_data()) {
        return;
    }
    const auto before_all = day("2026-08-01");
    const auto angel = load(kAngel, before_all);
    const auto upstox = load(kUpstox, before_all);
    CHECK(angel.report.broken() == 0);
    CHECK(upstox.report.broken() == 0);
    CHECK(angel.report.understood == angel.report.rows);
    const auto both = agreement(angel.master, upstox.master);
    CHECK(both.common == angel.report.understood);
    CHECK(both.different == 0);
    CHECK(both.common > 3000);
}

TEST_CASE("Angel's rows as quoted in public code agree with Upstox and with the dated lots") {
    if (!has_data()) {
        return;
    }
    const auto quoted = load(kAngelQuoted, day("2025-10-01"));
    CHECK(quoted.report.understood == 4);
    const auto upstox = load(kUpstox, day("2026-08-01"));
    const auto id = contract("NSE:NIFTY:2026-08-11:22350:CE");
    REQUIRE(quoted.master.find(id) != nullptr);
    REQUIRE(upstox.master.find(id) != nullptr);
    CHECK(quoted.master.find(id)->token == upstox.master.find(id)->token);
    const auto* october = quoted.master.find(contract("NSE:NIFTY:2025-10-28:24400:CE"));
    REQUIRE(october != nullptr);
    CHECK(october->lot == base::units(75));
}

TEST_CASE("Angel's real excerpt gives the indices their tokens") {
    if (!has_data()) {
        return;
    }
    const auto excerpt = load(kAngelReal, day("2026-08-15"));
    CHECK(excerpt.report.understood == 6);
    CHECK(excerpt.report.count(RowReason::CashMarket) == 8);
    const auto* nifty = excerpt.master.find(contract("NSE:NIFTY:SPOT"));
    REQUIRE(nifty != nullptr);
    CHECK(nifty->token == "99926000");
    CHECK(excerpt.master.find(contract("NSE:INDIAVIX:SPOT")) != nullptr);
}

TEST_CASE("ICICI's master agrees with Upstox on every NSE contract both list") {
    if (!has_data()) {
        return;
    }
    const auto icici = load(kIcici);
    CHECK(icici.master.as_of == day("2026-07-30"));
    CHECK(icici.report.broken() == 0);
    const auto both = agreement(icici.master, load(kUpstox, day("2026-07-30")).master);
    CHECK(both.common > 4000);
    CHECK(both.different == 0);
}

TEST_CASE("ICICI's master brings BSE and MCX, and an index nobody numbered is told") {
    if (!has_data()) {
        return;
    }
    const auto icici = load(kIcici).master;
    int sensex = 0;
    int crude = 0;
    int mini = 0;
    for (const auto& listed : icici.contracts) {
        const auto underlying = listed.contract.underlying();
        sensex += underlying == domain::Underlying::SENSEX ? 1 : 0;
        if (underlying == domain::Underlying::CRUDEOIL) {
            ++crude;
            CHECK(listed.lot == base::units(100));
        } else if (underlying == domain::Underlying::CRUDEOILM) {
            ++mini;
            CHECK(listed.lot == base::units(10));
        }
        if (listed.contract.exchange() == domain::Exchange::MCX) {
            const bool is_future = listed.contract.kind() == domain::ContractKind::Future;
            CHECK((listed.tick == base::Price::from_rupees(1)) == is_future);
        }
    }
    CHECK(sensex == 2797);
    CHECK(crude == 1138);
    CHECK(mini == 1136);
    // MCX options expire before the future they turn into.
    CHECK(icici.find(contract("MCX:CRUDEOIL:2026-08-19:FUT")) != nullptr);
    CHECK(icici.find(contract("MCX:CRUDEOIL:2026-08-17:7000:CE")) != nullptr);
    const auto unknown =
        std::count_if(icici.left_out.begin(), icici.left_out.end(), [](const LeftOutName& name) {
            return name.why == LeftOut::UnknownIndex && name.name == "BSE FOCUSED IT INDEX";
        });
    CHECK(unknown == 1);
}

TEST_CASE("the lots of every bhavcopy and master are those of the dated rules") {
    if (!has_data()) {
        return;
    }
    const auto market_rules = rules();
    auto files = bhavcopies();
    CHECK(files.size() == 28);
    int64_t contracts = 0;
    for (const char* file : {kUpstox, kIcici}) {
        files.emplace_back(file);
    }
    for (const auto& file : files) {
        const auto loaded = load(file);
        CHECK(loaded.report.broken() == 0);
        contracts += loaded.report.understood;
        for (const auto& finding : check_against_rules(loaded.master, market_rules)) {
            INFO(file << " " << to_text(finding.underlying) << " "
                      << domain::to_text(finding.expiry) << ": " << finding.text);
            CHECK(finding.kind != CheckKind::LotDiffers);
            CHECK(finding.kind != CheckKind::NoRule);
        }
    }
    CHECK(contracts > 100'000);
}

TEST_CASE("the night the exchange moved its monthly expiries is seen, and no lot changed") {
    if (!has_data()) {
        return;
    }
    const auto before = load("udiff_bhavcopy/fo_index_2025-01-01.csv.zst");
    const auto after = load("udiff_bhavcopy/fo_index_2025-01-02.csv.zst");
    const auto changes = changes_between(before.master, after.master);
    const auto count = [&](ChangeKind kind) {
        return std::count_if(changes.begin(), changes.end(),
                             [&](const Change& change) { return change.kind == kind; });
    };
    CHECK(count(ChangeKind::ExpiryMoved) == 2582);
    CHECK(count(ChangeKind::LotChanged) == 0);
    CHECK(count(ChangeKind::TokenChanged) == 0);
    CHECK(count(ChangeKind::Gone) == 0);
}

TEST_CASE("docs/accuracy/instruments.md shows how many rows were read, understood and refused") {
    if (!has_data()) {
        return;
    }
    struct Line {
        std::string name;
        std::vector<LoadReport> reports;
    };
    std::vector<Line> lines{
        {"Angel One, real excerpt", {load(kAngelReal, day("2026-08-15")).report}},
        {"Angel One's shape, made from Upstox's master", {load(kAngel, day("2026-08-15")).report}},
        {"Upstox NSE, 2026-08-15", {load(kUpstox).report}},
        {"ICICI Breeze, 2026-07-30", {load(kIcici).report}},
        {"UDiFF bhavcopies, 28 days", {}}};
    for (const auto& file : bhavcopies()) {
        lines.back().reports.push_back(load(file).report);
    }
    const std::pair<const char*, RowReason> columns[] = {
        {"cash", RowReason::CashMarket},
        {"other segment", RowReason::OtherSegment},
        {"stock derivative", RowReason::PhysicalDelivery},
        {"index without number", RowReason::UnknownIndex},
        {"other underlying", RowReason::NotNumbered},
        {"expired", RowReason::Expired}};
    std::string table = "| master | rows read | contracts understood |";
    std::string rule = "|---|---|---|";
    for (const auto& column : columns) {
        table += std::string(" ") + column.first + " |";
        rule += "---|";
    }
    table += " broken |\n" + rule + "---|\n";
    for (const auto& line : lines) {
        const auto sum = [&](auto value) {
            int64_t all = 0;
            for (const auto& report : line.reports) {
                all += value(report);
            }
            return " " + grouped(all) + " |";
        };
        table += "| " + line.name + " |" + sum([](const LoadReport& r) { return r.rows; }) +
                 sum([](const LoadReport& r) { return r.understood; });
        for (const auto& column : columns) {
            table += sum([&](const LoadReport& r) { return r.count(column.second); });
        }
        table += sum([](const LoadReport& r) { return r.broken(); }) + "\n";
    }
    CHECK(test::documented_table("docs/accuracy/instruments.md", "masters", table) == "");
}
