#include "common/chain/volatility_index.h"

namespace sauda::chain {

namespace {

constexpr double kThirtyDays = 30.0 / 365.0;  // years

}  // namespace

std::optional<VolatilityIndex> volatility_index(const ChainState& state) {
    const options::ExpiryChain* near = nullptr;
    const options::ExpiryChain* next = nullptr;
    VolatilityIndex found;
    for (const auto date : state.expiries()) {
        const auto* chain = state.find(date);
        if (!chain->forward() || !options::vix_variance(chain->quotes())) {
            continue;
        }
        if (next != nullptr && next->years() > kThirtyDays) {
            break;
        }
        near = next;
        found.near = found.next;
        next = chain;
        found.next = date;
    }
    if (near == nullptr) {
        return std::nullopt;
    }
    const auto points = options::vix_index(near->quotes(), next->quotes());
    if (!points) {
        return std::nullopt;
    }
    found.points = *points;
    return found;
}

}  // namespace sauda::chain
