// Each test here is a trap of ZeroMQ that lost messages or stopped a process when it was tried.
#include "common/base/rng.h"
#include "common/bus/zmq_socket.h"
#include "tests/unit/common/bus/zmq_test_support.h"

#include <catch2/catch.hpp>
#include <sys/socket.h>
#include <sys/un.h>
#include <zmq.h>

#include <cstring>

namespace sauda::bus::test {
namespace {

const StreamId kDecision = StreamId::RiskDecision;
const StreamId kState = StreamId::RiskState;

// A socket of a program that knows nothing of our options, in a context of its own.
class PlainSocket {
 public:
    explicit PlainSocket(int type) : context_(zmq_ctx_new()), socket_(zmq_socket(context_, type)) {
        const int no_linger = 0;
        zmq_setsockopt(socket_, ZMQ_LINGER, &no_linger, sizeof(no_linger));
    }
    PlainSocket(const PlainSocket&) = delete;
    PlainSocket& operator=(const PlainSocket&) = delete;
    ~PlainSocket() {
        zmq_close(socket_);
        zmq_ctx_term(context_);
    }
    void* operator*() { return socket_; }

 private:
    void* context_;
    void* socket_;
};

int connect_raw(const std::string& path) {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

// The first 64 bytes of ZMTP 3 with the NULL mechanism, and the READY command of a peer.
std::string greeting() {
    std::string bytes("\xFF\0\0\0\0\0\0\0\x01\x7F\x03\0NULL", 16);
    bytes.resize(64, '\0');
    return bytes;
}
std::string ready(std::string_view type) {
    std::string body("\x05READY\x0BSocket-Type", 18);
    body += std::string("\0\0\0", 3) + static_cast<char>(type.size()) + std::string(type);
    return std::string("\x04") + static_cast<char>(body.size()) + body;
}

TEST_CASE("A consumer that reads nothing for long loses nothing within memory and lives") {
    const Folder folder;
    auto config = server(folder, Service::Risk);
    config.publish_queue_max = 2'000;  // far fewer than are sent
    Peer risk(config);
    Peer stalled(listener(folder, Service::Risk, {kDecision}));
    Peer reading(listener(folder, Service::Risk, {kDecision}));
    REQUIRE(join(risk, stalled, kDecision));
    REQUIRE(join(risk, reading, kDecision));
    stalled.frames.clear();

    constexpr uint64_t kFrames = 30'000;
    const std::string payload(400, 'x');
    for (uint64_t seq = 1; seq <= kFrames; ++seq) {
        risk.transport->publish(frame_of(kDecision, seq, payload));
        // The reader paces the publisher; the stalled consumer's queue takes what it is sent.
        if (seq % 500 == 0) {
            REQUIRE(until([&] {
                reading.poll();
                return reading.frames.size() >= seq;
            }));
        }
    }
    std::erase_if(stalled.frames, [](const Frame& f) { return f.seq == 0; });
    REQUIRE(until([&] {
        stalled.poll();
        return !stalled.frames.empty() && stalled.frames.back().seq == kFrames;
    }));
    std::erase_if(stalled.frames, [](const Frame& f) { return f.seq == 0; });
    CHECK(stalled.frames.size() == kFrames);
}

TEST_CASE("A publisher that restarts while its consumer is busy is heard again on every stream") {
    const Folder folder;
    const auto streams = domain::durable_streams_of(Service::Risk);
    REQUIRE(streams.size() >= 4);
    auto config = listener(folder, Service::Risk, streams);
    config.upstreams.push_back(Service::Feed);
    config.subscriptions[Service::Feed] = {StreamId::FeedBar};
    Peer consumer(config);
    Peer feed(server(folder, Service::Feed));
    std::optional<Peer> risk(server(folder, Service::Risk));
    REQUIRE(join(*risk, consumer, kDecision));
    REQUIRE(join(feed, consumer, StreamId::FeedBar));

    risk.reset();
    risk.emplace(server(folder, Service::Risk));
    // Never idle: another upstream fills each poll to its limit.
    uint64_t seq = 0;
    REQUIRE(until([&] {
        for (int i = 0; i < 300; ++i) {
            feed.transport->publish(frame_of(StreamId::FeedBar, ++seq));
        }
        for (const auto stream : streams) {
            risk->transport->publish(frame_of(stream, seq));
        }
        consumer.poll();
        return std::ranges::all_of(streams, [&](StreamId s) { return consumer.count(s) > 0; });
    }));
}

TEST_CASE("More subscriptions than the default queue holds all reach the publisher") {
    const Folder folder;
    const auto endpoint = "ipc://" + folder.file("many.pub");
    constexpr int kTopics = 20'000;
    ZmqSocket subscriber(SocketKind::Subscriber);
    for (int i = 0; i < kTopics; ++i) {
        subscriber.subscribe("J/feed/md/" + std::to_string(i) + "/");
    }
    REQUIRE(subscriber.connect(endpoint).has_value());
    ZmqSocket publisher(SocketKind::Publisher);
    REQUIRE(publisher.bind(endpoint).has_value());
    std::vector<bool> heard(kTopics);
    int count = 0;
    REQUIRE(until([&] {
        for (int i = 0; i < kTopics; ++i) {
            if (!heard[static_cast<std::size_t>(i)]) {
                publisher.send({"J/feed/md/" + std::to_string(i) + "/", std::to_string(i)});
            }
        }
        for (auto parts = subscriber.receive(); !parts.empty(); parts = subscriber.receive()) {
            const auto i = static_cast<std::size_t>(std::stoi(std::string(parts[1])));
            count += heard[i] ? 0 : 1;
            heard[i] = true;
        }
        return count == kTopics;
    }));
}

// The connecting side never tries again by itself after bytes it could not accept.
TEST_CASE("After an oversize message from an upstream, reconnect hears the upstream again") {
    const Folder folder;
    Peer consumer(listener(folder, Service::Risk, {kDecision}));
    {
        PlainSocket rogue(ZMQ_PUB);
        REQUIRE(zmq_bind(*rogue, endpoints_in(folder.path(), Service::Risk).stream.c_str()) == 0);
        const auto topic = domain::topic_of(kDecision);
        REQUIRE(until([&] {
            zmq_send(*rogue, topic.data(), topic.size(), 0);
            consumer.poll();
            return !consumer.malformed.empty();
        }));
        const std::string oversize = topic + std::string(70U << 20U, 'x');
        zmq_send(*rogue, oversize.data(), oversize.size(), 0);
        // It has been refused when nothing comes any more.
        int silent = 0;
        REQUIRE(until([&] {
            const auto before = consumer.malformed.size();
            zmq_send(*rogue, topic.data(), topic.size(), 0);
            consumer.poll();
            silent = consumer.malformed.size() == before ? silent + 1 : 0;
            return silent > 100;
        }));
    }
    Peer risk(server(folder, Service::Risk));
    consumer.transport->reconnect(Service::Risk);
    CHECK(until(
        [&] {
            risk.transport->publish(frame_of(kDecision, 1));
            consumer.poll();
            return !consumer.frames.empty();
        },
        3));
    CHECK(consumer.transport->counters().reconnects == 1);
}

TEST_CASE("After bytes that are no ZeroMQ from an upstream, reconnect hears the upstream again") {
    const Folder folder;
    const auto path = ipc_path(endpoints_in(folder.path(), Service::Risk).stream);
    const int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    REQUIRE(bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    REQUIRE(listen(listening, 8) == 0);

    Peer consumer(listener(folder, Service::Risk, {kDecision}));
    const int peer = accept(listening, nullptr, nullptr);
    REQUIRE(peer >= 0);
    const auto bytes = greeting() + ready("PUB") + std::string("\xFF\xFF\xFF\xFF garbage", 12);
    REQUIRE(write(peer, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    // The consumer hangs up when it has seen them.
    std::array<char, 256> buffer{};
    while (read(peer, buffer.data(), buffer.size()) > 0) {
    }
    close(peer);
    close(listening);

    Peer risk(server(folder, Service::Risk));
    consumer.transport->reconnect(Service::Risk);
    CHECK(until(
        [&] {
            risk.transport->publish(frame_of(kDecision, 1));
            consumer.poll();
            return !consumer.frames.empty();
        },
        3));
}

TEST_CASE("Messages that do not decode are counted, named and passed on to nobody") {
    const Folder folder;
    Peer consumer(listener(folder, Service::Risk, {kDecision}));
    PlainSocket rogue(ZMQ_PUB);
    REQUIRE(zmq_bind(*rogue, endpoints_in(folder.path(), Service::Risk).stream.c_str()) == 0);
    const auto topic = domain::topic_of(kDecision);
    const auto send = [&](const std::vector<std::string>& parts) {
        const auto before = consumer.malformed.size();
        return until([&] {
            for (std::size_t i = 0; i < parts.size(); ++i) {
                zmq_send(*rogue, parts[i].data(), parts[i].size(),
                         i + 1 < parts.size() ? ZMQ_SNDMORE : 0);
            }
            consumer.poll();
            return consumer.malformed.size() > before;
        });
    };
    const auto frame = frame_of(kDecision, 1);
    const auto foreign = frame_of(kState, 1);
    CHECK(send({topic}));
    CHECK(send({topic, "short", "payload"}));
    CHECK(send({topic, encode_header(frame), "other bytes"}));
    CHECK(send({topic, encode_header(foreign), foreign.payload}));
    CHECK(send({topic + "more/", encode_header(frame), frame.payload}));
    CHECK(send({topic, encode_header(frame), frame.payload, "a", "b", "c", "d"}));
    CHECK(consumer.frames.empty());
    CHECK(consumer.malformed.back().from == Service::Risk);
    CHECK(consumer.transport->counters().malformed == consumer.malformed.size());
}

TEST_CASE("Random bytes on both sockets of a service leave it serving") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer execution(listener(folder, Service::Risk, {kDecision}));
    base::Rng random(20250902);
    const auto endpoints = endpoints_in(folder.path(), Service::Risk);
    for (int i = 0; i < 400; ++i) {
        const bool is_control = i % 2 == 0;
        const int fd = connect_raw(ipc_path(is_control ? endpoints.control : endpoints.stream));
        REQUIRE(fd >= 0);
        std::string bytes;
        if (i % 3 != 0) {
            bytes += greeting();
        }
        if (i % 3 == 2) {
            bytes += ready(is_control ? "DEALER" : "SUB");
        }
        for (uint64_t n = random.below(3'000); n > 0; --n) {
            bytes += static_cast<char>(random.below(256));
        }
        (void)!send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        close(fd);
        risk.transport->publish(frame_of(kState, 1));
        risk.poll(0);
    }
    CHECK(risk.requests.empty());
    CHECK(join(risk, execution, kDecision));
    CHECK(until([&] {
        execution.transport->request(Service::Risk, command(1));
        risk.poll();
        return !risk.requests.empty();
    }));
}

TEST_CASE("A plain REQ client of any language is answered, and no peer can crash the server") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    const auto endpoint = endpoints_in(folder.path(), Service::Risk).control;
    PlainSocket client(ZMQ_REQ);
    REQUIRE(zmq_connect(*client, endpoint.c_str()) == 0);
    const auto question = encode(command(5));
    REQUIRE(zmq_send(*client, question.data(), question.size(), 0) > 0);
    REQUIRE(until([&] {
        risk.poll();
        return !risk.requests.empty();
    }));
    CHECK(risk.requests.front().request == command(5));
    risk.transport->reply(risk.requests.front().client, answer(5));
    std::array<char, 1024> buffer{};
    const int size = zmq_recv(*client, buffer.data(), buffer.size(), 0);
    REQUIRE(size > 0);
    CHECK(decode_reply({buffer.data(), static_cast<std::size_t>(size)}) == answer(5));

    // Nonsense is counted; a reply to somebody who is gone is dropped.
    REQUIRE(zmq_send(*client, "nonsense", 8, 0) == 8);
    REQUIRE(until([&] {
        risk.poll();
        return !risk.malformed.empty();
    }));
    risk.transport->reply("nobody", answer(6));
    CHECK(risk.transport->counters().replies_dropped == 1);
}

TEST_CASE("A request made while the server is down is not delivered when it comes up") {
    const Folder folder;
    Peer client(listener(folder, Service::Risk, {}));
    for (uint64_t id = 1; id <= 5; ++id) {
        client.transport->request(Service::Risk, command(id, "stale"));
        client.poll();
    }
    CHECK(client.transport->counters().requests_dropped == 5);
    Peer risk(server(folder, Service::Risk));
    REQUIRE(until([&] {
        client.transport->request(Service::Risk, command(100));
        client.poll();
        risk.poll();
        return !risk.requests.empty();
    }));
    CHECK(risk.requests.front().request.id == 100);
}

TEST_CASE("A deleted socket file is bound again: new peers connect, old ones stay connected") {
    const Folder folder;
    Peer risk(server(folder, Service::Risk));
    Peer before(listener(folder, Service::Risk, {kDecision}));
    REQUIRE(join(risk, before, kDecision));
    const auto endpoints = endpoints_in(folder.path(), Service::Risk);
    std::filesystem::remove(ipc_path(endpoints.stream));
    std::filesystem::remove(ipc_path(endpoints.control));
    REQUIRE(until([&] {
        risk.poll();
        return risk.transport->counters().rebinds == 2;
    }));
    risk.transport->publish(frame_of(kDecision, 1));
    CHECK(until([&] {
        before.poll();
        return before.count(kDecision) == 1;
    }));
    Peer after(listener(folder, Service::Risk, {kDecision}));
    CHECK(join(risk, after, kDecision));
    CHECK(until([&] {
        after.transport->request(Service::Risk, command(1));
        risk.poll();
        return !risk.requests.empty();
    }));
    CHECK(risk.transport->counters().rebinds == 2);
}

}  // namespace
}  // namespace sauda::bus::test
