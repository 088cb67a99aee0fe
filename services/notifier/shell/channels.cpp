#include "services/notifier/shell/channels.h"

#include "common/wire/format.h"
#include "services/notifier/shell/mail_carrier.h"
#include "services/notifier/shell/telegram_carrier.h"
#include "services/notifier/shell/webhook_carrier.h"

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace sauda::notifier {

namespace {

int64_t wall_seconds() { return static_cast<int64_t>(std::time(nullptr)); }

class Console : public Carrier {
 public:
    Outcome deliver(const Parcel& parcel) override {
        for (const auto& line : parcel.lines) {
            std::fputs(printed(line).c_str(), stdout);
        }
        std::fflush(stdout);
        return {};
    }
};

class AlertFile : public Carrier {
 public:
    explicit AlertFile(std::string path) : path_(std::move(path)), tail_(read_tail()) {}

    Outcome deliver(const Parcel& parcel) override {
        for (const auto& line : parcel.lines) {
            const auto text = printed(line);
            if (tail_.find(text) != std::string::npos) {
                continue;
            }
            tail_.clear();  // only what was written before the kill can come again
            std::FILE* file = std::fopen(path_.c_str(), "a");
            const bool is_written = file != nullptr && std::fputs(text.c_str(), file) >= 0;
            if (file == nullptr || std::fclose(file) != 0 || !is_written) {
                return {.fate = Fate::Later, .why = "cannot write " + path_};
            }
        }
        return {};
    }

 private:
    [[nodiscard]] std::string read_tail() const {
        constexpr std::streamoff kTailBytes = 4096;
        std::ifstream in(path_, std::ios::binary | std::ios::ate);
        if (!in) {
            return "";
        }
        in.seekg(std::max<std::streamoff>(0, in.tellg() - std::streampos(kTailBytes)));
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::string path_;
    std::string tail_;
};

Receiver telegram_receiver(const NotifierSettings& settings, const NotifierSecrets& secrets,
                           const std::string& chat, const std::string& receiver_name,
                           const std::string& environment,
                           const std::shared_ptr<TelegramPace>& pace) {
    const auto& telegram = *settings.telegram;
    const TelegramCarrier::Options options{.chat = chat,
                                           .environment = environment,
                                           .pace = telegram.pace,
                                           .group_pace = telegram.group_pace};
    return {
        .name = receiver_name,
        .channel = "telegram",
        .make = [=, server = telegram.server, token = secrets.telegram_token,
                 ca_file = settings.ca_file,
                 timeout = settings.timeout](const std::atomic<bool>& stopping) {
            return std::make_unique<TelegramCarrier>(
                options,
                TelegramApi(server, token,
                            net::make_http_client({.ca_file = ca_file, .is_stopping = &stopping}),
                            timeout),
                pace);
        }};
}

Receiver webhook_receiver(const NotifierSettings& settings, const NotifierSecrets& secrets,
                          const std::string& environment) {
    const auto url =
        secrets.webhook_url.empty() ? settings.webhook->url : secrets.webhook_url.reveal();
    return {.name = "webhook",
            .channel = "webhook",
            .make = [=, secret = secrets.webhook_secret, ca_file = settings.ca_file,
                     timeout = settings.timeout](const std::atomic<bool>& stopping) {
                return std::make_unique<WebhookCarrier>(
                    url, environment, secret,
                    net::make_http_client({.ca_file = ca_file, .is_stopping = &stopping}), timeout,
                    wall_seconds);
            }};
}

Receiver mail_receiver(const NotifierSettings& settings, const NotifierSecrets& secrets,
                       const std::string& environment, const std::string& directory) {
    auto server = settings.mail->server;
    server.password = secrets.smtp_password;
    const MailCarrier::Options options{
        .from = settings.mail->from,
        .to = settings.mail->to,
        .environment = environment,
        .reports = (std::filesystem::path(directory) / "reports").string()};
    return {.name = "email",
            .channel = "email",
            .make = [=, ca_file = settings.ca_file,
                     timeout = settings.timeout](const std::atomic<bool>& stopping) {
                return std::make_unique<MailCarrier>(
                    options,
                    net::make_mail_client(server, timeout,
                                          {.ca_file = ca_file, .is_stopping = &stopping}),
                    [] { return base::Timestamp{wall_seconds() * 1'000'000'000}; });
            }};
}

}  // namespace

std::vector<Receiver> receivers_of(const NotifierSettings& settings, const NotifierSecrets& secrets,
                                   const std::string& environment, const std::string& directory,
                                   const std::function<std::string(const std::string&)>& moved) {
    std::vector<Receiver> receivers;
    if (settings.telegram) {
        const auto pace = std::make_shared<TelegramPace>();
        for (const auto& chat : settings.telegram->chats) {
            const auto name = "telegram/" + chat;
            const auto now = moved(name);
            receivers.push_back(telegram_receiver(settings, secrets, now.empty() ? chat : now, name,
                                                  environment, pace));
        }
    }
    if (settings.webhook) {
        receivers.push_back(webhook_receiver(settings, secrets, environment));
    }
    if (settings.mail) {
        receivers.push_back(mail_receiver(settings, secrets, environment, directory));
    }
    return receivers;
}

std::string printed(const Line& line) {
    return domain::to_text(base::ist_date(line.at)) + " " + wire::ist_clock(line.at) + "  " +
           std::string(wire::text_of(line.severity)) + "  " + line.text + "  [" + line.event +
           "]\n";
}

std::unique_ptr<Carrier> make_console() { return std::make_unique<Console>(); }

std::unique_ptr<Carrier> make_file(const std::string& path) {
    return std::make_unique<AlertFile>(path);
}

}  // namespace sauda::notifier
