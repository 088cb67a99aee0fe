#include "common/domain/chain.h"

#include <algorithm>
#include <array>

namespace sauda::domain {

namespace {

struct ParityPoint {
    Price distance;  // |call mid - put mid|
    Price forward;
};

// The up to five points with the smallest distance; of equal ones the first seen stay.
class Nearest {
 public:
    void add(const ParityPoint& point) {
        std::size_t at = size_;
        while (at > 0 && point.distance < points_[at - 1].distance) {
            --at;
        }
        if (at == points_.size()) {
            return;
        }
        if (size_ < points_.size()) {
            ++size_;
        }
        for (std::size_t i = size_ - 1; i > at; --i) {
            points_[i] = points_[i - 1];
        }
        points_[at] = point;
    }
    // Of an even number the two in the middle are averaged, rounded down.
    [[nodiscard]] std::optional<Price> median_forward() const {
        if (size_ == 0) {
            return std::nullopt;
        }
        std::array<Price, 5> sorted{};
        for (std::size_t i = 0; i < size_; ++i) {
            sorted[i] = points_[i].forward;
        }
        std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(size_));
        const Price low = sorted[(size_ - 1) / 2];
        const Price high = sorted[size_ / 2];
        return low + Price::from_raw((high - low).raw() / 2);
    }

 private:
    std::array<ParityPoint, 5> points_{};
    std::size_t size_ = 0;
};

}  // namespace

void Chain::update(const Quote& quote) {
    const auto found = slots_.find(quote.contract.raw());
    if (found != slots_.end()) {
        quotes_[found->second] = quote;
        return;
    }
    quotes_.push_back(quote);
    index(static_cast<uint32_t>(quotes_.size() - 1));
}

void Chain::index(uint32_t slot) {
    const ContractId contract = quotes_[slot].contract;
    slots_[contract.raw()] = slot;
    if (contract.is_option()) {
        Strike& strike = options_[contract.expiry()][contract.strike()];
        (contract.kind() == ContractKind::Call ? strike.call : strike.put) = slot;
    }
}

// The indices follow from the quotes. They match except after reading.
void Chain::rebuild_if_reading() {
    bool matches = slots_.size() == quotes_.size();
    for (std::size_t i = 0; matches && i < quotes_.size(); ++i) {
        const auto found = slots_.find(quotes_[i].contract.raw());
        matches = found != slots_.end() && found->second == i;
    }
    if (matches) {
        return;
    }
    slots_.clear();
    options_.clear();
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
        index(static_cast<uint32_t>(i));
    }
}

const Quote* Chain::find(ContractId contract) const {
    const auto found = slots_.find(contract.raw());
    return found == slots_.end() ? nullptr : &quotes_[found->second];
}

std::vector<Date> Chain::expiries(Date from) const {
    std::vector<Date> dates;
    for (auto it = options_.lower_bound(from); it != options_.end(); ++it) {
        dates.push_back(it->first);
    }
    return dates;
}

std::vector<Price> Chain::strikes(Date expiry) const {
    std::vector<Price> listed;
    if (const auto found = options_.find(expiry); found != options_.end()) {
        listed.reserve(found->second.size());
        for (const auto& [strike, slots] : found->second) {
            listed.push_back(strike);
        }
    }
    return listed;
}

const Quote* Chain::option(Date expiry, Price strike, ContractKind kind) const {
    const auto by_strike = options_.find(expiry);
    if (by_strike == options_.end()) {
        return nullptr;
    }
    const auto found = by_strike->second.find(strike);
    if (found == by_strike->second.end()) {
        return nullptr;
    }
    INVARIANT(kind == ContractKind::Call || kind == ContractKind::Put);
    const uint32_t slot = kind == ContractKind::Call ? found->second.call : found->second.put;
    return slot == UINT32_MAX ? nullptr : &quotes_[slot];
}

std::optional<Price> Chain::parity_forward(Date expiry) const {
    const auto by_strike = options_.find(expiry);
    if (by_strike == options_.end()) {
        return std::nullopt;
    }
    Nearest nearest;
    for (const auto& [strike, slots] : by_strike->second) {
        if (slots.call == UINT32_MAX || slots.put == UINT32_MAX) {
            continue;
        }
        const Quote& call = quotes_[slots.call];
        const Quote& put = quotes_[slots.put];
        if (call.is_two_sided() && put.is_two_sided()) {
            const Price gap = call.mid() - put.mid();
            nearest.add({gap.abs(), strike + gap});
        }
    }
    return nearest.median_forward();
}

std::optional<Price> Chain::nearest_strike(Date expiry, Price reference) const {
    const auto by_strike = options_.find(expiry);
    if (by_strike == options_.end() || by_strike->second.empty()) {
        return std::nullopt;
    }
    const auto& listed = by_strike->second;
    const auto above = listed.lower_bound(reference);
    if (above == listed.begin()) {
        return above->first;
    }
    const Price below = std::prev(above)->first;
    if (above == listed.end()) {
        return below;
    }
    return above->first - reference < reference - below ? above->first : below;
}

void Chain::clear() {
    quotes_.clear();
    slots_.clear();
    options_.clear();
}

}  // namespace sauda::domain
