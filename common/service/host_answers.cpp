#include "common/service/command_json.h"
#include "common/service/host.h"

#include <unistd.h>

#include <algorithm>

// What a host tells those who ask, and all others by its heartbeat.
namespace sauda::service {

void Host::on_request(const bus::RequestArrived& arrival) {
    bus::Reply reply{.id = arrival.request.id, .body = {}};
    if (const auto* pull = std::get_if<bus::PullRequest>(&arrival.request.body)) {
        reply.body = serve(*pull);
    } else if (const auto* command = std::get_if<bus::Command>(&arrival.request.body)) {
        reply.body = answer(*command);
    }
    transport_.reply(arrival.client, reply);
}

bus::PullReply Host::serve(const bus::PullRequest& request) {
    constexpr uint32_t kFramesMax = 512;
    constexpr uint64_t kBytesMax = 1U << 20U;
    bus::PullReply reply;
    reply.stream = request.stream;
    reply.from = request.from;
    const uint32_t frames_max = std::min(request.frames_max, kFramesMax);
    for (const auto& end : stream_ends()) {
        if (end.stream == request.stream) {
            reply.first_seq = end.first_seq;
            reply.last_seq = end.last_seq;
        }
    }
    if (domain::class_of(request.stream) == domain::StreamClass::Journaled) {
        reply.frames = extension_.range(request.stream, request.from, frames_max);
        return reply;
    }
    const auto stream = static_cast<uint16_t>(request.stream);
    if (request.from > 1) {
        reply.chain_before = store_.chain_hash(stream, request.from - 1).value_or(0);
    }
    for (auto& row : store_.outbox(stream, request.from, frames_max, kBytesMax)) {
        reply.frames.push_back({.stream = request.stream,
                                .epoch = row.epoch,
                                .seq = row.seq,
                                .schema = row.schema,
                                .flags = bus::kReplayed,
                                .payload = std::move(row.payload)});
    }
    return reply;
}

bus::CommandReply Host::answer(const bus::Command& command) {
    if (command.verb == "status") {
        return {.ok = true, .json = status_json(heartbeat(), inbox_, diverged_)};
    }
    if (state_ == bus::ServiceState::Recovering) {
        return {.ok = false, .json = error_json("still recovering; ask again in a moment")};
    }
    if (command.verb == "skip") {
        return skip_stream(inbox_, log_, command);
    }
    if (!diverged_.empty()) {
        return {.ok = false, .json = error_json(diverged_)};
    }
    if (auto reply = extension_.on_command(*this, command)) {
        return *reply;
    }
    if (const auto act = parse_operator_command(command)) {
        if (!act->has_value()) {
            return {.ok = false, .json = error_json(act->error().text)};
        }
        if (!participant_.last_now().is_set()) {
            return {.ok = false,
                    .json = error_json("no session has begun yet, so there is no time "
                                       "at which to do it; ask again when one plays")};
        }
        log_.info("trade", "operator: " + command.verb + " by " + command.by);
        inject(domain::operator_stream(config_.self), act->value());
        return {.ok = true, .json = "{\"done\": true}"};
    }
    return {.ok = false,
            .json = error_json("'" + command.verb + "' is not something " +
                               std::string(to_text(config_.self)) + " does")};
}

std::vector<bus::StreamEnd> Host::stream_ends() {
    auto ends = outbox_.ends();
    for (const auto& end : extension_.journaled_ends()) {
        ends.push_back(end);
    }
    return ends;
}

bus::Heartbeat Host::heartbeat() {
    bus::Heartbeat beat;
    beat.service = config_.self;
    beat.pid = ::getpid();
    beat.state = state_;
    beat.epoch = epoch_;
    beat.run = config_.run;
    beat.started_at = started_at_;
    beat.now = participant_.last_now();
    beat.step = last_done_ ? last_done_->step : 0;
    beat.database_id = config_.database_id;
    beat.config_hash = config_.config_hash;
    beat.is_lockstep = config_.is_lockstep;
    beat.streams = stream_ends();
    beat.cursors = inbox_.cursors();
    std::vector<domain::Metric> metrics;
    participant_.core().metrics(metrics);
    for (auto& metric : metrics) {
        beat.metrics.push_back(
            {std::move(metric.name), metric.value, static_cast<uint8_t>(metric.unit)});
    }
    beat.metrics.push_back({"refused", static_cast<int64_t>(inbox_.refused()), 0});
    beat.metrics.push_back({"gaps", static_cast<int64_t>(inbox_.gaps()), 0});
    beat.metrics.push_back({"duplicates", static_cast<int64_t>(inbox_.duplicates()), 0});
    extension_.add_metrics(beat.metrics);
    beat.last_event = last_event_;
    extension_.on_heartbeat(beat);
    return beat;
}

}  // namespace sauda::service
