#pragma once

#include "common/net/codes.h"
#include "common/net/mail_client.h"
#include "common/net/secret.h"
#include "common/settings/settings.h"
#include "services/notifier/core/notifier_config.h"
#include "services/notifier/shell/lane.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::notifier {

struct TelegramSettings {
    std::string server = "https://api.telegram.org";
    std::vector<std::string> chats;          // who is told
    std::vector<std::string> commands_from;  // who may command: chats, and in groups users, too
    base::Duration pace = base::seconds(1);
    base::Duration group_pace = base::seconds(3);
    base::Duration poll = base::seconds(25);
    base::Duration command_age = base::seconds(120);  // an older command is not carried out
};

struct WebhookSettings {
    std::string url;  // empty: from SAUDA_WEBHOOK_URL
};

struct MailSettings {
    net::MailServer server;  // without the password
    std::string from;
    std::vector<std::string> to;
};

// [notifier] of the configuration. A channel that leaves the machine is there when its table is.
struct NotifierSettings {
    NotifierConfig core;
    RetryPolicy retry;
    base::Duration timeout = base::seconds(15);  // of one request
    std::string ca_file;                         // certificates to trust instead of the system's
    std::optional<TelegramSettings> telegram;
    std::optional<WebhookSettings> webhook;
    std::optional<MailSettings> mail;
};

// Secrets of the channels that are configured, from the environment or the files it names:
// SAUDA_TELEGRAM_TOKEN, SAUDA_TELEGRAM_CODES (optional), SAUDA_WEBHOOK_SECRET, SAUDA_WEBHOOK_URL
// (optional), SAUDA_SMTP_PASSWORD; each also as ..._FILE.
struct NotifierSecrets {
    net::Secret telegram_token;
    std::optional<net::OneTimeCodes> codes;
    net::Secret webhook_secret;
    net::Secret webhook_url;
    net::Secret smtp_password;
};

base::Expected<NotifierSettings> read_settings(const settings::Settings& settings);
// Says which variable is missing for which channel.
base::Expected<NotifierSecrets> read_secrets(const NotifierSettings& settings);

// In replays, simulations and the laboratory nothing leaves the machine, whatever the
// configuration says. `kind` is the environment's.
bool may_leave_machine(std::string_view kind);
// The settings without the channels that leave the machine.
NotifierSettings only_local(NotifierSettings settings);

}  // namespace sauda::notifier
