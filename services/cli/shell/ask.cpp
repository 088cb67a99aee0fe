#include "services/cli/shell/ask.h"

#include "common/bus/endpoint.h"
#include "common/bus/zmq_control_client.h"

#include <nlohmann/json.hpp>
#include <pwd.h>
#include <unistd.h>

namespace sauda::cli {

base::Expected<std::string> ask(const service::Environment& environment, domain::Service service,
                                const std::string& verb, const Arguments& arguments) {
    bus::ControlClient client;
    bus::Request request{
        .id = 1, .body = bus::Command{.verb = verb, .arguments = arguments, .by = user_name()}};
    const auto endpoint = bus::endpoints_in(environment.bus, service).control;
    const auto reply = client.ask(endpoint, request, base::seconds(5));
    if (!reply) {
        return base::fail(base::ErrorKind::Unavailable,
                          std::string(to_text(service)) + " of '" + environment.name +
                              "' does not answer (" + reply.error().text +
                              "). Is it running? `sauda status`");
    }
    const auto* answer = std::get_if<bus::CommandReply>(&reply->body);
    if (answer == nullptr) {
        return base::fail(base::ErrorKind::Corrupt, "an answer that is none");
    }
    if (!answer->ok) {
        const auto json = nlohmann::json::parse(answer->json, nullptr, false);
        return base::fail(base::ErrorKind::Invalid,
                          json.is_object() ? json.value("error", answer->json) : answer->json);
    }
    return answer->json;
}

std::string user_name() {
    const auto* entry = ::getpwuid(::getuid());
    return entry != nullptr ? entry->pw_name : "unknown";
}

}  // namespace sauda::cli
