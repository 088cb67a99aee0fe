// Restarts after a session: bench_restart VAR ENV PROGRAMS [ROUNDS]. Starts the services of the
// environment, then kills each with SIGKILL and starts it again: exec -> first heartbeat that says
// READY, as a subscriber sees it. Then resident memory, and processor time while idle.

#include "common/bus/zmq_transport.h"
#include "common/service/environment.h"
#include "common/service/wiring.h"
#include "tests/bench/percentiles.h"
#include "tests/bench/stamps.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

extern char** environ;

namespace {

using namespace sauda;
using namespace sauda::bench;
using domain::Service;

constexpr int64_t kGiveUpNs = 20'000'000'000;
constexpr int kIdleSeconds = 10;

struct Bench {
    std::string var;
    std::string name;
    std::string programs;
    std::unique_ptr<bus::ZmqTransport> transport;
    std::map<Service, pid_t> pids;
    std::map<Service, std::pair<int64_t, bus::ServiceState>> heard;  // pid and state

    void start(Service service) {
        const std::string program = programs + "/sauda-" + std::string(to_text(service));
        const char* arguments[] = {program.c_str(), "--env",   name.c_str(), "--var",
                                   var.c_str(),     "--quiet", nullptr};
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_addopen(&files, 1, "/dev/null", 1, 0);
        pid_t pid = 0;
        ::posix_spawn(&pid, program.c_str(), &files, nullptr, const_cast<char**>(arguments),
                      environ);
        ::posix_spawn_file_actions_destroy(&files);
        pids[service] = pid;
    }
    void listen(base::Duration wait) {
        std::vector<bus::Arrival> arrivals;
        transport->poll(arrivals, wait);
        for (const auto& arrival : arrivals) {
            const auto* frame = std::get_if<bus::FrameArrived>(&arrival);
            auto decoded = frame != nullptr ? bus::decode_ephemeral(frame->frame)
                                            : base::fail(base::ErrorKind::Invalid, "");
            const auto* beat = decoded ? std::get_if<bus::Heartbeat>(&*decoded) : nullptr;
            if (beat != nullptr) {
                heard[beat->service] = {beat->pid, beat->state};
            }
        }
    }
    [[nodiscard]] bool is_ready(Service service) const {
        const auto it = heard.find(service);
        return it != heard.end() && it->second.first == pids.at(service) &&
               it->second.second == bus::ServiceState::Ready;
    }
    bool wait_ready(Service service) {
        const int64_t begun = monotonic_ns();
        while (!is_ready(service)) {
            listen(base::milliseconds(1));
            if (monotonic_ns() - begun > kGiveUpNs) {
                std::fprintf(stderr, "bench_restart: %s was not ready\n",
                             std::string(to_text(service)).c_str());
                return false;
            }
        }
        return true;
    }
    void stop_all(int signal) {
        for (const auto& [service, pid] : pids) {
            ::kill(pid, signal);
            ::waitpid(pid, nullptr, 0);
        }
    }
};

int64_t resident_kb(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string word;
    while (status >> word) {
        if (word == "VmRSS:") {
            int64_t kb = 0;
            status >> kb;
            return kb;
        }
    }
    return 0;
}

int64_t processor_ticks(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string word;
    int64_t ticks = 0;
    for (int field = 1; field <= 15 && stat >> word; ++field) {
        ticks += field >= 14 ? std::atoll(word.c_str()) : 0;
    }
    return ticks;
}

void measure_restarts(Bench& bench, int rounds) {
    Percentiles all;
    for (const auto service : service::kServices) {
        Percentiles times;
        for (int n = 0; n < rounds; ++n) {
            ::kill(bench.pids[service], SIGKILL);
            ::waitpid(bench.pids[service], nullptr, 0);
            const int64_t begun = monotonic_ns();
            bench.start(service);
            if (!bench.wait_ready(service)) {
                return;
            }
            times.add(monotonic_ns() - begun);
        }
        times.print(("restart " + std::string(to_text(service))).c_str());
        all.add(times);
    }
    all.print("restart, all services");
}

void measure_rest(Bench& bench) {
    std::map<Service, int64_t> before;
    const int64_t begun = monotonic_ns();
    for (const auto& [service, pid] : bench.pids) {
        before[service] = processor_ticks(pid);
    }
    for (int n = 0; n < kIdleSeconds * 10; ++n) {
        bench.listen(base::milliseconds(100));
        ::usleep(90'000);
        if (monotonic_ns() - begun > kIdleSeconds * 1'000'000'000LL) {
            break;
        }
    }
    const double seconds = static_cast<double>(monotonic_ns() - begun) / 1e9;
    const auto per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    int64_t memory = 0;
    double idle = 0;
    for (const auto& [service, pid] : bench.pids) {
        const auto kb = resident_kb(pid);
        const double share = 100.0 * static_cast<double>(processor_ticks(pid) - before[service]) /
                             per_second / seconds;
        std::printf("rest %-10s resident %6.1f MB  idle %.2f %% of a core\n",
                    std::string(to_text(service)).c_str(), static_cast<double>(kb) / 1024.0, share);
        memory += kb;
        idle += share;
    }
    std::printf("rest %-10s resident %6.1f MB  idle %.2f %% of a core\n", "all",
                static_cast<double>(memory) / 1024.0, idle);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "bench_restart VAR ENV PROGRAMS [ROUNDS]\n");
        return 64;
    }
    Bench bench{.var = argv[1],
                .name = argv[2],
                .programs = argv[3],
                .transport = {},
                .pids = {},
                .heard = {}};
    const int rounds = argc > 4 ? std::atoi(argv[4]) : 30;
    const auto environment = service::load_environment(bench.var, bench.name);
    if (!environment) {
        std::fprintf(stderr, "bench_restart: %s\n", environment.error().text.c_str());
        return 1;
    }
    bus::ZmqConfig config;
    config.self = Service::Operator;
    config.directory = environment->bus;
    config.binds = false;
    for (const auto service : service::kServices) {
        config.upstreams.push_back(service);
        config.subscriptions[service] = {domain::heartbeat_stream(service)};
    }
    auto transport = bus::ZmqTransport::open(std::move(config));
    if (!transport) {
        return 1;
    }
    bench.transport = std::move(*transport);
    bool is_up = true;
    for (const auto service : service::kServices) {
        bench.start(service);
    }
    for (const auto service : service::kServices) {
        is_up = is_up && bench.wait_ready(service);
    }
    if (is_up) {
        measure_rest(bench);
        measure_restarts(bench, rounds);
    }
    bench.stop_all(SIGTERM);
    return is_up ? 0 : 1;
}
