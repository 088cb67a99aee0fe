#include "common/market/load_rules.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace sauda::domain;
using sauda::base::date_of;
using sauda::base::minutes;

// What deploy/market says, against what is known of the exchanges.
namespace {

std::string source_dir() { return std::getenv("SAUDA_SOURCE_DIR"); }

const MarketRules& rules() {
    static const MarketRules loaded = [] {
        auto result = sauda::market::load_rules(source_dir() + "/deploy/market");
        INFO((result ? "" : result.error().text));
        REQUIRE(result);
        return std::move(*result);
    }();
    return loaded;
}

Timestamp at(Date date, int64_t hour, int64_t minute) {
    return sauda::base::ist(date, minutes(hour * 60 + minute));
}

ContractId call(Underlying underlying, Date expiry, Exchange exchange = Exchange::NSE) {
    return ContractId::option(exchange, underlying, ContractKind::Call, expiry,
                              Price::from_rupees(24'500));
}

Quantity lot(Underlying underlying, Date expiry) {
    const auto instrument = rules().instrument(call(underlying, expiry), expiry);
    return instrument ? instrument->lot : Quantity{};
}

}  // namespace

TEST_CASE("the real session of 2025-08-29 has its own hours, lot, expiry and charges") {
    const auto date = date_of(2025, 8, 29);
    const auto day = rules().day(Exchange::NSE, date);
    CHECK(day.is_open);
    CHECK(day.open == at(date, 9, 15));
    CHECK(day.close == at(date, 15, 30));
    CHECK(day.spot_close == at(date, 15, 30));
    const auto expiry = rules().next_expiry(Underlying::NIFTY, date);
    REQUIRE(expiry == date_of(2025, 9, 2));
    CHECK(rules().trading_days_between(Exchange::NSE, date, *expiry) == 2);
    const auto instrument = rules().instrument(call(Underlying::NIFTY, *expiry), date);
    REQUIRE(instrument);
    CHECK(instrument->lot == units(75));
    CHECK(instrument->tick == Price::from_paise(5));
    CHECK(instrument->freeze == units(1800));
    CHECK(instrument->expires_at == at(*expiry, 15, 30));
    const auto rates = rules().charge_rates(Exchange::NSE, ContractKind::Put, date);
    REQUIRE(rates);
    CHECK(rates->brokerage_per_order == Money::from_rupees(20));
    CHECK(rates->stt_sell == 1'000'000);
    CHECK(rates->stt_exercise == 1'250'000);
    CHECK(rates->exchange == 355'300);
    CHECK(rates->sebi == 1'000);
    CHECK(rates->stamp_buy == 30'000);
    CHECK(rates->gst == 180'000'000);
    CHECK(rules().margin_rates(Exchange::NSE, date).scan == 93'000);
    CHECK(rules().margin_rates(Exchange::NSE, date).expiry_day == 20'000);
}

TEST_CASE("the stale recording of 2025-08-27 is a holiday with a name") {
    const auto day = rules().day(Exchange::NSE, date_of(2025, 8, 27));
    CHECK_FALSE(day.is_open);
    CHECK(day.holiday == "Ganesh Chaturthi");
    CHECK(rules().day(Exchange::BSE, date_of(2025, 8, 27)).holiday == "Ganesh Chaturthi");
    CHECK(rules().day(Exchange::MCX, date_of(2025, 8, 27)).open == at(date_of(2025, 8, 27), 17, 0));
    CHECK(rules().next_trading_day(Exchange::NSE, date_of(2025, 8, 26)) == date_of(2025, 8, 28));
}

TEST_CASE("from 2026-08-03 options trade to 15:40 and the index to 15:15") {
    const auto before = date_of(2026, 7, 31);
    CHECK(rules().day(Exchange::NSE, before).close == at(before, 15, 30));
    for (const auto exchange : {Exchange::NSE, Exchange::BSE}) {
        const auto date = date_of(2026, 8, 3);
        CHECK(rules().day(exchange, date).close == at(date, 15, 40));
        CHECK(rules().day(exchange, date).spot_close == at(date, 15, 15));
    }
}

TEST_CASE("MCX closes by daylight saving in New York") {
    const auto summer = date_of(2026, 10, 30);
    const auto winter = date_of(2026, 11, 2);
    CHECK(rules().day(Exchange::MCX, summer).close == at(summer, 23, 30));
    CHECK(rules().day(Exchange::MCX, winter).close == at(winter, 23, 55));
    // Saving lasts from the second Sunday of March to the first Sunday of November.
    const auto sunday = [](int year, int month, int n) {
        Date date = date_of(year, month, 1);
        while (sauda::base::weekday_of(date) != 0) {
            date = Date{date.days + 1};
        }
        return Date{date.days + 7 * (n - 1)};
    };
    for (int year = 2024; year <= 2031; ++year) {
        for (Date d = date_of(year, 1, 1); d < date_of(year + 1, 1, 1); d = Date{d.days + 1}) {
            const auto day = rules().day(Exchange::MCX, d);
            if (!day.is_open || day.close < at(d, 20, 0)) {
                continue;  // closed, a morning only, or a muhurat hour
            }
            const bool is_saving = d >= sunday(year, 3, 2) && d < sunday(year, 11, 1);
            INFO(to_text(d));
            CHECK(day.close == at(d, 23, is_saving ? 30 : 55));
        }
    }
    CHECK(rules().day(Exchange::MCX, date_of(2023, 12, 29)).holiday ==
          "no session rule for this date");
}

TEST_CASE("the phases of a day are those of its date and market") {
    const auto phase = [](Segment segment, Date date, int64_t hour, int64_t minute) {
        return rules().phase_at(Exchange::NSE, segment, at(date, hour, minute));
    };
    const auto before = date_of(2025, 12, 5);
    const auto with_pre_open = date_of(2025, 12, 8);
    const auto with_auction = date_of(2026, 8, 3);
    CHECK(phase(Segment::Future, before, 9, 1) == SessionPhase::Closed);
    CHECK(phase(Segment::Future, with_pre_open, 9, 1) == SessionPhase::PreOpenEntry);
    CHECK(phase(Segment::Future, with_pre_open, 9, 8) == SessionPhase::PreOpenMatching);
    CHECK(phase(Segment::Future, with_pre_open, 9, 14) == SessionPhase::PreOpenBuffer);
    CHECK(phase(Segment::Option, with_pre_open, 9, 1) == SessionPhase::Closed);
    CHECK(phase(Segment::Option, with_pre_open, 9, 15) == SessionPhase::Continuous);
    CHECK(phase(Segment::Option, with_pre_open, 15, 30) == SessionPhase::TradeModification);
    CHECK(phase(Segment::Option, with_auction, 15, 39) == SessionPhase::Continuous);
    CHECK(phase(Segment::Option, with_auction, 15, 40) == SessionPhase::TradeModification);
    CHECK(phase(Segment::Option, with_auction, 16, 15) == SessionPhase::Closed);
    CHECK(phase(Segment::Cash, with_pre_open, 15, 20) == SessionPhase::Continuous);
    CHECK(phase(Segment::Cash, with_auction, 15, 14) == SessionPhase::Continuous);
    CHECK(phase(Segment::Cash, with_auction, 15, 15) == SessionPhase::ClosingReference);
    CHECK(phase(Segment::Cash, with_auction, 15, 20) == SessionPhase::ClosingEntry);
    CHECK(phase(Segment::Cash, with_auction, 15, 25) == SessionPhase::ClosingLimitEntry);
    CHECK(phase(Segment::Cash, with_auction, 15, 30) == SessionPhase::ClosingMatching);
    CHECK(phase(Segment::Cash, with_auction, 15, 35) == SessionPhase::Closed);
    CHECK(phase(Segment::Cash, with_auction, 15, 50) == SessionPhase::PostClose);
    // Closed days have none, a muhurat hour has only itself, a Saturday of usual hours has all.
    CHECK(rules().phases(Exchange::NSE, Segment::Cash, date_of(2025, 8, 27)).empty());
    CHECK(rules().phases(Exchange::NSE, Segment::Cash, date_of(2025, 10, 21)).size() == 1);
    CHECK(rules().phases(Exchange::NSE, Segment::Cash, date_of(2026, 2, 1)).size() == 5);
    CHECK(rules().phases(Exchange::MCX, Segment::Option, date_of(2026, 2, 2)).size() == 1);
}

TEST_CASE("settlement prices come from the last half hour, since August 2026 from the auction") {
    const auto rule = [](ContractKind kind, SettlementPurpose purpose, Date date,
                         Exchange exchange = Exchange::NSE) {
        return *rules().settlement_rule(exchange, kind, purpose, date);
    };
    const auto last_old = date_of(2026, 7, 31);
    const auto first_new = date_of(2026, 8, 3);
    const auto old = rule(ContractKind::Put, SettlementPurpose::Final, last_old);
    CHECK(old.method == SettlementMethod::IndexAverage);
    CHECK(old.window_start == minutes(15 * 60));
    CHECK(old.window_end == minutes(15 * 60 + 30));
    CHECK(rule(ContractKind::Call, SettlementPurpose::Final, first_new).method ==
          SettlementMethod::IndexAuction);
    CHECK(rule(ContractKind::Future, SettlementPurpose::Daily, first_new).window_start ==
          minutes(15 * 60 + 10));
    CHECK(rule(ContractKind::Call, SettlementPurpose::Final, last_old, Exchange::MCX).method ==
          SettlementMethod::IntoFuture);
    CHECK(rules().option_settlement(Underlying::NIFTY) == OptionSettlement::Cash);
    CHECK(rules().option_settlement(Underlying::CRUDEOIL) == OptionSettlement::Future);
    CHECK(rules().option_settlement(Underlying::INDIAVIX) == OptionSettlement::None);
}

TEST_CASE("brokers close intraday positions at a time, or so long before the close") {
    const auto date = date_of(2026, 10, 30);
    const auto at_broker = [&](const char* broker, Exchange exchange) {
        return rules().broker_square_off(broker, exchange, Product::Intraday, date);
    };
    CHECK(at_broker("zerodha", Exchange::NSE) == at(date, 15, 25));
    CHECK(at_broker("zerodha", Exchange::MCX) == at(date, 23, 5));
    CHECK(at_broker("openalgo", Exchange::MCX) == at(date, 23, 30));
    CHECK_FALSE(at_broker("nobody", Exchange::NSE));
    CHECK_FALSE(rules().broker_square_off("zerodha", Exchange::NSE, Product::Carryforward, date));
    CHECK_FALSE(rules().broker_square_off("zerodha", Exchange::NSE, Product::Intraday,
                                          date_of(2025, 8, 27)));
}

TEST_CASE("margin parameters are the underlying's own, else the exchange's") {
    const auto of = [](Exchange exchange, Underlying underlying, Date date) {
        return *rules().margin_parameters(exchange, underlying, date);
    };
    // The clearing house's files: 1836.80 of 14018.50 and 2290.13 of 24625.05.
    CHECK(of(Exchange::NSE, Underlying::NIFTY, date_of(2021, 1, 4)).price_scan == 131'000);
    CHECK(of(Exchange::NSE, Underlying::NIFTY, date_of(2021, 1, 4)).volatility_scan == 70'000);
    const auto p = of(Exchange::NSE, Underlying::NIFTY, date_of(2025, 9, 2));
    CHECK(p.price_scan == 93'000);
    CHECK(p.volatility_scan == 40'000);
    CHECK(p.exposure == 20'000);
    CHECK(p.expiry_day_extra == 20'000);
    CHECK(p.calendar_charge == 17'500);
    CHECK_FALSE(p.calendar_on_expiry);
    CHECK(of(Exchange::BSE, Underlying::SENSEX, date_of(2024, 11, 19)).expiry_day_extra == 0);
    CHECK(of(Exchange::BSE, Underlying::SENSEX, date_of(2024, 11, 20)).expiry_day_extra == 20'000);
    CHECK(of(Exchange::NSE, Underlying::BANKNIFTY, date_of(2025, 2, 9)).calendar_on_expiry);
    CHECK(of(Exchange::MCX, Underlying::CRUDEOIL, date_of(2025, 2, 9)).price_scan == 350'000);
}

TEST_CASE("NSE traded on 104 days of January to May 2024, three of them Saturdays") {
    // 22, 21, 19, 20 and 22 by month.
    int open_days = 0;
    for (Date d = date_of(2024, 1, 1); d <= date_of(2024, 5, 31); d = Date{d.days + 1}) {
        open_days += rules().day(Exchange::NSE, d).is_open ? 1 : 0;
    }
    CHECK(open_days == 104);
    CHECK(rules().day(Exchange::NSE, date_of(2024, 1, 20)).is_open);
    CHECK(rules().day(Exchange::NSE, date_of(2026, 2, 1)).is_open);
    CHECK_FALSE(rules().day(Exchange::NSE, date_of(2026, 1, 15)).is_open);
}

TEST_CASE("STT follows the Finance Acts") {
    const auto stt = [](Date date) {
        return rules().charge_rates(Exchange::NSE, ContractKind::Call, date)->stt_sell;
    };
    CHECK(stt(date_of(2023, 3, 31)) == 500'000);
    CHECK(stt(date_of(2023, 4, 1)) == 625'000);
    CHECK(stt(date_of(2024, 10, 1)) == 1'000'000);
    CHECK(stt(date_of(2026, 3, 31)) == 1'000'000);
    CHECK(stt(date_of(2026, 4, 1)) == 1'500'000);
    CHECK_FALSE(rules().charge_rates(Exchange::NSE, ContractKind::Spot, date_of(2026, 4, 1)));
}

TEST_CASE("lots of the other indices match the exchange's files") {
    CHECK(lot(Underlying::BANKNIFTY, date_of(2025, 1, 30)) == units(15));
    CHECK(lot(Underlying::BANKNIFTY, date_of(2025, 2, 27)) == units(30));
    CHECK(lot(Underlying::BANKNIFTY, date_of(2025, 7, 31)) == units(35));
    CHECK(lot(Underlying::BANKNIFTY, date_of(2026, 1, 27)) == units(30));
    CHECK(lot(Underlying::FINNIFTY, date_of(2025, 1, 30)) == units(25));
    CHECK(lot(Underlying::FINNIFTY, date_of(2026, 1, 27)) == units(60));
    CHECK(lot(Underlying::MIDCPNIFTY, date_of(2025, 2, 27)) == units(120));
    CHECK(lot(Underlying::NIFTYNXT50, date_of(2025, 2, 27)) == units(25));
}

TEST_CASE("freeze quantities change month by month") {
    const auto freeze = [](Date date) {
        return rules().instrument(call(Underlying::BANKNIFTY, date_of(2026, 12, 29)), date)->freeze;
    };
    CHECK(freeze(date_of(2025, 8, 29)) == units(600));
    CHECK(freeze(date_of(2025, 9, 1)) == units(900));
    CHECK(freeze(date_of(2025, 11, 3)) == units(600));
    CHECK(freeze(date_of(2026, 6, 30)) == units(900));
    CHECK(freeze(date_of(2026, 7, 1)) == units(600));
}

TEST_CASE("expiries of the other indices follow their own weekdays") {
    const auto next = [](Underlying underlying, Date from) {
        return rules().next_expiry(underlying, from);
    };
    CHECK(next(Underlying::BANKNIFTY, date_of(2024, 11, 7)) == date_of(2024, 11, 13));
    CHECK(next(Underlying::BANKNIFTY, date_of(2024, 11, 14)) == date_of(2024, 11, 27));
    CHECK(next(Underlying::BANKNIFTY, date_of(2024, 12, 1)) == date_of(2024, 12, 24));
    CHECK(next(Underlying::BANKNIFTY, date_of(2025, 1, 3)) == date_of(2025, 1, 30));
    CHECK(next(Underlying::BANKNIFTY, date_of(2026, 3, 1)) == date_of(2026, 3, 30));
    CHECK(next(Underlying::BANKNIFTY, date_of(2023, 9, 21)) == date_of(2023, 9, 28));
    CHECK(next(Underlying::NIFTYNXT50, date_of(2024, 12, 30)) == date_of(2025, 1, 30));
    CHECK(next(Underlying::SENSEX, date_of(2025, 8, 27)) == date_of(2025, 9, 4));
    CHECK(next(Underlying::SENSEX, date_of(2026, 1, 9)) == date_of(2026, 1, 14));
    CHECK(next(Underlying::NIFTY, date_of(2026, 11, 18)) == date_of(2026, 11, 23));
    CHECK_FALSE(next(Underlying::CRUDEOIL, date_of(2026, 1, 9)));
}

TEST_CASE("every underlying with options has a lot, a tick, a freeze, charges and a collar") {
    const auto date = date_of(2026, 1, 20);
    const auto expiry = date_of(2026, 1, 27);
    for (uint16_t n = 1; n < static_cast<uint16_t>(Underlying::INDIAVIX); ++n) {
        const auto underlying = static_cast<Underlying>(n);
        const auto exchange = underlying == Underlying::SENSEX || underlying == Underlying::BANKEX
                                  ? Exchange::BSE
                              : underlying >= Underlying::CRUDEOIL ? Exchange::MCX
                                                                   : Exchange::NSE;
        INFO(to_text(underlying));
        const auto id = call(underlying, expiry, exchange);
        const auto instrument = rules().instrument(id, date);
        REQUIRE(instrument);
        CHECK(instrument->freeze >= instrument->lot);
        CHECK(rules().charge_rates(exchange, ContractKind::Call, date));
        CHECK(rules().margin_rates(exchange, date).scan > 0);
        const auto [low, high] =
            rules().collar(id, Price::from_rupees(100), instrument->tick, date);
        CHECK(low == Price::from_rupees(60));
        CHECK(high == Price::from_rupees(140));
    }
}

TEST_CASE("the documentation says how many rows of each file are not verified") {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(source_dir() + "/deploy/market")) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::string table = "| file | rows | of them not verified (U) |\n|---|--:|--:|\n";
    for (const auto& file : files) {
        std::ifstream in(file);
        int rows = -1;  // the line that names the columns
        int unverified = 0;
        for (std::string line; std::getline(in, line);) {
            if (!line.empty() && line.front() != '#') {
                ++rows;
                unverified += line.find("(U)") != std::string::npos ? 1 : 0;
            }
        }
        table += "| " + file.filename().string() + " | " + std::to_string(rows) + " | " +
                 std::to_string(unverified) + " |\n";
    }
    CHECK(sauda::test::documented_table("docs/accuracy/rules.md", "verified", table) == "");
}
