#include "common/chain/volatility_index.h"

#include "tests/unit/common/chain/chain_maker.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::test;

namespace {

// Strikes from 21,000 to 28,000 at one volatility.
void quote_widely(chain::ChainState& state, Date expiry, double volatility) {
    state.take(instrument_of(expiry));
    for (int64_t strike = 21'000; strike <= 28'000; strike += 50) {
        for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
            auto quote = quote_at(option_id(expiry, strike, kind), kOpen, 0.0, volatility);
            state.update(quote, kOpen);
        }
    }
}

}  // namespace

TEST_CASE("one volatility everywhere is what the index says") {
    chain::ChainState state;
    const Date near = base::date_of(2025, 9, 23);
    const Date next = base::date_of(2025, 10, 28);
    quote_widely(state, kNear, 0.14);
    quote_widely(state, near, 0.14);
    quote_widely(state, next, 0.14);
    quote_widely(state, base::date_of(2025, 12, 30), 0.14);
    state.advance(kOpen + base::seconds(1));
    const auto index = chain::volatility_index(state);
    REQUIRE(index);
    CHECK(index->points == Approx(14.0).epsilon(0.01));
    CHECK(index->near == near);  // the two around thirty days
    CHECK(index->next == next);
}

TEST_CASE("of near expiries only the last two count, and one alone is not enough") {
    chain::ChainState state;
    CHECK_FALSE(chain::volatility_index(state));
    quote_widely(state, kNear, 0.12);
    state.advance(kOpen + base::seconds(1));
    CHECK_FALSE(chain::volatility_index(state));
    quote_widely(state, kNext, 0.12);
    state.advance(kOpen + base::seconds(2));
    const auto index = chain::volatility_index(state);
    REQUIRE(index);
    CHECK(index->near == kNear);
    CHECK(index->next == kNext);
    CHECK(index->points == Approx(12.0).epsilon(0.02));
}
