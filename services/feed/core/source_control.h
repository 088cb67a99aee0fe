#pragma once

#include "common/domain/message.h"

namespace sauda::feed {

// How the shell tells the core that a source begins or has no more data: local inputs on
// operator_stream(Service::Feed). Their known_time places them in time, so a start must be known
// at least 1 ns before the source's first quote (at equal times market data is handled first).
//
//   source_start: payload SourceInfo; stale_limit is computed by the core.
//   source_end:   payload SessionEvent of kind RunEnd; underlying Unspecified ends every source.
//
// A source that ends before the close leaves the rest of its day's calendar to the timers; RunEnd
// is published after the day's end, or at once on a holiday.
domain::Message source_start(domain::SourceInfo info, domain::Timestamp known, uint64_t seq);
domain::Message source_end(domain::Underlying underlying, domain::Timestamp known, uint64_t seq);

// Subject of the Info alert that records the end of a source.
inline constexpr std::string_view kSourceEnded = "source ended: ";

}  // namespace sauda::feed
