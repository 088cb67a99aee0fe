#pragma once

#include "common/net/http_client.h"
#include "common/net/secret.h"
#include "services/notifier/shell/carrier.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sauda::notifier {

// The answer to one request of the Bot API.
struct TelegramAnswer {
    Outcome outcome;
    std::string moved_to;  // the group became a supergroup with this id; ask again there
    int64_t error_code = 0;
};

struct TelegramUpdate {
    int64_t id = 0;
    int64_t chat = 0;
    int64_t user = 0;  // who wrote it
    bool is_private = false;
    int64_t date_s = 0;  // when, seconds since 1970
    std::string text;
};

struct TelegramUpdates {
    TelegramAnswer answer;
    std::vector<TelegramUpdate> updates;  // messages with a text; others are only counted
    int64_t last_id = 0;                  // of all updates, 0 = none
};

// sendMessage and getUpdates, exactly as documented. The token stands in every URL: nothing here
// returns a URL, and what the server says is passed on without the token. One thread.
class TelegramApi {
 public:
    // server: "https://api.telegram.org", or a server of one's own.
    TelegramApi(const std::string& server, net::Secret token, std::unique_ptr<net::HttpClient> http,
                base::Duration timeout = base::seconds(15));

    // html: 1 to 4,096 characters. chat: a number, or "@name" of a channel.
    TelegramAnswer send_message(const std::string& chat, const std::string& html, bool is_silent);
    // Waits up to `wait` for something to come.
    TelegramUpdates get_updates(int64_t offset, base::Duration wait);

 private:
    base::Expected<net::HttpResponse> ask(const char* method, std::string body,
                                          base::Duration timeout);

    std::string server_;
    net::Secret token_;
    std::unique_ptr<net::HttpClient> http_;
    base::Duration timeout_;
};

// "12345", "-1001234567890" or "@name".
bool is_telegram_chat(const std::string& text);

}  // namespace sauda::notifier
