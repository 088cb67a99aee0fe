#include "services/notifier/shell/health_watch.h"

namespace sauda::notifier {

using domain::Alert;
using domain::ReasonCode;
using domain::Service;
using domain::Severity;

namespace {

Alert make(Service service, Severity severity, ReasonCode code,
           std::vector<domain::Number> numbers) {
    return {.severity = severity,
            .reason = {.code = code, .numbers = std::move(numbers)},
            .subject = std::string(to_text(service))};
}

// Without these nothing can be traded or closed.
bool is_vital(Service service) {
    return service == Service::Feed || service == Service::Strategy || service == Service::Risk ||
           service == Service::Execution;
}

}  // namespace

std::vector<Alert> HealthWatch::heard(const bus::Heartbeat& beat, int64_t now_ns) {
    const auto known = peers_.find(beat.service);
    if (known != peers_.end() && beat.epoch < known->second.epoch) {
        return {};  // late, of an earlier life
    }
    std::vector<Alert> alerts;
    const bool is_new_life = known != peers_.end() && beat.epoch > known->second.epoch;
    const bool was_missed = known != peers_.end() && known->second.is_missed;
    if (is_new_life || was_missed) {
        alerts.push_back(
            make(beat.service, Severity::Warning,
                 is_new_life ? ReasonCode::ServiceRestarted : ReasonCode::ServiceReturned, {}));
    }
    peers_[beat.service] = {.epoch = beat.epoch,
                            .heard_at_ns = now_ns,
                            .is_missed = false,
                            .is_stopping = beat.state == bus::ServiceState::Draining};
    return alerts;
}

std::vector<Alert> HealthWatch::missed(int64_t now_ns) {
    constexpr int64_t kNsPerSecond = 1'000'000'000;
    std::vector<Alert> alerts;
    for (auto& [service, peer] : peers_) {
        const int64_t silence = now_ns - peer.heard_at_ns;
        if (peer.is_missed || peer.is_stopping || silence < kSilenceNs) {
            continue;
        }
        peer.is_missed = true;
        alerts.push_back(make(service, is_vital(service) ? Severity::Critical : Severity::Warning,
                              ReasonCode::ServiceLost,
                              {{"silence", silence / kNsPerSecond, domain::Unit::Seconds}}));
    }
    return alerts;
}

}  // namespace sauda::notifier
