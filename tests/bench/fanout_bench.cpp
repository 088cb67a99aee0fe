// Feed -> consumers over the bus, nothing lost: bench_fanout RECORDING FOLDER. One publisher and 1
// or 5 consumers, processes of their own; each takes every frame, checks its sequence, decodes and
// validates it. The publisher waits when the slowest is too far behind.

#include "common/bus/zmq_transport.h"
#include "tests/bench/session_file.h"
#include "tests/bench/stamps.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace {

using namespace sauda;
using namespace sauda::bench;
using domain::Service;

constexpr Service kConsumers[] = {Service::Strategy, Service::Risk, Service::Execution,
                                  Service::MlSignal, Service::Recorder};
constexpr uint64_t kAheadMax = 10'000;  // messages
constexpr int64_t kSpanNs = 2'000'000'000;
constexpr int kRuns = 3;
const auto kStream = domain::market_data_stream(domain::Underlying::NIFTY);

struct Progress {
    std::atomic<uint64_t> last_seq;
    std::atomic<uint64_t> lost;
};

void consume(const std::string& folder, Service self, Progress& progress) {
    bus::ZmqConfig config;
    config.self = self;
    config.directory = folder;
    config.binds = false;
    config.upstreams = {Service::Feed};
    config.subscriptions[Service::Feed] = {kStream};
    auto transport = bus::ZmqTransport::open(config);
    if (!transport) {
        std::_Exit(1);
    }
    std::vector<bus::Arrival> arrivals;
    wire::Decoded decoded;
    uint64_t last = 0;
    while (true) {
        arrivals.clear();
        (*transport)->poll(arrivals, base::milliseconds(10));
        for (const auto& arrival : arrivals) {
            const auto* frame = std::get_if<bus::FrameArrived>(&arrival);
            if (frame == nullptr) {
                continue;
            }
            const auto done =
                wire::decode_to(kStream, frame->frame.schema, frame->frame.payload, decoded);
            const bool is_next = last == 0 || frame->frame.seq == last + 1;
            if (!done || !is_next) {
                ++progress.lost;
            }
            last = frame->frame.seq;
        }
        progress.last_seq = last;
    }
}

uint64_t slowest(const Progress* progress, int consumers) {
    uint64_t least = UINT64_MAX;
    for (int n = 0; n < consumers; ++n) {
        least = std::min(least, progress[n].last_seq.load());
    }
    return least;
}

// Quotes a second that reached every consumer.
double run(const std::string& folder, const std::vector<StoredBatch>& session, int consumers) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto* progress = static_cast<Progress*>(::mmap(
        nullptr, sizeof(Progress) * 8, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    std::vector<pid_t> children;
    for (int n = 0; n < consumers; ++n) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            consume(folder, kConsumers[n], progress[n]);
        }
        children.push_back(pid);
    }
    bus::ZmqConfig config;
    config.self = Service::Feed;
    config.directory = folder;
    config.publish_queue_max = 0;
    auto transport = bus::ZmqTransport::open(config);
    uint64_t seq = 0;
    uint64_t quotes = 0;
    const auto publish = [&] {
        const auto& batch = session[seq % session.size()];
        (*transport)
            ->publish(
                {.stream = kStream, .epoch = 1, .seq = ++seq, .schema = 1, .payload = batch.bytes});
        quotes += std::get<domain::QuoteBatch>(batch.message.payload).quotes.size();
    };
    while (slowest(progress, consumers) == 0) {
        publish();
        ::usleep(10'000);
    }
    quotes = 0;
    const int64_t begun = monotonic_ns();
    while (monotonic_ns() - begun < kSpanNs) {
        if (seq - slowest(progress, consumers) > kAheadMax) {
            ::usleep(200);
            continue;
        }
        for (int n = 0; n < 64; ++n) {
            publish();
        }
    }
    while (slowest(progress, consumers) < seq) {
        ::usleep(200);
    }
    const double seconds = static_cast<double>(monotonic_ns() - begun) / 1e9;
    uint64_t lost = 0;
    for (int n = 0; n < consumers; ++n) {
        lost += progress[n].lost;
    }
    for (const auto pid : children) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    ::munmap(progress, sizeof(Progress) * 8);
    if (lost != 0) {
        std::printf("%llu gaps or refusals\n", static_cast<unsigned long long>(lost));
    }
    return static_cast<double>(quotes) / seconds;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "bench_fanout RECORDING FOLDER\n");
        return 64;
    }
    const auto session = read_session(argv[1]);
    if (session.empty()) {
        return 1;
    }
    std::vector<double> one;
    std::vector<double> five;
    for (int n = 0; n < kRuns; ++n) {
        one.push_back(run(argv[2], session, 1));
        five.push_back(run(argv[2], session, 5));
    }
    for (auto* rates : {&one, &five}) {
        std::sort(rates->begin(), rates->end());
        std::printf("feed -> %d consumer%s  median %.2f M quotes/s  [%.2f - %.2f], nothing lost\n",
                    rates == &one ? 1 : 5, rates == &one ? " " : "s", (*rates)[kRuns / 2] / 1e6,
                    rates->front() / 1e6, rates->back() / 1e6);
    }
    return 0;
}
