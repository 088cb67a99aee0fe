#include "services/feed/core/source_control.h"

namespace sauda::feed {

namespace {

domain::Message local(domain::Payload payload, domain::Timestamp known, uint64_t seq) {
    domain::Message message;
    message.stream = domain::operator_stream(domain::Service::Feed);
    message.seq = seq;
    message.meta.event_time = known;
    message.meta.known_time = known;
    message.payload = std::move(payload);
    return message;
}

}  // namespace

domain::Message source_start(domain::SourceInfo info, domain::Timestamp known, uint64_t seq) {
    return local(std::move(info), known, seq);
}

domain::Message source_end(domain::Underlying underlying, domain::Timestamp known, uint64_t seq) {
    domain::SessionEvent end;
    end.kind = domain::SessionKind::RunEnd;
    end.underlying = underlying;
    return local(std::move(end), known, seq);
}

}  // namespace sauda::feed
