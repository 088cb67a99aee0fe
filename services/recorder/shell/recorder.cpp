#include "services/recorder/shell/recorder.h"

#include "common/service/command_json.h"
#include "common/service/wiring.h"
#include "services/recorder/shell/run_report.h"

#include <unistd.h>

#include <filesystem>

namespace sauda::recorder {

namespace {

constexpr int64_t kFlushEveryNs = 1'000'000'000;
constexpr base::Duration kPause = base::milliseconds(50);  // what arrives ends it
constexpr int64_t kHeartbeatEveryNs = 100'000'000;
constexpr int64_t kQuietNs = 300'000'000;
constexpr std::size_t kMessagesPerCycle = 4096;

std::string archive_folder(const service::Environment& environment) {
    return (std::filesystem::path(environment.directory) / "recorder" / "archive").string();
}

int64_t metric(const bus::Heartbeat& beat, std::string_view name) {
    for (const auto& entry : beat.metrics) {
        if (entry.name == name) {
            return entry.value;
        }
    }
    return 0;
}

uint64_t number(store::Store& store, const std::string& key) {
    const auto text = store.meta(key);
    return text ? std::stoull(*text) : 0;
}

}  // namespace

Recorder::Recorder(service::Surroundings& around)
    : around_(around),
      inbox_(service::inputs_of(domain::Service::Recorder, around.ingredients.underlyings),
             around.ingredients.environment.run, around.log),
      archive_(archive_folder(around.ingredients.environment)) {
    inbox_.restore(around.store.cursors());
    inbox_.on_taken = [this](const bus::Frame& frame, const domain::Meta& meta) {
        event_time_ = std::max(event_time_, meta.known_time);
        auto written = archive_.write({.stream = frame.stream,
                                       .schema = frame.schema,
                                       .seq = frame.seq,
                                       .known_time = meta.known_time,
                                       .event_time = meta.event_time,
                                       .bytes = frame.payload});
        if (!written) {
            error_ = written.error().text;
        }
    };
}

int Recorder::run() {
    epoch_ = number(around_.store, "epoch") + 1;
    reports_ = number(around_.store, "reports");
    store::Batch batch;
    batch.meta["epoch"] = std::to_string(epoch_);
    if (auto done = around_.store.commit(batch, store::Durability::Full); !done) {
        around_.log.error("error", done.error().text);
        return 1;
    }
    started_at_ = around_.clock.now();
    around_.log.info("system", "start " + std::to_string(epoch_));
    cycle({});
    while (!around_.is_stopping() && error_.empty()) {
        cycle(kPause);
    }
    stop();
    return error_.empty() ? 0 : 1;
}

void Recorder::cycle(base::Duration wait) {
    arrivals_.clear();
    around_.transport.poll(arrivals_, wait);
    for (const auto& arrival : arrivals_) {
        on_arrival(arrival);
    }
    take();
    flush_if_due(false);
    for (const auto& [owner, pull] : inbox_.wants(around_.clock.monotonic_ns())) {
        around_.transport.request(owner, {.id = ++request_id_, .body = pull});
    }
    report_if_ended();
    const int64_t now = around_.clock.monotonic_ns();
    if (now - heartbeat_at_ns_ >= kHeartbeatEveryNs) {
        heartbeat_at_ns_ = now;
        around_.transport.publish(
            bus::encode(bus::Ephemeral(heartbeat()), domain::Service::Recorder));
    }
}

void Recorder::on_arrival(const bus::Arrival& arrival) {
    if (const auto* frame = std::get_if<bus::FrameArrived>(&arrival)) {
        if (domain::class_of(frame->frame.stream) != domain::StreamClass::Ephemeral) {
            inbox_.offer(*frame);
            return;
        }
        auto decoded = bus::decode_ephemeral(frame->frame);
        const auto* beat = decoded ? std::get_if<bus::Heartbeat>(&*decoded) : nullptr;
        if (beat != nullptr && beat->run == around_.ingredients.environment.run) {
            inbox_.note(*beat);
            peers_[beat->service] = *beat;
        }
    } else if (const auto* request = std::get_if<bus::RequestArrived>(&arrival)) {
        bus::Reply reply{.id = request->request.id, .body = {}};
        if (const auto* command = std::get_if<bus::Command>(&request->request.body)) {
            reply.body = answer(*command);
        }
        around_.transport.reply(request->client, reply);
    } else if (const auto* got = std::get_if<bus::ReplyArrived>(&arrival)) {
        if (const auto* pull = std::get_if<bus::PullReply>(&got->reply.body)) {
            inbox_.offer(*pull);
        }
    } else if (const auto* malformed = std::get_if<bus::Malformed>(&arrival)) {
        inbox_.count_malformed(malformed->what);
    }
}

void Recorder::take() {
    if (!inbox_.take_ready(kMessagesPerCycle).empty()) {
        is_dirty_ = true;
        quiet_since_ns_ = around_.clock.monotonic_ns();
    }
}

void Recorder::flush_if_due(bool is_forced) {
    const int64_t now = around_.clock.monotonic_ns();
    if (!is_dirty_ || (!is_forced && now - flushed_at_ns_ < kFlushEveryNs)) {
        return;
    }
    flushed_at_ns_ = now;
    if (auto flushed = archive_.flush(); !flushed) {
        error_ = flushed.error().text;
        around_.log.error("error", error_);
        return;
    }
    store::Batch batch;
    batch.cursors = inbox_.take_moved_cursors();
    if (auto done = around_.store.commit(batch, store::Durability::Normal); !done) {
        error_ = done.error().text;
        around_.log.error("error", error_);
        return;
    }
    is_dirty_ = false;
}

bool Recorder::is_everything_here() const {
    const auto feed = peers_.find(domain::Service::Feed);
    if (feed == peers_.end() || metric(feed->second, "playing") != 0) {
        return false;
    }
    for (const auto service : domain::kParticipants) {
        const auto it = peers_.find(service);
        // A heartbeat from before the last step does not know the stream's end.
        if (it == peers_.end() || it->second.step < feed->second.step) {
            return false;
        }
    }
    return inbox_.is_caught_up() && around_.clock.monotonic_ns() - quiet_since_ns_ > kQuietNs;
}

void Recorder::report_if_ended() {
    const auto feed = peers_.find(domain::Service::Feed);
    if (feed == peers_.end() ||
        static_cast<uint64_t>(metric(feed->second, "plays_finished")) <= reports_ ||
        !is_everything_here()) {
        return;
    }
    flush_if_due(true);
    if (auto closed = archive_.close_segment(); !closed) {
        error_ = closed.error().text;
        return;
    }
    ReportFacts facts;
    for (const auto& [service, beat] : peers_) {
        facts.restarts += beat.epoch > 0 ? beat.epoch - 1 : 0;
        facts.refused += static_cast<uint64_t>(metric(beat, "refused"));
        facts.duplicates += static_cast<uint64_t>(metric(beat, "duplicates"));
        facts.healed += static_cast<uint64_t>(metric(beat, "gaps"));
    }
    facts.refused += static_cast<uint64_t>(metric(feed->second, "source_refused"));
    ReportState state{.segments = number(around_.store, "report_segments"),
                      .fold = around_.store.meta("report_fold").value_or("")};
    const auto report = write_report(
        around_.ingredients, Archive::segments(archive_folder(around_.ingredients.environment)),
        facts, state);
    reports_ = static_cast<uint64_t>(metric(feed->second, "plays_finished"));
    if (!report) {
        around_.log.error("error", "no report: " + report.error().text);
    } else {
        around_.log.info(
            "system", "report " + report->folder + ", result hash " + base::to_hex(report->hash));
    }
    store::Batch batch;
    batch.meta["reports"] = std::to_string(reports_);
    if (report) {
        batch.meta["report_segments"] = std::to_string(state.segments);
        batch.meta["report_fold"] = state.fold;
    }
    if (auto done = around_.store.commit(batch, store::Durability::Full); !done) {
        around_.log.error("error", done.error().text);
    }
}

bus::CommandReply Recorder::answer(const bus::Command& command) {
    if (command.verb == "status") {
        return {.ok = true, .json = service::status_json(heartbeat(), inbox_, error_)};
    }
    return {
        .ok = false,
        .json = service::error_json("'" + command.verb + "' is not something the recorder does")};
}

bus::Heartbeat Recorder::heartbeat() const {
    bus::Heartbeat beat;
    beat.service = domain::Service::Recorder;
    const bool is_fine = error_.empty() && !inbox_.trouble();
    beat.state = is_fine ? bus::ServiceState::Ready : bus::ServiceState::Degraded;
    beat.epoch = epoch_;
    beat.run = around_.ingredients.environment.run;
    beat.pid = ::getpid();
    beat.started_at = started_at_;
    beat.now = event_time_;
    beat.cursors = inbox_.cursors();
    beat.metrics.push_back({"messages", static_cast<int64_t>(archive_.messages()), 0});
    beat.metrics.push_back({"reports", static_cast<int64_t>(reports_), 0});
    beat.metrics.push_back({"refused", static_cast<int64_t>(inbox_.refused()), 0});
    beat.metrics.push_back({"gaps", static_cast<int64_t>(inbox_.gaps()), 0});
    beat.metrics.push_back({"duplicates", static_cast<int64_t>(inbox_.duplicates()), 0});
    return beat;
}

void Recorder::stop() {
    flush_if_due(true);
    if (auto closed = archive_.close_segment(); !closed) {
        around_.log.error("error", closed.error().text);
    }
    around_.log.info("system", "stopped in order");
}

}  // namespace sauda::recorder
