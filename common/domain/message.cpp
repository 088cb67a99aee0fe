#include "common/domain/message.h"

#include "common/domain/core.h"

namespace sauda::domain {

uint64_t content_hash(const Message& message) {
    base::HashArchive archive;
    archive.add(message.stream);
    archive.add(message.meta.event_time);
    archive.add(message.meta.known_time);
    archive.add(message.meta.causes);
    archive.add(message.meta.step);
    archive.add(message.meta.round);
    archive.add(static_cast<uint64_t>(message.payload.index()));
    std::visit([&](const auto& payload) { archive.add(payload); }, message.payload);
    return archive.value();
}

void RunHash::add(const Message& message) {
    auto& [count, hash] = streams_[message.stream];
    base::Hash64 chain;
    chain.add(hash);
    chain.add(content_hash(message));
    hash = chain.value();
    ++count;
    ++messages_;
}

uint64_t RunHash::value() const {
    base::Hash64 hash;
    for (const auto& [stream, entry] : streams_) {
        hash.add(static_cast<uint64_t>(stream));
        hash.add(entry.first);
        hash.add(entry.second);
    }
    return hash.value();
}

bool is_market_derived(StreamId stream) {
    const auto owner = owner_of(stream);
    const auto kind = class_of(stream);
    if (kind == StreamClass::Local) {
        return (static_cast<unsigned>(stream) & 0xFF00U) ==
               static_cast<unsigned>(StreamId::HealthBase);
    }
    return owner == Service::Feed || owner == Service::MlSignal;
}

}  // namespace sauda::domain
