#include "common/wire/time_check.h"

#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace samples;

namespace {
Meta known_at(Timestamp t) {
    Meta m = meta();
    m.known_time = t;
    return m;
}
QuoteBatch quoted_at(std::vector<std::pair<int64_t, Timestamp>> strikes) {
    QuoteBatch batch{Underlying::NIFTY, {}};
    for (const auto& [strike, t] : strikes) {
        batch.quotes.push_back(quote(strike));
        batch.quotes.back().event_time = t;
    }
    return batch;
}
}  // namespace

TEST_CASE("time order: known time may repeat but not go back within a stream", "[unit][wire]") {
    wire::TimeOrder order;
    const auto nifty = market_data_stream(Underlying::NIFTY);
    CHECK_FALSE(order.check(nifty, known_at(at(9, 24, 16))));
    CHECK_FALSE(order.check(nifty, known_at(at(9, 24, 16))));
    const auto refused = order.check(nifty, known_at(at(9, 24, 15)));
    REQUIRE(refused);
    CHECK(refused->rule == "time backwards");
    CHECK(refused->text() ==
          "known_time: 2025-08-29 09:24:15.000 is before 2025-08-29 09:24:16.000 on "
          "J/feed/md/NIFTY/");
    // What was refused does not count, and other streams have their own time.
    CHECK_FALSE(order.check(nifty, known_at(at(9, 24, 16))));
    CHECK_FALSE(order.check(StreamId::FeedBar, known_at(at(9, 15))));
}

TEST_CASE("time order: an exchange stamp that goes back is refused for its contract alone",
          "[unit][wire]") {
    wire::TimeOrder order;
    std::vector<wire::Refusal> refusals;
    auto first = quoted_at({{24'500, at(10, 0)}, {24'550, at(10, 1)}});
    order.check(first, refusals);
    CHECK(first.quotes.size() == 2);
    auto second = quoted_at({{24'500, at(10, 0)},      // repeats
                             {24'550, at(10, 0, 59)},  // goes back
                             {24'600, at(9, 0)}});     // first of its contract
    order.check(second, refusals);
    REQUIRE(second.quotes.size() == 2);
    CHECK(second.quotes[0].contract == option(24'500));
    CHECK(second.quotes[1].contract == option(24'600));
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].text() ==
          "NSE:NIFTY:2025-09-02:24550:CE event_time: 2025-08-29 10:00:59.000 is before "
          "2025-08-29 10:01:00.000");
    auto third = quoted_at({{24'550, at(10, 1)}});  // the refused one left no trace
    order.check(third, refusals);
    CHECK(third.quotes.size() == 1);
}

TEST_CASE("time order: it goes within one batch too", "[unit][wire]") {
    wire::TimeOrder order;
    std::vector<wire::Refusal> refusals;
    auto batch = quoted_at({{24'500, at(10, 1)}, {24'500, at(10, 0)}, {24'500, at(10, 2)}});
    order.check(batch, refusals);
    CHECK(batch.quotes.size() == 2);
    CHECK(refusals.size() == 1);
}

TEST_CASE("time order: it remembers thousands of contracts", "[unit][wire]") {
    wire::TimeOrder order;
    std::vector<wire::Refusal> refusals;
    for (const int second : {1, 2}) {
        for (int64_t strike = 1; strike <= 5'000; ++strike) {
            auto batch = quoted_at({{strike, at(10, 0, second)}});
            order.check(batch, refusals);
        }
    }
    REQUIRE(refusals.empty());
    for (int64_t strike = 1; strike <= 5'000; ++strike) {
        auto batch = quoted_at({{strike, at(10, 0, 1)}});
        order.check(batch, refusals);
    }
    CHECK(refusals.size() == 5'000);
}
