#include "common/market/load_rules.h"
#include "tests/unit/common/market/recorded_data.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

using namespace sauda::domain;
using sauda::base::date_of;
using sauda::test::RecordedTable;

// The dated rules against what was recorded: contracts, lots, expiries, trading days, hours.
namespace {

const MarketRules& rules() {
    static const MarketRules loaded =
        *sauda::market::load_rules(std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/deploy/market");
    return loaded;
}

Date day_of(const std::string& text) {
    const auto date = parse_date(text);
    if (!date) {
        FAIL("not a date: " << text);
    }
    return *date;
}

Quantity lot(Underlying underlying, Date expiry, Date traded) {
    const auto option = ContractId::option(exchange_of(underlying), underlying, ContractKind::Call,
                                           expiry, Price::from_rupees(24'500));
    const auto instrument = rules().instrument(option, traded);
    return instrument ? instrument->lot : Quantity{};
}

RecordedTable gold(const std::string& name) {
    return RecordedTable(sauda::test::data_folder() + "/expiry_lots_gold/" + name);
}

// Days in [from, to] the rules open and `recorded` lacks, and the reverse.
struct Difference {
    std::set<std::string> not_recorded;
    std::set<std::string> not_open;
};
Difference against(const std::set<Date>& recorded, Date from, Date to) {
    Difference difference;
    for (Date d = from; d <= to; d = Date{d.days + 1}) {
        const bool is_open = rules().day(Exchange::NSE, d).is_open;
        if (is_open && !recorded.contains(d)) {
            difference.not_recorded.insert(to_text(d));
        } else if (!is_open && recorded.contains(d)) {
            difference.not_open.insert(to_text(d));
        }
    }
    return difference;
}

}  // namespace

TEST_CASE("lot, date, weekday and shift of all 296 recorded NIFTY expiries are the rules'") {
    const auto table = gold("nse_actual_expiry_calendar.csv");
    if (table.size() == 0) {
        WARN("skipped: expiry_lots_gold is not there (SAUDA_TEST_DATA)");
        return;
    }
    REQUIRE(table.size() == 296);
    int shifted = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const Date expiry = day_of(table.at(i, "actual_expiry_date"));
        const Date scheduled = day_of(table.at(i, "original_scheduled_expiry"));
        INFO(to_text(expiry));
        CHECK(lot(Underlying::NIFTY, expiry, expiry) ==
              units(std::stoll(table.at(i, "contract_lot_size"))));
        CHECK(rules().day(Exchange::NSE, expiry).is_open);
        CHECK(rules().next_expiry(Underlying::NIFTY, expiry) == expiry);
        CHECK((table.at(i, "expiry_holiday_adjusted") == "true") == (expiry != scheduled));
        shifted += expiry != scheduled ? 1 : 0;
        for (Date d{expiry.days + 1}; d <= scheduled; d = Date{d.days + 1}) {
            // A muhurat evening (2021-11-04, 2025-10-21) settles nothing.
            CHECK(rules().next_expiry(Underlying::NIFTY, d) != d);
        }
        if (i + 1 < table.size()) {
            const Date next = day_of(table.at(i + 1, "actual_expiry_date"));
            const bool is_gap = next.days - expiry.days > 10;  // the last ones are the monthlies
            CHECK(
                (is_gap || rules().next_expiry(Underlying::NIFTY, Date{expiry.days + 1}) == next));
        }
    }
    CHECK(shifted == 16);
}

TEST_CASE("the recorded rules of NIFTY's lots are the shipped ones, from their first day") {
    const auto table = gold("nse_contract_rule_dimension.csv");
    if (table.size() == 0) {
        WARN("skipped: expiry_lots_gold is not there (SAUDA_TEST_DATA)");
        return;
    }
    REQUIRE(table.size() == 10);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto want = units(std::stoll(table.at(i, "contract_lot_size")));
        const auto is_monthly = table.at(i, "expiry_type") == "monthly";
        const Date first = day_of(table.at(i, "contract_expiry_from"));
        const auto& end = table.at(i, "contract_expiry_to");
        const Date last = end.empty() ? date_of(2026, 12, 31) : day_of(end);
        int contracts = 0;
        for (Date d = first; d <= last; d = Date{d.days + 1}) {
            const auto expiry = rules().next_expiry(Underlying::NIFTY, d);
            if (expiry != d) {
                continue;
            }
            // The last expiry of its month is the monthly one.
            const auto after = rules().next_expiry(Underlying::NIFTY, Date{d.days + 1});
            REQUIRE(after);
            const bool is_last =
                sauda::base::civil_of(*after).month != sauda::base::civil_of(d).month;
            if (is_last != is_monthly) {
                continue;
            }
            ++contracts;
            INFO(to_text(d));
            CHECK(lot(Underlying::NIFTY, d, d) == want);
        }
        CHECK(contracts > 0);
    }
}

TEST_CASE("every lot in the exchange's files of five indices is the rules' on that day") {
    const auto files = sauda::test::recorded_files("udiff_bhavcopy");
    if (files.empty()) {
        WARN("skipped: udiff_bhavcopy is not there (SAUDA_TEST_DATA)");
        return;
    }
    REQUIRE(files.size() == 28);
    std::set<std::pair<Underlying, Date>> contracts;
    std::size_t rows = 0;
    for (const auto& path : files) {
        const RecordedTable table(path);
        std::set<std::string> wrong;
        for (std::size_t i = 0; i < table.size(); ++i) {
            const auto underlying = parse_underlying(table.at(i, "TckrSymb"));
            REQUIRE(underlying);
            const Date expiry = day_of(table.at(i, "XpryDt"));
            const Date traded = day_of(table.at(i, "TradDt"));
            contracts.emplace(*underlying, expiry);
            ++rows;
            if (lot(*underlying, expiry, traded) !=
                units(std::stoll(table.at(i, "NewBrdLotQty")))) {
                wrong.insert(table.at(i, "TckrSymb") + " " + to_text(expiry) + " on " +
                             to_text(traded));
            }
            if (i == 0) {
                CHECK(rules().day(Exchange::NSE, traded).is_open);
            }
        }
        INFO(path);
        CHECK(wrong == std::set<std::string>{});
    }
    CHECK(contracts.size() == 91);
    CHECK(rows > 80'000);
}

TEST_CASE("the nearest expiry in the exchange's files is the next one by the rules") {
    const auto files = sauda::test::recorded_files("udiff_bhavcopy");
    if (files.empty()) {
        WARN("skipped: udiff_bhavcopy is not there (SAUDA_TEST_DATA)");
        return;
    }
    std::set<std::string> different;
    for (const auto& path : files) {
        const RecordedTable table(path);
        std::map<Underlying, Date> nearest;
        Date traded;
        for (std::size_t i = 0; i < table.size(); ++i) {
            traded = day_of(table.at(i, "TradDt"));
            const Date expiry = day_of(table.at(i, "XpryDt"));
            const auto [at, is_first] =
                nearest.emplace(*parse_underlying(table.at(i, "TckrSymb")), expiry);
            at->second = std::min(at->second, expiry);
        }
        for (const auto& [underlying, expiry] : nearest) {
            if (rules().next_expiry(underlying, traded) != expiry) {
                different.insert(std::string(to_text(underlying)) + " on " + to_text(traded) +
                                 ": " + to_text(expiry));
            }
        }
    }
    // The first file still shows the old weekday of four monthly contracts; from the next day on
    // the exchange lists them for 2025-01-30, as the rules do.
    const std::set<std::string> explained{
        "BANKNIFTY on 2025-01-01: 2025-01-29", "FINNIFTY on 2025-01-01: 2025-01-28",
        "MIDCPNIFTY on 2025-01-01: 2025-01-27", "NIFTYNXT50 on 2025-01-01: 2025-01-31"};
    CHECK(different == explained);
}

TEST_CASE("the rules trade on every recorded day, and on no other but for holes in the records") {
    const auto folder = sauda::test::data_folder() + "/index_1min_2024/";
    const RecordedTable quarter_hours(folder + "BANKNIFTY_2018_2023_15min.csv.zst");
    const RecordedTable minutes(folder + "NIFTY_2024-01_05.csv.zst");
    const RecordedTable daily(folder + "india_vix_daily.csv");
    if (quarter_hours.size() == 0 || minutes.size() == 0 || daily.size() == 0) {
        WARN("skipped: index_1min_2024 is not there (SAUDA_TEST_DATA)");
        return;
    }
    std::set<Date> of_2021;
    for (std::size_t i = 0; i < quarter_hours.size(); ++i) {
        const Timestamp at{std::stoll(quarter_hours.at(i, "Time")) * 1'000'000'000};
        of_2021.insert(sauda::base::ist_date(at));
    }
    auto difference = against(of_2021, date_of(2021, 1, 1), date_of(2023, 8, 4));
    CHECK(difference.not_open.empty());
    // The outage of 2021-02-24, a hole, and two muhurat evenings.
    CHECK(difference.not_recorded ==
          std::set<std::string>{"2021-02-24", "2021-11-04", "2022-03-07", "2022-10-24"});

    std::set<Date> of_2024;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const auto& text = minutes.at(i, "Date");
        of_2024.insert(day_of(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6)));
    }
    difference = against(of_2024, date_of(2024, 1, 1), date_of(2024, 5, 31));
    CHECK(difference.not_open.empty());
    CHECK(difference.not_recorded ==  // holes, named in the data's own description
          std::set<std::string>{"2024-02-01", "2024-03-04", "2024-04-05", "2024-05-07"});

    std::set<Date> of_2025;
    for (std::size_t i = 0; i < daily.size(); ++i) {
        of_2025.insert(day_of(daily.at(i, "date")));
    }
    difference = against(of_2025, date_of(2025, 8, 8), date_of(2026, 8, 7));
    CHECK(difference.not_open.empty());
    // The exchange's own file of 2026-01-01 exists; the Budget Sunday is NSE/FAOP/72352.
    CHECK(difference.not_recorded == std::set<std::string>{"2026-01-01", "2026-02-01"});
}

TEST_CASE("recorded minutes lie within the hours of their day") {
    const auto folder = sauda::test::data_folder() + "/index_1min_2024/";
    for (const auto* name : {"NIFTY_2024-01_05.csv.zst", "BANKNIFTY_2024-01_05.csv.zst"}) {
        const RecordedTable minutes(folder + name);
        if (minutes.size() == 0) {
            WARN("skipped: index_1min_2024 is not there (SAUDA_TEST_DATA)");
            return;
        }
        std::map<Date, std::pair<Timestamp, Timestamp>> span;
        for (std::size_t i = 0; i < minutes.size(); ++i) {
            const auto& day = minutes.at(i, "Date");
            const auto& clock = minutes.at(i, "Time");
            const Date date =
                day_of(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6));
            const auto at =
                sauda::base::ist(date, sauda::base::minutes(std::stoll(clock.substr(0, 2)) * 60 +
                                                            std::stoll(clock.substr(3, 2))));
            const auto [found, is_first] = span.emplace(date, std::pair{at, at});
            found->second.first = std::min(found->second.first, at);
            found->second.second = std::max(found->second.second, at);
        }
        for (const auto& [date, first_and_last] : span) {
            INFO(to_text(date));
            const auto day = rules().day(Exchange::NSE, date);
            CHECK(first_and_last.first == day.open);
            if (date != date_of(2024, 1, 20)) {  // junk after the close, by its description
                CHECK(first_and_last.second + sauda::base::minutes(1) == day.close);
            }
        }
    }
}
