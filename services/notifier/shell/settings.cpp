#include "services/notifier/shell/settings.h"

#include "common/service/first_error.h"
#include "services/notifier/shell/telegram_api.h"

#include <algorithm>

namespace sauda::notifier {

namespace {

using domain::Severity;
using service::FirstError;
using settings::Settings;

std::vector<std::string> all_kind_names() {
    std::vector<std::string> names;
    for (std::size_t n = 0; n < kKinds; ++n) {
        names.emplace_back(to_text(static_cast<Kind>(n)));
    }
    return names;
}

void read_kinds(const Settings& table, Channel& channel, FirstError& read) {
    if (!table.has("kinds")) {
        return;
    }
    std::vector<std::string> names;
    read.take(names, table.texts("kinds"));
    channel.kinds.reset();
    for (const auto& name : names) {
        if (const auto kind = parse_kind(name)) {
            channel.kinds.set(static_cast<std::size_t>(*kind));
            continue;
        }
        std::string known;
        for (const auto& other : all_kind_names()) {
            known += (known.empty() ? "" : ", ") + other;
        }
        read.note(table.refuse("kinds", "'" + name + "' is none of: " + known));
    }
}

void read_quiet(const Settings& table, Channel& channel, FirstError& read) {
    if (!table.has("quiet_from") && !table.has("quiet_until")) {
        return;
    }
    QuietHours quiet{};
    read.take(quiet.from, table.time_of_day("quiet_from"));
    read.take(quiet.until, table.time_of_day("quiet_until"));
    channel.quiet = quiet;
}

// What every channel has: minimum, kinds, quiet hours.
Channel read_channel(const Settings& table, Channel channel, FirstError& read) {
    std::string minimum;
    const std::string fallback = channel.minimum == Severity::Warning ? "warning" : "info";
    read.take(minimum, table.text("minimum", fallback, {"info", "warning", "critical"}));
    channel.minimum = minimum == "critical"  ? Severity::Critical
                      : minimum == "warning" ? Severity::Warning
                                             : Severity::Info;
    read_kinds(table, channel, read);
    read_quiet(table, channel, read);
    return channel;
}

// https, or http where it stays on this machine; without user, password or query.
void check_url(const Settings& table, const char* key, const std::string& url, FirstError& read) {
    const bool is_safe = url.starts_with("https://") ||
                         (url.starts_with("http://") && net::is_loopback(net::host_of(url)));
    if (!is_safe || net::host_of(url).empty() || url.find_first_of(" @\"") != std::string::npos) {
        read.note(table.refuse(key,
                               "it must begin with https:// and name a host, without user "
                               "and password; http:// is for this machine only"));
    }
}

TelegramSettings read_telegram(const Settings& table, FirstError& read) {
    TelegramSettings telegram;
    read.take(telegram.server, table.text("server", telegram.server));
    check_url(table, "server", telegram.server, read);
    while (telegram.server.ends_with('/')) {
        telegram.server.pop_back();
    }
    read.take(telegram.chats, table.texts("chats", std::vector<std::string>{}));
    read.take(telegram.commands_from, table.texts("commands_from", std::vector<std::string>{}));
    for (const auto* key : {"chats", "commands_from"}) {
        for (const auto& chat :
             *key == 'c' && key[1] == 'h' ? telegram.chats : telegram.commands_from) {
            if (!is_telegram_chat(chat) || (key[1] == 'o' && chat.starts_with('@'))) {
                read.note(table.refuse(key, "'" + chat +
                                                "' is no chat: say its number in quotes, "
                                                "such as \"12345\" or \"-1001234567890\""));
            }
        }
    }
    if (telegram.chats.empty() && telegram.commands_from.empty()) {
        read.note(table.refuse("chats", "name at least one chat to tell"));
    }
    read.take(telegram.pace, table.duration("pace", telegram.pace));
    read.take(telegram.group_pace, table.duration("group_pace", telegram.group_pace));
    read.take(telegram.poll,
              table.duration("poll", telegram.poll, base::seconds(1), base::seconds(50)));
    read.take(telegram.command_age, table.duration("command_age", telegram.command_age,
                                                   base::seconds(5), base::minutes(60)));
    return telegram;
}

MailSettings read_mail(const Settings& table, FirstError& read) {
    MailSettings mail;
    std::string tls;
    read.take(mail.server.host, table.text("server"));
    read.take(tls, table.text("tls", "starttls", {"starttls", "implicit"}));
    mail.server.is_implicit_tls = tls == "implicit";
    int64_t port = mail.server.is_implicit_tls ? 465 : 587;
    read.take(port, table.integer("port", port, 1, 65535));
    mail.server.port = static_cast<uint16_t>(port);
    read.take(mail.server.user, table.text("user", ""));
    read.take(mail.from, table.text("from"));
    read.take(mail.to, table.texts("to"));
    if (mail.server.host.find_first_of(" /:@\"") != std::string::npos) {
        read.note(table.refuse("server",
                               "it is the name of the mail server alone; the port is "
                               "a key of its own"));
    }
    if (!mail.from.empty() && !net::is_mail_address(mail.from)) {
        read.note(table.refuse("from", "'" + mail.from + "' is no address such as a@example.com"));
    }
    for (const auto& address : mail.to) {
        if (!net::is_mail_address(address)) {
            read.note(table.refuse("to", "'" + address + "' is no address such as a@example.com"));
        }
    }
    return mail;
}

void read_common(const Settings& table, NotifierSettings& out, FirstError& read) {
    auto& core = out.core;
    read.take(core.window,
              table.duration("window", core.window, base::seconds(1), base::minutes(60)));
    read.take(core.brief_window, table.duration("order_window", core.brief_window,
                                                base::milliseconds(1), base::minutes(60)));
    int64_t per_minute = core.per_minute;
    int64_t critical = core.critical_per_minute;
    read.take(per_minute, table.integer("per_minute", per_minute, 1, 10'000));
    read.take(critical, table.integer("critical_per_minute", critical, 1, 10'000));
    core.per_minute = static_cast<uint32_t>(per_minute);
    core.critical_per_minute = static_cast<uint32_t>(critical);
    read.take(out.timeout,
              table.duration("timeout", out.timeout, base::milliseconds(100), base::minutes(2)));
    read.take(out.ca_file, table.text("ca_file", ""));
    read.take(out.retry.first, table.duration("retry_first", out.retry.first,
                                              base::milliseconds(10), base::minutes(60)));
    read.take(out.retry.most, table.duration("retry_most", out.retry.most, base::milliseconds(10),
                                             base::minutes(60)));
    read.take(out.retry.give_up, table.duration("give_up", out.retry.give_up,
                                                base::milliseconds(10), base::minutes(60 * 24)));
}

}  // namespace

base::Expected<NotifierSettings> read_settings(const Settings& settings) {
    const auto table = settings.section("notifier");
    FirstError read;
    NotifierSettings out;
    read_common(table, out, read);
    out.core.channels = {
        read_channel(table.section("console"),
                     {.name = "console", .kinds = all_kinds_but(Kind::Signal)}, read),
        read_channel(table.section("file"), {.name = "file"}, read)};
    if (table.has("telegram")) {
        const auto view = table.section("telegram");
        out.telegram = read_telegram(view, read);
        if (!out.telegram->chats.empty()) {
            out.core.channels.push_back(read_channel(
                view, {.name = "telegram", .kinds = all_kinds_but(Kind::Signal)}, read));
        }
    }
    if (table.has("webhook")) {
        const auto view = table.section("webhook");
        WebhookSettings webhook;
        read.take(webhook.url, view.text("url", ""));
        if (!webhook.url.empty()) {
            check_url(view, "url", webhook.url, read);
        }
        out.webhook = webhook;
        out.core.channels.push_back(read_channel(view, {.name = "webhook"}, read));
    }
    if (table.has("email")) {
        const auto view = table.section("email");
        out.mail = read_mail(view, read);
        auto channel = read_channel(view, {.name = "email", .minimum = Severity::Warning}, read);
        read.take(channel.has_report, view.boolean("report", true));
        out.core.channels.push_back(channel);
    }
    return read.or_error(out);
}

base::Expected<NotifierSecrets> read_secrets(const NotifierSettings& settings) {
    NotifierSecrets secrets;
    FirstError read;
    const auto take = [&read](const char* name, const char* needed_by) {
        net::Secret secret;
        read.take(secret, net::read_secret(name));
        if (secret.empty() && needed_by != nullptr) {
            read.note(
                {base::ErrorKind::Invalid, std::string(needed_by) + " is configured, but " + name +
                                               " is not set. Set "
                                               "it, or " +
                                               name +
                                               "_FILE to a file that holds it, in the environment "
                                               "of the services"});
        }
        return secret;
    };
    if (settings.telegram) {
        secrets.telegram_token = take("SAUDA_TELEGRAM_TOKEN", "[notifier.telegram]");
        if (secrets.telegram_token.reveal().find_first_of("/?# %") != std::string::npos) {
            read.note({base::ErrorKind::Invalid,
                       "SAUDA_TELEGRAM_TOKEN is no bot token such as 123456:ABC-DEF"});
        }
        const auto codes = take("SAUDA_TELEGRAM_CODES", nullptr);
        if (!codes.empty()) {
            auto made = net::OneTimeCodes::make(codes);
            if (made) {
                secrets.codes = std::move(*made);
            } else {
                read.note({made.error().kind, "SAUDA_TELEGRAM_CODES: " + made.error().text});
            }
        }
    }
    if (settings.webhook) {
        secrets.webhook_secret = take("SAUDA_WEBHOOK_SECRET", "[notifier.webhook]");
        secrets.webhook_url =
            take("SAUDA_WEBHOOK_URL", settings.webhook->url.empty() ? "[notifier.webhook] without "
                                                                      "url"
                                                                    : nullptr);
        const auto& url = secrets.webhook_url.reveal();
        if (!url.empty() && !url.starts_with("https://") && !net::is_loopback(net::host_of(url))) {
            read.note({base::ErrorKind::Invalid, "SAUDA_WEBHOOK_URL must begin with https://"});
        }
    }
    if (settings.mail && !settings.mail->server.user.empty()) {
        secrets.smtp_password = take("SAUDA_SMTP_PASSWORD", "[notifier.email] with a user");
    }
    return read.or_error(std::move(secrets));
}

bool may_leave_machine(std::string_view kind) { return kind == "paper" || kind == "live"; }

NotifierSettings only_local(NotifierSettings settings) {
    settings.telegram.reset();
    settings.webhook.reset();
    settings.mail.reset();
    std::erase_if(settings.core.channels, [](const Channel& channel) {
        return channel.name != "console" && channel.name != "file";
    });
    return settings;
}

}  // namespace sauda::notifier
