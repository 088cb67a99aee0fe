#include "services/notifier/shell/errands.h"

#include "common/service/host.h"
#include "common/wire/describe.h"

namespace sauda::notifier {

bool Errands::remember(std::map<std::string, std::string> what) {
    std::unique_lock lock(mutex_);
    if (is_closed_) {
        return false;
    }
    bool is_done = false;
    bool is_ok = false;
    requests_.push_back({.what = std::move(what), .done = &is_done, .ok = &is_ok});
    answered_.wait(lock, [&] { return is_done || is_closed_; });
    return is_ok;
}

void Errands::raise(domain::Alert alert) {
    const std::lock_guard lock(mutex_);
    constexpr std::size_t kAlertsMax = 100;  // strangers cannot fill the memory
    if (alerts_.size() < kAlertsMax) {
        alerts_.push_back(std::move(alert));
    }
}

void Errands::log(service::LogLevel level, std::string text) {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(level, std::move(text));
}

void Errands::run(service::Host& host) {
    std::vector<domain::Alert> alerts;
    {
        const std::lock_guard lock(mutex_);
        for (auto& request : requests_) {
            *request.ok = notifier::remember(host, std::move(request.what));
            *request.done = true;
        }
        const bool is_answer = !requests_.empty();
        requests_.clear();
        if (is_answer) {
            answered_.notify_all();
        }
        alerts.swap(alerts_);
        for (const auto& [level, text] : lines_) {
            host.log().write(level, level == service::LogLevel::Info ? "system" : "error", text);
        }
        lines_.clear();
    }
    for (auto& alert : alerts) {
        notifier::raise(host, std::move(alert));
    }
}

void Errands::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    requests_.clear();
    answered_.notify_all();
}

bool remember(service::Host& host, std::map<std::string, std::string> what) {
    store::Batch batch;
    batch.meta = std::move(what);
    const auto done = host.store().commit(batch, store::Durability::Normal);
    if (!done) {
        host.log().error("error", done.error().text + "; nothing more is sent until it is");
    }
    return done.has_value();
}

void raise(service::Host& host, domain::Alert alert) {
    host.log().warn("system", alert.subject + ": " + wire::describe(alert.reason));
    if (host.participant().last_now().is_set()) {
        host.inject(domain::health_stream(domain::Service::Notifier), std::move(alert));
    }
}

}  // namespace sauda::notifier
