#include "tests/unit/services/strategy/scene.h"

namespace sauda::test {

namespace {

struct Straddle : Scene {
    explicit Straddle(BotConfig bot = bot_of("straddle", "short_straddle"))
        : Scene(config_of(std::move(bot))) {
        open_day();
    }
    // The chain at a moment; the intents it led to.
    std::vector<Intent> chain_at(Timestamp moment) {
        now = moment;
        bench.forget();
        chain();
        return intents();
    }
    Intent enter(Timestamp moment) {
        const auto made = chain_at(moment);
        REQUIRE(made.size() == 1);
        fill(made.front());
        return made.front();
    }
};

}  // namespace

TEST_CASE("the straddle sells the at-the-money pair on the first chain from 09:30 on") {
    Straddle scene;
    REQUIRE(scene.chain_at(at(9, 29, 59)).empty());
    scene.forward = 24'520;
    const auto made = scene.chain_at(at(9, 30));
    REQUIRE(made.size() == 1);
    const Intent& intent = made.front();
    REQUIRE(intent.id == 1);
    REQUIRE(intent.group == 1);
    REQUIRE(intent.bot == "straddle");
    REQUIRE(intent.account == "standard");
    REQUIRE(intent.product == Product::Carryforward);
    REQUIRE(intent.purpose == Purpose::Open);
    REQUIRE(intent.kind == StrategyKind::ShortPremium);
    REQUIRE(intent.policy == LegPolicy::Complete);
    REQUIRE(intent.valid_until == at(9, 30, 5));
    REQUIRE(intent.entry_timeout == base::seconds(20));
    REQUIRE(intent.forward == Price::from_rupees(24'520));
    REQUIRE(intent.legs.size() == 2);

    // Call of 24,500: 20 inside, 113 time value: bid 132.75, two ticks of slippage less.
    const Leg& call = intent.legs[0];
    REQUIRE(call.contract == option(ContractKind::Call, 24'500));
    REQUIRE(call.side == Side::Sell);
    REQUIRE(call.quantity == units(75));
    REQUIRE(call.quoted_bid == Price::from_paise(13'275));
    REQUIRE(call.quoted_ask == Price::from_paise(13'325));
    REQUIRE(call.limit == Price::from_paise(13'265));
    const Leg& put = intent.legs[1];
    REQUIRE(put.contract == option(ContractKind::Put, 24'500));
    REQUIRE(put.quoted_bid == Price::from_paise(11'275));
    REQUIRE(put.limit == Price::from_paise(11'265));
}

TEST_CASE("an entry says the volatility and the delta it was decided on") {
    Straddle scene;
    scene.forward = 24'520;
    const auto made = scene.chain_at(at(9, 30));
    REQUIRE(made.size() == 1);
    // 133.00 and 113.00 on 24,520 with 6,120 minutes left, by bisection on the C library.
    CHECK(made.front().implied_volatility == 116'330);
    CHECK(made.front().delta == -56'826);
}

TEST_CASE("the straddle's exits are shares of the premium received, squared off at 15:05") {
    Straddle scene;
    const auto made = scene.chain_at(at(9, 30));
    REQUIRE(made.size() == 1);
    // 117.75 + 117.75 at lot 75: 17,662.50 rupees.
    const auto& exits = made.front().exits;
    REQUIRE(exits.stop_loss == Money::from_paise(529'875));
    REQUIRE(exits.target == Money::from_paise(883'125));
    REQUIRE(exits.trailing_trigger == Money::from_paise(529'875));
    REQUIRE(exits.trailing_distance.raw() == 26'493'750);  // 2,649.375 rupees
    REQUIRE(exits.square_off_at == at(15, 5));
}

TEST_CASE("configured lots, percentages and slippage reach the straddle's intent") {
    auto bot = bot_of("straddle", "short_straddle");
    bot.lots = 2;
    bot.parameters["stop_percent"] = int64_t{10};
    bot.parameters["target_percent"] = int64_t{0};
    bot.parameters["trailing_trigger_percent"] = int64_t{0};
    bot.parameters["slippage_ticks"] = int64_t{10};
    bot.parameters["entry_time"] = "10:00";
    bot.parameters["square_off"] = "14:55:30";
    Straddle scene(bot);
    REQUIRE(scene.chain_at(at(9, 59, 59)).empty());
    const auto made = scene.chain_at(at(10, 0));
    REQUIRE(made.size() == 1);
    REQUIRE(made.front().legs[0].quantity == units(150));
    REQUIRE(made.front().legs[0].limit == Price::from_paise(11'775 - 50));
    REQUIRE(made.front().exits.stop_loss == Money::from_paise(353'250));
    REQUIRE(made.front().exits.target.is_zero());
    REQUIRE(made.front().exits.trailing_distance.is_zero());
    REQUIRE(made.front().exits.square_off_at == at(14, 55, 30));
}

TEST_CASE("the straddle enters once a day when its trade ended at the target") {
    Straddle scene;
    const auto intent = scene.enter(at(9, 30));
    REQUIRE(scene.chain_at(at(9, 31)).empty());
    scene.now = at(11, 0);
    scene.close(intent, ReasonCode::ExitTarget, 8'831);
    REQUIRE(scene.chain_at(at(11, 1)).empty());
    REQUIRE(scene.chain_at(at(12, 0)).empty());
}

TEST_CASE("after a stop the straddle re-enters once, fifteen minutes later") {
    Straddle scene;
    const auto first = scene.enter(at(9, 30));
    scene.now = at(10, 0);
    scene.close(first, ReasonCode::ExitStop, -5'300);
    REQUIRE(scene.chain_at(at(10, 14, 59)).empty());
    const auto second = scene.enter(at(10, 15));
    REQUIRE(second.id == 2);
    scene.now = at(11, 0);
    scene.close(second, ReasonCode::ExitStop, -5'300);
    REQUIRE(scene.chain_at(at(11, 30)).empty());
    scene.bench.check_recovery();
}

TEST_CASE("a straddle closed while its bot was stopped still counts for the re-entry rule") {
    Straddle scene;
    const auto intent = scene.enter(at(9, 30));
    scene.command(OperatorAct::StopBot, "straddle");
    scene.now = at(10, 0);
    scene.close(intent, ReasonCode::ExitTarget, 8'000);
    scene.now = at(10, 30);
    scene.command(OperatorAct::StartBot, "straddle");
    REQUIRE(scene.chain_at(at(10, 31)).empty());
}

TEST_CASE("no straddle is entered from 14:45 on, and the missed entry is told once") {
    Straddle scene;
    REQUIRE(scene.chain_at(at(14, 45)).empty());
    REQUIRE(scene.skips() == std::vector{ReasonCode::SessionEntriesOver});
    scene.chain_at(at(14, 50));
    REQUIRE(scene.skips().empty());
    Straddle in_time;
    REQUIRE(in_time.chain_at(at(14, 44, 59)).size() == 1);
}

TEST_CASE("a stale underlying is a skip, and the event that ends it is an occasion to enter") {
    Straddle scene;
    scene.now = at(9, 30);
    scene.session(SessionKind::StaleBegin, Underlying::NIFTY);
    REQUIRE(scene.chain_at(at(9, 40)).empty());
    REQUIRE(scene.skips() == std::vector{ReasonCode::DataStale});
    scene.session(SessionKind::StaleEnd, Underlying::NIFTY);
    REQUIRE(scene.intents().size() == 1);
}

TEST_CASE("the straddle does not mix the quotes of two snapshots") {
    Straddle scene;
    scene.now = at(9, 16);
    scene.source(60);
    scene.chain_at(at(9, 29, 10));
    // The next snapshot's first half: only the call is new.
    scene.now = at(9, 30, 10);
    scene.bench.forget();
    scene.quotes({quote_of(ContractKind::Call, 24'500, 24'500, scene.now)});
    REQUIRE(scene.intents().empty());
    scene.quotes({quote_of(ContractKind::Put, 24'500, 24'500, scene.now)});
    REQUIRE(scene.intents().size() == 1);
}

TEST_CASE("the straddle does not sell on the last snapshot while the next is arriving") {
    Straddle scene;
    scene.now = at(9, 16);
    scene.source(60);
    scene.chain_at(at(9, 29, 40));
    // The next snapshot, stamped 30 s later, begins with other strikes.
    scene.now = at(9, 30, 10);
    scene.bench.forget();
    scene.quotes({quote_of(ContractKind::Call, 24'000, 24'500, scene.now)});
    REQUIRE(scene.intents().empty());
    scene.quotes({quote_of(ContractKind::Call, 24'500, 24'500, scene.now),
                  quote_of(ContractKind::Put, 24'500, 24'500, scene.now)});
    REQUIRE(scene.intents().size() == 1);
}

TEST_CASE("an old quote of one leg is stale data") {
    Straddle scene;
    scene.chain_at(at(9, 29));
    scene.now = at(9, 30);
    scene.quotes({quote_of(ContractKind::Call, 24'500, 24'500, scene.now)});
    REQUIRE(scene.intents().empty());
    REQUIRE(scene.skips() == std::vector{ReasonCode::DataStale});
}

TEST_CASE("a straddle needs both sides of both legs") {
    Straddle scene;
    scene.chain_at(at(9, 29, 59));
    scene.now = at(9, 30);
    auto put = quote_of(ContractKind::Put, 24'500, 24'500, scene.now);
    put.bid = {};
    scene.quotes({quote_of(ContractKind::Call, 24'500, 24'500, scene.now), put});
    REQUIRE(scene.intents().empty());
    REQUIRE(scene.skips() == std::vector{ReasonCode::DataOneSided});
}

TEST_CASE("an entry that was never filled is tried again after a minute") {
    Straddle scene;
    const auto made = scene.chain_at(at(9, 30));
    REQUIRE(made.size() == 1);
    scene.answer(made.front(), Verdict::Approved);
    scene.group(1, GroupEventKind::EntryStarted, GroupState::Entering, "straddle");
    scene.now = at(9, 30, 20);
    scene.group(1, GroupEventKind::Flattened, GroupState::Abandoned, "straddle",
                ReasonCode::EntryTimedOut);
    REQUIRE(scene.chain_at(at(9, 31, 19)).empty());
    REQUIRE(scene.chain_at(at(9, 31, 20)).size() == 1);
}

TEST_CASE("square-off on a short day comes ten minutes before its close") {
    Straddle scene;
    SessionEvent event;
    event.kind = SessionKind::Open;
    event.exchange = Exchange::NSE;
    event.date = day();
    event.close_at = at(13, 0);
    scene.bench.input(StreamId::FeedSession, event, scene.now);
    const auto made = scene.chain_at(at(9, 30));
    REQUIRE(made.size() == 1);
    REQUIRE(made.front().exits.square_off_at == at(12, 50));
}

}  // namespace sauda::test
