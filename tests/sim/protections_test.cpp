#include "common/bus/protections.h"

#include "tests/sim/spine_run.h"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <iostream>

using namespace sauda;
using namespace sauda::test;

namespace {

constexpr uint64_t kSeedsMax = 50;
constexpr int kSnapshots = 60;

struct Switch {
    const char* name;
    std::function<void(Cluster&)> turn_off;
};

// In a process of its own: without a protection an INVARIANT may stop it.
bool survives(const World& world, const Expected& expected, uint64_t seed,
              const std::function<void(Cluster&)>& turn_off) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (const int number : {SIGABRT, SIGSEGV, SIGTERM}) {
            std::signal(number, SIG_DFL);
        }
        if (std::freopen("/dev/null", "w", stderr) == nullptr) {
            ::_exit(2);
        }
        bool is_good = false;
        try {
            is_good = !run_spine(world, plan_of(seed), &expected, turn_off).problem.has_value();
        } catch (...) {
            is_good = false;
        }
        ::_exit(is_good ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::function<void(Cluster&)> in_every_store(void (*change)(MemoryStore&)) {
    return [change](Cluster& cluster) {
        for (const auto service : domain::kParticipants) {
            change(cluster.store(service));
        }
    };
}

}  // namespace

TEST_CASE("each protection is needed: without it some seed of fifty fails, with it none does") {
    const World world = make_world(1, kSnapshots);
    const Expected expected = expected_of(world);
    const Switch switches[] = {
        {"the cursor moves with its effect",
         in_every_store([](MemoryStore& store) { store.loses_cursors = true; })},
        {"the outbox is committed before it is sent",
         in_every_store([](MemoryStore& store) { store.loses_outbox = true; })},
        {"repeats are dropped", [](Cluster&) { bus::protections().drops_repeats = false; }},
        {"the watermark", [](Cluster&) { bus::protections().has_watermark = false; }},
        {"the answer to a round is stored",
         [](Cluster&) { bus::protections().stores_done = false; }}};
    for (const auto& protection : switches) {
        INFO(protection.name);
        uint64_t failed_at = 0;
        for (uint64_t seed = 1; seed <= kSeedsMax && failed_at == 0; ++seed) {
            failed_at = survives(world, expected, seed, protection.turn_off) ? 0 : seed;
        }
        CHECK(failed_at != 0);
        std::cout << "without '" << protection.name << "' seed " << failed_at << " fails\n";
    }
    for (uint64_t seed = 1; seed <= 3; ++seed) {
        CHECK(survives(world, expected, seed, [](Cluster&) {}));
    }
}
