#include "services/cli/shell/acts.h"

#include "services/cli/shell/ask.h"

#include <cstdio>

namespace sauda::cli {

namespace {

int tell(const std::string& var, const std::string& name,
         const std::vector<domain::Service>& services, const std::string& verb,
         const Arguments& arguments, const std::string& done) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        std::fprintf(stderr, "sauda: %s\n", environment.error().text.c_str());
        return 1;
    }
    int code = 0;
    for (const auto service : services) {
        const auto answer = ask(*environment, service, verb, arguments);
        if (!answer) {
            std::fprintf(stderr, "sauda: %s\n", answer.error().text.c_str());
            code = 1;
        }
    }
    if (code == 0) {
        std::printf("%s\n", done.c_str());
    }
    return code;
}

const std::vector<domain::Service> kGate{domain::Service::Execution, domain::Service::Risk};

}  // namespace

int halt(const std::string& var, const std::string& name, const std::string& reason) {
    return tell(var, name, kGate, "halt", {{"reason", reason}},
                "Halted: no new risk; working entries are cancelled, exits stay alive. "
                "`sauda resume --reason ...` when it is safe.");
}

int flatten(const std::string& var, const std::string& name, const std::string& reason) {
    return tell(var, name, kGate, "flatten", {{"reason", reason}},
                "Flattening: halted, and every open position is being closed.");
}

int resume(const std::string& var, const std::string& name, const std::string& reason) {
    return tell(var, name, kGate, "resume", {{"reason", reason}}, "Trading is active again.");
}

int bot_act(const std::string& var, const std::string& name, const std::string& verb,
            const std::string& bot) {
    return tell(var, name, {domain::Service::Strategy}, verb, {{"target", bot}},
                "Bot '" + bot + "': " + verb + ".");
}

int set_parameter(const std::string& var, const std::string& name, const std::string& bot,
                  const std::string& parameter, const std::string& value) {
    return tell(var, name, {domain::Service::Strategy}, "set",
                {{"target", bot}, {"parameter", parameter}, {"value", value}},
                "Bot '" + bot + "': " + parameter + " = " + value + " from the next bar on.");
}

int feed_act(const std::string& var, const std::string& name, const std::string& verb,
             int64_t speed_permille) {
    return tell(var, name, {domain::Service::Feed}, verb,
                {{"speed_permille", std::to_string(speed_permille)}}, "Feed: " + verb + ".");
}

int skip_message(const std::string& var, const std::string& name, const std::string& service,
                 const std::string& stream, const std::string& reason) {
    const auto parsed = domain::parse_service(service);
    if (!parsed) {
        std::fprintf(stderr, "sauda: there is no service '%s'\n", service.c_str());
        return 1;
    }
    return tell(var, name, {*parsed}, "skip", {{"stream", stream}, {"reason", reason}},
                "Skipped one message of " + stream + " in " + service + ".");
}

int ask_and_print(const std::string& var, const std::string& name, const std::string& service,
                  const std::string& verb, const std::vector<std::string>& details) {
    const auto environment = service::load_environment(var, name);
    const auto parsed = domain::parse_service(service);
    if (!environment || !parsed) {
        std::fprintf(stderr, "sauda: %s\n",
                     environment ? ("there is no service '" + service + "'").c_str()
                                 : environment.error().text.c_str());
        return 1;
    }
    Arguments arguments;
    for (const auto& detail : details) {
        const auto equals = detail.find('=');
        arguments.emplace_back(detail.substr(0, equals),
                               equals == std::string::npos ? "" : detail.substr(equals + 1));
    }
    const auto answer = ask(*environment, *parsed, verb, arguments);
    if (!answer) {
        std::fprintf(stderr, "sauda: %s\n", answer.error().text.c_str());
        return 1;
    }
    std::printf("%s\n", answer->c_str());
    return 0;
}

}  // namespace sauda::cli
