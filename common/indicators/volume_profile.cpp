#include "common/indicators/volume_profile.h"

#include <algorithm>

namespace sauda::indicators {

VolumeProfile::VolumeProfile(const VolumeProfileSettings& settings) : settings_(settings) {
    INVARIANT(settings.bucket >= 0.001);
    INVARIANT(settings.share > 0.0 && settings.share <= 1.0);
    INVARIANT(settings.max_buckets > 0 && settings.max_buckets <= 65'536);
}

void VolumeProfile::start_session() { *this = VolumeProfile(settings_); }

void VolumeProfile::push(double price, double volume) {
    if (volume <= 0.0) {
        return;
    }
    const int64_t bucket = bucket_of(price);
    if (reach(bucket, bucket)) {
        add(bucket, volume);
    } else {
        outside_ += volume;
    }
}

void VolumeProfile::push(const BarInput& bar) {
    if (bar.volume <= 0.0) {
        return;
    }
    const int64_t low = bucket_of(bar.low);
    const int64_t high = bucket_of(bar.high);
    if (!reach(low, high)) {
        outside_ += bar.volume;
        return;
    }
    const double part = bar.volume / static_cast<double>(high - low + 1);
    for (int64_t bucket = low; bucket <= high; ++bucket) {
        add(bucket, part);
    }
}

int64_t VolumeProfile::bucket_of(double price) const {
    // A price on an edge belongs above it, also where the division rounds down: 0.05 ticks.
    // Prices are above zero, so cutting off is rounding down.
    return static_cast<int64_t>(price / settings_.bucket + 1e-9);
}

bool VolumeProfile::reach(int64_t low, int64_t high) {
    const auto most = static_cast<int64_t>(settings_.max_buckets);
    const bool is_new = volumes_.empty();
    const int64_t bottom = is_new ? low : std::min(low, first_);
    const int64_t top =
        is_new ? high : std::max(high, first_ + static_cast<int64_t>(volumes_.size()) - 1);
    if (top - bottom >= most) {
        return false;
    }
    if (is_new) {
        first_ = bottom;
        control_ = bottom;
    }
    if (bottom < first_) {
        volumes_.insert(volumes_.begin(), static_cast<std::size_t>(first_ - bottom), 0.0);
        first_ = bottom;
    }
    volumes_.resize(static_cast<std::size_t>(top - bottom + 1), 0.0);
    return true;
}

void VolumeProfile::add(int64_t bucket, double volume) {
    const double now = volumes_[static_cast<std::size_t>(bucket - first_)] += volume;
    const double most = volumes_[static_cast<std::size_t>(control_ - first_)];
    if (now > most || (now == most && bucket < control_)) {
        control_ = bucket;
    }
    total_ += volume;
}

double VolumeProfile::point_of_control() const {
    return (static_cast<double>(control_) + 0.5) * settings_.bucket;
}

ValueArea VolumeProfile::value_area() const {
    auto low = static_cast<std::size_t>(control_ - first_);
    std::size_t high = low;
    const std::size_t last = volumes_.size() - 1;
    double held = volumes_[low];
    while (held < settings_.share * total_ && (low > 0 || high < last)) {
        const double below = low > 0 ? volumes_[low - 1] : -1.0;
        const double above = high < last ? volumes_[high + 1] : -1.0;
        if (above >= below) {
            ++high;
            held += above;
        } else {
            --low;
            held += below;
        }
    }
    const auto edge = [&](std::size_t at) {
        return (static_cast<double>(first_) + static_cast<double>(at)) * settings_.bucket;
    };
    return {edge(low), edge(high + 1)};
}

double VolumeProfile::volume_at(double price) const {
    const int64_t at = bucket_of(price) - first_;
    const bool is_kept = at >= 0 && at < static_cast<int64_t>(volumes_.size());
    return is_kept ? volumes_[static_cast<std::size_t>(at)] : 0.0;
}

}  // namespace sauda::indicators
