#pragma once

// A bug stops the process: the supervisor restarts it and start-up is the recovery path.
// On in every build. Never for what comes from outside; that is an Expected or an event.

namespace sauda::base {

[[noreturn]] void invariant_failed(const char* condition, const char* file, int line);

}  // namespace sauda::base

#define INVARIANT(condition)      \
    (static_cast<bool>(condition) \
         ? static_cast<void>(0)   \
         : ::sauda::base::invariant_failed(#condition, __builtin_FILE(), __builtin_LINE()))
