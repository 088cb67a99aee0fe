#include "common/options/quote_arbitrage.h"

#include "tests/support/flat_chain.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace sauda::options;
using sauda::test::FlatChain;

namespace {

std::vector<QuoteViolation> found_in(const FlatChain& chain) {
    std::vector<QuoteViolation> found;
    find_quote_violations(chain.quotes(), found);
    return found;
}

}  // namespace

TEST_CASE("Quotes around one volatility violate nothing") {
    CHECK(found_in(FlatChain(24600.0, 0.14, 10.0, 23000.0, 26000.0)).empty());
    std::vector<QuoteViolation> found;
    const FlatChain near(24600.0, 0.14, 10.0, 23000.0, 26000.0);
    const FlatChain far(24650.0, 0.14, 17.0, 23000.0, 26000.0);
    find_calendar_violations(near.quotes(), far.quotes(), found);
    CHECK(found.empty());
}

TEST_CASE("A dear strike is a butterfly once the spreads are paid, and not before") {
    FlatChain chain(24600.0, 0.14, 10.0, 23000.0, 26000.0);
    StrikeQuotes& middle = chain.at(25000.0);
    const double low = chain.at(24950.0).call_ask;
    const double high = chain.at(25050.0).call_ask;
    middle.call_bid = 0.5 * (low + high);
    middle.call_ask = middle.call_bid + 0.1;
    CHECK(found_in(chain).empty());
    middle.call_bid += 0.25;
    middle.call_ask += 0.25;
    const auto found = found_in(chain);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == QuoteArbitrage::CallButterfly);
    CHECK(found[0].strike == 25000.0);
    CHECK(found[0].amount == Approx(0.25));
}

TEST_CASE("A missing strike between two is stepped over, with weights that fit the distances") {
    FlatChain chain(24600.0, 0.14, 10.0, 23000.0, 26000.0);
    chain.at(24950.0).put_bid = 0.0;  // now 24900, 25000, 25050
    StrikeQuotes& middle = chain.at(25000.0);
    const double edge = chain.at(24900.0).put_ask / 3.0 + chain.at(25050.0).put_ask * 2.0 / 3.0;
    middle.put_bid = edge + 1.0;
    middle.put_ask = middle.put_bid + 0.1;
    const auto found = found_in(chain);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == QuoteArbitrage::PutButterfly);
    CHECK(found[0].amount == Approx(1.0));
}

TEST_CASE("Prices that run the wrong way, or too steeply, are verticals") {
    FlatChain chain(24600.0, 0.14, 10.0, 23000.0, 26000.0);
    StrikeQuotes& last = chain.at(26000.0);
    last.call_bid = chain.at(25950.0).call_ask + 0.3;
    last.call_ask = last.call_bid + 0.1;
    auto found = found_in(chain);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == QuoteArbitrage::CallVertical);
    CHECK(found[0].strike == 26000.0);
    CHECK(found[0].amount == Approx(0.3));

    FlatChain steep(24600.0, 0.14, 10.0, 23000.0, 26000.0);
    StrikeQuotes& top = steep.at(26000.0);
    top.put_bid = steep.at(25950.0).put_ask + 50.0 * steep.quotes().discount + 0.4;
    top.put_ask = top.put_bid + 0.1;
    found = found_in(steep);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == QuoteArbitrage::PutVertical);
    CHECK(found[0].amount == Approx(0.4));
}

TEST_CASE("A later expiry with less total variance is a calendar, at the strikes where it is") {
    const FlatChain near(24600.0, 0.20, 10.0, 24000.0, 25200.0);
    const FlatChain far(24650.0, 0.14, 17.0, 24000.0, 25200.0);
    std::vector<QuoteViolation> found;
    find_calendar_violations(near.quotes(), far.quotes(), found);
    REQUIRE(found.size() > 15);
    for (const QuoteViolation& v : found) {
        CHECK(v.kind == QuoteArbitrage::Calendar);
        const double gap = (0.20 * 0.20 * 10.0 - 0.14 * 0.14 * 17.0) / 365.0;
        CHECK(v.amount == Approx(gap).epsilon(0.15));  // less the spreads
        CHECK(v.amount < gap);
    }
    CHECK(to_text(found[0].kind) == "calendar");
}
