#include "tests/sim/spine_run.h"

#include <catch2/catch.hpp>

#include <iostream>

using namespace sauda;
using namespace sauda::test;

namespace {

constexpr uint64_t kSessions = 20;  // different ones; the lab's answer is kept

void print(const char* title, uint64_t seeds, const std::map<std::string, uint64_t>& counts) {
    std::cout << title << ": " << seeds << " seeds";
    for (const auto& [name, count] : counts) {
        std::cout << ", " << name << ' ' << count;
    }
    std::cout << std::endl;
}

}  // namespace

TEST_CASE("whatever dies and whatever the bus loses, the facts are the lab's to the byte") {
    const uint64_t first = environment_number("FIRST_SEED", 1);
    const uint64_t seeds = environment_number("SEEDS", 200);
    std::map<uint64_t, std::pair<World, Expected>> worlds;
    std::map<std::string, uint64_t> totals;
    for (uint64_t seed = first; seed < first + seeds; ++seed) {
        auto& [world, expected] = worlds[seed % kSessions];
        if (world.session == nullptr) {
            world = make_world(seed % kSessions);
            expected = expected_of(world);
        }
        INFO("seed " << seed << " (repeat it with SEEDS=1 FIRST_SEED=" << seed << ")");
        const auto result = run_spine(world, plan_of(seed), &expected);
        INFO(result.problem.value_or(""));
        REQUIRE_FALSE(result.problem.has_value());
        for (const auto& [name, count] : result.counts) {
            totals[name] += count;
        }
    }
    print("sim.spine", seeds, totals);
    if (seeds >= 50) {  // else the numbers are those of a few runs
        for (const char* name :
             {"crash before commit", "crash after commit", "crash before send", "crash after send",
              "kills", "freezes", "failed commits", "network drop", "network duplicate",
              "network delay", "orders", "partial fills", "trades", "denied"}) {
            INFO(name);
            CHECK(totals[name] > seeds / 4);
        }
    }
}

TEST_CASE("the owner halts, resumes, flattens and stops bots at any moment and the books hold") {
    const uint64_t first = environment_number("FIRST_SEED", 1);
    const uint64_t seeds = environment_number("SEEDS", 200) / 5 + 1;
    std::map<std::string, uint64_t> totals;
    for (uint64_t seed = first; seed < first + seeds; ++seed) {
        auto plan = plan_of(seed);
        plan.operator_act = 0.002;
        INFO("seed " << seed << " (repeat it with FIRST_SEED=" << seed << ")");
        const auto result = run_spine(make_world(seed), plan, nullptr);
        INFO(result.problem.value_or(""));
        REQUIRE_FALSE(result.problem.has_value());
        for (const auto& [name, count] : result.counts) {
            totals[name] += count;
        }
    }
    print("with operator acts", seeds, totals);
    CHECK(totals["operator acts"] > seeds);
}
