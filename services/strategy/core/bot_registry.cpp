#include "services/strategy/core/bot_registry.h"

#include "services/strategy/core/bots/short_straddle.h"
#include "services/strategy/core/bots/sma_crossover.h"

namespace sauda::strategy {

const std::vector<BotKind>& bot_kinds() {
    static const std::vector<BotKind> kKinds{short_straddle_kind(), sma_crossover_kind()};
    return kKinds;
}

}  // namespace sauda::strategy
