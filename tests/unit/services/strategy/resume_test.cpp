#include "common/base/rng.h"
#include "services/strategy/core/bots/close_series.h"
#include "services/strategy/core/bots/short_straddle.h"
#include "services/strategy/core/bots/sma_crossover.h"
#include "tests/unit/common/indicators/resume_check.h"
#include "tests/unit/services/strategy/random_day.h"

// load(save(x)) then 1,000 inputs equals x then 1,000 inputs, bit for bit.

namespace sauda::test {

TEST_CASE("a series of closes loaded from its snapshot goes on as if nothing happened") {
    for (const int warm_up : {0, 1, 21, 255, 256, 700}) {
        base::Rng rng(5);
        std::vector<int64_t> closes;
        for (int i = 0; i < 1700; ++i) {
            closes.push_back(rng.between(23'000, 26'000));
        }
        check_resumes([] { return strategy::CloseSeries(); },
                      [&](strategy::CloseSeries& series, int i) {
                          series.add(at(9, 15) + base::minutes(i),
                                     Price::from_rupees(closes[static_cast<std::size_t>(i)]));
                      },
                      warm_up);
    }
    strategy::CloseSeries before;
    before.add(at(9, 15), Price::from_rupees(24'500));
    strategy::CloseSeries after;
    const std::string bytes = base::save_to_bytes(before);
    base::BinaryReader reader(bytes);
    reader.read(after);
    REQUIRE(after.last_bar() == at(9, 15));
}

// A bot by itself: what it learns from 1,000 inputs after its snapshot.
TEMPLATE_TEST_CASE("a bot loaded from its snapshot learns on as if nothing happened", "",
                   strategy::ShortStraddle, strategy::SmaCrossover) {
    const auto inputs = random_inputs(3, 1400);
    strategy::MarketState market(rules());
    TestType original;
    TestType resumed;
    const auto feed = [&](TestType& bot, const Input& input) {
        if (const auto* bars = std::get_if<BarBatch>(&input.payload)) {
            bot.observe_bars(*bars, market);
        } else if (const auto* quotes = std::get_if<QuoteBatch>(&input.payload)) {
            bot.observe_quotes(*quotes, market);
        } else if (const auto* session = std::get_if<SessionEvent>(&input.payload)) {
            bot.observe_session(*session, market);
        }
    };
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (i == 400) {
            REQUIRE(resumed.load(original.save()));
            REQUIRE(resumed.save() == original.save());
        }
        feed(original, inputs[i]);
        if (i >= 400) {
            feed(resumed, inputs[i]);
        }
    }
    REQUIRE(resumed.save() == original.save());
}

TEST_CASE("a strategy loaded from its snapshot goes on as if nothing happened") {
    for (const uint64_t seed : {1, 2, 3}) {
        RandomDay straight(seed);
        RandomDay resumed(seed);
        for (int i = 0; i < 400; ++i) {
            straight.step();
            resumed.step();
        }
        resumed.restart();
        for (int i = 0; i < 1000; ++i) {
            straight.step();
            resumed.step();
        }
        const bool is_equal = straight.bench.core().save() == resumed.bench.core().save();
        REQUIRE(is_equal);
        REQUIRE(straight.bench.events() == resumed.bench.events());
        REQUIRE(straight.bench.all<Intent>().size() > 3);
    }
}

TEST_CASE("random days: recovery from any snapshot gives the same state") {
    for (const uint64_t seed : {11, 12, 13, 14}) {
        RandomDay day(seed);
        for (int i = 0; i < 700; ++i) {
            day.step();
        }
        day.bench.check_recovery(29);
        REQUIRE(day.bench.all<Intent>().size() > 2);
        REQUIRE(day.bench.all<BotEvent>().size() > 20);
    }
}

TEST_CASE("the same inputs make the same events, message for message") {
    RandomDay a(21);
    RandomDay b(21);
    for (int i = 0; i < 500; ++i) {
        a.step();
        b.step();
    }
    REQUIRE(a.bench.events() == b.bench.events());
}

TEST_CASE("a random day never makes a storm: skips and memory stay bounded") {
    RandomDay day(31);
    for (int i = 0; i < 1500; ++i) {
        day.step();
    }
    const double minutes = static_cast<double>((day.now - at(9, 0)).ns) / 60e9;
    std::map<std::pair<std::string, ReasonCode>, int> said;
    for (const auto& event : day.bench.all<BotEvent>()) {
        if (event.kind == BotEventKind::Skipped) {
            ++said[{event.bot, event.reason.code}];
        }
    }
    REQUIRE_FALSE(said.empty());
    for (const auto& [what, times] : said) {
        REQUIRE(times <= minutes + 1);
    }
}

}  // namespace sauda::test
