// Traps that need a second process. Nothing of ZeroMQ may exist in this one when it forks.
#include "common/bus/lock_file.h"
#include "tests/unit/common/bus/zmq_test_support.h"

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include <csignal>

namespace sauda::bus::test {
namespace {

class Child {
 public:
    // `act` gets the writing end of a pipe; line by line the parent learns how far it is.
    explicit Child(const std::function<void(int)>& act) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) {
            throw std::runtime_error("pipe");
        }
        pid_ = fork();
        if (pid_ == 0) {
            close(ends[0]);
            act(ends[1]);
            _exit(0);
        }
        close(ends[1]);
        from_ = ends[0];
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        kill();
        close(from_);
    }
    [[nodiscard]] char hear() const {
        char byte = 0;
        return read(from_, &byte, 1) == 1 ? byte : '\0';
    }
    void kill() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            waitpid(pid_, nullptr, 0);
            pid_ = -1;
        }
    }
    [[nodiscard]] pid_t pid() const { return pid_; }

 private:
    pid_t pid_ = -1;
    int from_ = -1;
};

void say(int fd, char byte) { (void)!write(fd, &byte, 1); }

TEST_CASE("A second process of a service is refused and told who runs, until the first dies") {
    const Folder folder;
    const auto path = lock_path_in(folder.path(), Service::Risk);
    Child first([&](int out) {
        const auto lock = LockFile::take(path);
        say(out, lock ? 'y' : 'n');
        pause();
    });
    REQUIRE(first.hear() == 'y');

    const auto second = LockFile::take(path);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == base::ErrorKind::Conflict);
    CHECK(second.error().text.find("process " + std::to_string(first.pid()) + " ") !=
          std::string::npos);
    // Nor can the sockets be stolen by one that did not ask for the lock itself.
    const auto transport = ZmqTransport::open(server(folder, Service::Risk));
    REQUIRE_FALSE(transport.has_value());
    CHECK(transport.error().kind == base::ErrorKind::Conflict);
    CHECK_FALSE(
        std::filesystem::exists(ipc_path(endpoints_in(folder.path(), Service::Risk).control)));
    CHECK(ZmqTransport::open(server(folder, Service::Feed)).has_value());

    first.kill();
    CHECK(LockFile::take(path).has_value());
    CHECK(ZmqTransport::open(server(folder, Service::Risk)).has_value());
}

TEST_CASE("The holder of a lock opens the transport, and keeps the lock when it closes") {
    const Folder folder;
    const auto path = lock_path_in(folder.path(), Service::Risk);
    auto lock = LockFile::take(path);
    REQUIRE(lock.has_value());
    CHECK(LockFile::is_held_here(path));
    REQUIRE(ZmqTransport::open(server(folder, Service::Risk)).has_value());
    CHECK_FALSE(LockFile::take(path).has_value());
    {
        const LockFile moved = std::move(*lock);
        CHECK(LockFile::is_held_here(path));
    }
    CHECK_FALSE(LockFile::is_held_here(path));
    CHECK(LockFile::take(path).has_value());
}

TEST_CASE("Everything published before closing arrives, although the process ends at once") {
    const Folder folder;
    constexpr uint64_t kFrames = 200'000;
    const auto stream = StreamId::RiskDecision;
    Child publisher([&](int /*out*/) {
        auto config = server(folder, Service::Risk);
        config.publish_queue_max = 0;
        Peer risk(config);
        while (risk.requests.empty()) {
            risk.transport->publish(frame_of(stream, 0));
            risk.poll();
        }
        for (uint64_t seq = 1; seq <= kFrames; ++seq) {
            risk.transport->publish(frame_of(stream, seq));
        }
    });
    Peer consumer(listener(folder, Service::Risk, {stream}));
    REQUIRE(until([&] {
        consumer.poll();
        return !consumer.frames.empty();
    }));
    // Requests are for a connected upstream only, so the first may have gone nowhere.
    REQUIRE(until([&] {
        consumer.transport->request(Service::Risk, command(1));
        consumer.poll();
        return consumer.frames.back().seq > 0;
    }));
    CHECK(until([&] {
        consumer.poll();
        return consumer.frames.back().seq == kFrames;
    }));
    uint64_t last = 0;
    for (const auto& frame : consumer.frames) {
        REQUIRE(frame.seq <= last + 1);
        last = frame.seq;
    }
}

}  // namespace
}  // namespace sauda::bus::test
