#include "common/bus/follower.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::bus;

namespace {

constexpr auto kStream = StreamId::RiskDecision;
constexpr int64_t kMs = 1'000'000;

Frame frame(uint64_t seq) {
    return {.stream = kStream,
            .epoch = 1,
            .seq = seq,
            .schema = 9,
            .payload = "payload " + std::to_string(seq)};
}
uint64_t chain_at(uint64_t seq) {
    uint64_t hash = 0;
    for (uint64_t n = 1; n <= seq; ++n) {
        hash = next_chain_hash(hash, n, 9, frame(n).payload);
    }
    return hash;
}
PullReply reply(uint64_t from, uint64_t to, uint64_t last) {
    PullReply pull{.stream = kStream,
                   .from = from,
                   .first_seq = 1,
                   .last_seq = last,
                   .chain_before = chain_at(from - 1),
                   .frames = {}};
    for (uint64_t n = from; n <= to; ++n) {
        pull.frames.push_back(frame(n));
    }
    return pull;
}
std::vector<uint64_t> drain(StreamFollower& follower) {
    std::vector<uint64_t> seqs;
    while (follower.front() != nullptr) {
        seqs.push_back(follower.pop().seq);
    }
    return seqs;
}
using Seqs = std::vector<uint64_t>;

}  // namespace

TEST_CASE("frames leave in sequence, each once, however they come") {
    StreamFollower follower(kStream, 0, 0);
    CHECK(follower.state() == StreamState::Cold);
    for (const uint64_t seq : {3, 1, 1, 2, 3, 2}) {
        follower.offer(frame(seq));
    }
    CHECK(drain(follower) == Seqs{1, 2, 3});
    follower.offer(frame(2));
    CHECK(drain(follower).empty());
    CHECK(follower.duplicates() == 4);
    CHECK(follower.cursor() == 3);
    CHECK(follower.chain_hash() == chain_at(3));
    CHECK(follower.state() == StreamState::Following);
}

TEST_CASE("a gap holds back what follows and is asked for after a moment of grace") {
    StreamFollower follower(kStream, 0, 0);
    follower.offer(frame(1));
    follower.offer(frame(4));
    CHECK(drain(follower) == Seqs{1});
    CHECK(follower.state() == StreamState::Replaying);
    CHECK(follower.lag() == 3);
    CHECK_FALSE(follower.want(0 + 1).has_value());
    CHECK_FALSE(follower.want(9 * kMs).has_value());
    const auto want = follower.want(11 * kMs);
    REQUIRE(want.has_value());
    CHECK(want->stream == kStream);
    CHECK(want->from == 2);
    CHECK(follower.gaps() == 1);
    // Not again before the reply had time to come, then again.
    CHECK_FALSE(follower.want(12 * kMs).has_value());
    CHECK(follower.want(215 * kMs).has_value());
    CHECK(follower.gaps() == 1);
    follower.offer(reply(2, 3, 4));
    CHECK(drain(follower) == Seqs{2, 3, 4});
    CHECK_FALSE(follower.want(900 * kMs).has_value());
}

TEST_CASE("the watermark shows a lost tail") {
    StreamFollower follower(kStream, 0, 0);
    follower.offer(frame(1));
    (void)drain(follower);
    CHECK_FALSE(follower.want(kMs).has_value());
    follower.note_end(3);
    CHECK(follower.state() == StreamState::Replaying);
    CHECK_FALSE(follower.has_until(3));
    (void)follower.want(kMs);
    const auto want = follower.want(20 * kMs);
    REQUIRE(want.has_value());
    CHECK(want->from == 2);
    follower.note_end(1);  // an older heartbeat takes nothing back
    CHECK(follower.end() == 3);
    follower.offer(reply(2, 3, 3));
    CHECK(follower.has_until(3));
    CHECK_FALSE(follower.has_until(4));
    CHECK(drain(follower) == Seqs{2, 3});
    CHECK(follower.has_until(3));
}

TEST_CASE("a short reply is followed by the next question at once") {
    StreamFollower follower(kStream, 0, 0);
    follower.note_end(9);
    (void)follower.want(kMs);
    REQUIRE(follower.want(20 * kMs).has_value());
    follower.offer(reply(1, 4, 9));
    const auto want = follower.want(21 * kMs);
    REQUIRE(want.has_value());
    CHECK(want->from == 5);
}

TEST_CASE("an owner whose history differs at our cursor has diverged and gives us nothing more") {
    StreamFollower follower(kStream, 3, chain_at(3));
    auto other = reply(4, 5, 5);
    other.chain_before ^= 1;
    follower.offer(other);
    CHECK(follower.state() == StreamState::Diverged);
    follower.offer(frame(4));
    CHECK(follower.front() == nullptr);
    CHECK_FALSE(follower.has_until(4));
    follower.note_end(9);
    (void)follower.want(kMs);
    CHECK_FALSE(follower.want(900 * kMs).has_value());
}

TEST_CASE("the same history goes on, and a reply from elsewhere says nothing of our cursor") {
    StreamFollower follower(kStream, 3, chain_at(3));
    follower.offer(reply(4, 5, 5));
    CHECK(drain(follower) == Seqs{4, 5});
    CHECK(follower.chain_hash() == chain_at(5));
    auto elsewhere = reply(4, 5, 5);  // asked for before the cursor moved
    elsewhere.chain_before ^= 1;
    follower.offer(elsewhere);
    CHECK(follower.state() == StreamState::Following);
}

TEST_CASE("journaled streams have no hash chain") {
    const auto market = domain::market_data_stream(domain::Underlying::NIFTY);
    StreamFollower follower(market, 3, 0);
    PullReply pull{.stream = market,
                   .from = 4,
                   .first_seq = 1,
                   .last_seq = 4,
                   .chain_before = 5,
                   .frames = {}};
    auto quote = frame(4);
    quote.stream = market;
    pull.frames.push_back(quote);
    follower.offer(pull);
    CHECK(drain(follower) == Seqs{4});
    CHECK(follower.chain_hash() == 0);
}

TEST_CASE("a flood beyond a gap does not keep out what closes the gap") {
    StreamFollower follower(kStream, 0, 0);
    for (uint64_t seq = 3; seq < 30'000; ++seq) {
        follower.offer(frame(seq));
    }
    follower.offer(frame(2));
    follower.offer(frame(1));
    const auto taken = drain(follower);
    REQUIRE(taken.size() == 20'000);  // what it holds at most; the rest is asked for again
    CHECK(taken.back() == 20'000);
    (void)follower.want(kMs);
    const auto want = follower.want(20 * kMs);
    REQUIRE(want.has_value());
    CHECK(want->from == 20'001);
}

TEST_CASE("a poisoned stream stands until one message is skipped") {
    StreamFollower follower(kStream, 0, 0);
    follower.offer(frame(1));
    follower.offer(frame(2));
    follower.poison();
    CHECK(follower.front() == nullptr);
    CHECK(follower.state() == StreamState::Poisoned);
    CHECK_FALSE(follower.has_until(2));
    (void)follower.want(kMs);
    CHECK_FALSE(follower.want(900 * kMs).has_value());
    follower.skip();
    CHECK(follower.cursor() == 1);
    CHECK(follower.chain_hash() == chain_at(1));
    CHECK(drain(follower) == Seqs{2});
}
