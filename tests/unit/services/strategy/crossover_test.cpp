#include "services/strategy/core/bots/close_series.h"
#include "tests/unit/services/strategy/scene.h"

namespace sauda::test {

namespace {

BotConfig crossover(Gating gating = Gating::Off, std::string account = "small") {
    auto bot = bot_of("cross", "sma_crossover", std::move(account));
    bot.gating = gating;
    bot.parameters["fast"] = int64_t{2};
    bot.parameters["slow"] = int64_t{4};
    return bot;
}

struct Crossing : Scene {
    explicit Crossing(BotConfig bot = crossover()) : Scene(config_of(std::move(bot))) {
        open_day();
        now = at(9, 30);
    }
    // A minute passes: a fresh chain, then its bar. What the bar led to.
    std::vector<Intent> minute(int64_t close) {
        now = now + base::minutes(1);
        bench.advance_to(now);
        forward = close;
        chain();
        bench.forget();
        bar(close);
        return intents();
    }
    void minutes(std::initializer_list<int64_t> closes) {
        for (const int64_t close : closes) {
            REQUIRE(minute(close).empty());
        }
    }
    // Falls, then turns: the next bar at 24,480 crosses up.
    void before_cross_up() { minutes({24'500, 24'490, 24'480, 24'470, 24'460}); }
    void before_cross_down() { minutes({24'500, 24'510, 24'520, 24'530, 24'540}); }
    Intent cross_up() {
        before_cross_up();
        const auto made = minute(24'500);
        REQUIRE(made.size() == 1);
        return made.front();
    }
};

}  // namespace

TEST_CASE("a crossing is a change of side, and bars where the averages are equal are no side") {
    strategy::CloseSeries series;
    Timestamp t = at(9, 15);
    const auto add = [&](int64_t rupees) {
        series.add(t, Price::from_rupees(rupees));
        t = t + base::minutes(1);
        return series.crossing(1, 2);
    };
    REQUIRE(add(100) == 0);
    REQUIRE(add(101) == 0);  // no bar before it to have been below
    REQUIRE(add(102) == 0);  // above still
    REQUIRE(add(101) == -1);
    REQUIRE(add(101) == 0);  // equal
    REQUIRE(add(100) == 0);  // below again: never was above in between
    REQUIRE(add(100) == 0);
    REQUIRE(add(101) == 1);
}

TEST_CASE("a cross up buys the affordable call, with exits as shares of its premium") {
    Crossing scene;
    const Intent intent = scene.cross_up();
    REQUIRE(intent.kind == StrategyKind::Directional);
    REQUIRE(intent.legs.size() == 1);
    const Leg& leg = intent.legs.front();
    REQUIRE(leg.side == Side::Buy);
    REQUIRE(leg.contract.kind() == ContractKind::Call);
    // Forward 24,500, cap 3,400 rupees, lot 75: 45.33 a unit. 24,800: 43.25 + 0.10 slippage fits,
    // 24,750 (55.75) does not.
    REQUIRE(leg.contract == option(ContractKind::Call, 24'800));
    REQUIRE(leg.quoted_ask == Price::from_paise(4'325));
    REQUIRE(leg.limit == Price::from_paise(4'335));
    REQUIRE(leg.quantity == units(75));
    // 43.25 x 75 = 3,243.75 rupees
    REQUIRE(intent.exits.stop_loss.raw() == 8'109'375);
    REQUIRE(intent.exits.target == Money::from_paise(129'750));
    REQUIRE(intent.exits.square_off_at == at(15, 5));
    REQUIRE(intent.forward == Price::from_rupees(24'500));
    REQUIRE(intent.signal == 0);
    REQUIRE_FALSE(intent.on_rules);
}

TEST_CASE("a cross down buys a put") {
    Crossing scene;
    scene.before_cross_down();
    const auto made = scene.minute(24'500);
    REQUIRE(made.size() == 1);
    REQUIRE(made.front().legs.front().contract == option(ContractKind::Put, 24'200));
    REQUIRE(made.front().legs.front().side == Side::Buy);
}

TEST_CASE("an account of ten lakh buys at the money, as many lots as configured") {
    auto bot = crossover(Gating::Off, "standard");
    bot.lots = 3;
    Crossing scene(bot);
    const Intent intent = scene.cross_up();
    REQUIRE(intent.legs.front().contract == option(ContractKind::Call, 24'500));
    REQUIRE(intent.legs.front().quantity == units(225));
}

TEST_CASE("only as many lots are asked for as the position cap pays") {
    auto config = config_of(crossover(Gating::Off, "standard"));
    config.bots.front().lots = 10;
    config.accounts[1].position_cap = Money::from_rupees(20'000);  // two lots at 118.35 x 75
    Scene scene(config);
    scene.open_day();
    scene.now = at(9, 30);
    for (const int64_t close : {24'500, 24'490, 24'480, 24'470, 24'460, 24'500}) {
        scene.now = scene.now + base::minutes(1);
        scene.forward = close;
        scene.chain();
        scene.bar(close);
    }
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().legs.front().quantity == units(150));
}

TEST_CASE("when nothing is affordable the skip names the cheapest premium and the cap") {
    auto config = config_of(crossover());
    config.accounts[0].position_cap = Money::from_rupees(300);  // the wings cost 5.35 x 75
    Scene scene(config);
    scene.open_day();
    scene.now = at(9, 30);
    for (const int64_t close : {24'500, 24'490, 24'480, 24'470, 24'460, 24'500}) {
        scene.now = scene.now + base::minutes(1);
        scene.forward = close;
        scene.chain();
        scene.bar(close);
    }
    REQUIRE(scene.intents().empty());
    const auto skipped = scene.events(BotEventKind::Skipped);
    REQUIRE(skipped.size() == 1);
    REQUIRE(skipped.front().reason.code == ReasonCode::StrikeUnaffordable);
    const std::vector<Number> numbers{{"premium", Money::from_paise(40'125).raw(), Unit::Rupees},
                                      {"cap", Money::from_rupees(300).raw(), Unit::Rupees}};
    REQUIRE(skipped.front().reason.numbers == numbers);
}

TEST_CASE("the offset rule counts strikes out of the money for calls and for puts") {
    for (const int64_t offset : {0, 2, -1}) {
        auto bot = crossover(Gating::Off, "standard");
        bot.parameters["strike_rule"] = "offset";
        bot.parameters["strike_offset"] = offset;
        Crossing up(bot);
        REQUIRE(up.cross_up().legs.front().contract ==
                option(ContractKind::Call, 24'500 + 50 * offset));
        Crossing down(bot);
        down.before_cross_down();
        const auto made = down.minute(24'500);
        REQUIRE(made.size() == 1);
        REQUIRE(made.front().legs.front().contract ==
                option(ContractKind::Put, 24'500 - 50 * offset));
    }
}

TEST_CASE("without forward bars the crossing is that of the index") {
    Scene scene(config_of(crossover()));
    scene.open_day();
    scene.now = at(9, 30);
    for (const int64_t close : {24'500, 24'490, 24'480, 24'470, 24'460, 24'500}) {
        scene.now = scene.now + base::minutes(1);
        scene.chain();
        scene.bar(0, close);
    }
    REQUIRE(scene.intents().size() == 1);
    scene.bench.check_recovery();
}

TEST_CASE("the forward decides over the index once it has enough bars") {
    Scene scene(config_of(crossover()));
    scene.open_day();
    scene.now = at(9, 30);
    for (const int64_t close : {24'500, 24'490, 24'480, 24'470, 24'460, 24'500}) {
        scene.now = scene.now + base::minutes(1);
        scene.chain();
        scene.bar(24'500, close);  // the index crosses, the forward stands still
    }
    REQUIRE(scene.intents().empty());
}

TEST_CASE("bars of another length are not counted") {
    Crossing scene;
    scene.before_cross_up();
    BarBatch second;
    second.underlying = Underlying::NIFTY;
    second.length = base::seconds(1);
    second.start = scene.now;
    Bar bar;
    bar.contract = forward_id();
    bar.close = Price::from_rupees(24'600);
    second.bars = {bar, bar, bar, bar};
    scene.bench.input(StreamId::FeedBar, second, scene.now);
    REQUIRE(scene.intents().empty());
    REQUIRE(scene.minute(24'500).size() == 1);
}

TEST_CASE("the opposite crossing closes the group first and then opens the other side") {
    Crossing scene;
    const Intent first = scene.cross_up();
    scene.fill(first);
    scene.minutes({24'500, 24'500});
    const auto made = scene.minute(24'440);
    REQUIRE(made.size() == 1);
    const Intent& reduce = made.front();
    REQUIRE(reduce.purpose == Purpose::Reduce);
    REQUIRE(reduce.group == first.id);
    REQUIRE(reduce.why.code == ReasonCode::ExitStrategy);
    REQUIRE(reduce.legs.size() == 1);
    REQUIRE(reduce.legs.front().side == Side::Sell);
    REQUIRE(reduce.legs.front().quantity == first.legs.front().quantity);
    REQUIRE(reduce.legs.front().limit < reduce.legs.front().quoted_bid);
    REQUIRE(reduce.legs.front().limit.raw() % 500 == 0);

    scene.bench.forget();
    scene.answer(reduce, Verdict::Approved);
    REQUIRE(scene.intents().empty());
    scene.close(first, ReasonCode::ExitStrategy, -500);
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().purpose == Purpose::Open);
    REQUIRE(scene.intents().front().legs.front().contract.kind() == ContractKind::Put);
    scene.bench.check_recovery();
}

TEST_CASE("a reversal whose closing took longer than a bar is not entered any more") {
    for (const int64_t seconds : {60, 61}) {
        Crossing scene;
        const Intent first = scene.cross_up();
        scene.fill(first);
        scene.minutes({24'500, 24'500});
        const auto made = scene.minute(24'440);
        REQUIRE(made.size() == 1);
        scene.answer(made.front(), Verdict::Approved);
        scene.now = scene.now + base::seconds(seconds);
        scene.chain();
        scene.bench.forget();
        scene.close(first, ReasonCode::ExitStrategy, -500);
        REQUIRE(scene.intents().size() == (seconds == 60 ? 1U : 0U));
    }
}

TEST_CASE("a group that was still entering at the opposite crossing is closed once it is open") {
    Crossing scene;
    const Intent first = scene.cross_up();
    scene.answer(first, Verdict::Approved);
    scene.group(first.id, GroupEventKind::EntryStarted, GroupState::Entering, "cross");
    REQUIRE(scene.minute(24'400).empty());
    scene.group(first.id, GroupEventKind::Opened, GroupState::Open, "cross");
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().purpose == Purpose::Reduce);
    scene.answer(scene.intents().front(), Verdict::Approved);
    scene.bench.forget();
    scene.close(first, ReasonCode::ExitStrategy, -500);
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().legs.front().contract.kind() == ContractKind::Put);
    scene.bench.check_recovery();
}

TEST_CASE("a crossing in the direction already held does nothing") {
    Crossing scene;
    const Intent first = scene.cross_up();
    scene.fill(first);
    scene.now = scene.now + base::minutes(1);
    // Down and up again; the close in between was denied, so the call is still there.
    scene.forward = 24'400;
    scene.chain();
    scene.bench.forget();
    scene.bar(24'400);
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().purpose == Purpose::Reduce);
    scene.answer(scene.intents().front(), Verdict::Denied, ReasonCode::SessionClosed);
    REQUIRE(scene.minute(24'600).empty());
    REQUIRE(scene.bench.core().find("cross")->memory.at("wish_wait").value == 0);
    REQUIRE(scene.bench.core().find("cross")->groups.size() == 1);
}

TEST_CASE("no crossing is traded in the first minutes nor after the last entry time") {
    Crossing early;
    early.now = at(9, 12);
    early.before_cross_up();
    REQUIRE(early.minute(24'500).empty());
    REQUIRE(early.skips() == std::vector{ReasonCode::SessionOpeningMinutes});
    Crossing late;
    late.now = at(14, 39);
    late.before_cross_up();
    REQUIRE(late.minute(24'500).empty());
    REQUIRE(late.skips() == std::vector{ReasonCode::SessionEntriesOver});
}

TEST_CASE("gating off and observe trade on the rules; observe records the signal that stood") {
    for (const auto gating : {Gating::Off, Gating::Observe}) {
        Crossing scene(crossover(gating));
        scene.before_cross_up();
        scene.signal(-900'000, 900'000, scene.now - base::minutes(1));
        const auto made = scene.minute(24'500);
        REQUIRE(made.size() == 1);
        REQUIRE(made.front().signal == 0);
        REQUIRE(scene.events(BotEventKind::SignalUsed).size() ==
                (gating == Gating::Observe ? 1U : 0U));
    }
}

TEST_CASE("veto: only a confident signal against the crossing stops it") {
    struct Case {
        int64_t score;
        int64_t confidence;
        bool trades;
    };
    for (const auto& c : {Case{-700'000, 400'000, false}, Case{-700'000, 399'999, true},
                          Case{700'000, 900'000, true}}) {
        Crossing scene(crossover(Gating::Veto));
        scene.before_cross_up();
        scene.signal(c.score, c.confidence, scene.now - base::minutes(1));
        REQUIRE(scene.minute(24'500).size() == (c.trades ? 1U : 0U));
        REQUIRE(scene.skips() ==
                (c.trades ? std::vector<ReasonCode>{} : std::vector{ReasonCode::SignalAgainst}));
    }
    Crossing old(crossover(Gating::Veto));
    old.before_cross_up();
    old.signal(-900'000, 900'000, old.now - base::minutes(16));
    REQUIRE(old.minute(24'500).size() == 1);
    Crossing none(crossover(Gating::Veto));
    none.before_cross_up();
    REQUIRE(none.minute(24'500).size() == 1);
}

TEST_CASE("trade: the bot waits for the signal of the crossing's bar and acts with it") {
    Crossing scene(crossover(Gating::Trade));
    scene.before_cross_up();
    scene.signal(900'000, 900'000, scene.now - base::minutes(1));  // of the bar before
    REQUIRE(scene.minute(24'500).empty());
    scene.signal(900'000, 900'000, scene.now - base::minutes(2));  // of an older bar, late
    REQUIRE(scene.intents().empty());
    scene.bench.restart();
    scene.bench.forget();
    scene.signal(600'000, 500'000, scene.now - base::minutes(1));
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().signal == 3);
    REQUIRE_FALSE(scene.intents().front().on_rules);
    scene.bench.forget();
    scene.bench.advance_to(scene.now + base::seconds(10));
    REQUIRE(scene.intents().empty());  // the timer of the wait is gone
    scene.bench.check_recovery();
}

TEST_CASE("trade: a signal against, or not confident enough, is a skip") {
    for (const auto& [score, confidence] :
         {std::pair{-600'000, 900'000}, std::pair{600'000, 300'000}}) {
        Crossing scene(crossover(Gating::Trade));
        scene.before_cross_up();
        REQUIRE(scene.minute(24'500).empty());
        scene.signal(score, confidence, scene.now - base::minutes(1));
        scene.bench.advance_to(scene.now + base::seconds(10));
        REQUIRE(scene.intents().empty());
        REQUIRE(scene.skips() == std::vector{ReasonCode::SignalAgainst});
    }
}

TEST_CASE("trade: when the signal is late the rules decide after two seconds, marked so") {
    Crossing scene(crossover(Gating::Trade));
    scene.before_cross_up();
    REQUIRE(scene.minute(24'500).empty());
    const Timestamp bar_end = scene.now;
    scene.bench.advance_to(bar_end + base::milliseconds(1'999));
    REQUIRE(scene.intents().empty());
    scene.bench.advance_to(bar_end + base::seconds(2));
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().on_rules);
    REQUIRE(scene.intents().front().signal == 0);
    scene.now = bar_end + base::seconds(3);
    scene.bench.forget();
    scene.signal(-900'000, 900'000, bar_end - base::minutes(1));
    REQUIRE(scene.bench.all<BotEvent>().empty());
    REQUIRE(scene.intents().empty());
    scene.bench.check_recovery();
}

TEST_CASE("a changed parameter decides from the next bar on and needs no new warm-up") {
    Crossing scene;
    scene.before_cross_up();
    scene.command(OperatorAct::SetParameter, "cross", "slow", 5);
    scene.command(OperatorAct::SetParameter, "cross", "fast", 1);
    REQUIRE(scene.events(BotEventKind::ParameterChanged).empty());
    const auto made = scene.minute(24'500);
    const auto changes = scene.events(BotEventKind::ParameterChanged);
    REQUIRE(changes.size() == 2);
    REQUIRE(changes[0].memory.front().name == "fast");
    REQUIRE(changes[0].memory.front().value == 1);
    REQUIRE(changes[0].memory.back().value == 2);
    REQUIRE(made.size() == 1);  // one bar crosses an average of five
    scene.bench.check_recovery();
}

}  // namespace sauda::test
