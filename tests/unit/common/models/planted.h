#pragma once

#include "common/base/rng.h"
#include "common/models/model.h"
#include "common/models/samples.h"

#include <limits>

namespace sauda::test {

// Rows as a trader's days give them: 75 a day, five minutes apart, each alive for half an hour, a
// hidden drift of the market that lasts as long, and feature 0 telling of it as loudly as `edge`.
// Gross results are +-900 rupees, and both sides pay 80.
inline models::Samples planted_samples(int days, double edge, uint64_t seed,
                                       std::size_t features = 8) {
    base::Rng rng(seed);
    models::Samples samples;
    samples.features = features;
    const int64_t minute = 60'000'000'000;
    for (int day = 0; day < days; ++day) {
        double drift = 0.0;
        for (int i = 0; i < 75; ++i) {
            drift = i % 6 == 0 ? rng.normal() : drift;
            const int64_t start = (int64_t{day} * 1440 + 555 + i * 5) * minute;
            samples.starts.push_back(start);
            samples.ends.push_back(start + 30 * minute);
            for (std::size_t f = 0; f < features; ++f) {
                const double x = f == 0 ? edge * drift + rng.normal() : rng.normal();
                samples.values.push_back(f == 3 && rng.chance(0.2)
                                             ? std::numeric_limits<float>::quiet_NaN()
                                             : static_cast<float>(x));
            }
            const double move = 600.0 * drift + 300.0 * rng.normal();
            samples.call_net.push_back(move - 80.0);
            samples.put_net.push_back(-move - 80.0);
            samples.labels.push_back(move > 0.0 ? 1 : 0);
        }
    }
    samples.weights = models::uniqueness(samples.starts, samples.ends);
    return samples;
}

inline std::vector<models::FeatureName> planted_features(std::size_t features = 8) {
    std::vector<models::FeatureName> names;
    for (std::size_t f = 0; f < features; ++f) {
        names.push_back({"f" + std::to_string(f), f % 2 == 0 ? "even" : "odd"});
    }
    return names;
}

}  // namespace sauda::test
