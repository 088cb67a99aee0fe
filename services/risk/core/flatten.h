#pragma once

#include "common/domain/core.h"
#include "services/risk/core/exposure.h"

#include <optional>

namespace sauda::risk {

// Ids of flatten's own intents start here, far above what bots count to.
inline constexpr uint64_t kFlattenIntents = 1ULL << 48U;

// Closing everything, step by step: Cancelling (execution takes working entries back, at most
// cancel_wait), Closing (every open group is told to leave, again after flatten_retry while it
// still has something to close), Done (no group is left). All of it is durable state, so a
// restart goes on where it was.
class Flatten {
 public:
    Flatten(const RiskConfig& config, const domain::MarketRules& rules, const Market& market,
            const State& state)
        : config_(config), rules_(rules), market_(market), state_(state) {}

    // Does whatever is due in every account.
    void step(domain::Timestamp now, domain::Emitter& out) const;
    // When step() has work without a further input; Timestamp::max() if never.
    [[nodiscard]] domain::Timestamp deadline() const;

 private:
    void step(const std::string& account, domain::Timestamp now, domain::Emitter& out) const;
    void close_groups(const std::string& account, domain::Timestamp now,
                      domain::Emitter& out) const;
    void move(const std::string& account, domain::FlattenPhase phase, domain::Emitter& out) const;
    // When the group is next told to close; max(): it has nothing to close, or is on its way.
    [[nodiscard]] domain::Timestamp due(const GroupKey& key, const GroupRecord& group) const;
    [[nodiscard]] domain::Intent intent_of(const GroupKey& key, const GroupRecord& group,
                                           domain::Timestamp now) const;
    [[nodiscard]] domain::Price worst_price(domain::ContractId contract, domain::Side side,
                                            domain::Timestamp now) const;

    const RiskConfig& config_;
    const domain::MarketRules& rules_;
    const Market& market_;
    const State& state_;
};

}  // namespace sauda::risk
