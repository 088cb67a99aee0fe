#include "tests/sim/world.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::test;

namespace {

constexpr int kSnapshots = 120;

uint64_t hash_of(const World& world) { return run_lab(world)->hash().value(); }

// The world with its session changed by `change`.
World changed(const World& world, const std::function<void(SmallSession&)>& change) {
    auto session = *world.session;
    change(session);
    World other = world;
    other.session = std::make_shared<const SmallSession>(std::move(session));
    return other;
}

// A two-sided quote that is the last of its contract in a minute: a bar closes on it.
domain::Quote& last_of_a_minute(SmallSession& session) {
    const auto minute = [](const domain::Message& m) {
        return m.meta.known_time.ns / base::minutes(1).ns;
    };
    for (std::size_t i = 100; i + 1 < session.messages.size(); ++i) {
        auto& message = session.messages[i];
        if (minute(session.messages[i + 1]) == minute(message)) {
            continue;
        }
        for (auto& quote : std::get<domain::QuoteBatch>(message.payload).quotes) {
            if (quote.is_two_sided() && quote.bid > domain::Price::from_rupees(1)) {
                return quote;
            }
        }
    }
    FAIL("no such quote");
    return std::get<domain::QuoteBatch>(session.messages[0].payload).quotes[0];
}

}  // namespace

TEST_CASE("the lab gives the same hash for the same inputs, and trades") {
    const auto world = make_world(3, kSnapshots);
    const auto first = run_lab(world);
    CHECK(hash_of(world) == first->hash().value());
    CHECK(hash_of(make_world(3, kSnapshots)) == first->hash().value());
    CHECK(hash_of(make_world(4, kSnapshots)) != first->hash().value());
    const auto& streams = first->hash().streams();
    REQUIRE(streams.contains(domain::StreamId::ExecutionLedger));
    CHECK(streams.at(domain::StreamId::ExecutionLedger).first > 10);
}

TEST_CASE("one quote changed by one tick changes the hash") {
    const auto world = make_world(3, kSnapshots);
    const auto before = hash_of(world);
    const auto other = changed(world, [](SmallSession& session) {
        auto& quote = last_of_a_minute(session);
        quote.bid = quote.bid - domain::Price::from_paise(5);
    });
    CHECK(hash_of(other) != before);
}

TEST_CASE("messages of the same instant in the other order change the hash") {
    const auto world = make_world(3, kSnapshots);
    int swapped = 0;
    const auto other = changed(world, [&swapped](SmallSession& session) {
        for (std::size_t i = 0; i + 1 < session.messages.size(); ++i) {
            auto& a = session.messages[i];
            auto& b = session.messages[i + 1];
            if (a.meta.known_time == b.meta.known_time) {
                std::swap(a.payload, b.payload);
                ++swapped;
            }
        }
    });
    REQUIRE(swapped > 0);
    CHECK(hash_of(other) != hash_of(world));
}

TEST_CASE("another window gives another hash: it is part of what a run is") {
    auto world = make_world(3, kSnapshots);
    const auto before = hash_of(world);
    world.spine.window = base::milliseconds(5);
    CHECK(hash_of(world) != before);
}
