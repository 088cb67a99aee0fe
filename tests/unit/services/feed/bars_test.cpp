#include "common/base/rng.h"
#include "tests/unit/services/feed/feed_fixture.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::feed::test;
using domain::Bar;
using domain::BarBatch;
using domain::Price;
using domain::Timestamp;

namespace {

struct Tick {
    Timestamp known;
    Quote quote;
};

// Random quotes of four contracts, several batches a minute, with minutes left out.
std::vector<Tick> random_ticks(uint64_t seed) {
    base::Rng rng(seed);
    std::vector<Tick> ticks;
    Timestamp known = at(9, 16);
    std::map<int, int64_t> volume;
    while (known < at(9, 58)) {
        known = known + base::milliseconds(rng.between(50, rng.chance(0.02) ? 200'000 : 9'000));
        const int n = static_cast<int>(rng.between(1, 4));
        for (int i = 0; i < n; ++i) {
            const int which = static_cast<int>(rng.below(4));
            const auto kind = which % 2 == 0 ? ContractKind::Call : ContractKind::Put;
            volume[which] += rng.between(0, 5) * 75;
            const int64_t bid = rng.chance(0.1) ? 0 : rng.between(5'000, 9'000);
            Quote q =
                quote(option(kind, 24'500 + 50 * (which / 2)), bid, bid + 25, known, volume[which]);
            if (bid == 0) {
                q.ask = {};
                q.last = Price::from_paise(rng.between(0, 1) * 7'000);
            }
            ticks.push_back({known, q});
        }
    }
    return ticks;
}

using BarKey = std::pair<int64_t, ContractId>;

std::map<BarKey, Bar> naive_bars(const std::vector<Tick>& ticks) {
    std::map<BarKey, Bar> bars;
    std::map<ContractId, Quote> last;
    for (const auto& tick : ticks) {
        const auto id = tick.quote.contract;
        const Price price = tick.quote.is_two_sided() ? tick.quote.mid() : tick.quote.last;
        int64_t traded = 0;
        if (last.contains(id)) {
            traded = tick.quote.volume.raw() - last[id].volume.raw();
        }
        const bool is_repeat = last.contains(id) && last[id] == tick.quote;
        last[id] = tick.quote;
        if (!price.is_positive() || is_repeat) {
            continue;
        }
        auto& bar = bars[{tick.known.ns / 60'000'000'000, id}];
        if (bar.updates == 0) {
            bar = Bar{id, price, price, price, price, {}, {}, 0};
        }
        bar.high = price > bar.high ? price : bar.high;
        bar.low = price < bar.low ? price : bar.low;
        bar.close = price;
        bar.volume += base::units(traded);
        ++bar.updates;
    }
    return bars;
}

}  // namespace

TEST_CASE("one-minute bars equal a naive recomputation from the quotes") {
    for (uint64_t seed = 1; seed <= 5; ++seed) {
        const auto ticks = random_ticks(seed);
        auto runner = make_runner();
        runner.input(start(at(9, 0)));
        for (std::size_t i = 0; i < ticks.size();) {
            std::vector<Quote> quotes;
            const Timestamp known = ticks[i].known;
            for (; i < ticks.size() && ticks[i].known == known; ++i) {
                quotes.push_back(ticks[i].quote);
            }
            runner.input(batch(quotes, known));
        }
        runner.run_out();
        std::map<BarKey, Bar> found;
        for (const auto& event : runner.events()) {
            const auto* bars = std::get_if<BarBatch>(&event.payload);
            if (bars == nullptr) {
                continue;
            }
            REQUIRE(bars->length == base::minutes(1));
            CHECK_FALSE(bars->bars.empty());
            CHECK(event.meta.event_time == bars->start + bars->length);
            for (std::size_t i = 0; i < bars->bars.size(); ++i) {
                const Bar& bar = bars->bars[i];
                CHECK((i == 0 || bars->bars[i - 1].contract < bar.contract));
                if (bar.contract.kind() != ContractKind::Synthetic) {
                    found[{bars->start.ns / 60'000'000'000, bar.contract}] = bar;
                }
            }
        }
        CHECK(found == naive_bars(ticks));
    }
}

TEST_CASE("the synthetic bar is made of whole snapshots, never of half a one") {
    auto runner = make_runner();
    runner.input(start(at(9, 0)));
    const auto call = option(ContractKind::Call, 24'500);
    const auto put = option(ContractKind::Put, 24'500);
    // Call up 50 and put down 50 in two batches of one snapshot: the forward moves 24,510 ->
    // 24,610.
    runner.input(
        batch({quote(call, 10'990, 11'010, at(9, 20)), quote(put, 9'990, 10'010, at(9, 20))},
              at(9, 20, 5)));
    runner.input(batch({quote(call, 15'990, 16'010, at(9, 20, 30))}, at(9, 20, 35)));
    runner.input(batch({quote(put, 4'990, 5'010, at(9, 20, 30))}, at(9, 20, 35)));
    runner.advance_to(at(9, 21));
    const auto bars = runner.all<BarBatch>();
    REQUIRE(bars.size() == 1);
    REQUIRE(bars[0].bars.size() == 3);
    const Bar& forward = bars[0].bars.back();
    CHECK(forward.contract == ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, kTuesday));
    CHECK(forward.open == Price::from_rupees(24'510));
    CHECK(forward.high == Price::from_rupees(24'610));
    CHECK(forward.low == Price::from_rupees(24'510));
    CHECK(forward.close == Price::from_rupees(24'610));
    CHECK(forward.updates == 2);
}

TEST_CASE("a bar is not published before its minute is over, nor for an empty minute") {
    auto runner = make_runner();
    runner.input(start(at(9, 0)));
    runner.input(
        batch({quote(option(ContractKind::Call, 24'500), 1'000, 1'010, at(9, 20))}, at(9, 20, 59)));
    CHECK(runner.all<BarBatch>().empty());
    runner.advance_to(at(9, 20, 59));
    CHECK(runner.all<BarBatch>().empty());
    // A quote known at the very end of the minute belongs to the next one.
    runner.input(
        batch({quote(option(ContractKind::Call, 24'500), 2'000, 2'010, at(9, 21))}, at(9, 21)));
    runner.advance_to(at(9, 30));
    const auto bars = runner.all<BarBatch>();
    REQUIRE(bars.size() == 2);
    CHECK(bars[0].bars[0].close == Price::from_paise(1'005));
    CHECK(bars[1].start == at(9, 21));
    CHECK(bars[1].bars[0].open == Price::from_paise(2'005));
}

TEST_CASE("one-second bars of spot and forward come from fast sources only") {
    for (const auto interval : {base::milliseconds(250), base::seconds(65)}) {
        auto runner = make_runner();
        runner.input(start(at(9, 0), interval));
        Quote spot;
        spot.contract = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
        spot.last = Price::from_rupees(24'500);
        spot.event_time = at(9, 20);
        runner.input(
            batch({spot, quote(option(ContractKind::Call, 24'500), 10'000, 10'010, at(9, 20)),
                   quote(option(ContractKind::Put, 24'500), 10'000, 10'010, at(9, 20))},
                  at(9, 20)));
        runner.advance_to(at(9, 20, 1));
        const auto bars = runner.all<BarBatch>();
        if (interval > base::seconds(1)) {
            CHECK(bars.empty());
            continue;
        }
        REQUIRE(bars.size() == 1);
        CHECK(bars[0].length == base::seconds(1));
        REQUIRE(bars[0].bars.size() == 2);
        CHECK(bars[0].bars[0].contract == spot.contract);
        CHECK(bars[0].bars[1].contract.kind() == ContractKind::Synthetic);
    }
}
