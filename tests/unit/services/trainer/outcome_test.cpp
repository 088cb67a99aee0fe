#include "services/trainer/core/scorecard.h"
#include "services/trainer/core/trade_outcome.h"

#include <catch2/catch.hpp>

namespace sauda::trainer {

namespace {

using namespace domain;

const Timestamp kStart = base::ist(base::date_of(2026, 11, 18), base::minutes(600));
const Price kStrike = Price::from_rupees(24'500);

Price rupees(double x) { return Price::from_raw(static_cast<int64_t>(x * 10'000.0 + 0.5)); }

// Minute by minute: the call's bid; its ask is half a rupee above. The put stands at 100.
std::vector<Moment> calls(const std::vector<double>& bids) {
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < bids.size(); ++i) {
        StrikeSides sides{rupees(bids[i]), rupees(bids[i] + 0.5), rupees(100.0), rupees(100.5)};
        moments.push_back({kStart + base::minutes(static_cast<int64_t>(i)), {{kStrike, sides}}});
    }
    return moments;
}

LotTerms terms() {
    LotTerms terms;
    terms.lot = base::units(75);
    terms.rates.brokerage_per_order = Money::from_rupees(20);
    terms.rates.stt_sell = 1'000'000;
    terms.rates.exchange = 355'300;
    terms.rates.gst = 180'000'000;
    return terms;
}

Barriers barriers() {
    Barriers b;
    b.flat_at = kStart + base::minutes(300);
    return b;
}

std::optional<Outcome> buy_call(const std::vector<Moment>& moments) {
    return outcome_of(TradeKind::BuyCall, moments, 0, kStrike, terms(), barriers());
}

Money charges(double bought, double sold) {
    const auto rates = terms().rates;
    return charges_of(rates, Side::Buy, rupees(bought) * base::units(75), true).total() +
           charges_of(rates, Side::Sell, rupees(sold) * base::units(75), true).total();
}

}  // namespace

TEST_CASE("a bought call pays the ask, gets the bid, and both sides' charges") {
    // In at 100.50; 30 % more is 130.65: the fourth minute shows 133.
    const auto target = buy_call(calls({100, 110, 129, 133, 60}));
    REQUIRE(target);
    REQUIRE(target->exit == kStart + base::minutes(3));
    REQUIRE(target->net == rupees(32.5) * base::units(75) - charges(100.5, 133));
    // 20 % less is 80.40: filled where it was seen, not where the barrier stood.
    const auto stop = buy_call(calls({100, 90, 71, 150}));
    REQUIRE(stop->exit == kStart + base::minutes(2));
    REQUIRE(stop->net == -(rupees(29.5) * base::units(75)) - charges(100.5, 71));
}

TEST_CASE("time ends a trade, and so does the end of the day") {
    const auto time = buy_call(calls(std::vector<double>(60, 101.0)));
    REQUIRE(time->exit == kStart + base::minutes(30));
    auto early = barriers();
    early.flat_at = kStart + base::minutes(10);
    const auto flat = outcome_of(TradeKind::BuyCall, calls(std::vector<double>(60, 101.0)), 0,
                                 kStrike, terms(), early);
    REQUIRE(flat->exit == kStart + base::minutes(10));
    const auto last = buy_call(calls({100, 101, 102}));
    REQUIRE(last->exit == kStart + base::minutes(2));
}

TEST_CASE("a sold straddle gets the bids and pays the asks") {
    // In at 100 + 100; 30 % of it is 60: out when both cost 140 or less.
    auto moments = calls({100, 60, 39});
    const auto sold = outcome_of(TradeKind::SellStraddle, moments, 0, kStrike, terms(), barriers());
    REQUIRE(sold->exit == kStart + base::minutes(2));
    const auto rates = terms().rates;
    Money paid;
    for (const double at : {100.0, 100.0}) {
        paid += charges_of(rates, Side::Sell, rupees(at) * base::units(75), true).total();
    }
    for (const double at : {39.5, 100.5}) {
        paid += charges_of(rates, Side::Buy, rupees(at) * base::units(75), true).total();
    }
    REQUIRE(sold->net == rupees(60.0) * base::units(75) - paid);
    const auto stopped = outcome_of(TradeKind::SellStraddle, calls({100, 120, 141}), 0, kStrike,
                                    terms(), barriers());
    REQUIRE(stopped->exit == kStart + base::minutes(2));
    REQUIRE(stopped->net.is_negative());
}

TEST_CASE("without a side there is no entry, and an exit waits for one") {
    auto moments = calls({100, 60, 55});
    moments[0].strikes[kStrike].call_ask = {};
    REQUIRE_FALSE(buy_call(moments));
    REQUIRE_FALSE(dealable_strike(moments[0], kStrike));
    moments = calls({100, 60, 55});
    moments[1].strikes[kStrike].call_bid = {};
    REQUIRE(buy_call(moments)->exit == kStart + base::minutes(2));
    REQUIRE_FALSE(buy_call(calls({100})));
}

TEST_CASE("the strike is the nearest that can be dealt") {
    auto moment = calls({100}).front();
    moment.strikes[Price::from_rupees(24'550)] = moment.strikes[kStrike];
    REQUIRE(dealable_strike(moment, Price::from_rupees(24'540)) == Price::from_rupees(24'550));
    moment.strikes[Price::from_rupees(24'550)].put_bid = {};
    REQUIRE(dealable_strike(moment, Price::from_rupees(24'540)) == kStrike);
}

TEST_CASE("one trade at a time: what begins before the last one ended is left out") {
    std::vector<ScoredRow> rows;
    for (int i = 0; i < 60; ++i) {
        ScoredRow row;
        row.at = kStart + base::minutes(i);
        const Outcome outcome{Money::from_rupees(i), row.at + base::minutes(10)};
        row.call = row.put = row.straddle = outcome;
        row.yesterday = 1;
        row.rule_score = i < 30 ? 0 : -5;
        rows.push_back(row);
    }
    const auto card = score(rows, 1);
    REQUIRE(card.model.trades == 0);  // nothing is expected to pay
    const auto& always = card.baselines[1];
    REQUIRE(always.name == "always sell");
    REQUIRE(always.trades == 6);
    REQUIRE(always.net == Money::from_rupees(0 + 10 + 20 + 30 + 40 + 50));
    REQUIRE(always.won == 5);
    REQUIRE(card.baselines[2].trades == 3);  // the rules had no opinion before 30
    REQUIRE(card.t_needed == Approx(1.6449).margin(1e-3));
}

}  // namespace sauda::trainer
