#include "common/service/outbox.h"

#include "common/wire/codec.h"
#include "common/wire/validate.h"

#include <cstdio>

namespace sauda::service {

namespace {

// What we emit must pass the gate we hold others to: our own restart reads it through that gate.
bool is_sound(const domain::Message& message) {
    if (std::holds_alternative<domain::BarBatch>(message.payload)) {
        return true;  // large, made in one place, and sifted by row anyway
    }
    auto payload = message.payload;
    std::vector<wire::Refusal> refusals;
    const auto checked = wire::validate(message.stream, message.meta, payload, refusals);
    if (!checked || !refusals.empty()) {
        std::fprintf(stderr, "refused by our own gate: %s\n",
                     checked ? refusals.front().text().c_str() : checked.error().text.c_str());
        return false;
    }
    return true;
}

}  // namespace

void Outbox::restore(domain::StreamId stream, uint64_t first_seq, uint64_t last_seq,
                     uint64_t chain_hash) {
    ends_[stream] = {
        .stream = stream, .first_seq = first_seq, .last_seq = last_seq, .chain_hash = chain_hash};
}

void Outbox::stage(const std::vector<kernel::Output>& outputs, store::Batch& batch) {
    for (const auto& output : outputs) {
        const auto& message = output.message;
        INVARIANT(is_sound(message));
        bus::Frame frame{.stream = message.stream,
                         .epoch = epoch_,
                         .seq = message.seq,
                         .schema = wire::schema_of(message.payload),
                         .payload = wire::encode(message.meta, message.payload)};
        auto& end = ends_[message.stream];
        end.stream = message.stream;
        INVARIANT(message.seq == end.last_seq + 1);
        end.last_seq = message.seq;
        if (end.first_seq == 0) {
            end.first_seq = message.seq;
        }
        end.chain_hash =
            bus::next_chain_hash(end.chain_hash, frame.seq, frame.schema, frame.payload);
        batch.outbox.push_back({.stream = static_cast<uint16_t>(frame.stream),
                                .seq = frame.seq,
                                .epoch = epoch_,
                                .ordinal = output.ordinal,
                                .schema = frame.schema,
                                .chain_hash = end.chain_hash,
                                .payload = frame.payload});
        staged_.push_back(std::move(frame));
    }
}

void Outbox::send(bus::Transport& transport) {
    for (const auto& frame : staged_) {
        transport.publish(frame);
    }
    staged_.clear();
}

std::vector<bus::StreamEnd> Outbox::ends() const {
    std::vector<bus::StreamEnd> ends;
    for (const auto& [stream, end] : ends_) {
        ends.push_back(end);
    }
    return ends;
}

uint64_t Outbox::last_seq(domain::StreamId stream) const {
    const auto it = ends_.find(stream);
    return it == ends_.end() ? 0 : it->second.last_seq;
}

}  // namespace sauda::service
