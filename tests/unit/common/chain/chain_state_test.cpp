#include "common/chain/chain_state.h"

#include "tests/unit/common/chain/chain_maker.h"
#include "tests/unit/common/indicators/resume_check.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::test;
using chain::ChainState;

namespace {

ChainState two_expiries() {
    ChainState state;
    state.take(instrument_of(kNear));
    state.take(instrument_of(kNext));
    return state;
}

// Some quotes of the i-th quarter second and a bit.
void random_quotes(ChainState& state, int i) {
    base::Rng rng(static_cast<uint64_t>(i) + 1);
    const Timestamp now = kOpen + base::milliseconds(i * 90);
    for (int64_t n = rng.between(1, 3); n > 0; --n) {
        const auto expiry = rng.chance(0.7) ? kNear : kNext;
        const auto strike = 24'000 + 50 * rng.between(0, 20);
        const auto kind = rng.chance(0.5) ? ContractKind::Call : ContractKind::Put;
        auto quote = quote_at(option_id(expiry, strike, kind), now, rng.uniform() * 20.0);
        if (rng.chance(0.1)) {
            quote.bid = Price{};
        }
        state.update(quote, now);
    }
}

}  // namespace

TEST_CASE("what was quoted shows at the next point of the grid, not before") {
    auto state = two_expiries();
    const Timestamp begun = kOpen + base::milliseconds(100);
    quote_expiry(state, kNear, begun);
    state.advance(kOpen + base::milliseconds(249));
    REQUIRE(state.find(kNear) != nullptr);
    CHECK_FALSE(state.find(kNear)->forward());
    state.advance(kOpen + base::milliseconds(250));
    REQUIRE(state.find(kNear)->forward());
    CHECK(state.find(kNear)->forward()->forward == Approx(24'500.0).margin(0.5));
    CHECK(state.find(kNear)->as_of() == kOpen + base::milliseconds(250));
    CHECK(*state.find(kNear)->at_the_money_volatility() == Approx(0.12).epsilon(0.01));
    CHECK(state.updated_at() == begun);

    quote_expiry(state, kNear, kOpen + base::milliseconds(260), 10.0);
    CHECK(state.find(kNear)->forward()->forward == Approx(24'500.0).margin(0.5));
    state.advance(kOpen + base::milliseconds(500));
    CHECK(state.find(kNear)->forward()->forward == Approx(24'510.0).margin(0.5));
}

TEST_CASE("what it shows does not depend on when somebody looks") {
    auto looked_at = two_expiries();
    auto left_alone = two_expiries();
    for (int i = 0; i < 1'500; ++i) {
        random_quotes(looked_at, i);
        random_quotes(left_alone, i);
        looked_at.advance(kOpen + base::milliseconds(i * 90 + 89));
        if (i % 7 == 0) {
            auto looks_now = left_alone;
            looks_now.advance(kOpen + base::milliseconds(i * 90 + 89));
            REQUIRE(base::save_to_bytes(looked_at) == base::save_to_bytes(looks_now));
        }
    }
    CHECK(looked_at.find(kNear)->forward());
    CHECK(looked_at.find(kNext)->forward());
}

TEST_CASE("what is saved goes on as if nothing had happened") {
    check_resumes(two_expiries, random_quotes, 700);
}

TEST_CASE("an expiry that nobody quoted keeps what it had") {
    auto state = two_expiries();
    quote_expiry(state, kNear, kOpen);
    quote_expiry(state, kNext, kOpen);
    state.advance(kOpen + base::seconds(1));
    const auto before = base::save_to_bytes(*state.find(kNext));
    quote_expiry(state, kNear, kOpen + base::seconds(2), 30.0);
    state.advance(kOpen + base::seconds(3));
    CHECK(base::save_to_bytes(*state.find(kNext)) == before);
    CHECK(state.find(kNext)->as_of() == kOpen + base::milliseconds(250));
    CHECK(state.find(kNear)->as_of() == kOpen + base::milliseconds(2'250));
}

TEST_CASE("without the settlement time quotes are kept and nothing is computed") {
    ChainState state;
    quote_expiry(state, kNear, kOpen);
    state.advance(kOpen + base::seconds(1));
    CHECK(state.find(kNear)->size() == 21);
    CHECK_FALSE(state.find(kNear)->forward());
    CHECK_FALSE(state.settles_at(kNear));
    CHECK_FALSE(state.nearest(kOpen));
    state.take(instrument_of(kNear));
    CHECK(*state.nearest(kOpen) == kNear);
    CHECK(*state.settles_at(kNear) == settlement_of(kNear));
    state.update(quote_at(option_id(kNear, 24'500, ContractKind::Call), kOpen + base::seconds(2)),
                 kOpen + base::seconds(2));
    state.advance(kOpen + base::seconds(3));
    CHECK(state.find(kNear)->forward());
}

TEST_CASE("after its settlement an expiry knows nothing any more") {
    auto state = two_expiries();
    const Timestamp late = settlement_of(kNear) - base::minutes(5);
    quote_expiry(state, kNear, late);
    quote_expiry(state, kNext, late);
    state.advance(late + base::seconds(1));
    REQUIRE(state.find(kNear)->forward());
    CHECK(state.find(kNear)->minutes() == Approx(5.0).epsilon(1e-3));
    const Timestamp after = settlement_of(kNear) + base::seconds(1);
    quote_expiry(state, kNext, after);
    state.advance(after + base::seconds(1));
    CHECK_FALSE(state.find(kNear)->forward());
    CHECK(state.find(kNext)->forward());
    CHECK(*state.nearest(after) == kNext);
}

TEST_CASE("only the nearest expiries that are to be followed are computed") {
    chain::ChainConfig config;
    config.expiries_followed = 1;
    ChainState state(config);
    state.take(instrument_of(kNear));
    state.take(instrument_of(kNext));
    quote_expiry(state, kNext, kOpen);
    quote_expiry(state, kNear, kOpen);
    state.advance(kOpen + base::seconds(1));
    CHECK(state.find(kNear)->forward());
    CHECK_FALSE(state.find(kNext)->forward());
    CHECK(state.expiries() == std::vector<Date>{kNear, kNext});
}

TEST_CASE("a quote lives as long as the configuration says") {
    chain::ChainConfig config;
    config.quote_life = base::seconds(10);
    ChainState state(config);
    state.take(instrument_of(kNear));
    quote_expiry(state, kNear, kOpen);
    const Timestamp later = kOpen + base::seconds(20);
    state.update(quote_at(option_id(kNear, 24'500, ContractKind::Call), later), later);
    state.advance(later + base::seconds(1));
    const auto& near = *state.find(kNear);
    CHECK(near.state(*near.row_of(24'500.0), true) == options::QuoteState::TwoSided);
    CHECK(near.state(*near.row_of(24'500.0), false) == options::QuoteState::Stale);
    CHECK_FALSE(near.forward());
}

TEST_CASE("the underlying and its futures are kept beside the options; a new day forgets all") {
    auto state = two_expiries();
    Quote spot;
    spot.contract = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
    spot.last = Price::from_rupees(24'480);
    state.update(spot, kOpen);
    Quote future;
    future.contract = ContractId::future(Exchange::NSE, Underlying::NIFTY, kNear);
    future.bid = Price::from_rupees(24'499);
    state.update(future, kOpen);
    future.bid = Price::from_rupees(24'501);
    state.update(future, kOpen);
    CHECK(state.spot()->last == spot.last);
    CHECK(state.future(kNear)->bid == future.bid);
    CHECK_FALSE(state.future(kNext));
    CHECK(state.expiries().empty());
    CHECK(state.find(kNear) == nullptr);
    quote_expiry(state, kNear, kOpen);
    state.clear();
    CHECK_FALSE(state.spot());
    CHECK(state.expiries().empty());
    CHECK_FALSE(state.updated_at().is_set());
    CHECK(base::save_to_bytes(state) == base::save_to_bytes(ChainState()));
}

TEST_CASE("minutes are whole far from the settlement and exact near it") {
    const Timestamp end = settlement_of(kNear);
    CHECK(chain::minutes_left(end - base::minutes(3'000), end) == 3'000.0);
    CHECK(chain::minutes_left(end - base::minutes(3'000) + base::seconds(1), end) == 3'000.0);
    CHECK(chain::minutes_left(end - base::minutes(3'000) - base::seconds(1), end) == 3'001.0);
    CHECK(chain::minutes_left(end - base::seconds(90), end) == 1.5);
    CHECK(chain::minutes_left(end, end) == 0.0);
    CHECK(chain::minutes_left(end + base::minutes(1), end) == -1.0);
}

TEST_CASE("damaged bytes are read as something usable or refused") {
    auto state = two_expiries();
    quote_expiry(state, kNear, kOpen);
    state.advance(kOpen + base::seconds(1));
    const auto bytes = base::save_to_bytes(state);
    base::Rng rng(9);
    for (int i = 0; i < 300; ++i) {
        auto damaged = bytes;
        if (rng.chance(0.5)) {
            damaged.resize(rng.below(damaged.size()));
        }
        for (int64_t n = rng.between(1, 5); n > 0 && !damaged.empty(); --n) {
            damaged[rng.below(damaged.size())] = static_cast<char>(rng.below(256));
        }
        base::BinaryReader reader(damaged);
        ChainState read;
        reader.read(read);
        if (reader.ok()) {
            CHECK(read.expiries().size() <= 3);
        }
    }
}
