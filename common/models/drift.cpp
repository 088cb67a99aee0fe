#include "common/models/drift.h"

#include "common/options/deterministic_math.h"

#include <algorithm>

namespace sauda::models {

namespace {

// Half a row is added to each bin, so that an empty one is not infinitely surprising.
std::array<double, kDriftBins> shares_of(const std::array<uint32_t, kDriftBins>& counts) {
    double total = 0.0;
    for (const auto count : counts) {
        total += static_cast<double>(count) + 0.5;
    }
    std::array<double, kDriftBins> shares{};
    for (std::size_t b = 0; b < kDriftBins; ++b) {
        shares[b] = (static_cast<double>(counts[b]) + 0.5) / total;
    }
    return shares;
}

}  // namespace

uint8_t FeatureBins::bin_of(float x) const {
    if (x != x) {
        return static_cast<uint8_t>(kDriftBins - 1);
    }
    const auto at = std::upper_bound(edges.begin(), edges.end(), x);
    return static_cast<uint8_t>(at - edges.begin());
}

FeatureBins bins_of(std::vector<float> values) {
    FeatureBins bins;
    const auto all = values;
    std::erase_if(values, [](float x) { return x != x; });
    std::sort(values.begin(), values.end());
    for (std::size_t d = 1; d < kDriftBins - 1 && !values.empty(); ++d) {
        const float edge = values[values.size() * d / (kDriftBins - 1)];
        if (bins.edges.empty() || edge > bins.edges.back()) {
            bins.edges.push_back(edge);
        }
    }
    std::array<uint32_t, kDriftBins> counts{};
    for (const float x : all) {
        ++counts[bins.bin_of(x)];
    }
    bins.shares = shares_of(counts);
    return bins;
}

void DriftWatch::add(std::span<const float> row, std::span<const FeatureBins> bins) {
    INVARIANT(row.size() == bins.size());
    if (counts_.size() != row.size()) {
        counts_.assign(row.size(), {});
        window_.assign(row.size() * kDriftWindow, 0);
        next_ = 0;
        rows_ = 0;
    }
    for (std::size_t f = 0; f < row.size(); ++f) {
        auto& place = window_[next_ * row.size() + f];
        if (rows_ == kDriftWindow) {
            --counts_[f][place];
        }
        place = bins[f].bin_of(row[f]);
        ++counts_[f][place];
    }
    rows_ = std::min<uint64_t>(rows_ + 1, kDriftWindow);
    next_ = (next_ + 1) % kDriftWindow;
}

double DriftWatch::index(std::size_t feature, const FeatureBins& bins) const {
    const auto now = shares_of(counts_[feature]);
    double sum = 0.0;
    for (std::size_t b = 0; b < kDriftBins; ++b) {
        sum += (now[b] - bins.shares[b]) * options::log_of(now[b] / bins.shares[b]);
    }
    return sum;
}

std::vector<double> DriftWatch::by_group(std::span<const FeatureBins> bins,
                                         std::span<const std::size_t> group_of,
                                         std::size_t groups) const {
    std::vector<double> largest(groups, 0.0);
    for (std::size_t f = 0; f < bins.size(); ++f) {
        if (group_of[f] < groups) {
            auto& place = largest[group_of[f]];
            place = std::max(place, index(f, bins[f]));
        }
    }
    return largest;
}

}  // namespace sauda::models
