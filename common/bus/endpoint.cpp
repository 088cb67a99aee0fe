#include "common/bus/endpoint.h"

namespace sauda::bus {

namespace {

constexpr std::string_view kIpc = "ipc://";
constexpr std::string_view kTcp = "tcp://";

std::string path_in(std::string_view directory, Service service, std::string_view suffix) {
    std::string path(directory);
    if (!path.empty() && !path.ends_with('/')) {
        path += '/';
    }
    path += domain::to_text(service);
    path += suffix;
    return path;
}

}  // namespace

Endpoints endpoints_in(std::string_view directory, Service service) {
    return {std::string(kIpc) + path_in(directory, service, ".pub"),
            std::string(kIpc) + path_in(directory, service, ".ctl")};
}

std::string lock_path_in(std::string_view directory, Service service) {
    return path_in(directory, service, ".lock");
}

base::Expected<void> check_endpoint(std::string_view endpoint) {
    const std::string text(endpoint);
    if (endpoint.starts_with(kTcp)) {
        return base::fail(base::ErrorKind::Invalid,
                          text + " would carry orders in the clear: set keys for it, or use ipc");
    }
    const auto path = ipc_path(endpoint);
    if (path.empty()) {
        return base::fail(base::ErrorKind::Invalid,
                          "'" + text + "' is no endpoint: expected ipc://<path>");
    }
    if (path.size() > kIpcPathBytesMax) {
        return base::fail(base::ErrorKind::Invalid,
                          "socket path " + path + " has " + std::to_string(path.size()) +
                              " characters, the system allows " + std::to_string(kIpcPathBytesMax) +
                              "; choose a shorter directory for the environment");
    }
    return {};
}

std::string ipc_path(std::string_view endpoint) {
    return endpoint.starts_with(kIpc) ? std::string(endpoint.substr(kIpc.size())) : std::string();
}

}  // namespace sauda::bus
