#include "common/base/rng.h"
#include "tests/unit/services/feed/feed_fixture.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::feed::test;

TEST_CASE("a feed recovered anywhere in two random days has the same bytes of state") {
    for (uint64_t seed = 1; seed <= 6; ++seed) {
        base::Rng rng(seed);
        auto runner = make_runner();
        domain::Date date = base::date_of(2025, 9, 1);
        for (int day = 0; day < 2; ++day, date.days += 1) {
            const auto interval = rng.chance(0.5) ? base::milliseconds(500) : base::seconds(5);
            auto known = at(static_cast<int>(rng.between(8, 11)), 50, 0, date);
            auto stamp = known;
            runner.input(start(known, interval, date));
            for (int i = 0; i < 300; ++i) {
                known = known + base::milliseconds(rng.between(1, rng.chance(0.1) ? 400'000 : 700));
                stamp = rng.chance(0.7) ? known : stamp;
                std::vector<Quote> quotes;
                const int64_t n = rng.between(1, 6);
                for (int64_t k = 0; k < n; ++k) {
                    const int64_t bid = rng.between(0, 20) == 0 ? 0 : rng.between(1'000, 1'200);
                    const auto kind = rng.chance(0.5) ? ContractKind::Call : ContractKind::Put;
                    quotes.push_back(
                        quote(option(kind, 24'000 + 50 * static_cast<int>(rng.below(6))), bid,
                              bid + 10, stamp, rng.between(0, 1'000)));
                }
                runner.input(batch(std::move(quotes), known));
            }
            runner.input(feed::source_end(Underlying::NIFTY, known, 0));
            runner.run_out();
        }
        CHECK(sessions(runner, SessionKind::RunEnd).size() == 2);
        runner.check_recovery();
    }
}

TEST_CASE("bytes that are no snapshot are refused and leave a fresh core") {
    auto runner = make_runner();
    const std::string fresh = runner.core().save();
    runner.input(start(at(9, 20)));
    CHECK_FALSE(runner.core().load("not a snapshot"));
    CHECK(runner.core().save() == fresh);
}
