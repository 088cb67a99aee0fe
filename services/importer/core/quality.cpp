#include "services/importer/core/quality.h"

#include <algorithm>
#include <array>

namespace sauda::importer {

using domain::Quote;

Quality& Quality::operator+=(const Quality& other) {
    unchanged += other.unchanged;
    stale_snapshots += other.stale_snapshots;
    duplicates += other.duplicates;
    crossed += other.crossed;
    volume_decreases += other.volume_decreases;
    zero_spots += other.zero_spots;
    sentinel_volatilities += other.sentinel_volatilities;
    old_prices += other.old_prices;
    priceless += other.priceless;
    odd_opens += other.odd_opens;
    lot_differs += other.lot_differs;
    parity_pairs += other.parity_pairs;
    parity_outliers += other.parity_outliers;
    return *this;
}

std::map<std::string, std::string> to_texts(const Quality& quality) {
    std::map<std::string, std::string> texts;
    const auto add = [&](const char* key, uint64_t value) {
        texts[std::string("quality.") + key] = std::to_string(value);
    };
    add("unchanged", quality.unchanged);
    add("stale_snapshots", quality.stale_snapshots);
    add("duplicates", quality.duplicates);
    add("crossed", quality.crossed);
    add("volume_decreases", quality.volume_decreases);
    add("zero_spots", quality.zero_spots);
    add("sentinel_volatilities", quality.sentinel_volatilities);
    add("old_prices", quality.old_prices);
    add("priceless", quality.priceless);
    add("odd_opens", quality.odd_opens);
    add("lot_differs", quality.lot_differs);
    add("parity_pairs", quality.parity_pairs);
    add("parity_outliers", quality.parity_outliers);
    return texts;
}

void ParityCheck::add(std::size_t expiry, const Quote& call, const Quote& put) {
    const bool is_two_sided = call.is_two_sided() && put.is_two_sided();
    const auto price = [&](const Quote& quote) {
        return (is_two_sided ? quote.mid() : quote.last).raw();
    };
    const auto of_call = price(call);
    const auto of_put = price(put);
    if (of_call <= 0 || of_put <= 0) {
        return;
    }
    if (expiry >= expiries_.size()) {
        expiries_.resize(expiry + 1);
    }
    const auto spreads = (call.ask - call.bid).raw() + (put.ask - put.bid).raw();
    const auto strike = call.contract.strike().raw();
    expiries_[expiry].push_back({.distance = std::abs(of_call - of_put),
                                 .forward = strike + of_call - of_put,
                                 .strike = strike,
                                 .half_spreads = is_two_sided ? spreads / 2 : -1});
}

void ParityCheck::judge(std::vector<Pair>& pairs, Quality& quality) {
    constexpr std::size_t kNearest = 5;
    const auto middle = pairs.begin() + std::min<std::ptrdiff_t>(kNearest, std::ssize(pairs));
    std::partial_sort(pairs.begin(), middle, pairs.end(),
                      [](const Pair& a, const Pair& b) { return a.distance < b.distance; });
    std::array<int64_t, kNearest> near{};
    std::size_t count = 0;
    for (auto it = pairs.begin(); it != middle; ++it) {
        near.at(count++) = it->forward;
    }
    if (count < 3) {
        return;  // nothing to hold them against
    }
    std::sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count));
    const auto forward = near.at(count / 2);
    for (const auto& pair : pairs) {
        if (std::abs(pair.strike - forward) > forward / 50) {
            continue;
        }
        const auto allowed =
            pair.half_spreads < 0 ? forward / 400 : pair.half_spreads + forward / 2000;
        ++quality.parity_pairs;
        quality.parity_outliers += std::abs(pair.forward - forward) > allowed ? 1 : 0;
    }
}

void ParityCheck::finish(Quality& quality) {
    for (auto& pairs : expiries_) {
        judge(pairs, quality);
        pairs.clear();
    }
}

}  // namespace sauda::importer
