#pragma once

#include "common/net/http_client.h"
#include "common/net/secret.h"
#include "services/notifier/shell/carrier.h"

#include <functional>
#include <memory>
#include <string>

namespace sauda::notifier {

// One POST of JSON for each message. Headers: Idempotency-Key (the same for every repeat),
// X-Sauda-Timestamp (seconds since 1970, of this try) and X-Sauda-Signature: "sha256=" and the
// HMAC-SHA256 of "<timestamp>.<body>" with the shared secret. 2xx is taken; 408, 425, 429 and 5xx
// are tried again; anything else, redirects too, is refused for good.
class WebhookCarrier : public Carrier {
 public:
    using WallClock = std::function<int64_t()>;  // seconds since 1970
    WebhookCarrier(std::string url, std::string environment, net::Secret secret,
                   std::unique_ptr<net::HttpClient> http, base::Duration timeout, WallClock now);

    Outcome deliver(const Parcel& parcel) override;

 private:
    std::string url_;
    std::string environment_;
    net::Secret secret_;
    std::unique_ptr<net::HttpClient> http_;
    base::Duration timeout_;
    WallClock now_;
};

}  // namespace sauda::notifier
