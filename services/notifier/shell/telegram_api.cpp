#include "services/notifier/shell/telegram_api.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sauda::notifier {

namespace {

using Json = nlohmann::json;

Json chat_id(const std::string& chat) {
    return chat.starts_with('@') ? Json(chat) : Json(std::stoll(chat));
}

int64_t integer(const Json& object, const char* key) {
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() && at->is_number_integer() ? at->get<int64_t>()
                                                                               : 0;
}

std::string text_of(const Json& object, const char* key) {
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() && at->is_string() ? at->get<std::string>()
                                                                       : std::string();
}

// One short line of what the server said.
std::string quoted(std::string text) {
    constexpr std::size_t kTextMax = 160;
    for (char& c : text) {
        c = static_cast<unsigned char>(c) < 0x20U || static_cast<unsigned char>(c) >= 0x7FU ? '?'
                                                                                            : c;
    }
    return text.substr(0, kTextMax);
}

TelegramAnswer later(std::string why, std::optional<base::Duration> wait = {}) {
    return {.outcome = {.fate = Fate::Later, .why = std::move(why), .wait = wait},
            .moved_to = "",
            .error_code = 0};
}

TelegramAnswer refused(const Json& body, int status, const net::Secret& token) {
    constexpr int64_t kRetryAfterMax = 3600;
    const auto code = integer(body, "error_code") != 0 ? integer(body, "error_code") : status;
    const auto parameters = body.contains("parameters") ? body["parameters"] : Json::object();
    const auto retry_after = integer(parameters, "retry_after");
    const auto moved_to = integer(parameters, "migrate_to_chat_id");
    TelegramAnswer answer = later("Telegram answers " + std::to_string(code) + ", " +
                                  quoted(token.hide_in(text_of(body, "description"))));
    answer.error_code = code;
    if (moved_to != 0) {
        answer.moved_to = std::to_string(moved_to);
    } else if (retry_after > 0) {
        answer.outcome.wait = base::seconds(std::min(retry_after, kRetryAfterMax));
    } else if (code == 400) {
        answer.outcome.fate = Fate::Never;  // this message will never do
    }
    return answer;
}

// What `response` says; `body` becomes its JSON.
TelegramAnswer judge(const base::Expected<net::HttpResponse>& response, const net::Secret& token,
                     Json& body) {
    if (!response) {
        return later(response.error().text);
    }
    body = Json::parse(response->body, nullptr, false);
    const bool has_ok = body.is_object() && body.contains("ok") && body["ok"].is_boolean();
    if (has_ok && body["ok"].get<bool>()) {
        return {};
    }
    if (!has_ok) {
        auto answer = later("Telegram's answer is none of its own (status " +
                            std::to_string(response->status) + ")");
        if (response->retry_after_s) {
            answer.outcome.wait = base::seconds(std::min<int64_t>(*response->retry_after_s, 3600));
        }
        return answer;
    }
    return refused(body, response->status, token);
}

}  // namespace

bool is_telegram_chat(const std::string& text) {
    if (text.starts_with('@')) {
        return text.size() > 1;
    }
    const auto digits = text.starts_with('-') ? text.substr(1) : text;
    return !digits.empty() && digits.size() <= 18 &&
           digits.find_first_not_of("0123456789") == std::string::npos;
}

TelegramApi::TelegramApi(const std::string& server, net::Secret token,
                         std::unique_ptr<net::HttpClient> http, base::Duration timeout)
    : server_(server), token_(std::move(token)), http_(std::move(http)), timeout_(timeout) {}

base::Expected<net::HttpResponse> TelegramApi::ask(const char* method, std::string body,
                                                   base::Duration timeout) {
    return http_->send({.method = "POST",
                        .url = server_ + "/bot" + token_.reveal() + "/" + method,
                        .headers = {{"Content-Type", "application/json"}},
                        .body = std::move(body),
                        .timeout = timeout});
}

TelegramAnswer TelegramApi::send_message(const std::string& chat, const std::string& html,
                                         bool is_silent) {
    const Json request{{"chat_id", chat_id(chat)},
                       {"text", html},
                       {"parse_mode", "HTML"},
                       {"disable_notification", is_silent},
                       {"link_preview_options", {{"is_disabled", true}}}};
    Json body;
    return judge(
        ask("sendMessage", request.dump(-1, ' ', false, Json::error_handler_t::replace), timeout_),
        token_, body);
}

TelegramUpdates TelegramApi::get_updates(int64_t offset, base::Duration wait) {
    const Json request{
        {"offset", offset}, {"timeout", wait.ns / 1'000'000'000}, {"allowed_updates", {"message"}}};
    Json body;
    TelegramUpdates updates;
    // The client waits longer than the server does.
    updates.answer =
        judge(ask("getUpdates", request.dump(), base::Duration{wait.ns + base::seconds(10).ns}),
              token_, body);
    if (updates.answer.outcome.fate != Fate::Sent || !body.contains("result") ||
        !body["result"].is_array()) {
        return updates;
    }
    for (const auto& update : body["result"]) {
        updates.last_id = std::max(updates.last_id, integer(update, "update_id"));
        if (!update.is_object() || !update.contains("message")) {
            continue;
        }
        const auto& message = update["message"];
        if (!message.is_object() || !message.contains("chat")) {
            continue;
        }
        const auto from = message.contains("from") ? message["from"] : Json::object();
        updates.updates.push_back({.id = integer(update, "update_id"),
                                   .chat = integer(message["chat"], "id"),
                                   .user = integer(from, "id"),
                                   .is_private = text_of(message["chat"], "type") == "private",
                                   .date_s = integer(message, "date"),
                                   .text = text_of(message, "text")});
    }
    return updates;
}

}  // namespace sauda::notifier
