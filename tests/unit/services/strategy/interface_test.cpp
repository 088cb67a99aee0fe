#include "tests/unit/services/strategy/tiny_bot.h"

namespace sauda::test {

TEST_CASE("a bot that throws is paused and the others go on") {
    Tiny scene(tiny({{"a", kThrow}, {"b", kRemember}}));
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    REQUIRE(scene.events(BotEventKind::Paused).front().bot == "a");
    REQUIRE(scene.bench.all<Alert>().front().subject == "a: tripped");
    REQUIRE(scene.memory("quotes", "b") == 1);
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    REQUIRE(scene.memory("quotes", "b") == 2);
    scene.bench.restart();
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    scene.command(OperatorAct::StartBot, "a");
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 2);
    scene.bench.check_recovery();
}

TEST_CASE("a bot that throws while it learns is paused, and starts again from nothing") {
    Tiny scene(tiny({{"a", kRemember}, {"b", kRemember}}));
    scene.quote();
    scene.session(SessionKind::PreOpen);  // both will trip on the next quote
    scene.command(OperatorAct::StopBot, "b");
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    REQUIRE(scene.memory("quotes") == 1);
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    scene.bench.check_recovery();
    scene.command(OperatorAct::StartBot, "a");
    scene.command(OperatorAct::StartBot, "b");
    scene.quote();
    REQUIRE(scene.events(BotEventKind::Paused).size() == 1);
    REQUIRE(scene.memory("quotes") == 2);
    REQUIRE(scene.memory("quotes", "b") == 2);
    scene.bench.check_recovery();
}

TEST_CASE("memory survives a restart and unchanged values make no event") {
    Tiny scene(tiny({{"a", kRemember}}));
    scene.quote();
    scene.quote();
    scene.bench.restart();
    scene.quote();
    REQUIRE(scene.memory("quotes") == 3);
    REQUIRE(scene.events(BotEventKind::Remembered).size() == 3);
    scene.bench.check_recovery();
}

TEST_CASE("names the core uses itself cannot be remembered") {
    Tiny scene(tiny({{"a", kRememberReserved}}));
    scene.quote();
    REQUIRE(scene.state().status == strategy::BotStatus::Paused);
    REQUIRE(scene.state().requested.empty());
}

TEST_CASE("skips are bounded to one a minute and reason, whatever the bot calls") {
    Tiny scene(tiny({{"a", kSkipTwoReasons}}));
    for (int i = 0; i < 600; ++i) {  // two minutes of quotes, five a second
        scene.quote();
        scene.now = scene.now + base::milliseconds(200);
    }
    REQUIRE(scene.skips() == std::vector{ReasonCode::NoQuotes, ReasonCode::DataOneSided,
                                         ReasonCode::NoQuotes, ReasonCode::DataOneSided});
    REQUIRE(scene.state().skipped == 4);
}

TEST_CASE("a timer fires once at its time, also after a restart, and not for a stopped bot") {
    Tiny scene(tiny({{"a", kTimer}, {"b", kTimer}}));
    scene.quote();
    scene.command(OperatorAct::StopBot, "b");
    REQUIRE(scene.bench.core().next_deadline() == at(10, 0, 30));
    scene.bench.restart();
    scene.bench.advance_to(at(10, 0, 29));
    REQUIRE(scene.memory("timer") == -1);
    scene.bench.advance_to(at(10, 0, 30));
    REQUIRE(scene.memory("timer") == at(10, 0, 30).ns);
    REQUIRE(scene.memory("timer", "b") == -1);
    REQUIRE(scene.bench.core().next_deadline() == Timestamp::max());
    scene.bench.check_recovery();
}

TEST_CASE("a bot has one group at a time, unless its configuration says more") {
    Tiny one(tiny({{"a", kOpen}}));
    one.quote();
    one.quote();
    REQUIRE(one.intents().size() == 1);
    auto config = tiny({{"a", kOpen}});
    config.bots.front().groups_max = 2;
    Tiny two(config);
    for (int i = 0; i < 4; ++i) {
        two.quote();
    }
    REQUIRE(two.intents().size() == 2);
    REQUIRE(two.intents().back().id == 2);
}

TEST_CASE("an intent off the tick or off the lot never leaves the core") {
    for (const auto act : {kOpenOffTick, kOpenOffLot}) {
        Tiny scene(tiny({{"a", act}}));
        scene.quote();
        REQUIRE(scene.intents().empty());
        REQUIRE(scene.skips() == std::vector{ReasonCode::IntentInvalid});
    }
}

TEST_CASE("start and stop by command are events, survive a restart, and leave positions alone") {
    Tiny scene(tiny({{"a", kOpen}}));
    scene.command(OperatorAct::StopBot, "a");
    scene.command(OperatorAct::StopBot, "a");
    REQUIRE(scene.events(BotEventKind::Stopped).size() == 1);
    scene.bench.restart();
    scene.session(SessionKind::PreOpen);
    scene.quote();
    REQUIRE(scene.intents().empty());
    scene.command(OperatorAct::StartBot, "a");
    const Intent intent = scene.opened();
    scene.fill(intent);
    scene.bench.forget();
    scene.command(OperatorAct::StopBot, "a");
    scene.now = scene.now + base::minutes(5);
    scene.quote();
    REQUIRE(scene.intents().empty());
    REQUIRE(scene.state().groups.size() == 1);
    scene.close(intent, ReasonCode::ExitStop, -100);
    REQUIRE(scene.state().groups.empty());
    REQUIRE(scene.memory("group_state") == static_cast<int64_t>(GroupState::Closed));
    scene.bench.check_recovery();
}

TEST_CASE("a bot that is not enabled waits for its start command") {
    auto config = tiny({{"a", kRemember}});
    config.bots.front().enabled = false;
    Tiny scene(config);
    scene.quote();
    REQUIRE(scene.memory("quotes") == -1);
    scene.command(OperatorAct::StartBot, "a");
    scene.bench.restart();
    scene.session(SessionKind::PreOpen);
    REQUIRE(scene.state().status == strategy::BotStatus::Started);
}

TEST_CASE("commands for unknown bots or parameters are refused with an alert") {
    Tiny scene(tiny({{"a", kNothing}}));
    scene.command(OperatorAct::StartBot, "nobody");
    scene.command(OperatorAct::SetParameter, "a", "volume", 11);
    scene.command(OperatorAct::SetParameter, "a", "act", 101);
    scene.command(OperatorAct::Halt, "a");  // not the strategy's business
    scene.bar(24'500);
    const auto alerts = scene.bench.all<Alert>();
    REQUIRE(alerts.size() == 3);
    REQUIRE(alerts[0].reason.code == ReasonCode::BotUnknown);
    REQUIRE(alerts[0].subject == "nobody");
    REQUIRE(alerts[1].subject == "a: unknown parameter 'volume'");
    REQUIRE(alerts[2].subject == "a: parameter 'act' must be 0 to 100 (number)");
    REQUIRE(scene.events(BotEventKind::ParameterChanged).empty());
}

TEST_CASE("a parameter set by command holds over restarts") {
    Tiny scene(tiny({{"a", kNothing}}));
    scene.command(OperatorAct::SetParameter, "a", "act", kRemember);
    scene.quote();
    REQUIRE(scene.memory("quotes") == -1);
    scene.bench.restart();
    scene.bar(24'500);
    REQUIRE(scene.events(BotEventKind::ParameterChanged).size() == 1);
    scene.bench.restart();
    scene.bar(24'500);
    scene.quote();
    REQUIRE(scene.memory("quotes") == 1);
    REQUIRE(scene.events(BotEventKind::ParameterChanged).size() == 1);
    scene.bench.check_recovery();
}

TEST_CASE("bytes that are no snapshot leave the core as constructed") {
    Tiny scene(tiny({{"a", kOpen}}));
    scene.opened();
    const std::string good = scene.bench.core().save();
    StrategyCore core(tiny({{"a", kOpen}}), rules(), kinds());
    const std::string fresh = core.save();
    for (std::size_t n = 0; n < good.size(); ++n) {
        REQUIRE_FALSE(core.load(std::string_view(good).substr(0, n)));
    }
    REQUIRE_FALSE(core.load(good + "x"));
    REQUIRE(core.save() == fresh);
    REQUIRE(core.load(good));
    REQUIRE(core.save() == good);
}

}  // namespace sauda::test
