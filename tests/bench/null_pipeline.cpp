#include "tests/bench/null_pipeline.h"

#include "common/bus/frame.h"
#include "common/store/sqlite_store.h"
#include "tests/bench/stamps.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace sauda::bench {

namespace {

constexpr int kRelays = 3;
constexpr int64_t kSettleNs = 1'000'000'000;

std::string endpoint(const NullOptions& options, int n) {
    return "ipc://" + options.folder + "/hop" + std::to_string(n);
}

void send_part(void* socket, std::string_view bytes, bool has_more) {
    ::zmq_send(socket, bytes.data(), bytes.size(), has_more ? ZMQ_SNDMORE : 0);
}

void send_frame(void* socket, const bus::Frame& frame) {
    send_part(socket, domain::topic_of(frame.stream), true);
    send_part(socket, bus::encode_header(frame), true);
    send_part(socket, frame.payload, false);
}

void* open_socket(void* context, int type, const std::string& where, bool binds) {
    void* socket = ::zmq_socket(context, type);
    const int none = 0;
    ::zmq_setsockopt(socket, ZMQ_SNDHWM, &none, sizeof(none));
    ::zmq_setsockopt(socket, ZMQ_RCVHWM, &none, sizeof(none));
    if (type == ZMQ_SUB) {
        ::zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0);
    }
    const int failed =
        binds ? ::zmq_bind(socket, where.c_str()) : ::zmq_connect(socket, where.c_str());
    if (failed != 0) {
        std::fprintf(stderr, "null_pipeline: %s: %s\n", where.c_str(), ::zmq_strerror(errno));
        std::_Exit(1);
    }
    return socket;
}

// One relay process; the n-th of three. handed: where the last writes when it had committed.
class Relay {
 public:
    Relay(const NullOptions& options, int n, volatile int64_t* handed)
        : options_(options), n_(n), handed_(handed) {}

    void run() {
        auto opened =
            store::SqliteStore::open(options_.folder + "/relay" + std::to_string(n_) + ".db");
        if (!opened) {
            std::_Exit(1);
        }
        store_ = std::move(*opened);
        void* context = ::zmq_ctx_new();
        out_ = open_socket(context, ZMQ_PUB, endpoint(options_, n_ + 1), true);
        in_ = open_socket(context, ZMQ_SUB, endpoint(options_, n_), false);
        while (receive()) {
        }
    }

 private:
    bool receive() {
        zmq_pollitem_t item{in_, 0, ZMQ_POLLIN, 0};
        ::zmq_poll(&item, 1, -1);
        std::array<std::string, 3> parts;
        for (auto& part : parts) {
            zmq_msg_t message;
            ::zmq_msg_init(&message);
            ::zmq_msg_recv(&message, in_, 0);
            part.assign(static_cast<const char*>(::zmq_msg_data(&message)),
                        ::zmq_msg_size(&message));
            ::zmq_msg_close(&message);
        }
        // Only the number of the order is read: seq, at its place in the header.
        uint64_t order = 0;
        std::memcpy(&order, parts[1].data() + 24, sizeof(order));
        if (n_ == 0) {
            take(order / 2, order % 2 == 1);
            return order < options_.frames;
        }
        if (order != last_) {
            last_ = order;
            take(order, true);
        }
        return order < options_.frames / 2;
    }

    void take(uint64_t order, bool makes_order) {
        const auto& rows = options_.orders[order % options_.orders.size()].hops[n_];
        store::Batch batch;
        auto journal = rows.journal.front();
        journal.ordinal = ++ordinal_;
        batch.cursors.push_back({.stream = journal.stream, .epoch = 1, .seq = ordinal_});
        batch.journal.push_back(std::move(journal));
        if (makes_order) {
            for (auto row : rows.outbox) {
                row.ordinal = ordinal_;
                row.seq = ++seq_;
                batch.outbox.push_back(std::move(row));
            }
        }
        const bool is_last = n_ + 1 == kRelays;
        const auto done =
            store_->commit(batch, is_last ? store::Durability::Full : store::Durability::Normal);
        if (!done) {
            std::fprintf(stderr, "null_pipeline: %s\n", done.error().text.c_str());
            std::_Exit(1);
        }
        for (auto& row : batch.outbox) {
            send_frame(out_, {.stream = static_cast<domain::StreamId>(row.stream),
                              .epoch = 1,
                              .seq = order,
                              .schema = row.schema,
                              .payload = std::move(row.payload)});
        }
        if (is_last) {
            handed_[order] = monotonic_ns();
        }
    }

    const NullOptions& options_;
    int n_;
    volatile int64_t* handed_;
    std::unique_ptr<store::SqliteStore> store_;
    void* in_ = nullptr;
    void* out_ = nullptr;
    uint64_t ordinal_ = 0;
    uint64_t seq_ = 0;
    uint64_t last_ = UINT64_MAX;
};

void pause_until(int64_t at_ns) {
    timespec t{at_ns / 1'000'000'000, at_ns % 1'000'000'000};
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr);
}

}  // namespace

Percentiles run_null_pipeline(const NullOptions& options) {
    std::filesystem::remove_all(options.folder);
    std::filesystem::create_directories(options.folder);
    const std::size_t bytes = (options.frames + 2) * sizeof(int64_t);
    auto* handed = static_cast<int64_t*>(
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    std::vector<pid_t> children;
    for (int n = 0; n < kRelays; ++n) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            Relay(options, n, handed).run();
            std::_Exit(0);
        }
        children.push_back(pid);
    }
    void* context = ::zmq_ctx_new();
    void* out = open_socket(context, ZMQ_PUB, endpoint(options, 0), true);
    int64_t at = monotonic_ns() + kSettleNs;
    std::vector<int64_t> published(options.frames, 0);
    for (uint64_t n = 0; n < options.frames; ++n) {
        bus::Frame frame{.stream = domain::market_data_stream(domain::Underlying::NIFTY),
                         .epoch = 1,
                         .seq = n,
                         .schema = 1,
                         .payload = options.quotes[n % options.quotes.size()]};
        pause_until(at);
        at += options.pause_ns;
        published[n] = monotonic_ns();
        send_frame(out, frame);
    }
    pause_until(monotonic_ns() + kSettleNs);
    for (const auto pid : children) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    Percentiles latencies;
    for (uint64_t n = 1; n < options.frames; n += 2) {
        if (handed[n / 2] != 0) {
            latencies.add(handed[n / 2] - published[n]);
        }
    }
    ::munmap(handed, bytes);
    const int none = 0;
    ::zmq_setsockopt(out, ZMQ_LINGER, &none, sizeof(none));
    ::zmq_close(out);
    ::zmq_ctx_term(context);
    return latencies;
}

}  // namespace sauda::bench
