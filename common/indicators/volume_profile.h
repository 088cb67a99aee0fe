#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <vector>

namespace sauda::indicators {

struct VolumeProfileSettings {
    double bucket = 5.0;  // height of a bucket, rupees, 0.001 or more
    double share = 0.7;   // of the volume, in the value area
    uint32_t max_buckets = 512;
    SAUDA_FIELDS(bucket, share, max_buckets)
};

// Prices, rupees: from the lower edge of the lowest bucket to the upper edge of the highest.
struct ValueArea {
    double low = 0.0;
    double high = 0.0;
    bool operator==(const ValueArea&) const = default;
};

// Volume by price since the session began. Bucket k holds the prices in [k, k + 1) x bucket. A
// trade adds to its bucket; a bar spreads its volume in equal parts over the buckets from its low
// to its high. The point of control is the bucket with most volume, of equal ones the lower. The
// value area begins there and takes in, bucket by bucket, the neighbour with more volume (of equal
// ones the upper) until it holds `share` of the volume. Buckets side by side are kept, at most
// max_buckets from the lowest to the highest; volume that would need more is counted in outside()
// and is in nothing else. start_session() forgets everything.
class VolumeProfile {
 public:
    explicit VolumeProfile(const VolumeProfileSettings& settings = {});

    void start_session();
    // Adds volume > 0 at a price; of no volume nothing comes.
    void push(double price, double volume);
    void push(const BarInput& bar);

    // Some volume was added.
    [[nodiscard]] bool is_ready() const { return total_ > 0.0; }
    // Middle of the bucket with most volume; only when ready.
    [[nodiscard]] double point_of_control() const;
    // Looked for when asked: O(buckets). Only when ready.
    [[nodiscard]] ValueArea value_area() const;
    // Volume in the bucket of a price.
    [[nodiscard]] double volume_at(double price) const;
    [[nodiscard]] double total() const { return total_; }
    [[nodiscard]] double outside() const { return outside_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const ValueArea area = is_ready() ? value_area() : ValueArea{};
        visit("point_of_control", when(is_ready(), [&] { return point_of_control(); }));
        visit("value_area_low", when(is_ready(), [&] { return area.low; }));
        visit("value_area_high", when(is_ready(), [&] { return area.high; }));
    }

    SAUDA_FIELDS(settings_, first_, volumes_, control_, total_, outside_)

 private:
    [[nodiscard]] int64_t bucket_of(double price) const;
    // Makes room for buckets low to high; false where that is too many.
    bool reach(int64_t low, int64_t high);
    void add(int64_t bucket, double volume);

    VolumeProfileSettings settings_;
    int64_t first_ = 0;  // number of the bucket volumes_[0] stands for
    std::vector<double> volumes_;
    int64_t control_ = 0;
    double total_ = 0.0;
    double outside_ = 0.0;
};

}  // namespace sauda::indicators
