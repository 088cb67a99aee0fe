#include "common/service/host.h"

#include "common/bus/protections.h"
#include "common/wire/codec.h"
#include "common/wire/describe.h"

#include <algorithm>
#include <utility>

namespace sauda::service {

namespace {

constexpr std::size_t kFreeBatchMax = 256;
constexpr int64_t kRecoveryRetryNs = 200'000'000;

std::string local_bytes(const domain::Message& message) {
    const uint16_t schema = wire::schema_of(message.payload);
    std::string bytes;
    bytes += static_cast<char>(schema & 0xFFU);
    bytes += static_cast<char>(schema >> 8U);
    return bytes + wire::encode(message.meta, message.payload);
}

std::map<domain::StreamId, uint64_t> ends_of(const std::vector<bus::StreamCursor>& cursors) {
    std::map<domain::StreamId, uint64_t> ends;
    for (const auto& cursor : cursors) {
        ends[cursor.stream] = cursor.seq;
    }
    return ends;
}

}  // namespace

Host::Host(HostConfig config, std::unique_ptr<domain::Core> core, bus::Transport& transport,
           store::Store& store, base::Clock& clock, Log& log, Extension& extension)
    : config_(std::move(config)),
      transport_(transport),
      store_(store),
      clock_(clock),
      log_(log),
      extension_(extension),
      participant_(config_.self, std::move(core), config_.run),
      inbox_(config_.inputs, config_.run, log),
      outbox_(0),
      recovery_(participant_, store, config_.layout, log) {}

base::Expected<void> Host::start() {
    const auto number = [this](const std::string& key) {
        const auto text = store_.meta(key);
        return text ? std::stoull(*text) : 0ULL;
    };
    epoch_ = number("epoch") + 1;
    local_seq_ = number("local_seq");
    store::Batch batch;
    batch.meta["epoch"] = std::to_string(epoch_);
    if (auto done = store_.commit(batch, store::Durability::Full); !done) {
        return done;
    }
    outbox_ = Outbox(epoch_);
    kernel::StreamEnds ends;
    for (const auto& [stream, rows] : store_.outbox_ends()) {
        const auto id = static_cast<domain::StreamId>(stream);
        outbox_.restore(id, rows.first.seq, rows.second.seq, rows.second.chain_hash);
    }
    inbox_.restore(store_.cursors());
    if (const auto bytes = store_.meta("done"); bytes && !bytes->empty()) {
        bus::Frame frame{
            .stream = domain::done_stream(config_.self), .schema = 0xE003, .payload = *bytes};
        if (auto decoded = bus::decode_ephemeral(frame)) {
            last_done_ = std::get<bus::Done>(*decoded);
        }
    }
    started_at_ = clock_.now();
    for (const auto stream : config_.inputs) {
        heard_at_ns_[domain::owner_of(stream)] = clock_.monotonic_ns();
    }
    recovery_since_ns_ = clock_.monotonic_ns();
    state_ = bus::ServiceState::Recovering;
    recovery_.start();
    log_.info("system", "start " + std::to_string(epoch_) + ", recovering");
    return {};
}

void Host::cycle(base::Duration wait) {
    arrivals_.clear();
    transport_.poll(arrivals_, wait);
    for (const auto& arrival : arrivals_) {
        on_arrival(arrival);
    }
    if (state_ == bus::ServiceState::Recovering) {
        recover();
    } else if (diverged_.empty()) {
        if (config_.is_lockstep) {
            try_round();
        } else {
            run_free();
        }
    }
    if (state_ != bus::ServiceState::Recovering) {
        is_busy_ = diverged_.empty() && !extension_.on_cycle(*this);
        send_pulls();
        update_state();
    }
    revive_silent_upstreams();
    send_heartbeat_if_due();
}

void Host::stop() {
    if (state_ != bus::ServiceState::Recovering) {
        extension_.on_stop(*this);
        store::Batch batch;
        batch.snapshot = store::SnapshotRow{.ordinal = participant_.last_ordinal(),
                                            .layout = config_.layout,
                                            .state = pack_snapshot(participant_)};
        if (auto done = store_.commit(batch, store::Durability::Full); !done) {
            log_.error("system", done.error().text);
        }
    }
    state_ = bus::ServiceState::Draining;
    publish(heartbeat());
    log_.info("system", "stopped in order");
}

void Host::recover() {
    while (true) {
        if (recovery_.step()) {
            become_ready();
            return;
        }
        const auto want = recovery_.want();
        INVARIANT(want.has_value());
        if (domain::owner_of(want->stream) == config_.self) {
            bus::PullReply reply;
            reply.stream = want->stream;
            reply.from = want->from;
            reply.frames = extension_.range(want->stream, want->from, want->frames_max);
            INVARIANT(!reply.frames.empty());  // the source is checked before the host starts
            recovery_.offer(reply);
            continue;
        }
        const int64_t now = clock_.monotonic_ns();
        if (!config_.is_lockstep && now - recovery_since_ns_ > config_.recovery_patience.ns) {
            log_.warn("system", "no market data to recover from; going on with durable state only");
            recovery_.skip_market_data();
            continue;
        }
        if (recovery_asked_ns_ == 0 || now - recovery_asked_ns_ > kRecoveryRetryNs) {
            recovery_asked_ns_ = now;
            transport_.request(domain::owner_of(want->stream),
                               {.id = ++request_id_, .body = *want});
        }
        return;
    }
}

void Host::become_ready() {
    state_ = bus::ServiceState::Ready;
    snapshot_ordinal_ = participant_.last_ordinal();
    snapshot_event_time_ = participant_.last_now();
    for (const auto& [stream, seq] : participant_.output_ends()) {
        INVARIANT(outbox_.last_seq(stream) == seq);
    }
    log_.info("system",
              "ready after " + std::to_string(recovery_.replayed()) + " journal entries, in " +
                  std::to_string((clock_.monotonic_ns() - recovery_since_ns_) / 1000) + " us");
    extension_.on_ready(*this);
    heartbeat_at_ns_ = 0;
}

void Host::on_arrival(const bus::Arrival& arrival) {
    if (const auto* frame = std::get_if<bus::FrameArrived>(&arrival)) {
        on_frame(*frame);
    } else if (const auto* request = std::get_if<bus::RequestArrived>(&arrival)) {
        on_request(*request);
    } else if (const auto* reply = std::get_if<bus::ReplyArrived>(&arrival)) {
        if (const auto* pull = std::get_if<bus::PullReply>(&reply->reply.body)) {
            if (state_ == bus::ServiceState::Recovering) {
                recovery_asked_ns_ = 0;
                recovery_.offer(*pull);
            } else {
                inbox_.offer(*pull);
            }
        }
    } else if (const auto* malformed = std::get_if<bus::Malformed>(&arrival)) {
        inbox_.count_malformed(malformed->what);
    }
}

void Host::on_frame(const bus::FrameArrived& arrival) {
    heard_at_ns_[arrival.from] = clock_.monotonic_ns();
    if (domain::class_of(arrival.frame.stream) != domain::StreamClass::Ephemeral) {
        inbox_.offer(arrival);
        return;
    }
    auto decoded = bus::decode_ephemeral(arrival.frame);
    if (!decoded) {
        inbox_.count_malformed(decoded.error().text);
        return;
    }
    if (const auto* beat = std::get_if<bus::Heartbeat>(&*decoded)) {
        on_heartbeat(*beat);
    } else if (const auto* advance = std::get_if<bus::Advance>(&*decoded)) {
        on_advance(*advance);
    }
    extension_.on_ephemeral(*this, *decoded);
}

void Host::on_heartbeat(const bus::Heartbeat& beat) {
    if (beat.run != config_.run) {
        return;
    }
    inbox_.note(beat);
    auto& known = peers_[beat.service];
    if (beat.epoch >= known.epoch) {
        known = beat;
    }
    // A consumer that has seen more of our stream than we wrote: our file is an older copy.
    for (const auto& cursor : beat.cursors) {
        if (domain::owner_of(cursor.stream) == config_.self && diverged_.empty() &&
            domain::class_of(cursor.stream) == domain::StreamClass::Durable &&
            cursor.seq > outbox_.last_seq(cursor.stream)) {
            diverged_ = std::string(to_text(beat.service)) + " has seen " +
                        std::to_string(cursor.seq) + " messages of " +
                        domain::topic_of(cursor.stream) + ", our database holds " +
                        std::to_string(outbox_.last_seq(cursor.stream)) +
                        ": an older copy of the database was put back. Nothing is sent.";
            log_.error("error", diverged_);
        }
    }
}

void Host::on_advance(const bus::Advance& advance) {
    if (advance.run != config_.run || config_.self == domain::Service::Feed ||
        !config_.is_lockstep) {
        return;
    }
    const auto position = std::pair(advance.step, advance.round);
    if (last_done_ && position == std::pair(last_done_->step, last_done_->round)) {
        publish(*last_done_);
        return;
    }
    if (!last_done_ || position > std::pair(last_done_->step, last_done_->round)) {
        advance_ = advance;
    }
}

void Host::try_round() {
    if (!advance_) {
        return;
    }
    const auto ends = ends_of(advance_->expected);
    for (const auto& [stream, seq] : ends) {
        inbox_.note_end(stream, seq);
    }
    if (!inbox_.has_until(ends)) {
        return;
    }
    const kernel::Round round{.step = advance_->step,
                              .round = advance_->round,
                              .window_start = advance_->window_start,
                              .window_end = advance_->window_end,
                              .expected = {}};
    for (auto& input : inbox_.take_until(ends, SIZE_MAX)) {
        round_inputs_.push_back(std::move(input));
    }
    if (inbox_.trouble()) {
        return;  // poisoned in the middle: the round stays open until the owner acts
    }
    advance_.reset();
    run_round(round, std::exchange(round_inputs_, {}), {});
    publish(*last_done_);
}

kernel::RoundResult Host::run_round(const kernel::Round& round, std::vector<domain::Message> inputs,
                                    std::map<std::string, std::string> meta) {
    std::vector<domain::Message> locals;
    for (const auto& input : inputs) {
        if (domain::class_of(input.stream) == domain::StreamClass::Local) {
            locals.push_back(input);
        }
    }
    const auto result = participant_.run_round(round, std::move(inputs));
    bus::Done done{.service = config_.self,
                   .run = config_.run,
                   .step = result.step,
                   .round = result.round,
                   .outputs = {},
                   .next_deadline = result.next_deadline,
                   .state_hash = result.state_hash};
    for (const auto& [stream, seq] : result.outputs) {
        done.outputs.push_back({.stream = stream, .seq = seq, .state = {}});
    }
    if (bus::protections().stores_done) {
        meta["done"] = bus::encode(bus::Ephemeral(done), config_.self).payload;
    }
    last_done_ = done;
    commit(std::move(locals), std::move(meta));
    return result;
}

void Host::run_free() {
    auto inputs = inbox_.take_ready(kFreeBatchMax);
    for (const auto& input : inputs) {
        participant_.handle(input, std::max(input.meta.known_time, participant_.last_now()));
    }
    const auto now = participant_.last_now();
    if (participant_.core().next_deadline() <= now) {
        participant_.wake(now);
    }
    commit({}, {});
}

void Host::run_inputs(std::vector<domain::Message> inputs, base::Timestamp now,
                      std::map<std::string, std::string> meta) {
    std::vector<domain::Message> locals;
    for (const auto& input : inputs) {
        if (domain::class_of(input.stream) == domain::StreamClass::Local) {
            locals.push_back(input);
        }
        participant_.handle(input, input.meta.known_time);
    }
    participant_.wake(now);
    commit(std::move(locals), std::move(meta));
}

void Host::inject(domain::StreamId stream, domain::Payload payload) {
    const auto now = participant_.last_now();
    domain::Message message{
        .stream = stream,
        .seq = next_local_seq(),
        .meta = {.event_time = now, .known_time = now, .causes = {}, .run = config_.run},
        .payload = std::move(payload)};
    participant_.handle(message, now);
    std::vector<domain::Message> locals;
    locals.push_back(std::move(message));
    commit(std::move(locals), {});
}

void Host::commit(std::vector<domain::Message> locals, std::map<std::string, std::string> meta) {
    store::Batch batch;
    batch.meta = std::move(meta);
    for (const auto& consumed : participant_.take_consumed()) {
        store::JournalRow row{
            .ordinal = consumed.ordinal,
            .kind = consumed.is_timer ? store::JournalKind::Timer : store::JournalKind::Input,
            .stream = static_cast<uint16_t>(consumed.stream),
            .epoch = 0,
            .seq = consumed.seq,
            .now = consumed.now,
            .local_payload = {}};
        for (const auto& local : locals) {
            if (local.stream == consumed.stream && local.seq == consumed.seq) {
                row.kind = store::JournalKind::Local;
                row.local_payload = local_bytes(local);
                batch.meta["local_seq"] = std::to_string(local_seq_);
            }
        }
        batch.journal.push_back(std::move(row));
    }
    const auto outputs = participant_.take_outputs();
    outbox_.stage(outputs, batch);
    if (round_inputs_.empty()) {  // else what was taken waits for its round, uncommitted
        batch.cursors = inbox_.take_moved_cursors();
    }
    if (batch.empty()) {
        return;
    }
    maybe_snapshot(batch);
    const auto durability = durability_of(outputs);
    while (true) {
        auto done = store_.commit(batch, durability);
        if (done) {
            break;
        }
        // Nothing was sent and nothing is lost: the cycle waits here until there is room again.
        state_ = bus::ServiceState::Degraded;
        log_.error("error", done.error().text + "; trying again");
        heartbeat_at_ns_ = 0;
        send_heartbeat_if_due();
        std::vector<bus::Arrival> missed;  // facts are pulled later, requests asked again
        transport_.poll(missed, base::milliseconds(200));
    }
    outbox_.send(transport_);
    if (!outputs.empty()) {
        last_event_ = wire::describe(outputs.back().message);
    }
    extension_.after_commit(*this, outputs);
}

void Host::maybe_snapshot(store::Batch& batch) {
    const auto now = participant_.last_now();
    const int64_t wall = clock_.monotonic_ns();
    if ((now - snapshot_event_time_).ns < config_.snapshot_every.ns ||
        wall - snapshot_at_ns_ < config_.snapshot_pause.ns) {
        return;
    }
    snapshot_event_time_ = now;
    snapshot_at_ns_ = wall;
    snapshot_ordinal_ = participant_.last_ordinal();
    batch.snapshot = store::SnapshotRow{.ordinal = snapshot_ordinal_,
                                        .layout = config_.layout,
                                        .state = pack_snapshot(participant_)};
}

store::Durability Host::durability_of(const std::vector<kernel::Output>& outputs) const {
    if (!config_.is_power_safe) {
        return store::Durability::Normal;
    }
    for (const auto& output : outputs) {
        const auto stream = output.message.stream;
        if (stream == domain::StreamId::ExecutionReport ||
            stream == domain::StreamId::ExecutionLedger || stream == domain::StreamId::RiskState) {
            return store::Durability::Full;
        }
    }
    return store::Durability::Normal;
}

void Host::send_pulls() {
    for (const auto& [owner, pull] : inbox_.wants(clock_.monotonic_ns())) {
        transport_.request(owner, {.id = ++request_id_, .body = pull});
    }
}

// A connecting socket that met a malformed message is deaf for ever without a word; a new one is
// the cure. Reconnecting to an upstream that is merely down costs nothing.
void Host::revive_silent_upstreams() {
    constexpr int64_t kSilentNs = 1'500'000'000;
    const int64_t now = clock_.monotonic_ns();
    for (auto& [upstream, heard_at] : heard_at_ns_) {
        if (now - heard_at > kSilentNs) {
            heard_at = now;
            transport_.reconnect(upstream);
        }
    }
}

void Host::update_state() {
    const bool ok = diverged_.empty() && !inbox_.trouble();
    state_ = ok ? bus::ServiceState::Ready : bus::ServiceState::Degraded;
}

void Host::send_heartbeat_if_due() {
    const int64_t now = clock_.monotonic_ns();
    if (heartbeat_at_ns_ != 0 && now - heartbeat_at_ns_ < config_.heartbeat_every.ns) {
        return;
    }
    heartbeat_at_ns_ = now;
    publish(heartbeat());
}

void Host::publish(const bus::Ephemeral& message) {
    transport_.publish(bus::encode(message, config_.self));
}

}  // namespace sauda::service
