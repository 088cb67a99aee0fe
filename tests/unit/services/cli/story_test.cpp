#include "archive_of.h"

using namespace sauda;
using namespace sauda::cli;
using namespace sauda::cli::test;

namespace {

Reference reference(const char* text) { return *parse_reference(text); }

Signal signal_of(uint64_t id) {
    Signal signal;
    signal.id = id;
    signal.underlying = Underlying::NIFTY;
    signal.bar_start = at(0);
    signal.bar_length = base::minutes(1);
    signal.score = 594'000;
    signal.confidence = 990'000;
    signal.origin = SignalOrigin::RulesOnly;
    signal.contributions = {{"momentum_5", 812, 281'000}, {"rsi_14", 62'130'000, -300'000}};
    return signal;
}

BotEvent used(uint64_t signal) {
    BotEvent event;
    event.kind = BotEventKind::SignalUsed;
    event.bot = "crossover";
    event.signal = signal;
    return event;
}

Intent crossover_intent(uint64_t id, uint64_t signal = 0) {
    Intent intent = straddle_intent(id);
    intent.bot = "crossover";
    intent.kind = StrategyKind::Directional;
    intent.legs.resize(1);
    intent.legs.front().side = Side::Buy;
    intent.signal = signal;
    return intent;
}

BarBatch bar_of(Timestamp start) {
    Bar forward;
    forward.contract = ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, Date{kDay.days + 4});
    forward.close = Price::from_rupees(24'570);
    Bar option;
    option.contract = call(24550);
    return {Underlying::NIFTY, start, base::minutes(1), {forward, option}};
}

}  // namespace

TEST_CASE("A straddle that was stopped is told from the quote to the last charge") {
    const auto archive = straddle_with_stop();
    const auto* story = archive.book().find(1);
    REQUIRE(story != nullptr);
    CHECK(story->bot == "straddle");
    CHECK(story->requests.size() == 1);
    REQUIRE(story->opening() != nullptr);
    CHECK(story->opening()->decision->fact.verdict == Verdict::Approved);
    CHECK_FALSE(story->is_denied());
    CHECK(story->orders.size() == 4 * 4);  // risk's copies are not told again
    CHECK(story->groups.size() == 5);
    CHECK(story->ledger.size() == 4);
    CHECK(story->state() == GroupState::Closed);
    CHECK(story->ending().code == ReasonCode::ExitStop);

    const auto result = archive.book().result(*story);
    CHECK(result.is_flat);
    CHECK(result.realised == rupees(-3060));
    CHECK(result.charges.total() == Money::from_paise(4 * 2360));
    CHECK(result.net() == rupees(-3060) - Money::from_paise(4 * 2360));
}

TEST_CASE("An intent is followed back to the very message, and to the quotes known by then") {
    const auto archive = straddle_with_stop();
    const auto& opening = *archive.book().find(1)->opening();
    REQUIRE(opening.origin);
    CHECK(opening.origin->stream == market_data_stream(Underlying::NIFTY));
    CHECK(opening.origin->first == 2);
    CHECK(opening.origin->last == 2);
    REQUIRE(opening.market.size() == 2);
    // The call's newer quote came with a later message of the same instant.
    CHECK(opening.market[0].quote.bid == price(11'730));
    CHECK(opening.market[0].place.seq == 1);
    CHECK(opening.market[1].quote.bid == price(9'680));
}

TEST_CASE("The market at the exit is the one that hit the stop") {
    const auto archive = straddle_with_stop();
    const auto* story = archive.book().find(1);
    const auto exit = std::find_if(
        story->groups.begin(), story->groups.end(),
        [](const GroupStep& step) { return step.event.fact.kind == GroupEventKind::ExitStarted; });
    REQUIRE(exit != story->groups.end());
    REQUIRE(exit->market.size() == 2);
    CHECK(exit->market[0].quote.ask == price(14'000));
    CHECK(exit->market[1].quote.ask == price(11'490));
}

TEST_CASE("A denied intent has a story with its reason and nothing after it") {
    auto archive = straddle_with_stop();
    const auto seen = archive.quote(at(700), {{call(24550), 13'000}});
    const auto wish = archive.intent(at(700), crossover_intent(2), {seen});
    archive.decide(at(700, 10), crossover_intent(2), Verdict::Denied, wish);
    const auto* story = archive.book().find(2);
    REQUIRE(story != nullptr);
    CHECK(story->is_denied());
    CHECK(story->ending().code == ReasonCode::TradesPerDayMaximum);
    CHECK(story->state() == GroupState::Unspecified);
    CHECK(story->orders.empty());
    CHECK(archive.book().result(*story).net() == Money{});
    CHECK(archive.book().known_ids() == "It holds G1; denied: 2.");
}

TEST_CASE("Every id of a trade leads to it; an unknown one says what exists") {
    auto archive = straddle_with_stop();
    const auto seen = archive.quote(at(500), {{call(24550), 13'000}});
    Intent exit = straddle_intent(7);
    exit.group = 1;
    exit.purpose = Purpose::Reduce;
    const auto wish = archive.intent(at(500), exit, {seen});
    archive.decide(at(500, 10), exit, Verdict::Approved, wish);
    const auto& book = archive.book();
    for (const auto* text : {"G1.0.0.0", "G1x.1.0.0", "G1", "1", "I1", "I7", "7", "D1", "D2"}) {
        INFO(text);
        REQUIRE(book.group_of(reference(text)));
        CHECK(*book.group_of(reference(text)) == 1);
    }
    for (const auto* text : {"G1.0.0.9", "G7", "I2", "D3", "99"}) {
        INFO(text);
        const auto found = book.group_of(reference(text));
        REQUIRE_FALSE(found);
        CHECK(found.error().kind == base::ErrorKind::NotFound);
        CHECK(found.error().text.find("It holds G1.") != std::string::npos);
    }
}

TEST_CASE("A bar leads back to the quotes it was built from") {
    Archive archive;
    archive.quote(at(-1), {{call(24550), 11'000}});
    archive.quote(at(10), {{call(24550), 11'700}});
    archive.quote(at(50), {{call(24550), 11'730}});
    const auto bar = archive.add(StreamId::FeedBar, at(60), bar_of(at(0)));
    archive.quote(at(60), {{call(24550), 11'900}});
    archive.intent(at(60, 10), crossover_intent(1), {bar});
    const auto& request = *archive.book().find(1)->opening();
    REQUIRE(request.origin);
    CHECK(request.origin->first == 2);
    CHECK(request.origin->last == 3);
    REQUIRE(request.causes.size() == 1);
    const auto& bars = std::get<BarBatch>(request.causes.front().payload).bars;
    REQUIRE(bars.size() == 1);  // the options' bars tell nothing
    CHECK(bars.front().contract.kind() == ContractKind::Synthetic);
}

TEST_CASE("A signal that was acted on differs from one that was only noted") {
    Archive archive;
    const auto bar = archive.add(StreamId::FeedBar, at(60), bar_of(at(0)));
    archive.add(StreamId::MlSignal, at(60), signal_of(1), {bar});
    archive.add(StreamId::MlSignal, at(60), signal_of(2), {bar});
    archive.intent(at(60), crossover_intent(1, 2), {bar});
    archive.intent(at(60), crossover_intent(2), {bar});
    archive.add(StreamId::StrategyBot, at(60), used(1), {bar});  // sorted behind the intent
    const auto& acted = *archive.book().find(1)->opening();
    REQUIRE(acted.signal);
    CHECK(acted.signal->is_acted_on);
    CHECK(acted.signal->signal.fact.id == 2);
    const auto& noted = *archive.book().find(2)->opening();
    REQUIRE(noted.signal);
    CHECK_FALSE(noted.signal->is_acted_on);
    CHECK(noted.signal->signal.fact.id == 1);
    CHECK(noted.signal->signal.fact.contributions.size() == 2);
}

TEST_CASE("An old note of a signal says nothing about a later trade") {
    Archive archive;
    const auto bar = archive.add(StreamId::FeedBar, at(60), bar_of(at(0)));
    archive.add(StreamId::MlSignal, at(60), signal_of(1), {bar});
    archive.add(StreamId::StrategyBot, at(60), used(1), {bar});
    const auto later = archive.quote(at(600), {{call(24550), 11'900}});
    archive.intent(at(600), crossover_intent(1), {later});
    CHECK_FALSE(archive.book().find(1)->opening()->signal);
}

TEST_CASE("A trade that had to wait for another goes back to what closed the other") {
    Archive archive;
    archive.quote(at(30), {{call(24550), 11'730}});
    const auto bar = archive.add(StreamId::FeedBar, at(60), bar_of(at(0)));
    archive.intent(at(1), crossover_intent(1), {});
    Intent exit = crossover_intent(2);
    exit.group = 1;
    exit.purpose = Purpose::Reduce;
    archive.intent(at(60), exit, {bar});
    const auto flat = archive.group(at(60, 100), GroupEventKind::Flattened, GroupState::Closed, 1);
    archive.intent(at(60, 110), crossover_intent(3), {flat});
    const auto& request = *archive.book().find(3)->opening();
    REQUIRE(request.origin);
    CHECK(request.origin->first == 1);
    CHECK(std::holds_alternative<GroupEvent>(request.causes.front().payload));
}

TEST_CASE("What risk orders by itself is part of the trade's story") {
    auto archive = straddle_with_stop();
    Intent flatten = straddle_intent(1'000'000'001);
    flatten.group = 1;
    flatten.bot = "flatten";
    flatten.purpose = Purpose::Reduce;
    archive.decide(at(500), flatten, Verdict::Approved, {StreamId::ExecutionReport, 1});
    const auto* story = archive.book().find(1);
    REQUIRE(story->requests.size() == 2);
    CHECK_FALSE(story->requests.back().asked);
    CHECK(story->requests.back().intent().bot == "flatten");
    CHECK(story->bot == "straddle");
}

TEST_CASE("What is open is marked at the side it would close against") {
    Archive archive;
    archive.quote(at(60), {{call(24550), 11'730}});
    archive.filled(at(60), {1, 0, 0, 0, false}, call(24550), Side::Buy, 11'740);
    archive.quote(at(90), {{call(24550), 12'000}});
    const auto& book = archive.book();
    const auto result = book.result(*book.find(1));
    CHECK_FALSE(result.is_flat);
    CHECK(result.is_marked);
    CHECK(result.unrealised == Money::from_paise(75 * 260));
    Archive blind;
    blind.filled(at(60), {1, 0, 0, 0, false}, call(24550), Side::Buy, 11'740);
    CHECK_FALSE(blind.book().result(*blind.book().find(1)).is_marked);
}

TEST_CASE("A bot that wanted to trade and did not ask is remembered") {
    Archive archive;
    BotEvent skipped;
    skipped.kind = BotEventKind::Skipped;
    skipped.bot = "crossover";
    skipped.reason.code = ReasonCode::SessionEntriesOver;
    archive.add(StreamId::StrategyBot, at(60), skipped);
    REQUIRE(archive.book().skips().size() == 1);
    CHECK(archive.book().skips().front().reason.code == ReasonCode::SessionEntriesOver);
    CHECK(archive.book().known_ids() == "It holds no trade yet.");
}
