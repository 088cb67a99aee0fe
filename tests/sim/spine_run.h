#pragma once

#include "tests/sim/auditor.h"
#include "tests/sim/world.h"

#include <cstdlib>
#include <optional>
#include <string>

namespace sauda::test {

// From the environment, for longer runs and to repeat one seed.
inline uint64_t environment_number(const char* name, uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

inline FaultPlan plan_of(uint64_t seed) {
    // Three kinds of weather: a bad network, crashes, and both.
    const bool is_network_bad = seed % 3 != 1;
    const bool is_crashing = seed % 3 != 0;
    FaultPlan plan;
    plan.seed = seed;
    if (is_network_bad) {
        plan.network = {.drop = 0.02, .duplicate = 0.03, .delay = 0.08};
    }
    if (is_crashing) {
        plan.crash_at_commit = 0.0012;
        plan.crash_at_send = 0.002;
        plan.kill = 0.0006;
        plan.full_disk = 0.0005;
    }
    plan.freeze = 0.0003;
    return plan;
}

// What the lab says about a session, to compare with.
struct Expected {
    uint64_t hash = 0;
    uint64_t messages = 0;
    std::map<domain::Service, std::string> states;
};
inline Expected expected_of(const World& world) {
    const auto lab = run_lab(world);
    Expected expected{
        .hash = lab->hash().value(), .messages = lab->hash().messages(), .states = {}};
    for (const auto service : domain::kParticipants) {
        expected.states[service] = lab->core(service).save();
    }
    return expected;
}

struct SpineResult {
    std::optional<std::string> problem;
    std::map<std::string, uint64_t> counts;
};

// One seed to its end. `prepare` may switch protections of the stores off.
inline SpineResult run_spine(
    const World& world, const FaultPlan& plan, const Expected* expected,
    const std::function<void(Cluster&)>& prepare = [](Cluster&) {}) {
    SpineResult result;
    Auditor auditor;
    Cluster cluster(world.spine, plan);
    cluster.on_commit = [&auditor](domain::Service service, const store::Batch& batch) {
        auditor.on_commit(service, batch);
    };
    prepare(cluster);
    const auto collect = [&] {
        for (const auto* counts : {&cluster.counts(), &auditor.counts()}) {
            for (const auto& [name, count] : *counts) {
                result.counts[name] += count;
            }
        }
        for (const auto& [name, count] : cluster.network().faults) {
            result.counts["network " + name] += count;
        }
        result.counts["messages"] += cluster.network().messages;
    };
    result.problem = cluster.run();
    if (!result.problem) {
        auditor.at_end();
        result.problem = auditor.breach();
    }
    if (!result.problem && expected != nullptr) {
        if (auditor.hash().value() != expected->hash) {
            result.problem = "the run hash differs from the lab's: " +
                             std::to_string(auditor.hash().messages()) + " messages, " +
                             std::to_string(expected->messages) + " in the lab";
        }
        for (const auto& [service, state] : expected->states) {
            if (!result.problem && cluster.core(service).save() != state) {
                result.problem = std::string(to_text(service)) +
                                 " ends in another state than in "
                                 "the lab";
            }
        }
    }
    if (!result.problem) {
        result.problem = cluster.restart_all();
    }
    collect();
    return result;
}

}  // namespace sauda::test
