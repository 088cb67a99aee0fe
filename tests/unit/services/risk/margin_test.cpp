#include "services/risk/core/margin_use.h"
#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;
namespace margin = sauda::margin;

namespace {

std::shared_ptr<const MarketRules> rules_with(int64_t volatility) {
    auto rules = std::make_shared<MarketRules>(*test_rules());
    rules->margin_parameter_rows.front().parameters.volatility = volatility;
    return rules;
}

struct Scene {
    explicit Scene(int64_t volatility = 158'900)
        : rules(rules_with(volatility)), market(Price::from_rupees(1), 50'000) {}

    void quote(ContractId contract, double bid, double ask, double last = 0) {
        Quote quote;
        quote.contract = contract;
        quote.bid = rupees(bid);
        quote.ask = rupees(ask);
        quote.last = rupees(last);
        Message message;
        message.stream = market_data_stream(Underlying::NIFTY);
        message.payload = QuoteBatch{Underlying::NIFTY, {quote}};
        market.observe(message, {1});
    }
    // The chain of the real session of 2025-08-29, late morning, in round figures.
    void quote_session() {
        quote(spot(), 0, 0, 24'480);
        quote(call(24'450), 128.50, 128.90);
        quote(put(24'450), 88.10, 88.40);
        quote(call(24'500), 100.20, 100.60);
        quote(put(24'500), 109.70, 110.10);
        quote(call(24'800), 14.90, 15.10);
        quote(put(24'200), 27.90, 28.20);
    }
    MarginFigure of(const std::vector<margin::MarginLeg>& legs, Date today = kFriday) const {
        return sauda::risk::margin_of({state, market, *rules, today}, legs, {});
    }
    MarginFigure straddle(int64_t lot = 75, Date today = kFriday) const {
        return of({{call(24'500), units(-lot), rupees(100.40)},
                   {put(24'500), units(-lot), rupees(109.90)}},
                  today);
    }

    std::shared_ptr<const MarketRules> rules;
    Market market;
    State state;
};

bool is_between(MarginFigure figure, int64_t low, int64_t high) {
    CAPTURE(figure.money.rupees());
    CHECK(figure.money > money(low));
    CHECK(figure.money < money(high));
    return !figure.is_estimate;
}

}  // namespace

TEST_CASE("the real session's straddle needs about 2.3 lakh, 3.1 on expiry day") {
    // By the exchange's own volatility, and by what the chain implies where that is not known.
    for (const int64_t volatility : {158'900, 0}) {
        CAPTURE(volatility);
        Scene scene(volatility);
        scene.quote_session();
        CHECK(is_between(scene.straddle(), 218'000, 235'000));
        CHECK(is_between(scene.straddle(65), 188'000, 204'000));
        CHECK(is_between(scene.straddle(75, kExpiry), 300'000, 315'000));
        CHECK(is_between(scene.straddle(65, kExpiry), 260'000, 273'000));
    }
}

TEST_CASE("where no volatility is known the flat rule stands in, and says so") {
    Scene scene(0);
    scene.quote(spot(), 0, 0, 24'500);
    scene.quote(call(24'500), 100.20, 100.60);  // one side of the strike tells nothing
    const auto flat = scene.straddle();
    CHECK(flat.is_estimate);
    CHECK(flat.money == Money::from_paise(24'438'750));  // 9.3 % and 2 x 2 % of 24,500 x 75
    scene.quote(put(24'500), 109.70, 110.10);
    CHECK_FALSE(scene.straddle().is_estimate);
    CHECK(scene.straddle().money < flat.money);
}

TEST_CASE("an estimate is marked in the checks that rest on it, and only there") {
    for (const int64_t volatility : {158'900, 0}) {
        auto rules = rules_with(volatility);
        RiskCore core(default_config(), rules);
        sauda::test::CoreHarness<RiskCore> harness(
            [&] { return std::make_unique<RiskCore>(default_config(), rules); });
        const Timestamp now = sauda::base::ist(kFriday, minutes(10 * 60));
        InstrumentBatch batch{kFriday, {}};
        batch.instruments.push_back({call(24'500), units(75), rupees(0.05), units(1'800),
                                     units(9'000), 1,
                                     sauda::base::ist(kExpiry, minutes(15 * 60 + 30))});
        harness.input(StreamId::FeedInstrument, batch, now);
        Quote quote;
        quote.contract = call(24'500);
        quote.bid = rupees(100.20);
        quote.ask = rupees(100.60);
        harness.input(market_data_stream(Underlying::NIFTY), QuoteBatch{Underlying::NIFTY, {quote}},
                      now);
        Intent asked;
        asked.id = 1;
        asked.account = "standard";
        asked.purpose = Purpose::Open;
        asked.forward = rupees(24'500);
        asked.legs = {{call(24'500), Side::Sell, units(75), rupees(100.20), false, {}, {}}};
        harness.input(StreamId::StrategyIntent, asked, now);
        const auto decisions = sauda::test::payloads_of<Decision>(harness.take());
        REQUIRE(decisions.size() == 1);
        for (const auto code :
             {ReasonCode::PositionCap, ReasonCode::MarginTotal, ReasonCode::CapitalAvailable}) {
            CHECK(check_of(decisions[0], code).estimated == (volatility == 0));
        }
        harness.check_recovery();
    }
}

TEST_CASE("without a spot the forward by parity stands for the underlying") {
    Scene scene;
    scene.quote_session();
    const auto by_spot = scene.straddle();
    Scene bare;
    bare.quote(call(24'500), 100.20, 100.60);
    bare.quote(put(24'500), 109.70, 110.10);
    CHECK(commodity_price(bare.market, {Exchange::NSE, Underlying::NIFTY}, kFriday) ==
          rupees(24'490.50));
    CHECK((bare.straddle().money - by_spot.money).abs() < money(2'000));
}

TEST_CASE("the volatility is of an expiry a week or more away, else of the last one quoted") {
    const Date later = sauda::base::date_of(2025, 9, 9);
    Scene scene(0);
    scene.quote_session();
    const margin::Commodity nifty{Exchange::NSE, Underlying::NIFTY};
    const auto volatility = [&] {
        return commodity_volatility(scene.market, nifty, kFriday, rupees(24'480), 60'800);
    };
    const int64_t near = volatility();
    CHECK(near > 80'000);
    CHECK(near < 120'000);
    scene.quote(call(24'500, later), 270.00, 271.00);
    scene.quote(put(24'500, later), 250.00, 251.00);
    CHECK(volatility() > 140'000);
    // A strike without both marks is passed over for the next one.
    scene.quote(call(24'450, later), 300.00, 301.00);
    CHECK(volatility() > 140'000);
    CHECK(commodity_volatility(scene.market, {Exchange::NSE, Underlying::BANKNIFTY}, kFriday,
                               rupees(54'000), 60'800) == 0);
}

TEST_CASE("a hedged group is approved for far less than its legs alone") {
    RiskBench bench;
    const auto ask = [&](bool with_hedges) {
        std::vector<Leg> legs{bench.leg(call(24'500), Side::Sell, 75, rupees(118.00)),
                              bench.leg(put(24'500), Side::Sell, 75, rupees(95.00))};
        if (with_hedges) {
            legs.push_back(bench.leg(call(25'000), Side::Buy, 75, rupees(20.10), true));
            legs.push_back(bench.leg(put(24'000), Side::Buy, 75, rupees(18.10), true));
        }
        auto asked = bench.intent(legs);
        asked.exits.stop_loss = money(10'000);
        return bench.ask(asked).margin_reserved;
    };
    const Money naked = ask(false);
    const Money hedged = ask(true);
    // Exposure of two legs is 73,500 either way; what is left is the width of a wing.
    CHECK(hedged < naked.scaled(1, 2));
    CHECK(hedged > money(73'500));
}

TEST_CASE("groups do not cover each other; what the exchange asks for all of them is shown too") {
    RiskBench bench;
    auto sold = bench.intent({bench.leg(put(24'500), Side::Sell, 75, rupees(95.00))});
    sold.exits.stop_loss = money(5'000);
    bench.open(sold);
    bench.later(seconds(2));
    auto bought = bench.intent({bench.leg(put(24'000), Side::Buy, 75, rupees(18.10))});
    bought.exits.stop_loss = money(1'000);
    bought.kind = StrategyKind::Directional;
    bench.open(bought);
    const Money used = Money::from_raw(bench.metric("standard.margin_used"));
    const Money asked = Money::from_raw(bench.metric("standard.margin_asked"));
    const Price spot_price = rupees(24'500);
    const margin::MarginLeg short_put{put(24'500), units(-75), rupees(95.30)};
    const margin::MarginLeg long_put{put(24'000), units(75), rupees(18.05)};
    CHECK(used == sauda::risk::test::margin_of({short_put}, spot_price, kFriday) +
                      sauda::risk::test::margin_of({long_put}, spot_price, kFriday));
    CHECK(asked == sauda::risk::test::margin_of({short_put, long_put}, spot_price, kFriday));
    CHECK(asked < used.scaled(1, 2));
    bench.harness().check_recovery();
}

TEST_CASE("where the market tells no price, each asks with its own forward") {
    Scene scene;
    const MarginView view{scene.state, scene.market, *scene.rules, kFriday};
    const std::vector<margin::MarginLeg> legs{{call(24'500), units(-75), rupees(100.40)}};
    const auto low = sauda::risk::margin_of(view, legs, rupees(24'000));
    const auto high = sauda::risk::margin_of(view, legs, rupees(25'000));
    CHECK(low.money < high.money);
    // Without any, the strike.
    CHECK(sauda::risk::margin_of(view, legs, {}).money ==
          sauda::risk::margin_of(view, legs, rupees(24'500)).money);
}

TEST_CASE("a core that reads another's state forgets the market it knew") {
    RiskBench bench;
    bench.open(bench.straddle());
    const auto used = [](const RiskCore& core) {
        std::vector<Metric> metrics;
        core.metrics(metrics);
        for (const auto& metric : metrics) {
            if (metric.name == "standard.margin_used") {
                return metric.value;
            }
        }
        return int64_t{0};
    };
    const auto before = bench.core().save();
    const int64_t expected = used(bench.core());
    bench.quote(spot(), {}, {}, rupees(25'500));
    CHECK(used(bench.core()) > expected);
    REQUIRE(bench.harness().core().load(before));
    CHECK(used(bench.core()) == expected);
}
