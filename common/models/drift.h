#pragma once

#include "common/base/archive.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace sauda::models {

// The population stability index: sum over bins of (now - then) x log(now / then). Bins are the
// deciles of the training rows, and one for missing values. Around 0: alike; from 0.25 on commonly
// called a shift. Features move slowly within a day, so one stretch of a day is never quite like
// all days: what training stretches came to is kept beside it as the usual value.
inline constexpr std::size_t kDriftBins = 11;     // ten deciles, missing last
inline constexpr std::size_t kDriftWindow = 300;  // rows looked at together

// How one feature was distributed in training.
struct FeatureBins {
    std::vector<float> edges;  // ascending, at most 9; equal ones are merged
    std::array<double, kDriftBins> shares{};
    [[nodiscard]] uint8_t bin_of(float x) const;
    SAUDA_FIELDS(edges, shares)
};
// values: of one feature over the training rows; not empty.
FeatureBins bins_of(std::vector<float> values);

// The bins of the last kDriftWindow rows. Soft state of whoever keeps it.
class DriftWatch {
 public:
    void add(std::span<const float> row, std::span<const FeatureBins> bins);
    [[nodiscard]] bool is_known() const { return rows_ == kDriftWindow; }
    // Of one feature, over the window. Only when known.
    [[nodiscard]] double index(std::size_t feature, const FeatureBins& bins) const;
    // The largest index of the features of each group; a feature with group_of[f] >= groups is
    // left out. Only when known.
    [[nodiscard]] std::vector<double> by_group(std::span<const FeatureBins> bins,
                                               std::span<const std::size_t> group_of,
                                               std::size_t groups) const;

    SAUDA_FIELDS(window_, counts_, next_, rows_)

 private:
    std::vector<uint8_t> window_;                           // rows x features, a ring
    std::vector<std::array<uint32_t, kDriftBins>> counts_;  // by feature
    uint64_t next_ = 0;
    uint64_t rows_ = 0;
};

}  // namespace sauda::models
