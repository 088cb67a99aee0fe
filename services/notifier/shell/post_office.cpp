#include "services/notifier/shell/post_office.h"

#include <algorithm>
#include <filesystem>

namespace sauda::notifier {

namespace {

constexpr auto kStream = domain::StreamId::NotifierDelivery;

}  // namespace

PostOffice::PostOffice(Options options, MakeListener make_listener)
    : options_(std::move(options)), make_listener_(std::move(make_listener)) {}

PostOffice::~PostOffice() {
    errands_.close();
    listener_.reset();
}

void PostOffice::restore(service::Host& host, Backlog& backlog, const std::string& name) {
    if (!backlog.restore(host.store(), end_)) {
        host.log().info("system", name + " is new here and is told what happens from now on");
        const auto [key, value] = backlog.cursor();
        remember(host, {{key, value}});
    }
}

void PostOffice::on_ready(service::Host& host) {
    for (const auto& stream : host.stream_ends()) {
        if (stream.stream == kStream) {
            end_ = stream.last_seq;
        }
    }
    const auto path = std::filesystem::path(options_.directory) / "logs" / "alerts.txt";
    const auto& name = options_.environment;
    desks_.push_back({Backlog("console", "console", name), make_console(), {}, false, false});
    desks_.push_back({Backlog("file", "file", name), make_file(path.string()), {}, false, false});
    for (auto& desk : desks_) {
        restore(host, desk.backlog, desk.backlog.cursor().first.substr(5));
    }
    const auto moved = [&](const std::string& receiver) {
        return host.store().meta("moved/" + receiver).value_or("");
    };
    for (auto& receiver :
         receivers_of(options_.settings, options_.secrets, name, options_.directory, moved)) {
        Counter counter{.backlog = Backlog(receiver.name, receiver.channel, name),
                        .lane = nullptr,
                        .name = receiver.name};
        restore(host, counter.backlog, receiver.name);
        counter.lane =
            std::make_unique<Lane>(receiver.name, receiver.make, options_.settings.retry);
        counters_.push_back(std::move(counter));
    }
    if (make_listener_) {
        listener_ = make_listener_(host, errands_);
    }
}

void PostOffice::on_ephemeral(service::Host& host, const bus::Ephemeral& message) {
    const auto* beat = std::get_if<bus::Heartbeat>(&message);
    if (beat == nullptr || beat->run != host.config().run ||
        host.state() == bus::ServiceState::Recovering) {
        return;
    }
    for (auto& alert : watch_.heard(*beat, host.clock().monotonic_ns())) {
        raise(host, std::move(alert));
    }
}

// What waits for its group is told when the feed's clock, or the system's in live, says that its
// time has come, though no event arrives.
void PostOffice::fire_timers(service::Host& host) {
    auto now = host.participant().last_now();
    const auto feed = host.peers().find(domain::Service::Feed);
    if (feed != host.peers().end()) {
        now = std::max(now, feed->second.now);
    }
    if (options_.is_live) {
        now = std::max(now, host.clock().now());
    }
    if (host.participant().core().next_deadline() <= now) {
        host.run_inputs({}, now, {});
    }
}

bool PostOffice::on_cycle(service::Host& host) {
    for (auto& alert : watch_.missed(host.clock().monotonic_ns())) {
        raise(host, std::move(alert));
    }
    errands_.run(host);
    fire_timers(host);
    for (auto& desk : desks_) {
        write_out(host, desk);
    }
    bool is_done = true;
    for (auto& counter : counters_) {
        is_done = serve(host, counter) && is_done;
    }
    return is_done;
}

base::Duration PostOffice::pause_max() const {
    const bool is_busy =
        listener_ != nullptr || std::any_of(counters_.begin(), counters_.end(),
                                            [](const Counter& counter) { return counter.is_busy; });
    return base::milliseconds(is_busy ? 10 : 50);
}

void PostOffice::after_commit(service::Host& /*host*/, const std::vector<kernel::Output>& outputs) {
    for (const auto& output : outputs) {
        if (output.message.stream == kStream) {
            end_ = output.message.seq;
        }
    }
}

void PostOffice::write_out(service::Host& host, Desk& desk) {
    while (true) {
        if (desk.is_unsaved) {
            const auto [key, value] = desk.backlog.cursor();
            desk.is_unsaved = !remember(host, {{key, value}});
        }
        if (desk.is_unsaved) {
            return;  // nothing more goes out before what went is remembered
        }
        if (!desk.parcel) {
            auto parcel = desk.backlog.next(host.store(), end_, desk.carrier->lines_max());
            if (parcel.lines.empty()) {
                return;
            }
            desk.parcel = std::move(parcel);
        }
        const auto outcome = desk.carrier->deliver(*desk.parcel);
        if (outcome.fate != Fate::Sent) {
            if (!desk.is_troubled) {
                host.log().error("error", outcome.why);
            }
            desk.is_troubled = true;
            return;  // again in the next cycle
        }
        desk.is_troubled = false;
        desk.parcel.reset();
        desk.backlog.advance();
        desk.is_unsaved = true;
    }
}

void PostOffice::take_reports(service::Host& host, Counter& counter) {
    for (const auto& report : counter.lane->take()) {
        const auto tries = std::to_string(report.tries);
        switch (report.kind) {
            case LaneReport::Kind::Trouble:
                if (!counter.is_troubled) {
                    host.log().warn("system", counter.name + ": not delivered yet, trying again: " +
                                                  report.text);
                }
                counter.is_troubled = true;
                continue;
            case LaneReport::Kind::Moved:
                if (remember(host, {{"moved/" + counter.name, report.text}})) {
                    host.log().warn("system", counter.name + ": the group has moved to " +
                                                  report.text +
                                                  "; write that into chats of the configuration");
                }
                continue;
            case LaneReport::Kind::Sent:
                ++counter.sent;
                if (counter.is_troubled) {
                    host.log().info("system",
                                    counter.name + ": delivered after " + tries + " tries");
                }
                break;
            case LaneReport::Kind::GaveUp:
                ++counter.given_up;
                host.log().error("error", counter.name + ": a message was given up after " + tries +
                                              " tries: " + report.text);
                raise(host, {.severity = domain::Severity::Warning,
                             .reason = {.code = domain::ReasonCode::ChannelGaveUp,
                                        .numbers = {{"tries", report.tries, domain::Unit::Count}}},
                             .subject = counter.name.substr(0, counter.name.find('/'))});
                break;
        }
        counter.is_troubled = false;
        counter.is_busy = false;
        counter.backlog.advance();
        counter.is_unsaved = true;
    }
}

bool PostOffice::serve(service::Host& host, Counter& counter) {
    take_reports(host, counter);
    if (counter.is_unsaved) {
        const auto [key, value] = counter.backlog.cursor();
        counter.is_unsaved = !remember(host, {{key, value}});
    }
    if (counter.is_unsaved || counter.is_busy || !counter.lane->is_free()) {
        return true;
    }
    auto parcel = counter.backlog.next(host.store(), end_, counter.lane->lines_max());
    if (!parcel.lines.empty()) {
        counter.is_busy = true;
        counter.lane->submit(std::move(parcel));
    }
    return true;
}

void PostOffice::on_stop(service::Host& host) {
    constexpr auto kGrace = base::milliseconds(1500);
    errands_.run(host);
    errands_.close();
    listener_.reset();
    for (auto& desk : desks_) {
        write_out(host, desk);
    }
    for (auto& counter : counters_) {
        counter.lane->stop(kGrace);
        take_reports(host, counter);
        if (counter.is_unsaved) {
            const auto [key, value] = counter.backlog.cursor();
            counter.is_unsaved = !remember(host, {{key, value}});
        }
    }
}

void PostOffice::add_metrics(std::vector<bus::NamedValue>& metrics) {
    for (const auto& counter : counters_) {
        metrics.push_back({counter.name + ".sent", static_cast<int64_t>(counter.sent), 0});
        metrics.push_back({counter.name + ".given_up", static_cast<int64_t>(counter.given_up), 0});
    }
}

}  // namespace sauda::notifier
