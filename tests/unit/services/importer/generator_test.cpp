#include "common/domain/chain.h"
#include "common/wire/validate.h"
#include "services/importer/core/option_price.h"
#include "services/importer/core/session_generator.h"
#include "tests/unit/services/importer/importer_support.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

using namespace importer_test;
using namespace sauda::importer;
using sauda::domain::ContractKind;
using sauda::domain::Quote;

namespace {

struct Generated {
    KeepingSink sink;
    GeneratedSession session;
};

Generated generate(uint64_t seed, bool is_quick = false) {
    Generated out;
    const auto session = generate_session(
        small_rules(), {sauda::base::date_of(2026, 11, 23), seed, is_quick}, out.sink);
    REQUIRE(session);
    out.session = *session;
    return out;
}

}  // namespace

TEST_CASE("the pricing agrees with the C library far below a tick") {
    for (double x = -8.0; x <= 8.0; x += 0.037) {
        REQUIRE(std::abs(normal_cdf(x) - 0.5 * std::erfc(-x / std::sqrt(2.0))) < 1e-7);
        REQUIRE(std::abs(decay(-x * x) - std::exp(-x * x)) < 1e-9);
    }
    const double call = option_price(true, 25'000, 25'200, 150);
    const double put = option_price(false, 25'000, 25'200, 150);
    CHECK(call - put == Approx(-200.0));
    CHECK(option_price(true, 25'000, 25'000, 150) == Approx(150 * 0.3989423).epsilon(1e-6));
}

TEST_CASE("the same date and seed give the same session, another seed another one") {
    const auto one = generate(7, true);
    const auto two = generate(7, true);
    const auto other = generate(8, true);
    REQUIRE(one.sink.messages.size() == two.sink.messages.size());
    CHECK(one.sink.messages == two.sink.messages);
    CHECK_FALSE(one.sink.messages == other.sink.messages);
}

TEST_CASE("a generated session is a valid day of the dated rules") {
    const auto out = generate(1);
    const auto date = sauda::base::date_of(2026, 11, 23);
    const auto time = [&](int hour, int minute) {
        return sauda::base::ist(date, sauda::base::minutes(hour * 60 + minute));
    };
    CHECK(out.session.expiry == sauda::base::date_of(2026, 11, 24));  // a Tuesday
    CHECK(out.session.quotes > 180'000);
    CHECK(out.session.contracts == 43);
    CHECK(out.sink.messages.front().meta.event_time == time(9, 15));
    CHECK(out.sink.messages.back().meta.event_time < time(15, 40));
    CHECK(out.sink.messages.back().meta.event_time >= time(15, 39));
    uint64_t seq = 0;
    Timestamp last_known;
    Timestamp last_spot;
    std::map<sauda::domain::ContractId, int64_t> volumes;
    for (auto message : out.sink.messages) {
        REQUIRE(message.seq == ++seq);
        REQUIRE(message.meta.known_time > last_known);
        REQUIRE(message.meta.known_time > message.meta.event_time);
        last_known = message.meta.known_time;
        auto& batch = std::get<sauda::domain::QuoteBatch>(message.payload);
        std::vector<sauda::wire::Refusal> refusals;
        sauda::wire::sift(batch, refusals);
        REQUIRE(refusals.empty());
        for (const auto& quote : batch.quotes) {
            REQUIRE(quote.bid.raw() % 500 == 0);
            REQUIRE(quote.ask.raw() % 500 == 0);
            REQUIRE(quote.bid_size.raw() % 65 == 0);
            REQUIRE(quote.volume.raw() >= volumes[quote.contract]);
            volumes[quote.contract] = quote.volume.raw();
            if (quote.contract.kind() == ContractKind::Spot) {
                last_spot = message.meta.event_time;
            }
        }
    }
    CHECK(last_spot < time(15, 15));  // the cash market ends before the options
    CHECK(last_spot >= time(15, 14));
}

TEST_CASE("a generated session trends, turns, jumps, falls silent and is thin at times") {
    for (const uint64_t seed : {1, 2, 3}) {
        const auto out = generate(seed);
        std::vector<double> spot;
        std::vector<Timestamp> known;
        uint64_t thin = 0;
        uint64_t sides = 0;
        for (const auto& message : out.sink.messages) {
            known.push_back(message.meta.known_time);
            for (const auto& quote : std::get<sauda::domain::QuoteBatch>(message.payload).quotes) {
                if (quote.contract.kind() == ContractKind::Spot) {
                    spot.push_back(quote.last.rupees());
                    continue;
                }
                thin += quote.ask_size.raw() > 0 && quote.ask_size.raw() <= 130 ? 1 : 0;
                ++sides;
            }
        }
        const auto cadence = cadence_of(known, out.session.interval);
        REQUIRE(cadence.gaps.size() == 1);
        CHECK(cadence.gaps[0].from == out.session.gap_from);
        CHECK(cadence.gaps[0].to == out.session.gap_to);
        CHECK((cadence.gaps[0].to - cadence.gaps[0].from).ns / 1'000'000'000 >= 59);
        CHECK(thin * 100 / sides >= 10);
        CHECK(thin * 100 / sides <= 20);
        const auto low = *std::min_element(spot.begin(), spot.end());
        const auto high = *std::max_element(spot.begin(), spot.end());
        CHECK(high - low > 0.005 * out.session.open);
        CHECK(high < 1.026 * out.session.open);
        CHECK(low > 0.974 * out.session.open);
        double jump = 0.0;
        for (std::size_t i = 1; i < spot.size(); ++i) {
            jump = std::max(jump, std::abs(spot[i] - spot[i - 1]));
        }
        CHECK(jump > 0.002 * out.session.open);
    }
}

TEST_CASE("generated options keep call-put parity around the index") {
    const auto out = generate(4, true);
    sauda::domain::Chain chain;
    int compared = 0;
    for (const auto& message : out.sink.messages) {
        double spot = 0.0;
        for (const auto& quote : std::get<sauda::domain::QuoteBatch>(message.payload).quotes) {
            chain.update(quote);
            spot = quote.contract.kind() == ContractKind::Spot ? quote.last.rupees() : spot;
        }
        const auto forward = chain.parity_forward(out.session.expiry);
        if (message.seq > 20 && spot > 0.0 && forward) {
            REQUIRE(std::abs(forward->rupees() - spot) < 0.001 * spot);
            ++compared;
        }
    }
    CHECK(compared > 1000);
}

TEST_CASE("a day without trading is refused with the next one that trades") {
    KeepingSink sink;
    const auto sunday =
        generate_session(small_rules(), {sauda::base::date_of(2026, 11, 22), 1, true}, sink);
    REQUIRE_FALSE(sunday);
    CHECK_THAT(sunday.error().text, Catch::Contains("2026-11-23"));
    auto rules = small_rules();
    rules.lots.clear();
    CHECK_FALSE(generate_session(rules, {sauda::base::date_of(2026, 11, 23), 1, true}, sink));
    CHECK(sink.messages.empty());
}
