#pragma once

#include "common/domain/contract_id.h"

namespace sauda::feed {

struct FeedConfig {
    int stale_factor = 3;                               // stale limit = factor x declared interval,
    domain::Duration stale_minimum = base::seconds(3);  // but at least this
    domain::Duration fast_interval = base::seconds(1);  // sources up to this get 1 s bars too
    std::size_t instruments_per_batch = 200;
};

}  // namespace sauda::feed
