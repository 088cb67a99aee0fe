#include "tests/unit/services/feed/feed_fixture.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::feed::test;
using domain::Price;
using domain::Timestamp;
using Calendar = std::vector<std::pair<SessionKind, Timestamp>>;

namespace {

ContractId call() { return option(ContractKind::Call, 24'500); }
ContractId put() { return option(ContractKind::Put, 24'500); }

Message pair_at(Timestamp known, Timestamp stamp, domain::Date expiry = kTuesday) {
    return batch({quote(option(ContractKind::Call, 24'500, expiry), 10'000, 10'010, stamp),
                  quote(option(ContractKind::Put, 24'500, expiry), 9'000, 9'010, stamp)},
                 known);
}

}  // namespace

TEST_CASE("a recording that starts late and ends before the close still has its whole calendar") {
    auto runner = make_runner();
    runner.input(start(at(9, 24, 15)));
    runner.input(pair_at(at(9, 24, 16), at(9, 22, 45)));
    runner.input(pair_at(at(15, 28, 56), at(15, 27, 27)));
    runner.input(feed::source_end(Underlying::NIFTY, at(15, 28, 56), 2));
    runner.run_out();
    auto found = calendar(runner);
    std::erase_if(found, [](const auto& entry) {
        return entry.first == SessionKind::StaleBegin || entry.first == SessionKind::StaleEnd;
    });
    CHECK(found == Calendar{{SessionKind::DayStart, at(9, 24, 15)},
                            {SessionKind::Open, at(9, 24, 15)},
                            {SessionKind::Close, at(15, 30)},
                            {SessionKind::DayEnd, at(15, 45)},
                            {SessionKind::RunEnd, at(15, 45)}});
    CHECK(runner.all<domain::SourceInfo>().at(0).stale_limit == base::seconds(195));
    CHECK(sessions(runner, SessionKind::DayStart).at(0).close_at == at(15, 30));
    runner.check_recovery();
}

TEST_CASE("a source that begins before the open opens at the open") {
    auto runner = make_runner();
    runner.input(start(at(9, 0)));
    runner.advance_to(at(9, 15));
    CHECK(calendar(runner) ==
          Calendar{{SessionKind::DayStart, at(9, 0)}, {SessionKind::Open, at(9, 15)}});
}

TEST_CASE("the run ends at once when the source ends after its day") {
    auto runner = make_runner();
    runner.input(start(at(9, 0)));
    runner.advance_to(at(16, 0));
    CHECK(sessions(runner, SessionKind::RunEnd).empty());
    runner.input(feed::source_end(Underlying::Unspecified, at(16, 1), 2));
    CHECK(sessions(runner, SessionKind::RunEnd).size() == 1);
    CHECK(runner.core().next_deadline() == Timestamp::max());
}

TEST_CASE("a holiday has neither open nor bars nor staleness, whatever the source sends") {
    const auto holiday = base::date_of(2025, 8, 27);
    auto runner = make_runner();
    runner.input(start(at(9, 30, 0, holiday), base::seconds(60), holiday));
    for (int i = 1; i <= 7; ++i) {
        runner.input(pair_at(at(9, 30 + 5 * i, 0, holiday), at(15, 30, 0, holiday)));
    }
    runner.input(feed::source_end(Underlying::NIFTY, at(11, 0, 0, holiday), 2));
    runner.run_out();
    CHECK(calendar(runner) == Calendar{{SessionKind::Holiday, at(9, 30, 0, holiday)},
                                       {SessionKind::RunEnd, at(11, 0, 0, holiday)}});
    CHECK(sessions(runner, SessionKind::Holiday).at(0).detail == "Ganesh Chaturthi");
    CHECK(runner.all<domain::BarBatch>().empty());
    runner.check_recovery();
}

TEST_CASE("one long gap is exactly one stale period, ended by the next fresh quote") {
    auto runner = make_runner();
    runner.input(start(at(9, 24, 15)));
    for (int s = 0; s <= 52 * 60; s += 60) {
        runner.input(pair_at(at(9, 24, 16 + s), at(9, 23, s)));
    }
    runner.input(pair_at(at(10, 35, 8), at(10, 34, 0)));
    const auto begins = sessions(runner, SessionKind::StaleBegin);
    const auto ends = sessions(runner, SessionKind::StaleEnd);
    REQUIRE(begins.size() == 1);
    REQUIRE(ends.size() == 1);
    CHECK(begins[0].underlying == Underlying::NIFTY);
    CHECK(begins[0].duration == base::seconds(195));
    CHECK(ends[0].duration == base::seconds(1132));
    const auto alerts = runner.all<domain::Alert>();
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].reason.code == domain::ReasonCode::FeedSilent);
    CHECK(alerts[1].reason.code == domain::ReasonCode::FeedResumed);
    runner.check_recovery();
}

TEST_CASE("a repeated stamp is not stale by itself, and repeating it for ever is") {
    auto runner = make_runner();
    runner.input(start(at(9, 24, 15)));
    runner.input(pair_at(at(9, 24, 16), at(9, 23)));
    runner.input(pair_at(at(9, 25, 21), at(9, 23)));  // the same stamp again
    runner.input(pair_at(at(9, 26, 26), at(9, 25)));
    CHECK(sessions(runner, SessionKind::StaleBegin).empty());
    for (int i = 1; i <= 10; ++i) {
        runner.input(pair_at(at(9, 26, 26 + 65 * i), at(9, 25)));
    }
    REQUIRE(sessions(runner, SessionKind::StaleBegin).size() == 1);
    CHECK(sessions(runner, SessionKind::StaleEnd).empty());
}

TEST_CASE("a feed that never speaks after the open is stale, and the close ends it") {
    auto runner = make_runner();
    runner.input(start(at(9, 0), base::milliseconds(500)));
    runner.run_out();
    const auto found = calendar(runner);
    CHECK(found == Calendar{{SessionKind::DayStart, at(9, 0)},
                            {SessionKind::Open, at(9, 15)},
                            {SessionKind::StaleBegin, at(9, 15, 3)},
                            {SessionKind::StaleEnd, at(15, 30)},
                            {SessionKind::Close, at(15, 30)},
                            {SessionKind::DayEnd, at(15, 45)}});
    CHECK(sessions(runner, SessionKind::StaleEnd).at(0).duration == base::minutes(375));
}

TEST_CASE("contracts that expire today are settled at the close, at the spot if it is quoted") {
    for (const bool has_spot : {false, true}) {
        auto runner = make_runner();
        runner.input(start(at(9, 0, 0, kTuesday), base::seconds(65), kTuesday));
        Quote spot;
        spot.contract = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
        spot.last = Price::from_paise(2'451'235);
        spot.event_time = at(15, 29, 0, kTuesday);
        runner.input(pair_at(at(15, 29, 30, kTuesday), at(15, 29, 0, kTuesday)));
        if (has_spot) {
            runner.input(batch({spot}, at(15, 29, 31, kTuesday)));
        }
        runner.run_out();
        const auto settlements = sessions(runner, SessionKind::Settlement);
        REQUIRE(settlements.size() == 1);
        CHECK(settlements[0].expiry == kTuesday);
        CHECK(settlements[0].price ==
              (has_spot ? Price::from_paise(2'451'235) : Price::from_rupees(24'510)));
    }
}

TEST_CASE("instruments are published once a day, with the quotes that first show them") {
    auto runner = make_runner();
    runner.input(start(at(9, 0)));
    const Timestamp known = at(9, 20);
    runner.input(batch({quote(call(), 100, 110, known), quote(call(), 100, 115, known),
                        quote(put(), 100, 110, known)},
                       known));
    runner.input(pair_at(at(9, 21), at(9, 21)));
    const auto first = runner.all<domain::InstrumentBatch>();
    REQUIRE(first.size() == 1);
    REQUIRE(first[0].instruments.size() == 2);
    CHECK(first[0].date == kFriday);
    CHECK(first[0].instruments[0].lot == base::units(75));
    runner.input(feed::source_end(Underlying::NIFTY, at(15, 0), 2));
    runner.run_out();
    const auto monday = base::date_of(2025, 9, 1);
    runner.input(start(at(9, 0, 0, monday), base::seconds(65), monday));
    runner.input(pair_at(at(9, 21, 0, monday), at(9, 21, 0, monday)));
    CHECK(runner.all<domain::InstrumentBatch>().size() == 2);
    runner.check_recovery();
}

TEST_CASE("a contract without a known lot is alerted once and left out") {
    auto bare = std::make_shared<domain::MarketRules>(*rules());
    bare->lots.clear();
    auto runner = make_runner(bare);
    runner.input(start(at(9, 19)));
    for (int i = 0; i < 3; ++i) {
        runner.input(batch({quote(call(), 100, 110, at(9, 20, i))}, at(9, 20, i)));
    }
    CHECK(runner.all<domain::InstrumentBatch>().empty());
    const auto alerts = runner.all<domain::Alert>();
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].reason.code == domain::ReasonCode::ContractUnknown);
    CHECK(alerts[0].subject == "NSE:NIFTY:2025-09-02:24500:CE");
}

TEST_CASE("another lot of a contract that is open is alerted once an expiry") {
    auto changing = std::make_shared<domain::MarketRules>(*rules());
    auto runner = make_runner(changing);
    runner.input(start(at(9, 0)));
    runner.input(pair_at(at(9, 21), at(9, 21)));
    runner.input(feed::source_end(Underlying::NIFTY, at(15, 0), 2));
    runner.run_out();
    CHECK(std::none_of(runner.events().begin(), runner.events().end(), [](const auto& event) {
        const auto* alert = std::get_if<domain::Alert>(&event.payload);
        return alert != nullptr && alert->reason.code == domain::ReasonCode::LotChanged;
    }));

    changing->lots[0].lot = base::units(65);  // somebody corrects the wrong row over the week-end
    const auto monday = base::date_of(2025, 9, 1);
    runner.input(start(at(9, 0, 0, monday), base::seconds(65), monday));
    runner.input(pair_at(at(9, 21, 0, monday), at(9, 21, 0, monday)));
    auto alerts = runner.all<domain::Alert>();
    std::erase_if(alerts, [](const auto& alert) {
        return alert.reason.code != domain::ReasonCode::LotChanged;
    });
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].severity == domain::Severity::Critical);
    CHECK(alerts[0].reason.numbers.at(1).value == 75);
    CHECK(alerts[0].reason.numbers.at(2).value == 65);
    runner.check_recovery();
}
