#include "common/kernel/scheduler.h"

#include "tests/unit/common/base/abort_probe.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::kernel;

namespace {

constexpr int64_t kWindow = 10;
constexpr auto kSignals = StreamId::MlSignal;
constexpr auto kIntents = StreamId::StrategyIntent;

Scheduler make() { return Scheduler({kWindow}, {Service::MlSignal, Service::Strategy}); }

RoundResult done(const Round& round, Service service, StreamEnds outputs = {},
                 Timestamp deadline = Timestamp::max()) {
    return {.service = service,
            .step = round.step,
            .round = round.round,
            .outputs = std::move(outputs),
            .next_deadline = deadline};
}

// Both participants answer without news.
void finish_quietly(Scheduler& scheduler) {
    const Round round = scheduler.current();
    scheduler.accept(done(round, Service::MlSignal));
    scheduler.accept(done(round, Service::Strategy));
    REQUIRE_FALSE(scheduler.next_round().has_value());
}

}  // namespace

TEST_CASE("a step opens at the window of the next market event") {
    auto scheduler = make();
    const auto round = scheduler.begin_step(Timestamp{57});
    REQUIRE(round.has_value());
    CHECK(round->step == 5);
    CHECK(round->round == 0);
    CHECK(round->window_start == Timestamp{50});
    CHECK(round->window_end == Timestamp{60});
    CHECK(scheduler.is_round_open());
    CHECK_FALSE(scheduler.is_round_complete());
    CHECK(scheduler.missing() == std::set{Service::MlSignal, Service::Strategy});
}

TEST_CASE("a round is complete when everybody answered, the step when nobody had news") {
    auto scheduler = make();
    const auto first = scheduler.begin_step(Timestamp{57});
    CHECK(scheduler.accept(done(*first, Service::MlSignal, {{kSignals, 1}})));
    CHECK_FALSE(scheduler.is_round_complete());
    CHECK(scheduler.missing() == std::set{Service::Strategy});
    CHECK(scheduler.accept(done(*first, Service::Strategy)));
    REQUIRE(scheduler.is_round_complete());
    const auto second = scheduler.next_round();
    REQUIRE(second.has_value());
    CHECK(second->step == 5);
    CHECK(second->round == 1);
    CHECK(second->expected == StreamEnds{{kSignals, 1}});
    CHECK(second->window_end == first->window_end);
    // The same ends again are no news.
    scheduler.accept(done(*second, Service::MlSignal, {{kSignals, 1}}));
    scheduler.accept(done(*second, Service::Strategy));
    CHECK_FALSE(scheduler.next_round().has_value());
    CHECK_FALSE(scheduler.is_round_open());
    CHECK(scheduler.rounds() == 2);
}

TEST_CASE("repeated answers and strays change nothing") {
    auto scheduler = make();
    const auto round = scheduler.begin_step(Timestamp{57});
    CHECK(scheduler.accept(done(*round, Service::MlSignal)));
    CHECK(scheduler.accept(done(*round, Service::MlSignal)));
    CHECK_FALSE(scheduler.is_round_complete());

    Round other = *round;
    other.step = 4;
    CHECK_FALSE(scheduler.accept(done(other, Service::Strategy, {{kIntents, 9}})));
    other = *round;
    other.round = 1;
    CHECK_FALSE(scheduler.accept(done(other, Service::Strategy, {{kIntents, 9}})));
    CHECK_FALSE(scheduler.accept(done(*round, Service::Notifier)));
    CHECK(scheduler.end_of(kIntents) == 0);
    CHECK(scheduler.missing() == std::set{Service::Strategy});

    CHECK(scheduler.accept(done(*round, Service::Strategy)));
    REQUIRE_FALSE(scheduler.next_round().has_value());
    CHECK_FALSE(scheduler.accept(done(*round, Service::Strategy, {{kIntents, 9}})));
    CHECK(scheduler.end_of(kIntents) == 0);
}

TEST_CASE("the next step is at the earliest deadline or market event, never in the same window") {
    auto scheduler = make();
    const auto round = scheduler.begin_step(Timestamp{57});
    scheduler.accept(done(*round, Service::MlSignal, {}, Timestamp{234}));
    scheduler.accept(done(*round, Service::Strategy, {}, Timestamp{171}));
    REQUIRE_FALSE(scheduler.next_round().has_value());
    CHECK(scheduler.earliest_deadline() == Timestamp{171});
    const auto next = scheduler.begin_step(Timestamp{500});
    REQUIRE(next.has_value());
    CHECK(next->step == 17);
    finish_quietly(scheduler);
    const auto again = scheduler.begin_step(Timestamp{172});  // still in window 17
    REQUIRE(again.has_value());
    CHECK(again->step == 18);
}

TEST_CASE("nothing pending, no step") {
    auto scheduler = make();
    CHECK_FALSE(scheduler.begin_step(std::nullopt).has_value());
    const auto round = scheduler.begin_step(Timestamp{57});
    REQUIRE(round.has_value());
    finish_quietly(scheduler);
    CHECK_FALSE(scheduler.begin_step(std::nullopt).has_value());
}

TEST_CASE("market data of the window is expected in its round and in the later ones") {
    auto scheduler = make();
    const auto md = domain::market_data_stream(domain::Underlying::NIFTY);
    (void)scheduler.begin_step(Timestamp{57});
    scheduler.expect(md, 3);
    CHECK(scheduler.current().expected == StreamEnds{{md, 3}});
    scheduler.accept(done(scheduler.current(), Service::MlSignal, {{kSignals, 1}}));
    scheduler.accept(done(scheduler.current(), Service::Strategy));
    const auto second = scheduler.next_round();
    REQUIRE(second.has_value());
    CHECK(second->expected == StreamEnds{{kSignals, 1}, {md, 3}});
}

TEST_CASE("an idle step carries what was published outside a round") {
    auto scheduler = make();
    (void)scheduler.begin_step(Timestamp{57});
    finish_quietly(scheduler);
    scheduler.expect_published(kIntents, 4);
    const auto round = scheduler.begin_idle_step();
    CHECK(round.step == 6);
    CHECK(round.round == 0);
    CHECK(round.expected == StreamEnds{{kIntents, 4}});
    // The publisher's own answer repeats the number: no news.
    scheduler.accept(done(round, Service::MlSignal));
    scheduler.accept(done(round, Service::Strategy, {{kIntents, 4}}));
    CHECK_FALSE(scheduler.next_round().has_value());
}

TEST_CASE("saved in an open round it goes on when the same answers come again") {
    auto scheduler = make();
    const auto round = scheduler.begin_step(Timestamp{57});
    const std::string saved = base::save_to_bytes(scheduler);  // before the first answer
    const auto news = done(*round, Service::MlSignal, {{kSignals, 2}}, Timestamp{99});
    const auto nothing = done(*round, Service::Strategy);
    scheduler.accept(news);
    const std::string saved_later = base::save_to_bytes(scheduler);  // between the answers

    for (const auto& bytes : {saved, saved_later}) {
        auto restored = make();
        base::BinaryReader reader(bytes);
        reader.read(restored);
        REQUIRE(reader.ok());
        REQUIRE(restored.is_round_open());
        CHECK(restored.current().step == round->step);
        CHECK(restored.missing() == std::set{Service::MlSignal, Service::Strategy});
        restored.accept(news);
        restored.accept(nothing);
        REQUIRE(restored.is_round_complete());
        CHECK(restored.earliest_deadline() == Timestamp{99});
        CHECK(restored.end_of(kSignals) == 2);
    }
    auto restored = make();
    base::BinaryReader reader(saved);
    reader.read(restored);
    restored.accept(news);
    restored.accept(nothing);
    const auto second = restored.next_round();
    REQUIRE(second.has_value());
    CHECK(second->round == 1);
    CHECK(second->expected == StreamEnds{{kSignals, 2}});
}

TEST_CASE("services that answer each other for ever are stopped at 32 rounds") {
    CHECK(aborts([] {
        auto scheduler = make();
        auto round = scheduler.begin_step(Timestamp{57});
        for (uint64_t seq = 1; round; ++seq) {
            scheduler.accept(done(*round, Service::MlSignal, {{kSignals, seq}}));
            scheduler.accept(done(*round, Service::Strategy));
            round = scheduler.next_round();
        }
    }));
}

TEST_CASE("no step begins while a round is open") {
    CHECK(aborts([] {
        auto scheduler = make();
        (void)scheduler.begin_step(Timestamp{57});
        (void)scheduler.begin_step(Timestamp{97});
    }));
}
