#pragma once

#include "tests/support/cluster.h"
#include "tests/support/small_session.h"

#include <memory>

namespace sauda::test {

// The five real cores, configured to trade a lot, and a session for them.
struct World {
    std::shared_ptr<const SmallSession> session;
    Spine spine;
};
World make_world(uint64_t session_seed, int snapshots = 250);

// What the lab makes of the same inputs, undisturbed.
std::unique_ptr<lab::LabRun> run_lab(const World& world);

}  // namespace sauda::test
