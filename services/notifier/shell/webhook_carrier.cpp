#include "services/notifier/shell/webhook_carrier.h"

#include "common/net/codes.h"
#include "common/wire/format.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sauda::notifier {

namespace {

Outcome judge(const net::HttpResponse& response, const std::string& host) {
    constexpr int64_t kWaitMax = 3600;
    const int status = response.status;
    if (status >= 200 && status < 300) {
        return {};
    }
    Outcome outcome{.fate = Fate::Never,
                    .why = host + " answers " + std::to_string(status) +
                           (status >= 300 && status < 400 ? "; redirects are not followed" : "")};
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
        outcome.fate = Fate::Later;
        if (response.retry_after_s) {
            outcome.wait = base::seconds(std::min(*response.retry_after_s, kWaitMax));
        }
    }
    return outcome;
}

}  // namespace

WebhookCarrier::WebhookCarrier(std::string url, std::string environment, net::Secret secret,
                               std::unique_ptr<net::HttpClient> http, base::Duration timeout,
                               WallClock now)
    : url_(std::move(url)),
      environment_(std::move(environment)),
      secret_(std::move(secret)),
      http_(std::move(http)),
      timeout_(timeout),
      now_(std::move(now)) {}

Outcome WebhookCarrier::deliver(const Parcel& parcel) {
    const auto& line = parcel.lines.front();
    const nlohmann::json json{
        {"id", line.event},
        {"key", line.key},
        {"environment", environment_},
        {"time", domain::to_text(base::ist_date(line.at)) + " " + wire::ist_clock_ms(line.at)},
        {"time_ns", line.at.ns},
        {"severity", wire::text_of(line.severity)},
        {"kind", line.kind},
        {"text", line.text},
        {"events", line.grouped}};
    const auto body = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto timestamp = std::to_string(now_());
    const auto response =
        http_->send({.method = "POST",
                     .url = url_,
                     .headers = {{"Content-Type", "application/json"},
                                 {"Idempotency-Key", line.key},
                                 {"X-Sauda-Timestamp", timestamp},
                                 {"X-Sauda-Signature",
                                  "sha256=" + net::hmac_sha256(secret_, timestamp + "." + body)}},
                     .body = body,
                     .timeout = timeout_});
    if (!response) {
        return {.fate = Fate::Later, .why = response.error().text};
    }
    return judge(*response, net::host_of(url_));
}

}  // namespace sauda::notifier
