#include "services/feed/shell/driver.h"

#include "common/service/command_json.h"
#include "common/wire/codec.h"
#include "services/feed/shell/queries.h"

#include <algorithm>

namespace sauda::feed {

namespace {

constexpr int64_t kRepeatAdvanceNs = 50'000'000;
constexpr std::size_t kFreeMessagesPerCycle = 256;
constexpr auto kFeedControl = [] { return domain::operator_stream(domain::Service::Feed); };

kernel::RoundResult result_of(const bus::Done& done) {
    kernel::RoundResult result{.service = done.service,
                               .step = done.step,
                               .round = done.round,
                               .outputs = {},
                               .next_deadline = done.next_deadline,
                               .state_hash = done.state_hash};
    for (const auto& cursor : done.outputs) {
        result.outputs[cursor.stream] = cursor.seq;
    }
    return result;
}

bus::Advance advance_of(const kernel::Round& round, uint64_t run) {
    bus::Advance advance{.run = run,
                         .step = round.step,
                         .round = round.round,
                         .window_start = round.window_start,
                         .window_end = round.window_end,
                         .expected = {}};
    for (const auto& [stream, seq] : round.expected) {
        advance.expected.push_back({.stream = stream, .seq = seq, .state = {}});
    }
    return advance;
}

// Whether the last session event we published ended the run.
bool has_run_end(service::Host& host) {
    const auto stream = static_cast<uint16_t>(domain::StreamId::FeedSession);
    const auto ends = host.store().outbox_ends();
    const auto it = ends.find(stream);
    if (it == ends.end()) {
        return false;
    }
    const auto& row = it->second.second;
    const auto decoded = wire::decode(domain::StreamId::FeedSession, row.schema, row.payload);
    const auto* session = decoded ? std::get_if<domain::SessionEvent>(&decoded->payload) : nullptr;
    return session != nullptr && session->kind == domain::SessionKind::RunEnd;
}

}  // namespace

Driver::Driver(base::Duration window, std::set<domain::Service> participants, bool is_lockstep,
               OpenSource open)
    : scheduler_(window, std::move(participants)),
      is_lockstep_(is_lockstep),
      open_(open),
      journal_(std::move(open)) {}

std::map<std::string, std::string> Driver::meta() const {
    base::BinaryWriter writer;
    writer.write(state_);
    writer.write(scheduler_);
    return {{"driver", writer.bytes()}};
}

std::vector<PlayedFile> played_files(store::Store& store) {
    DriverState state;
    const auto bytes = store.meta("driver");
    if (bytes) {
        base::BinaryReader reader(*bytes);
        reader.read(state);
        if (!reader.ok()) {
            return {};
        }
    }
    return std::move(state.files);
}

base::Expected<void> Driver::prepare(store::Store& store) {
    const auto bytes = store.meta("driver");
    if (!bytes) {
        return {};
    }
    base::BinaryReader reader(*bytes);
    reader.read(state_);
    reader.read(scheduler_);
    if (!reader.ok()) {
        return base::fail(base::ErrorKind::Corrupt,
                          "the feed's database does not hold a driver state this version can read");
    }
    if (state_.phase == PlayPhase::Idle) {
        return {};
    }
    const auto& file = state_.files.back();
    auto source = open_(file.path, file.content_hash);
    if (!source) {
        return std::unexpected(source.error());
    }
    source_ = std::move(*source);
    for (uint64_t n = 0; n < state_.position; ++n) {
        source_->pop();  // also brings the check of times to where it was
    }
    return {};
}

base::Expected<void> Driver::play(service::Host& host, const std::string& path,
                                  int64_t speed_permille, bool is_paused) {
    if (state_.phase != PlayPhase::Idle) {
        return base::fail(base::ErrorKind::Conflict,
                          "a recording is playing already; wait for its "
                          "end or stop it with sauda down");
    }
    auto opened = open_(path, 0);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    const auto& info = (*opened)->info();
    const auto first = (*opened)->next_time();
    if (!first) {
        return base::fail(base::ErrorKind::Invalid, path + " holds no market data");
    }
    const auto morning = base::ist(base::ist_date(*first), base::minutes(540));
    // Just before the first quote at the latest: at equal times market data comes first.
    const auto start = std::min(morning, *first - base::Duration{1});
    if (!state_.files.empty() && start < host.participant().last_now()) {
        return base::fail(base::ErrorKind::Conflict,
                          "this account is already past " + domain::to_text(info.date) +
                              "; time does not run backwards in an account. Replay it in an "
                              "environment of its own: sauda replay " +
                              path);
    }
    const DriverState before = state_;
    source_ = std::move(*opened);
    PlayedFile file{.path = path, .content_hash = info.content_hash, .base = {}, .count = {}};
    for (const auto& earlier : state_.files) {
        for (const auto& [stream, base_seq] : earlier.base) {
            const auto count = earlier.count.find(stream);
            file.base[stream] = base_seq + (count == earlier.count.end() ? 0 : count->second);
        }
    }
    state_.files.push_back(std::move(file));
    state_.position = 0;
    state_.phase = PlayPhase::Starting;
    state_.start_at = start;
    state_.speed_permille = speed_permille;
    state_.is_paused = is_paused;
    run_end_seen_ = false;
    reanchor(host, start);
    store::Batch batch;
    batch.meta = meta();
    auto done = host.store().commit(batch, store::Durability::Full);
    if (!done) {
        state_ = before;  // what was refused is not played
    }
    return done;
}

void Driver::on_ready(service::Host& host) {
    epoch_ = host.heartbeat().epoch;
    reanchor(host, std::max(host.participant().last_now(), state_.start_at));
    run_end_seen_ = has_run_end(host);
    if (!scheduler_.is_round_open()) {
        return;
    }
    // Our own part of the open round is in the same transaction as the round itself.
    host.publish(bus::Ephemeral(advance_of(scheduler_.current(), host.config().run)));
    if (const auto& done = host.last_done()) {
        scheduler_.accept(result_of(*done));
    }
    announced_at_ns_ = host.clock().monotonic_ns();
}

void Driver::reanchor(service::Host& host, base::Timestamp event_time) {
    wall_anchor_ = host.clock().now();
    event_anchor_ = event_time;
}

void Driver::on_ephemeral(service::Host& /*host*/, const bus::Ephemeral& message) {
    if (const auto* done = std::get_if<bus::Done>(&message)) {
        scheduler_.accept(result_of(*done));
    }
}

bool Driver::on_cycle(service::Host& host) {
    if (!is_lockstep_) {
        return play_free(host);
    }
    if (scheduler_.is_round_open() && !continue_round(host)) {
        return true;
    }
    if (state_.phase == PlayPhase::Idle || state_.is_paused) {
        open_idle_step_if_needed(host);
        return true;
    }
    if (host.clock().monotonic_ns() - step_ended_ns_ < state_.step_pause_ns) {
        return true;
    }
    open_step(host);
    // A paced source waits for its time; otherwise the answers wake us.
    return true;
}

std::optional<base::Timestamp> Driver::next_event() {
    switch (state_.phase) {
        case PlayPhase::Starting:
            return state_.start_at;
        case PlayPhase::Playing:
            return source_->next_time();
        case PlayPhase::Ending:
            return state_.last_known;
        case PlayPhase::Draining:
        case PlayPhase::Idle:
            return std::nullopt;
    }
    return std::nullopt;
}

bool Driver::is_time(service::Host& host, base::Timestamp next) {
    if (state_.speed_permille == 0) {
        return true;
    }
    const auto passed = host.clock().now() - wall_anchor_;
    const auto event_now =
        event_anchor_ + base::Duration{base::scale_half_up(passed.ns, state_.speed_permille, 1000)};
    return event_now >= next;
}

std::vector<domain::Message> Driver::inputs_until(service::Host& host, base::Timestamp end) {
    std::vector<domain::Message> inputs;
    window_messages_.clear();
    const auto control = [&](domain::Payload payload, base::Timestamp at) {
        inputs.push_back(
            {.stream = kFeedControl(),
             .seq = host.next_local_seq(),
             .meta = {.event_time = at, .known_time = at, .causes = {}, .run = host.config().run},
             .payload = std::move(payload)});
    };
    if (state_.phase == PlayPhase::Starting && state_.start_at < end) {
        control(source_->info(), state_.start_at);
        state_.phase = PlayPhase::Playing;
    }
    auto& file = state_.files.back();
    while (state_.phase == PlayPhase::Playing) {
        const auto next = source_->next_time();
        if (!next) {
            state_.phase = PlayPhase::Ending;
            break;
        }
        if (*next >= end) {
            break;
        }
        auto item = source_->pop();
        ++state_.position;
        state_.last_known = item.message.meta.known_time;
        item.message.seq += file.base[item.message.stream];
        ++file.count[item.message.stream];
        if (!item.is_refused) {
            inputs.push_back(item.message);
        }
        window_messages_.push_back(std::move(item));
    }
    if (state_.phase == PlayPhase::Ending && state_.last_known < end) {
        domain::SessionEvent ended;
        ended.kind = domain::SessionKind::RunEnd;
        ended.date = source_->info().date;
        control(ended, state_.last_known);
        state_.phase = PlayPhase::Draining;
    }
    return inputs;
}

void Driver::open_step(service::Host& host) {
    const auto next = next_event();
    const auto due =
        std::min(next.value_or(base::Timestamp::max()), scheduler_.earliest_deadline());
    if (due == base::Timestamp::max()) {
        host.log().error("system", "the day did not end: nothing is due and the source is empty");
        state_.phase = PlayPhase::Idle;
        return;
    }
    if (!is_time(host, due)) {
        return;
    }
    const auto round = scheduler_.begin_step(next);
    INVARIANT(round.has_value());
    auto inputs = inputs_until(host, round->window_end);
    for (const auto& item : window_messages_) {
        scheduler_.expect(item.message.stream, item.message.seq);
    }
    announce(host, scheduler_.current(), std::move(inputs));
}

void Driver::announce(service::Host& host, const kernel::Round& round,
                      std::vector<domain::Message> inputs) {
    const auto result = host.run_round(round, std::move(inputs), meta());
    publish_market_data(host);
    host.publish(bus::Ephemeral(advance_of(round, host.config().run)));
    announced_at_ns_ = host.clock().monotonic_ns();
    scheduler_.accept(result);
}

void Driver::publish_market_data(service::Host& host) {
    for (auto& item : window_messages_) {
        host.publish(bus::Frame{.stream = item.message.stream,
                                .epoch = epoch_,
                                .seq = item.message.seq,
                                .schema = wire::schema_of(item.message.payload),
                                .flags = 0,
                                .payload = std::move(item.payload)});
    }
    window_messages_.clear();
}

bool Driver::continue_round(service::Host& host) {
    if (!scheduler_.is_round_complete()) {
        const int64_t now = host.clock().monotonic_ns();
        if (now - announced_at_ns_ > kRepeatAdvanceNs) {
            announced_at_ns_ = now;
            host.publish(bus::Ephemeral(advance_of(scheduler_.current(), host.config().run)));
        }
        return false;
    }
    if (const auto round = scheduler_.next_round()) {
        announce(host, *round, {});
        return false;
    }
    finish_step(host);
    return true;
}

void Driver::finish_step(service::Host& host) {
    step_ended_ns_ = host.clock().monotonic_ns();
    if (state_.phase == PlayPhase::Draining && run_end_seen_) {
        state_.phase = PlayPhase::Idle;
        ++state_.plays_finished;
        store::Batch batch;
        batch.meta = meta();
        if (auto done = host.store().commit(batch, store::Durability::Full); !done) {
            host.log().error("error", done.error().text);
        }
        host.log().info("system", "session played to its end");
    }
}

void Driver::open_idle_step_if_needed(service::Host& host) {
    for (const auto& [service, beat] : host.peers()) {
        for (const auto& end : beat.streams) {
            const auto& known = scheduler_.current().expected;
            const auto it = known.find(end.stream);
            const bool is_durable = domain::class_of(end.stream) == domain::StreamClass::Durable;
            if (is_durable && scheduler_.is_participant(service) &&
                end.last_seq > (it == known.end() ? 0 : it->second) &&
                end.last_seq > scheduler_.end_of(end.stream)) {
                scheduler_.expect_published(end.stream, end.last_seq);
                announce(host, scheduler_.begin_idle_step(), {});
                return;
            }
        }
    }
}

bool Driver::play_free(service::Host& host) {
    if (state_.phase == PlayPhase::Idle || state_.is_paused) {
        return true;
    }
    for (std::size_t n = 0; n < kFreeMessagesPerCycle && state_.phase != PlayPhase::Idle; ++n) {
        const auto deadline = host.participant().core().next_deadline();
        const auto next = std::min(next_event().value_or(base::Timestamp::max()), deadline);
        if (next == base::Timestamp::max() || !is_time(host, next)) {
            return true;  // a paced source waits: polling without pause would starve the others
        }
        host.run_inputs(inputs_until(host, {next.ns + 1}), next, meta());
        publish_market_data(host);
        if (state_.phase == PlayPhase::Draining && run_end_seen_) {
            state_.phase = PlayPhase::Idle;
            ++state_.plays_finished;
        }
    }
    return state_.phase == PlayPhase::Idle;
}

void Driver::after_commit(service::Host& /*host*/, const std::vector<kernel::Output>& outputs) {
    for (const auto& output : outputs) {
        const auto* session = std::get_if<domain::SessionEvent>(&output.message.payload);
        if (session != nullptr && session->kind == domain::SessionKind::RunEnd) {
            run_end_seen_ = true;
        }
    }
}

std::vector<bus::Frame> Driver::range(domain::StreamId stream, uint64_t from, uint32_t frames_max) {
    auto frames = journal_.read(state_.files, stream, from, frames_max, epoch_);
    return frames ? std::move(*frames) : std::vector<bus::Frame>{};
}

std::vector<bus::StreamEnd> Driver::journaled_ends() {
    std::map<domain::StreamId, bus::StreamEnd> ends;
    for (const auto& file : state_.files) {
        for (const auto& [stream, count] : file.count) {
            const auto base_it = file.base.find(stream);
            const uint64_t base_seq = base_it == file.base.end() ? 0 : base_it->second;
            ends[stream] = {.stream = stream, .first_seq = 1, .last_seq = base_seq + count};
        }
    }
    std::vector<bus::StreamEnd> list;
    for (const auto& [stream, end] : ends) {
        list.push_back(end);
    }
    return list;
}

void Driver::on_heartbeat(bus::Heartbeat& own) {
    own.wall_anchor = wall_anchor_;
    own.event_anchor = event_anchor_;
    own.speed_permille = state_.speed_permille;
    own.metrics.push_back({"playing", state_.phase == PlayPhase::Idle ? 0 : 1, 0});
    own.metrics.push_back({"paused", state_.is_paused ? 1 : 0, 0});
    own.metrics.push_back({"plays_finished", static_cast<int64_t>(state_.plays_finished), 0});
    own.metrics.push_back({"rounds", static_cast<int64_t>(scheduler_.rounds()), 0});
    own.metrics.push_back(
        {"source_refused", source_ ? static_cast<int64_t>(source_->refused()) : 0, 0});
}

std::optional<bus::CommandReply> Driver::on_command(service::Host& host,
                                                    const bus::Command& command) {
    const bus::CommandReply done{.ok = true, .json = "{\"done\": true}"};
    if (command.verb == "play") {
        const auto speed = service::argument(command, "speed_permille");
        const auto pause = service::argument(command, "step_pause_us");
        state_.step_pause_ns = pause.empty() ? 0 : std::strtoll(pause.c_str(), nullptr, 10) * 1000;
        auto result = play(host, service::argument(command, "file"),
                           speed.empty() ? 0 : std::strtoll(speed.c_str(), nullptr, 10),
                           service::argument(command, "paused") == "1");
        return result ? done
                      : bus::CommandReply{.ok = false,
                                          .json = service::error_json(result.error().text)};
    }
    if (command.verb == "pause" || command.verb == "continue") {
        state_.is_paused = command.verb == "pause";
        reanchor(host, host.participant().last_now());
        return done;
    }
    if (command.verb == "speed") {
        state_.speed_permille =
            std::strtoll(service::argument(command, "speed_permille").c_str(), nullptr, 10);
        reanchor(host, host.participant().last_now());
        return done;
    }
    return answer_query(host, command);
}

}  // namespace sauda::feed
