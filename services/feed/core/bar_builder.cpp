#include "services/feed/core/bar_builder.h"

#include <algorithm>

namespace sauda::feed {

void extend(Bar& bar, const BarTick& tick) {
    if (bar.updates == 0) {
        bar.contract = tick.contract;
        bar.open = tick.price;
        bar.high = tick.price;
        bar.low = tick.price;
    }
    bar.high = std::max(bar.high, tick.price);
    bar.low = std::min(bar.low, tick.price);
    bar.close = tick.price;
    bar.volume += tick.volume;
    bar.open_interest = tick.open_interest;
    ++bar.updates;
}

uint32_t BarBuilder::slot_of(ContractId contract) {
    const auto [at, is_new] =
        slots_.try_emplace(contract.raw(), static_cast<uint32_t>(contracts_.size()));
    if (is_new) {
        contracts_.push_back(contract);
    }
    return at->second;
}

BarBuilder::Bucket& BarBuilder::bucket_at(Timestamp start) {
    const auto at = std::lower_bound(buckets_.begin(), buckets_.end(), start,
                                     [](const Bucket& b, Timestamp t) { return b.start < t; });
    if (at != buckets_.end() && at->start == start) {
        return *at;
    }
    Bucket fresh{.start = start, .bars = {}};
    if (!spare_.empty()) {
        fresh.bars = std::move(spare_.back());
        spare_.pop_back();
        fresh.bars.clear();
    }
    return *buckets_.insert(at, std::move(fresh));
}

void BarBuilder::add(const BarTick& tick, Timestamp known) {
    const uint32_t slot = slot_of(tick.contract);
    Bucket& bucket = bucket_at(start_of(known));
    if (bucket.bars.size() <= slot) {
        bucket.bars.resize(slot + 1);
    }
    extend(bucket.bars[slot], tick);
    if (buckets_.size() > kBucketsMax) {
        drop_through(buckets_.front().start);
    }
}

std::optional<Timestamp> BarBuilder::next_end(Timestamp open, Timestamp close) const {
    for (const auto& bucket : buckets_) {
        const Timestamp end = bucket.start + length_;
        if (end > open && bucket.start < close) {
            return end;
        }
    }
    return std::nullopt;
}

std::vector<Bar> BarBuilder::bars(Timestamp start) const {
    std::vector<Bar> found;
    for (const auto& bucket : buckets_) {
        if (bucket.start == start) {
            std::copy_if(bucket.bars.begin(), bucket.bars.end(), std::back_inserter(found),
                         [](const Bar& bar) { return bar.updates > 0; });
        }
    }
    std::sort(found.begin(), found.end(),
              [](const Bar& a, const Bar& b) { return a.contract < b.contract; });
    return found;
}

void BarBuilder::drop_through(Timestamp start) {
    const auto keep = std::find_if(buckets_.begin(), buckets_.end(),
                                   [&](const Bucket& bucket) { return bucket.start > start; });
    for (auto it = buckets_.begin(); it != keep; ++it) {
        spare_.push_back(std::move(it->bars));
    }
    buckets_.erase(buckets_.begin(), keep);
}

void BarBuilder::clear() { *this = BarBuilder(length_); }

}  // namespace sauda::feed
