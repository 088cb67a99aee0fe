#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sauda::ml_signal {

// What a model learns from, in this order: part of every model's identity. Change a formula and
// the hash changes, and no older model fits any more.
enum ModelFeature : std::size_t {
    // momentum
    kMove1,
    kMove5,
    kMove15,
    kMove30,
    // average
    kFromSma20,
    kFromSma60,
    kEmaSpread,
    kRsi,
    // range
    kFromOpen,
    kFromHigh,
    kFromLow,
    kDayPosition,
    // volatility
    kRealised10,
    kRealised60,
    kRealisedState,
    kTrueRange,
    // premium
    kAtmIv,
    kAtmIvChange,
    kIvSpread,
    kIvOverRealised,
    kSkew,
    kSkewChange,
    kCallPremium,
    kPutPremium,
    kStraddleMove5,
    kStraddleMove15,
    // interest
    kPcrInterest,
    kPcrInterestChange,
    kLongBuildUp,
    kShortBuildUp,
    kLongUnwinding,
    kShortCovering,
    // volume
    kPcrVolume,
    kVolumeState,
    // time
    kMinuteOfDay,
    kMinutesToClose,
    kSessionPhase,
    kDaysToExpiry,
    kIsExpiryDay,
    kModelFeatures,
};

// One row of docs/features.md.
struct FeatureDefinition {
    std::string_view name;
    std::string_view group;
    std::string_view formula;
    std::string_view inputs;
    std::string_view words;  // "the move of the last 5 minutes", in `sauda why`
};
const std::array<FeatureDefinition, kModelFeatures>& feature_definitions();

// Of names, groups, formulas and inputs in their order.
uint64_t feature_list_hash();

// A row: NaN where a feature cannot be known yet. Everything in it is known when its bar ends.
using FeatureRow = std::array<float, kModelFeatures>;

}  // namespace sauda::ml_signal
