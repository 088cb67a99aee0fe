#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;

TEST_CASE("stale data opens nothing") {
    RiskBench bench;
    SECTION("when the feed says it is stale") {
        bench.later(seconds(5));
        bench.session(SessionKind::StaleBegin);
        require_denied(bench.ask(bench.straddle()), ReasonCode::DataStale, 5, 30);
        bench.session(SessionKind::StaleEnd);
        REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
    }
    SECTION("when the feed is silent for its limit") {
        bench.later(seconds(30));
        REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
        bench.later(seconds(1));
        require_denied(bench.ask(bench.straddle()), ReasonCode::DataStale, 31, 30);
    }
    SECTION("when nothing was quoted today") {
        bench.end_day();
        bench.begin_day(kMonday);
        bench.at(10, 0);
        REQUIRE(bench.ask(bench.straddle()).reason.code == ReasonCode::DataStale);
        // Yesterday's quote of the put is none.
        bench.quote(call(24'500), rupees(118.50), rupees(118.70));
        require_denied(bench.ask(bench.straddle()), ReasonCode::DataOneSided, 2, 0);
    }
}

TEST_CASE("every leg needs a bid and an ask") {
    RiskBench bench;
    bench.quote(put(24'500), rupees(95.20), {}, rupees(95.30));
    const auto decision = bench.ask(bench.straddle());
    require_denied(decision, ReasonCode::DataOneSided, 1, 0);
    CHECK(number_of(decision.reason, "contract") == static_cast<int64_t>(put(24'500).raw()));
    CHECK(number_of(decision.reason, "bid") == rupees(95.20).raw());
    CHECK(number_of(decision.reason, "ask") == 0);
}

TEST_CASE("a source without any depth is traded on its last prices") {
    RiskBench bench;
    bench.quote(call(24'500), {}, {}, rupees(118.60), kQuoteNoDepth);
    bench.quote(put(24'500), {}, {}, rupees(95.30), kQuoteNoDepth);
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
}

TEST_CASE("a wide spread opens nothing") {
    RiskBench bench;
    bench.quote(call(24'500), rupees(115.00), rupees(120.00));  // 5 of 117.50, the limit is 5.875
    REQUIRE(bench.ask(bench.straddle()).verdict == Verdict::Approved);
    bench.quote(call(24'500), rupees(115.00), rupees(121.00));
    require_denied(bench.ask(bench.straddle()), ReasonCode::DataSpreadWide, rupees(6).raw(),
                   rupees(118).scaled(50'000, 1'000'000).raw());
}

TEST_CASE("a limit stands near the touch") {
    RiskBench bench;
    auto asked = bench.long_call();
    asked.legs[0].limit = rupees(30.10);  // the ask of 20.10 and ten rupees
    asked.exits.stop_loss = money(2'000);
    REQUIRE(bench.ask(asked).verdict == Verdict::Approved);
    asked = bench.long_call();
    asked.legs[0].limit = rupees(30.15);
    auto decision = bench.ask(asked);
    require_denied(decision, ReasonCode::PriceCollar, rupees(30.15).raw(), rupees(30.10).raw());
    CHECK(number_of(decision.reason, "touch") == rupees(20.10).raw());
    CHECK(number_of(decision.reason, "low") == rupees(10.10).raw());
    asked = bench.straddle();
    asked.legs[0].limit = rupees(88.85);  // below 118.50 less 25 %
    require_denied(bench.ask(asked), ReasonCode::PriceCollar, rupees(88.85).raw(),
                   rupees(88.90).raw());
}

TEST_CASE("the exchange's collar counts where it is the narrower") {
    auto config = default_config();
    config.collar_absolute = rupees(1'000);
    RiskBench bench(config);
    auto asked = bench.long_call();
    asked.legs[0].limit = rupees(40.15);  // 20.10 and the exchange's 20
    require_denied(bench.ask(asked), ReasonCode::PriceCollar, rupees(40.15).raw(),
                   rupees(40.10).raw());
}
