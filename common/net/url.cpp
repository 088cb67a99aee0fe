#include "common/net/http_client.h"

namespace sauda::net {

std::string host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return "";
    }
    auto rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    const auto at = rest.rfind('@');  // user and password are nobody's business
    rest = at == std::string_view::npos ? rest : rest.substr(at + 1);
    if (rest.starts_with('[')) {
        const auto close = rest.find(']');
        return std::string(rest.substr(1, close == std::string_view::npos ? close : close - 1));
    }
    return std::string(rest.substr(0, rest.find(':')));
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "::1") {
        return true;
    }
    // A name such as 127.0.0.1.example.com is no address.
    return host.starts_with("127.") &&
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace sauda::net
