#include "common/bus/zmq_control_client.h"
#include "common/domain/contract_id.h"
#include "tests/unit/common/bus/zmq_test_support.h"

#include <catch2/catch.hpp>
#include <sys/eventfd.h>

#include <thread>

namespace sauda::bus::test {
namespace {

using domain::Underlying;

const StreamId kDecision = StreamId::RiskDecision;
const StreamId kState = StreamId::RiskState;

TEST_CASE("A frame arrives as it was published, from the service that published it") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer execution(listener(folder, Service::Risk, {kDecision, kState}));
    REQUIRE(join(risk, execution, kDecision));

    Frame sent = frame_of(kDecision, 7, std::string("\0bytes\xFF", 7));
    sent.epoch = 3;
    sent.flags = kFinal;
    risk.transport->publish(sent);
    REQUIRE(until([&] {
        execution.poll();
        return !execution.frames.empty();
    }));
    CHECK(execution.frames.front() == sent);
    CHECK(execution.malformed.empty());
}

TEST_CASE("A stream that was not subscribed does not arrive") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer execution(listener(folder, Service::Risk, {kDecision}));
    REQUIRE(join(risk, execution, kDecision));
    risk.transport->publish(frame_of(kState, 1));
    risk.transport->publish(frame_of(kDecision, 1));
    REQUIRE(until([&] {
        execution.poll();
        return execution.count(kDecision) == 1;
    }));
    CHECK(execution.count(kState) == 0);
}

TEST_CASE("The topic of one underlying does not match an underlying whose name is longer") {
    const Folder folder;
    const auto nifty = domain::market_data_stream(Underlying::NIFTY);
    const auto next50 = domain::market_data_stream(Underlying::NIFTYNXT50);
    Peer feed(server(folder, Service::Feed));
    Peer strategy(listener(folder, Service::Feed, {nifty}));
    REQUIRE(join(feed, strategy, nifty));
    feed.transport->publish(frame_of(next50, 1));
    feed.transport->publish(frame_of(nifty, 1));
    REQUIRE(until([&] {
        strategy.poll();
        return strategy.count(nifty) == 1;
    }));
    CHECK(strategy.frames.size() == 1);
    CHECK(strategy.malformed.empty());
}

TEST_CASE("A request reaches the upstream and its reply returns to the asker alone") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer gateway(listener(folder, Service::Risk, {}));
    Peer notifier(listener(folder, Service::Risk, {}));
    REQUIRE(until([&] {
        gateway.transport->request(Service::Risk, command(11));
        risk.poll();
        gateway.poll();
        return !risk.requests.empty();
    }));
    CHECK(risk.requests.front().request == command(11));
    risk.transport->reply(risk.requests.front().client, answer(11, "{\"state\":1}"));
    REQUIRE(until([&] {
        gateway.poll();
        notifier.poll();
        return !gateway.replies.empty();
    }));
    CHECK(gateway.replies.front().from == Service::Risk);
    CHECK(gateway.replies.front().reply == answer(11, "{\"state\":1}"));
    CHECK(notifier.replies.empty());
}

TEST_CASE("One poll returns at most 256 arrivals, in order, and no busy upstream hides another") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer feed(server(folder, Service::Feed));
    auto config = listener(folder, Service::Risk, {kDecision});
    config.upstreams.push_back(Service::Feed);
    config.subscriptions[Service::Feed] = {StreamId::FeedBar};
    Peer strategy(config);
    REQUIRE(join(risk, strategy, kDecision));
    REQUIRE(join(feed, strategy, StreamId::FeedBar));

    uint64_t sent = 0;
    feed.transport->publish(frame_of(StreamId::FeedBar, 1));
    // More is published than one poll takes, so the backlog of decisions only grows.
    REQUIRE(until([&] {
        for (int i = 0; i < 300; ++i) {
            risk.transport->publish(frame_of(kDecision, ++sent));
        }
        strategy.poll();
        return strategy.count(StreamId::FeedBar) == 1 && strategy.largest_poll == 256;
    }));
    REQUIRE(until([&] {
        strategy.poll();
        return strategy.count(kDecision) == sent;
    }));
    CHECK(strategy.largest_poll == 256);
    uint64_t expected = 0;
    for (const auto& frame : strategy.frames) {
        if (frame.stream == kDecision) {
            REQUIRE(frame.seq == ++expected);
        }
    }
}

TEST_CASE("A wait ends when another thread wakes it or a watched descriptor becomes readable") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    const auto waited = [&] {
        const auto start = std::chrono::steady_clock::now();
        risk.poll(60'000);
        return std::chrono::steady_clock::now() - start < std::chrono::seconds(30);
    };
    SECTION("woken") {
        std::thread other([&] { risk.transport->wake(); });
        CHECK(waited());
        other.join();
    }
    SECTION("woken before the wait began") {
        risk.transport->wake();
        CHECK(waited());
    }
    SECTION("descriptor") {
        const int fd = eventfd(1, EFD_CLOEXEC);
        risk.transport->watch(fd);
        CHECK(waited());
        risk.transport->unwatch(fd);
        close(fd);
        risk.transport->wake();
        CHECK(waited());
    }
}

TEST_CASE("An operator's question is answered, and an absent service is said to be absent") {
    const Folder folder;
    const auto control = endpoints_in(folder.path(), Service::Risk).control;
    ControlClient client;
    const auto nobody = client.ask(control, command(1), base::milliseconds(50));
    REQUIRE_FALSE(nobody.has_value());
    CHECK(nobody.error().kind == base::ErrorKind::Unavailable);
    CHECK(nobody.error().text.find("is the service running?") != std::string::npos);

    Peer risk(server(folder, Service::Risk));
    base::Expected<Reply> reply;
    std::thread asker([&] { reply = client.ask(control, command(42), base::seconds(20)); });
    REQUIRE(until([&] {
        risk.poll();
        return !risk.requests.empty();
    }));
    // A reply to somebody else's question must not be taken for the answer.
    risk.transport->reply(risk.requests.front().client, answer(41, "\"stale\""));
    risk.transport->reply(risk.requests.front().client, answer(42, "\"fresh\""));
    asker.join();
    REQUIRE(reply.has_value());
    CHECK(*reply == answer(42, "\"fresh\""));

    const auto silent = client.ask(control, command(2), base::milliseconds(100));
    REQUIRE_FALSE(silent.has_value());
    CHECK(silent.error().text.find("no answer") != std::string::npos);
}

TEST_CASE("Endpoints that cannot work are refused with a reason") {
    CHECK(check_endpoint("ipc:///run/sauda/live/risk.ctl").has_value());
    const auto tcp = check_endpoint("tcp://10.0.0.1:7000");
    REQUIRE_FALSE(tcp.has_value());
    CHECK(tcp.error().text.find("set keys") != std::string::npos);
    CHECK_FALSE(check_endpoint("risk.ctl").has_value());
    const std::string slash = "/";
    CHECK(check_endpoint("ipc://" + slash + std::string(106, 'a')).has_value());
    const auto longer = check_endpoint("ipc://" + slash + std::string(107, 'a'));
    REQUIRE_FALSE(longer.has_value());
    CHECK(longer.error().text.find("108 characters") != std::string::npos);

    const Folder folder;
    auto config = server(folder, Service::Risk);
    config.directory += slash + std::string(120, 'd');
    CHECK_FALSE(ZmqTransport::open(config).has_value());
    config = listener(folder, Service::Feed, {StreamId::FeedBar});
    config.elsewhere[Service::Feed] = {"tcp://10.0.0.1:7000", "tcp://10.0.0.1:7001"};
    CHECK_FALSE(ZmqTransport::open(config).has_value());
}

}  // namespace
}  // namespace sauda::bus::test
