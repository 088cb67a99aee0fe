#pragma once

#include "common/domain/streams.h"

#include <map>
#include <vector>

namespace sauda::service {

// Who consumes what: the arrows of the picture in docs/architecture.md, in one table.
std::vector<domain::StreamId> inputs_of(domain::Service service,
                                        const std::vector<domain::Underlying>& underlyings);

// What each service subscribes to, by upstream: its inputs, the upstreams' heartbeats, and the
// barrier's messages.
std::map<domain::Service, std::vector<domain::StreamId>> subscriptions_of(
    domain::Service service, const std::vector<domain::StreamId>& inputs);

// Services `sauda up` starts, in order.
inline constexpr domain::Service kServices[] = {
    domain::Service::Feed,    domain::Service::MlSignal,  domain::Service::Strategy,
    domain::Service::Risk,    domain::Service::Execution, domain::Service::Notifier,
    domain::Service::Recorder};

}  // namespace sauda::service
