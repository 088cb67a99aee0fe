#include "services/importer/core/cadence.h"

#include <algorithm>

namespace sauda::importer {

Cadence cadence_of(const std::vector<Timestamp>& stamps, Duration declared) {
    Cadence cadence;
    std::vector<int64_t> steps;
    for (std::size_t i = 1; i < stamps.size(); ++i) {
        steps.push_back((stamps[i] - stamps[i - 1]).ns);
    }
    if (!steps.empty()) {
        std::sort(steps.begin(), steps.end());
        cadence.median = {steps[steps.size() / 2]};
        cadence.p95 = {steps[(steps.size() * 95 + 99) / 100 - 1]};
        cadence.longest = {steps.back()};
        constexpr int64_t kSecond = 1'000'000'000;
        const int64_t rounded = (cadence.median.ns + kSecond / 2) / kSecond * kSecond;
        cadence.declared = {std::max(rounded, kSecond)};
    }
    if (declared.ns > 0) {
        cadence.declared = declared;
    }
    cadence.stale_limit = std::max(base::seconds(3), Duration{3 * cadence.declared.ns});
    for (std::size_t i = 1; i < stamps.size(); ++i) {
        if (stamps[i] - stamps[i - 1] > cadence.stale_limit) {
            cadence.gaps.push_back({stamps[i - 1], stamps[i]});
        }
    }
    return cadence;
}

}  // namespace sauda::importer
