#include "services/risk/core/check_functions.h"
#include "services/risk/core/decide.h"
#include "services/risk/core/expiry.h"
#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

namespace {

// Thursday; the day before is a holiday on MCX.
const Date kCrudeExpiry = sauda::base::date_of(2025, 10, 16);
const Date kDayBefore = sauda::base::date_of(2025, 10, 14);

MarketRules crude_rules(OptionSettlement nifty = OptionSettlement::Cash) {
    MarketRules rules = *test_rules();
    const Date from = sauda::base::date_of(2024, 10, 1);
    rules.underlyings = {{Underlying::NIFTY, Exchange::NSE, nifty},
                         {Underlying::CRUDEOIL, Exchange::MCX, OptionSettlement::Future}};
    rules.sessions.push_back(
        {Exchange::MCX, from, minutes(9 * 60), minutes(23 * 60 + 30), minutes(23 * 60 + 30)});
    rules.holidays.push_back({Exchange::MCX, sauda::base::date_of(2025, 10, 15), "a holiday"});
    return rules;
}

ContractId crude() {
    return ContractId::option(Exchange::MCX, Underlying::CRUDEOIL, ContractKind::Call, kCrudeExpiry,
                              Price::from_rupees(5'500));
}

Intent intent_of(std::vector<ContractId> contracts) {
    Intent intent;
    intent.purpose = Purpose::Open;
    for (const auto contract : contracts) {
        intent.legs.push_back({contract, Side::Buy, units(100), rupees(140), false, {}, {}});
    }
    return intent;
}

Timestamp on(Date date, int hour, int minute) {
    return sauda::base::ist(date, minutes(hour * 60 + minute));
}

MaybeOutcome run(MaybeOutcome (*check)(const Request&), const RiskConfig& config,
                 const MarketRules& rules, const Intent& intent, Timestamp now) {
    const Market market{config.spread_floor, config.spread_ratio};
    const State state;
    return check(make_request(config, rules, market, state, intent, now));
}

}  // namespace

TEST_CASE("an MCX option may be held until shortly before the close of the trading day before") {
    const auto rules = crude_rules();
    RiskConfig config;
    CHECK(devolving_until(config, rules, crude()) == on(kDayBefore, 23, 0));
    CHECK_FALSE(devolving_until(config, rules, call(24'500)));
    CHECK_FALSE(devolving_until(
        config, rules, ContractId::future(Exchange::MCX, Underlying::CRUDEOIL, kCrudeExpiry)));
    config.allow_devolving = true;
    CHECK_FALSE(devolving_until(config, rules, crude()));
}

TEST_CASE("an MCX option is not opened when it should be closed already") {
    const auto rules = crude_rules();
    RiskConfig config;
    const auto ask = [&](Timestamp now) {
        return *run(check::not_devolving, config, rules, intent_of({call(24'500), crude()}), now);
    };
    CHECK(ask(on(kDayBefore, 22, 59)).passed);
    const auto late = ask(on(kDayBefore, 23, 0));
    CHECK_FALSE(late.passed);
    CHECK(late.value == 1);
    REQUIRE(late.more.size() == 3);
    CHECK(late.more[0].value == static_cast<int64_t>(crude().raw()));
    CHECK(late.more[2].value == on(kDayBefore, 23, 0).ns);
    CHECK_FALSE(ask(on(kCrudeExpiry, 10, 0)).passed);
    config.allow_devolving = true;
    CHECK(ask(on(kCrudeExpiry, 10, 0)).passed);
}

TEST_CASE("the square-off of an approved MCX option comes before it devolves") {
    const auto rules = crude_rules();
    const RiskConfig config;
    const auto square_off = [&](Timestamp planned, Date today) {
        auto intent = intent_of({crude()});
        intent.exits.square_off_at = planned;
        return square_off_of(config, rules, intent, today);
    };
    const Date early = sauda::base::date_of(2025, 10, 10);
    CHECK(square_off(on(kCrudeExpiry, 15, 0), early) == on(kDayBefore, 23, 0));
    CHECK(square_off(on(early, 15, 0), early) == on(early, 15, 0));
    CHECK_FALSE(square_off({}, early).is_set());  // execution squares off today
    CHECK(square_off({}, kDayBefore) == on(kDayBefore, 23, 0));
    auto index = intent_of({call(24'500)});
    index.exits.square_off_at = on(kExpiry, 15, 0);
    CHECK(square_off_of(config, rules, index, kExpiry) == on(kExpiry, 15, 0));
}

TEST_CASE("an approval carries the square-off that comes before devolvement") {
    // The quiet chain of the bench, as if it were crude: it would devolve on Tuesday.
    RiskBench bench(default_config(), true,
                    std::make_shared<MarketRules>(crude_rules(OptionSettlement::Future)));
    auto asked = bench.straddle();
    asked.exits.square_off_at = on(kExpiry, 15, 5);
    const auto decision = bench.ask(asked);
    REQUIRE(decision.verdict == Verdict::Approved);
    CHECK(check_of(decision, ReasonCode::ContractDevolving).passed);
    CHECK(decision.intent.exits.square_off_at == on(kMonday, 15, 0));
}

TEST_CASE("an option that ends in delivery is denied, one that devolves today as well") {
    RiskBench shares(default_config(), true,
                     std::make_shared<MarketRules>(crude_rules(OptionSettlement::Physical)));
    require_denied(shares.ask(shares.straddle()), ReasonCode::ContractPhysical, 2, 0);
    RiskBench devolving(default_config(), true,
                        std::make_shared<MarketRules>(crude_rules(OptionSettlement::Future)));
    devolving.end_day();
    devolving.begin_day(kExpiry);
    devolving.at(10, 0);
    devolving.quote_all();
    const auto decision = devolving.ask(devolving.straddle());
    require_denied(decision, ReasonCode::ContractDevolving, 2, 0);
    CHECK(number_of(decision.reason, "until") == on(kMonday, 15, 0).ns);
}

TEST_CASE("options that end in delivery are refused unless they are allowed") {
    const auto now = on(kFriday, 10, 0);
    const auto intent = intent_of({call(24'500), put(24'500)});
    RiskConfig config;
    CHECK(run(check::not_physical, config, crude_rules(), intent, now)->passed);
    const auto rules = crude_rules(OptionSettlement::Physical);
    const auto refused = run(check::not_physical, config, rules, intent, now);
    CHECK_FALSE(refused->passed);
    CHECK(refused->value == 2);
    REQUIRE(refused->more.size() == 1);
    CHECK(refused->more[0].value == static_cast<int64_t>(call(24'500).raw()));
    config.allow_physical = true;
    CHECK(run(check::not_physical, config, rules, intent, now)->passed);
}
