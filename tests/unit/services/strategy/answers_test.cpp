#include "tests/unit/services/strategy/tiny_bot.h"

namespace sauda::test {

TEST_CASE("entries need an open session, fresh data, risk and execution, and a clock in time") {
    Tiny scene(tiny({{"a", kOpen}}));
    const auto blocked_by = [&](ReasonCode code) {
        scene.now = scene.now + base::minutes(2);
        scene.bench.forget();
        scene.quote();
        REQUIRE(scene.intents().empty());
        REQUIRE(scene.skips() == std::vector{code});
    };
    scene.health(Service::Risk, false);
    blocked_by(ReasonCode::ServiceRestarted);
    scene.health(Service::Risk, true);
    scene.health(Service::Execution, false);
    blocked_by(ReasonCode::ServiceRestarted);
    scene.health(Service::Execution, true);
    scene.health(Service::Notifier, false);  // never blocks anyone
    scene.health(Service::Feed, true, 600'000'000);
    blocked_by(ReasonCode::DataStale);
    scene.health(Service::Feed, true, 400'000'000);
    scene.session(SessionKind::StaleBegin, Underlying::NIFTY);
    blocked_by(ReasonCode::DataStale);
    scene.session(SessionKind::StaleEnd, Underlying::NIFTY);
    scene.session(SessionKind::StaleBegin, Underlying::BANKNIFTY);
    scene.session(SessionKind::Close);
    blocked_by(ReasonCode::SessionClosed);
    scene.session(SessionKind::Open);
    scene.quote();
    REQUIRE(scene.intents().size() == 1);
    scene.bench.check_recovery();
}

TEST_CASE("halt and reducing of the account, by risk or by execution, keep entries back") {
    Tiny scene(tiny({{"a", kOpen}}));
    const auto tell = [&](StreamId stream, TradingState state, const std::string& account) {
        TradingStateEvent event;
        event.state = state;
        event.account = account;
        scene.bench.input(stream, event, scene.now);
    };
    tell(StreamId::RiskState, TradingState::Halted, "other");
    tell(StreamId::RiskState, TradingState::Reducing, "standard");
    scene.quote();
    tell(StreamId::RiskState, TradingState::Active, "standard");
    tell(StreamId::ExecutionReport, TradingState::Halted, "");
    scene.bench.restart();
    scene.quote();
    REQUIRE(scene.intents().empty());
    REQUIRE(scene.skips() == std::vector{ReasonCode::TradingReducing, ReasonCode::TradingHalted});
    tell(StreamId::ExecutionReport, TradingState::Active, "");
    scene.quote();
    REQUIRE(scene.intents().size() == 1);
    scene.bench.check_recovery();
}

TEST_CASE("a denied bot is told, and waits twice as long after each denial of the day") {
    Tiny scene(tiny({{"a", kOpen}}));
    int64_t wait = 60;
    for (int i = 0; i < 8; ++i) {
        scene.bench.forget();
        const Intent intent = scene.opened();
        scene.answer(intent, Verdict::Denied, ReasonCode::CostGate);
        REQUIRE(scene.memory("denied_group") == static_cast<int64_t>(intent.id));
        REQUIRE(scene.memory("denied_reason") == static_cast<int64_t>(ReasonCode::CostGate));
        scene.bench.forget();
        scene.now = scene.now + base::seconds(wait - 1);
        scene.quote();
        REQUIRE(scene.intents().empty());
        scene.now = scene.now + base::seconds(1);
        wait = std::min<int64_t>(wait * 2, 32 * 60);
    }
    const Intent intent = scene.opened();
    scene.answer(intent, Verdict::Approved);
    REQUIRE(scene.state().denials == 0);
    scene.bench.check_recovery();
}

TEST_CASE("an intent nobody answered is forgotten by an event, and a late life is adopted") {
    Tiny scene(tiny({{"a", kOpen}}));
    const Intent intent = scene.opened();
    scene.bench.advance_to(intent.valid_until);
    REQUIRE(scene.state().groups.size() == 1);
    scene.bench.advance_to(intent.valid_until + Duration{1});
    REQUIRE(scene.state().groups.empty());
    REQUIRE(scene.memory("denied_reason") == static_cast<int64_t>(ReasonCode::IntentExpired));
    const auto updates = scene.events(BotEventKind::GroupUpdate);
    REQUIRE(updates.size() == 1);
    REQUIRE(updates.front().reason.code == ReasonCode::IntentExpired);
    REQUIRE(scene.bench.core().next_deadline() == Timestamp::max());

    scene.now = intent.valid_until + base::seconds(10);
    scene.answer(intent, Verdict::Approved);
    REQUIRE(scene.state().groups.empty());
    scene.group(intent.id, GroupEventKind::EntryStarted, GroupState::Entering, "a");
    REQUIRE(scene.state().groups.size() == 1);
    REQUIRE(scene.state().groups.begin()->second.legs.size() == 1);
    scene.close(intent, ReasonCode::ExitStop, -100);
    REQUIRE(scene.state().groups.empty());
    REQUIRE(scene.state().trades == 1);
    scene.bench.check_recovery();
}

TEST_CASE("a reduced approval changes the quantity the bot will close") {
    Tiny scene(tiny({{"a", kOpen}}));
    Intent intent = scene.opened();
    intent.legs.front().quantity = units(150);
    scene.answer(intent, Verdict::Reduced, ReasonCode::PositionCap);
    REQUIRE(scene.state().groups.at(intent.id).legs.front().quantity == units(150));
    REQUIRE(scene.state().groups.at(intent.id).state == GroupState::Approved);
}

TEST_CASE("a close is asked for once, again five seconds after a denial, and only when open") {
    Tiny scene(tiny({{"a", kOpen}}));
    const Intent intent = scene.opened();
    scene.command(OperatorAct::SetParameter, "a", "act", kClose);
    scene.bar(24'500);
    scene.bench.forget();
    scene.quote();
    REQUIRE(scene.intents().empty());  // not open yet
    scene.fill(intent);
    scene.quote();
    scene.quote();
    REQUIRE(scene.intents().size() == 1);
    const Intent reduce = scene.intents().front();
    REQUIRE(reduce.id == 2);
    REQUIRE(reduce.purpose == Purpose::Reduce);
    scene.answer(reduce, Verdict::Denied, ReasonCode::SessionClosed);
    REQUIRE(scene.state().groups.size() == 1);
    scene.bench.forget();
    scene.now = scene.now + base::milliseconds(4'999);
    scene.quote();
    REQUIRE(scene.intents().empty());
    scene.now = scene.now + base::milliseconds(1);
    scene.quote();
    REQUIRE(scene.intents().size() == 1);
    // This one is never answered: the group is known to be open still.
    scene.bench.forget();
    scene.now = scene.now + base::seconds(6);
    scene.bench.advance_to(scene.now);
    REQUIRE(scene.state().groups.at(intent.id).is_open());
    REQUIRE(scene.state().groups.at(intent.id).closing == 0);
    scene.bench.check_recovery();
}

TEST_CASE("trailing levels and repeated states of a group make no events") {
    Tiny scene(tiny({{"a", kOpen}}));
    const Intent intent = scene.opened();
    scene.fill(intent);
    scene.bench.forget();
    for (int i = 0; i < 50; ++i) {
        scene.group(intent.id, GroupEventKind::TrailRaised, GroupState::Open, "a");
    }
    scene.group(99, GroupEventKind::Flattened, GroupState::Closed, "a");
    scene.group(7, GroupEventKind::Opened, GroupState::Open, "someone else");
    REQUIRE(scene.bench.all<BotEvent>().empty());
}

}  // namespace sauda::test
