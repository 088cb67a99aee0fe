#include "common/models/samples.h"

#include "common/base/invariant.h"

#include <algorithm>
#include <numeric>

namespace sauda::models {

double Samples::events() const { return std::accumulate(weights.begin(), weights.end(), 0.0); }

std::vector<double> uniqueness(std::span<const int64_t> starts, std::span<const int64_t> ends) {
    const std::size_t n = starts.size();
    // Rows alive at each start: those before it that have not ended, and itself.
    std::vector<double> alive(n, 0.0);
    std::vector<std::size_t> until(n);  // first row that starts at or after this one's end
    for (std::size_t i = 0; i < n; ++i) {
        const auto* after = std::lower_bound(starts.data() + i, starts.data() + n, ends[i]);
        until[i] = static_cast<std::size_t>(after - starts.data());
        for (std::size_t t = i; t < until[i]; ++t) {
            alive[t] += 1.0;
        }
    }
    std::vector<double> weights(n, 1.0);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0.0;
        for (std::size_t t = i; t < until[i]; ++t) {
            sum += 1.0 / alive[t];
        }
        weights[i] = sum / static_cast<double>(until[i] - i);
    }
    return weights;
}

std::vector<Fold> purged_folds(std::span<const int64_t> starts, std::span<const int64_t> ends,
                               std::size_t folds, int64_t embargo_ns) {
    const std::size_t n = starts.size();
    INVARIANT(folds >= 2 && folds <= n && ends.size() == n);
    std::vector<Fold> made;
    for (std::size_t k = 0; k < folds; ++k) {
        Fold fold;
        const std::size_t first = n * k / folds;
        const std::size_t last = n * (k + 1) / folds;
        int64_t begin = starts[first];
        int64_t end = ends[first];
        for (std::size_t i = first; i < last; ++i) {
            fold.test.push_back(i);
            begin = std::min(begin, starts[i]);
            end = std::max(end, ends[i]);
        }
        for (std::size_t i = 0; i < n; ++i) {
            const bool is_before = ends[i] <= begin;
            const bool is_after = starts[i] >= end + embargo_ns;
            if ((i < first || i >= last) && (is_before || is_after)) {
                fold.train.push_back(i);
            }
        }
        made.push_back(std::move(fold));
    }
    return made;
}

}  // namespace sauda::models
