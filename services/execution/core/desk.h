#pragma once

#include "services/execution/core/state.h"

namespace sauda::execution {

// What the parts of the core look at.
struct View {
    const State& state;
    const ExecutionConfig& config;
    const domain::MarketRules& rules;
};

// What they decide with: emit() applies at once, so `state` already shows what was emitted.
struct Desk : View {
    base::Timestamp now;
    domain::Emitter& out;
};

inline domain::Number number(std::string name, int64_t value, domain::Unit unit) {
    return {std::move(name), value, unit};
}

// An alert about a group; its number "group" leads back to it.
void alert(Desk& desk, domain::Severity severity, domain::ReasonCode code, uint64_t group,
           std::string subject, std::vector<domain::Number> numbers = {});

}  // namespace sauda::execution
