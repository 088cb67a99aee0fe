#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sauda::net {

struct HttpRequest {
    std::string method = "POST";  // or GET, without a body
    std::string url;              // https://...; http:// too, the caller decides
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    base::Duration timeout = base::seconds(15);  // of the whole exchange
};

struct HttpResponse {
    int status = 0;
    std::string body;
    std::optional<int64_t> retry_after_s;  // of the header, when it is in seconds
};

// One request, one answer. Certificates are verified; a redirect is an answer like any other and
// never followed. One thread.
class HttpClient {
 public:
    virtual ~HttpClient() = default;
    // An answer of any status. Unavailable: none came, or too late; the other side may still have
    // acted. Corrupt: it was larger than allowed. Texts name the host alone: paths and queries may
    // hold tokens.
    virtual base::Expected<HttpResponse> send(const HttpRequest& request) = 0;
};

struct TransferOptions {
    std::string ca_file = {};  // PEM file of certificates to trust; empty: the system's
    base::Duration connect_timeout = base::seconds(5);
    std::size_t response_bytes_max = std::size_t{1} << 20U;
    // When it becomes true a transfer under way ends within a second as Unavailable. Outlives the
    // client; null: none.
    const std::atomic<bool>* is_stopping = nullptr;
};

std::unique_ptr<HttpClient> make_http_client(TransferOptions options);

// "api.telegram.org" of "https://api.telegram.org:443/x?y"; empty when there is none.
std::string host_of(std::string_view url);
// 127.x.x.x, localhost or ::1: what is sent there stays on this machine.
bool is_loopback(std::string_view host);

}  // namespace sauda::net
