#include <stdexcept>

#include "tests/unit/services/strategy/scene.h"

namespace sauda::test {

namespace {

using strategy::Actions;
using strategy::Bot;
using strategy::IntentDraft;
using strategy::MarketState;
using strategy::View;

// Does on each quote what its parameter says.
enum Act : int64_t {
    kNothing,
    kThrow,
    kThrowWhileLearning,
    kRemember,
    kRememberReserved,
    kSkip,
    kSkipTwoReasons,
    kTimer,
    kOpen,
    kOpenOffTick,
    kOpenOffLot,
    kClose,
};

class TinyBot final : public strategy::StatefulBot<TinyBot> {
 public:
    void observe_quotes(const QuoteBatch& batch, const MarketState&) override {
        seen_ += batch.quotes.size();
        if (seen_ == trip_) {
            throw std::runtime_error("tripped while learning");
        }
    }
    void observe_session(const SessionEvent& event, const MarketState&) override {
        if (event.kind == SessionKind::PreOpen) {
            trip_ = seen_ + 1;
        }
    }
    void on_quotes(const QuoteBatch&, const View& view, Actions& actions) const override {
        act(view, actions, view.parameter("act"));
    }
    void on_timer(const View& view, Actions& actions) const override {
        actions.remember({{"timer", view.now().ns, Unit::Time}});
    }
    void on_group(const strategy::Group& group, const View&, Actions& actions) const override {
        actions.remember({{"group_state", static_cast<int64_t>(group.state), Unit::Count}});
    }
    void on_denied(const strategy::Group& group, const Reason& reason, const View&,
                   Actions& actions) const override {
        actions.remember({{"denied_group", static_cast<int64_t>(group.id), Unit::Count},
                          {"denied_reason", static_cast<int64_t>(reason.code), Unit::Count}});
    }
    SAUDA_FIELDS(seen_, trip_)

 private:
    static void act(const View& view, Actions& actions, int64_t what) {
        switch (what) {
            case kThrow:
                throw std::runtime_error("tripped");
            case kRemember:
                actions.remember({{"quotes", view.recall("quotes") + 1, Unit::Count}});
                break;
            case kRememberReserved:
                actions.remember({{"set.act", 1, Unit::Count}});
                break;
            case kSkip:
                actions.skip({ReasonCode::NoQuotes, {}});
                break;
            case kSkipTwoReasons:
                actions.skip({ReasonCode::NoQuotes, {}});
                actions.skip({ReasonCode::DataOneSided, {}});
                break;
            case kTimer:
                actions.wake_at(view.now() + base::seconds(30));
                break;
            case kOpen:
                actions.open(draft(Price::from_paise(10'000), units(75)));
                break;
            case kOpenOffTick:
                actions.open(draft(Price::from_paise(10'001), units(75)));
                break;
            case kOpenOffLot:
                actions.open(draft(Price::from_paise(10'000), units(80)));
                break;
            case kClose:
                for (const auto& [id, group] : std::map(view.groups())) {
                    actions.close(id, ReasonCode::ExitStrategy);
                }
                break;
            default:
                break;
        }
    }
    static IntentDraft draft(Price limit, Quantity quantity) {
        IntentDraft draft;
        draft.kind = StrategyKind::Directional;
        draft.legs = {{option(ContractKind::Call, 24'500), Side::Buy, quantity, limit, false}};
        return draft;
    }

    uint64_t seen_ = 0;
    uint64_t trip_ = 0;
};

const std::vector<BotKind>& kinds() {
    static const std::vector<BotKind> kKinds{
        {"tiny",
         "for tests",
         [] { return std::unique_ptr<Bot>(std::make_unique<TinyBot>()); },
         {{"act", 0, 0, 100, ParameterUnit::Count, "what to do on a quote"}},
         nullptr}};
    return kKinds;
}

StrategyConfig tiny(std::initializer_list<std::pair<std::string, int64_t>> bots) {
    StrategyConfig config;
    for (const auto& [name, act] : bots) {
        auto bot = bot_of(name, "tiny");
        bot.parameters["act"] = act;
        config = [&] {
            auto with = config_of(bot);
            with.bots.insert(with.bots.begin(), config.bots.begin(), config.bots.end());
            return with;
        }();
    }
    return config;
}

struct Tiny : Scene {
    explicit Tiny(StrategyConfig config) : Scene(std::move(config), kinds()) {
        open_day();
        now = at(10, 0);
    }
    void quote() { quotes({quote_of(ContractKind::Call, 24'500, 24'500, now)}); }
    const strategy::BotState& state(const std::string& bot = "a") {
        return *bench.core().find(bot);
    }
    int64_t memory(const std::string& name, const std::string& bot = "a") {
        const auto found = state(bot).memory.find(name);
        return found == state(bot).memory.end() ? -1 : found->second.value;
    }
    Intent opened() {
        quote();
        REQUIRE(intents().size() == 1);
        return intents().front();
    }
};

}  // namespace

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
