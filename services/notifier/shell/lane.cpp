#include "services/notifier/shell/lane.h"

#include "common/base/invariant.h"

#include <algorithm>
#include <chrono>

namespace sauda::notifier {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::nanoseconds span(base::Duration duration) {
    return std::chrono::nanoseconds(duration.ns);
}

}  // namespace

Lane::Lane(std::string name, const MakeCarrier& make, RetryPolicy policy)
    : name_(std::move(name)), policy_(policy), carrier_(make(is_cut_)) {
    lines_max_ = carrier_->lines_max();
    thread_ = std::thread([this] { run(); });
}

Lane::~Lane() { stop({}); }

bool Lane::is_free() {
    const std::lock_guard lock(mutex_);
    return !parcel_ && reports_.empty();
}

void Lane::submit(Parcel parcel) {
    {
        const std::lock_guard lock(mutex_);
        INVARIANT(!parcel_);
        parcel_ = std::move(parcel);
    }
    changed_.notify_all();
}

std::vector<LaneReport> Lane::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(reports_, {});
}

void Lane::stop(base::Duration grace) {
    {
        std::unique_lock lock(mutex_);
        is_stopping_ = true;
        changed_.notify_all();
        changed_.wait_for(lock, span(grace), [this] { return !is_transferring_; });
        is_cut_ = true;
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Lane::report(LaneReport report) {
    const std::lock_guard lock(mutex_);
    const bool is_end =
        report.kind == LaneReport::Kind::Sent || report.kind == LaneReport::Kind::GaveUp;
    reports_.push_back(std::move(report));
    if (is_end) {
        parcel_.reset();
    }
}

void Lane::wait(base::Duration duration) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, span(duration), [this] { return is_stopping_.load(); });
}

void Lane::run() {
    while (!is_stopping_) {
        Parcel parcel;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return is_stopping_ || parcel_; });
            if (is_stopping_) {
                return;
            }
            parcel = *parcel_;
        }
        carry(parcel);
    }
}

void Lane::carry(const Parcel& parcel) {
    const auto begin = Clock::now();
    auto pause = policy_.first;
    for (uint32_t tries = 1; !is_stopping_;) {
        wait(carrier_->pause_before());
        {
            const std::lock_guard lock(mutex_);
            if (is_stopping_) {
                return;
            }
            is_transferring_ = true;
        }
        const auto outcome = carrier_->deliver(parcel);
        if (const auto moved = carrier_->moved_to()) {
            report({.kind = LaneReport::Kind::Moved, .text = *moved, .tries = tries});
        }
        const bool is_too_late = Clock::now() - begin >= span(policy_.give_up);
        if (outcome.fate == Fate::Sent) {
            report({.kind = LaneReport::Kind::Sent, .text = "", .tries = tries});
        } else if (outcome.fate == Fate::Never || is_too_late) {
            report({.kind = LaneReport::Kind::GaveUp, .text = outcome.why, .tries = tries});
        } else if (!is_stopping_) {
            report({.kind = LaneReport::Kind::Trouble, .text = outcome.why, .tries = tries});
        }
        {
            const std::lock_guard lock(mutex_);
            is_transferring_ = false;
        }
        changed_.notify_all();
        if (outcome.fate != Fate::Later || is_too_late) {
            return;
        }
        if (outcome.wait) {
            wait(*outcome.wait);
        } else {
            wait(pause);
            pause = std::min(policy_.most, base::Duration{pause.ns * 2});
            ++tries;
        }
    }
}

}  // namespace sauda::notifier
