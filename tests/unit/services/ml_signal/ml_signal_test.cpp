#include "common/base/rng.h"
#include "services/ml_signal/core/ml_signal_core.h"
#include "tests/unit/common/indicators/resume_check.h"
#include "tests/unit/services/strategy/core_bench.h"

namespace sauda::ml_signal {

namespace {

using namespace domain;

const Date kDay = base::date_of(2025, 8, 29);
const Date kWeekly = base::date_of(2025, 9, 2);
const Date kNext = base::date_of(2025, 9, 9);

ContractId spot(Underlying u = Underlying::NIFTY) { return ContractId::spot(Exchange::NSE, u); }
ContractId forward(Date expiry) {
    return ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, expiry);
}

Bar bar_of(ContractId contract, int64_t close_paise) {
    Bar bar;
    bar.contract = contract;
    bar.open = bar.close = Price::from_paise(close_paise);
    bar.high = Price::from_paise(close_paise + 300);
    bar.low = Price::from_paise(close_paise - 300);
    return bar;
}

struct Day : test::CoreBench<MlSignalCore> {
    Day()
        : test::CoreBench<MlSignalCore>(
              [] { return std::make_unique<MlSignalCore>(MlSignalConfig{}); }) {}

    Timestamp start = base::ist(kDay, base::minutes(555));

    void bars(std::vector<Bar> list, Duration length = base::minutes(1),
              Underlying underlying = Underlying::NIFTY) {
        BarBatch batch;
        batch.underlying = underlying;
        batch.start = start;
        batch.length = length;
        batch.bars = std::move(list);
        start = start + length;
        input(StreamId::FeedBar, batch, start);
    }
    void day_start(Exchange exchange = Exchange::NSE) {
        SessionEvent event;
        event.kind = SessionKind::DayStart;
        event.exchange = exchange;
        event.date = kDay;
        input(StreamId::FeedSession, event, start);
    }
    std::vector<Signal> signals() const { return all<Signal>(); }
};

}  // namespace

TEST_CASE("the first signal follows the twentieth bar and names its bar") {
    Day day;
    for (int i = 0; i < 19; ++i) {
        day.bars({bar_of(forward(kWeekly), 2'450'000 + i * 500)});
        REQUIRE(day.signals().empty());
    }
    const Timestamp twentieth = day.start;
    day.bars({bar_of(forward(kWeekly), 2'460'000)});
    REQUIRE(day.signals().size() == 1);
    const Signal signal = day.signals().front();
    REQUIRE(signal.id == 1);
    REQUIRE(signal.underlying == Underlying::NIFTY);
    REQUIRE(signal.bar_start == twentieth);
    REQUIRE(signal.bar_length == base::minutes(1));
    REQUIRE(signal.horizon == base::minutes(15));
    REQUIRE(signal.origin == SignalOrigin::RulesOnly);
    REQUIRE(signal.model.empty());
    REQUIRE(signal.score > 0);
    REQUIRE(signal.contributions.size() == 5);
    for (std::size_t i = 1; i < 5; ++i) {
        REQUIRE(std::abs(signal.contributions[i].contribution) <=
                std::abs(signal.contributions[i - 1].contribution));
    }
    REQUIRE(signal.contributions.front().feature == "momentum_5");
    day.bars({bar_of(forward(kWeekly), 2'460'100)});
    REQUIRE(day.signals().back().id == 2);
    day.check_recovery();
}

TEST_CASE("a falling market scores below zero") {
    Day day;
    for (int i = 0; i < 40; ++i) {
        day.bars({bar_of(spot(), 2'450'000 - i * 500)});
    }
    REQUIRE(day.signals().size() == 21);
    for (const auto& signal : day.signals()) {
        REQUIRE(signal.score < 0);
    }
}

TEST_CASE("the nearest expiry's forward is preferred, the index stands in until it is ready") {
    Day day;
    for (int i = 0; i < 60; ++i) {
        std::vector<Bar> bars{bar_of(forward(kNext), 2'460'000),
                              bar_of(spot(), 2'450'000 + i * 500)};
        if (i >= 30) {
            bars.push_back(bar_of(forward(kWeekly), 2'455'000 - (i - 30) * 500));
        }
        day.bars(bars);
    }
    // Bars 20 to 49: the later expiry, flat; from the twentieth of the weekly on: falling.
    const auto signals = day.signals();
    REQUIRE(signals.size() == 41);
    REQUIRE(signals[0].score == 0);
    REQUIRE(signals[29].score == 0);
    REQUIRE(signals[30].score < 0);
    Day index;
    for (int i = 0; i < 25; ++i) {
        index.bars({bar_of(spot(), 2'450'000 + i * 500)});
    }
    REQUIRE(index.signals().back().score > 0);
}

TEST_CASE("bars of options, of other lengths and expired forwards say nothing") {
    Day day;
    const auto call = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                                         kWeekly, Price::from_rupees(24'500));
    const auto gone = forward(base::date_of(2025, 8, 26));
    for (int i = 0; i < 40; ++i) {
        day.bars({bar_of(call, 10'000 + i), bar_of(gone, 2'450'000 + i)});
    }
    for (int i = 0; i < 40; ++i) {
        day.bars({bar_of(spot(), 2'450'000 + i)}, base::seconds(1));
    }
    REQUIRE(day.signals().empty());
}

TEST_CASE("a day starts cold, for its own exchange only") {
    Day day;
    for (int i = 0; i < 25; ++i) {
        day.bars({bar_of(spot(), 2'450'000 + i * 500)});
    }
    day.day_start(Exchange::MCX);
    day.forget();
    day.bars({bar_of(spot(), 2'450'000)});
    REQUIRE(day.signals().size() == 1);
    day.day_start();
    day.forget();
    for (int i = 0; i < 19; ++i) {
        day.bars({bar_of(spot(), 2'450'000 + i * 500)});
    }
    REQUIRE(day.signals().empty());
    day.bars({bar_of(spot(), 2'450'000)});
    REQUIRE(day.signals().size() == 1);
    REQUIRE(day.signals().front().id == 8);
    day.check_recovery();
}

TEST_CASE("each underlying has its own series") {
    Day day;
    for (int i = 0; i < 25; ++i) {
        day.bars({bar_of(spot(), 2'450'000 + i * 500)});
        day.start = day.start - base::minutes(1);
        day.bars({bar_of(spot(Underlying::BANKNIFTY), 5'500'000 - i * 900)}, base::minutes(1),
                 Underlying::BANKNIFTY);
    }
    REQUIRE(day.signals().size() == 12);
    for (const auto& signal : day.signals()) {
        REQUIRE((signal.score > 0) == (signal.underlying == Underlying::NIFTY));
    }
}

namespace {
std::vector<Bar> random_bars(base::Rng& rng, int64_t& price) {
    price += rng.between(-900, 900);
    std::vector<Bar> bars;
    if (rng.chance(0.9)) {
        bars.push_back(bar_of(spot(), price));
    }
    if (rng.chance(0.9)) {
        bars.push_back(bar_of(forward(kWeekly), price + 4'000));
    }
    return bars;
}
}  // namespace

TEST_CASE(
    "random days: same signals twice, recovery from any snapshot, later bars change nothing") {
    for (const uint64_t seed : {1, 2, 3}) {
        Day whole;
        Day prefix;
        base::Rng rng(seed);
        int64_t price = 2'450'000;
        for (int i = 0; i < 375; ++i) {
            const auto bars = random_bars(rng, price);
            whole.bars(bars);
            if (i < 200) {
                prefix.bars(bars);
            }
        }
        whole.check_recovery(17);
        const auto early = prefix.signals();
        const auto all = whole.signals();
        REQUIRE(early.size() > 100);
        REQUIRE(std::equal(early.begin(), early.end(), all.begin()));
    }
}

TEST_CASE("the features loaded from a snapshot go on as if nothing happened") {
    base::Rng rng(9);
    std::vector<Bar> bars;
    int64_t price = 2'450'000;
    for (int i = 0; i < 1100; ++i) {
        price += rng.between(-900, 900);
        bars.push_back(bar_of(spot(), price));
    }
    for (const int warm_up : {0, 1, 19, 20, 61, 100}) {
        test::check_resumes([] { return BarFeatures(); },
                            [&](BarFeatures& features, int i) {
                                features.push(bars[static_cast<std::size_t>(i)],
                                              base::ist(kDay, base::minutes(555 + i)));
                            },
                            warm_up);
    }
}

TEST_CASE("a core loaded from its snapshot goes on as if nothing happened for 1,000 inputs") {
    Day straight;
    Day resumed;
    base::Rng rng(4);
    int64_t price = 2'450'000;
    for (int i = 0; i < 1100; ++i) {
        if (i == 100) {
            resumed.restart();
        }
        const auto bars = random_bars(rng, price);
        straight.bars(bars);
        resumed.bars(bars);
    }
    REQUIRE(straight.core().save() == resumed.core().save());
    REQUIRE(straight.events() == resumed.events());
}

TEST_CASE("bytes that are no snapshot leave the signal core as constructed") {
    Day day;
    for (int i = 0; i < 25; ++i) {
        day.bars({bar_of(spot(), 2'450'000 + i * 500)});
    }
    const std::string good = day.core().save();
    MlSignalCore core{MlSignalConfig{}};
    const std::string fresh = core.save();
    for (std::size_t n = 0; n < good.size(); ++n) {
        REQUIRE_FALSE(core.load(std::string_view(good).substr(0, n)));
    }
    REQUIRE(core.save() == fresh);
}

}  // namespace sauda::ml_signal
