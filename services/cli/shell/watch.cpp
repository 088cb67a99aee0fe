#include "services/cli/shell/watch.h"

#include "common/service/system_clock.h"
#include "common/service/wiring.h"
#include "common/wire/format.h"

namespace sauda::cli {

namespace {
constexpr int64_t kFreshNs = 2'000'000'000;
}

base::Expected<Watch> Watch::open(const service::Environment& environment) {
    bus::ZmqConfig config;
    config.self = domain::Service::Operator;
    config.directory = environment.bus;
    config.binds = false;
    for (const auto service : service::kServices) {
        config.upstreams.push_back(service);
        config.subscriptions[service] = {domain::heartbeat_stream(service)};
    }
    auto transport = bus::ZmqTransport::open(std::move(config));
    if (!transport) {
        return std::unexpected(transport.error());
    }
    return Watch(std::move(*transport));
}

void Watch::listen(base::Duration wait) {
    std::vector<bus::Arrival> arrivals;
    transport_->poll(arrivals, wait);
    for (const auto& arrival : arrivals) {
        const auto* frame = std::get_if<bus::FrameArrived>(&arrival);
        if (frame == nullptr) {
            continue;
        }
        auto decoded = bus::decode_ephemeral(frame->frame);
        if (!decoded) {
            continue;
        }
        if (auto* beat = std::get_if<bus::Heartbeat>(&*decoded)) {
            const bool tells_trade = beat->service == domain::Service::Execution;
            if (tells_trade && !beat->last_event.empty()) {
                last_event_ = beat->last_event;
            }
            heard_ns_[beat->service] = service::SystemClock().monotonic_ns();
            beats_[beat->service] = std::move(*beat);
        }
    }
}

void Watch::listen_for(base::Duration time) {
    service::SystemClock clock;
    const int64_t end = clock.monotonic_ns() + time.ns;
    for (int64_t now = clock.monotonic_ns(); now < end; now = clock.monotonic_ns()) {
        listen({end - now});
    }
}

std::string Watch::heartbeat_age(domain::Service service) const {
    const auto it = heard_ns_.find(service);
    if (it == heard_ns_.end()) {
        return "-";
    }
    const int64_t age = service::SystemClock().monotonic_ns() - it->second;
    return std::to_string(age / 1'000'000) + "ms";
}

bool Watch::are_all_ready() const { return not_ready().empty(); }

std::string Watch::not_ready() const {
    std::string text;
    const int64_t now = service::SystemClock().monotonic_ns();
    for (const auto service : service::kServices) {
        const auto it = beats_.find(service);
        const bool is_heard = it != beats_.end() && now - heard_ns_.at(service) < kFreshNs;
        if (!is_heard || it->second.state != bus::ServiceState::Ready) {
            text += (text.empty() ? "" : ", ") + std::string(to_text(service));
        }
    }
    return text;
}

int64_t Watch::metric(domain::Service service, std::string_view name) const {
    const auto it = beats_.find(service);
    if (it != beats_.end()) {
        for (const auto& entry : it->second.metrics) {
            if (entry.name == name) {
                return entry.value;
            }
        }
    }
    return 0;
}

int64_t Watch::sum(domain::Service service, std::string_view suffix) const {
    int64_t total = 0;
    const auto it = beats_.find(service);
    if (it != beats_.end()) {
        for (const auto& entry : it->second.metrics) {
            total += entry.name.ends_with(suffix) ? entry.value : 0;
        }
    }
    return total;
}

std::string Watch::live_line() const {
    const auto feed = beats_.find(domain::Service::Feed);
    const auto pnl = base::Money::from_raw(sum(domain::Service::Risk, ".day_pnl"));
    const auto open = metric(domain::Service::Execution, "open_groups");
    std::string line = feed == beats_.end() ? "--:--:--" : wire::ist_clock(feed->second.now);
    line += "  P&L " + std::string(pnl.is_negative() ? "" : "+") + wire::rupees(pnl);
    line += "  open " + std::to_string(open) + (open == 1 ? " trade" : " trades");
    if (!last_event_.empty()) {
        line += "  " + last_event_;
    }
    return line;
}

}  // namespace sauda::cli
