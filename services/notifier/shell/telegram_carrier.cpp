#include "services/notifier/shell/telegram_carrier.h"

#include "services/notifier/shell/telegram_text.h"

#include <algorithm>
#include <chrono>

namespace sauda::notifier {

namespace {

int64_t monotonic_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

void TelegramPace::hold_until(int64_t monotonic_ns) {
    const std::lock_guard lock(mutex_);
    until_ns_ = std::max(until_ns_, monotonic_ns);
}

int64_t TelegramPace::held_until() {
    const std::lock_guard lock(mutex_);
    return until_ns_;
}

TelegramCarrier::TelegramCarrier(Options options, TelegramApi api,
                                 std::shared_ptr<TelegramPace> pace)
    : options_(std::move(options)),
      chat_(options_.chat),
      api_(std::move(api)),
      pace_(std::move(pace)) {}

std::size_t TelegramCarrier::lines_max() const {
    constexpr std::size_t kLinesMax = 12;  // a line is at most 250 bytes before escaping
    return kLinesMax;
}

base::Duration TelegramCarrier::pause_before() {
    const bool is_person = !chat_.starts_with('-') && !chat_.starts_with('@');
    const auto pace = is_person ? options_.pace : options_.group_pace;
    const auto free_at =
        std::max(sent_at_ns_ == 0 ? 0 : sent_at_ns_ + pace.ns, pace_->held_until());
    return {std::max<int64_t>(0, free_at - monotonic_ns())};
}

std::optional<std::string> TelegramCarrier::moved_to() const {
    return chat_ == options_.chat ? std::nullopt : std::optional(chat_);
}

Outcome TelegramCarrier::deliver(const Parcel& parcel) {
    if (parcel.lines.front().delivery != parcel_) {
        parcel_ = parcel.lines.front().delivery;
        parts_sent_ = 0;
    }
    const bool is_silent =
        std::all_of(parcel.lines.begin(), parcel.lines.end(),
                    [](const Line& line) { return line.severity == domain::Severity::Info; });
    const auto messages = telegram_messages(parcel, options_.environment);
    while (parts_sent_ < messages.size()) {
        auto answer = api_.send_message(chat_, messages[parts_sent_], is_silent);
        if (!answer.moved_to.empty() && answer.moved_to != chat_) {
            chat_ = answer.moved_to;  // the group became a supergroup
            answer = api_.send_message(chat_, messages[parts_sent_], is_silent);
        }
        sent_at_ns_ = monotonic_ns();
        if (answer.outcome.fate != Fate::Sent) {
            if (answer.outcome.wait) {
                pace_->hold_until(sent_at_ns_ + answer.outcome.wait->ns);
            }
            return answer.outcome;
        }
        ++parts_sent_;
    }
    return {};
}

}  // namespace sauda::notifier
