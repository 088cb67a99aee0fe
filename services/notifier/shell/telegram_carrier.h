#pragma once

#include "services/notifier/shell/telegram_api.h"

#include <memory>
#include <mutex>
#include <string>

namespace sauda::notifier {

// When Telegram may be asked again: a 429 holds up everything sent with the token.
class TelegramPace {
 public:
    void hold_until(int64_t monotonic_ns);
    [[nodiscard]] int64_t held_until();

 private:
    std::mutex mutex_;
    int64_t until_ns_ = 0;
};

// Alerts to one chat. What gathered while the last message was on its way goes in one message.
class TelegramCarrier : public Carrier {
 public:
    struct Options {
        std::string chat;
        std::string environment;
        base::Duration pace = base::seconds(1);        // between two messages to a person
        base::Duration group_pace = base::seconds(3);  // and to a group: 20 a minute
    };
    TelegramCarrier(Options options, TelegramApi api, std::shared_ptr<TelegramPace> pace);

    Outcome deliver(const Parcel& parcel) override;
    [[nodiscard]] std::size_t lines_max() const override;
    base::Duration pause_before() override;
    [[nodiscard]] std::optional<std::string> moved_to() const override;

 private:
    Options options_;
    std::string chat_;
    TelegramApi api_;
    std::shared_ptr<TelegramPace> pace_;
    int64_t sent_at_ns_ = 0;
    uint64_t parcel_ = 0;         // first delivery of the parcel under way
    std::size_t parts_sent_ = 0;  // of it
};

}  // namespace sauda::notifier
