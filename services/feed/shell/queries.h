#pragma once

#include "common/service/host.h"

#include <optional>

namespace sauda::feed {

// What anybody may ask the feed for:
//   chain  underlying=NIFTY expiry=2025-09-02      the last quote of every contract of an expiry
//   bars   contract=NSE:NIFTY:2025-09-02:24500:CE seconds=60 last=375      base bars, newest last
// nullopt: another verb.
std::optional<bus::CommandReply> answer_query(service::Host& host, const bus::Command& command);

}  // namespace sauda::feed
