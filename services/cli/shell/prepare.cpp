#include "services/cli/shell/prepare.h"

#include "common/service/program.h"
#include "common/service/wiring.h"
#include "services/cli/shell/ask.h"
#include "services/cli/shell/session.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace sauda::cli {

namespace {

constexpr int kExitConfiguration = 78;
constexpr int kExitFailed = 1;

int complain(const std::string& text, int code) {
    std::fprintf(stderr, "sauda: %s\n", text.c_str());
    return code;
}

base::Expected<service::Environment> make_paper(const PrepareOptions& options) {
    UpOptions paper;
    paper.var = options.var;
    paper.environment = options.environment;
    paper.config = options.config;
    paper.bus = options.bus;
    return ensure_environment(paper);
}

base::Expected<service::Environment> make_replay(const ReplayOptions& options,
                                                 const std::string& name) {
    auto environment = describe_replay(options, name);
    if (environment) {
        if (auto saved = service::save_environment(*environment); !saved) {
            return std::unexpected(saved.error());
        }
    }
    return environment;
}

// A replay goes on only with what it began with: its run is a function of all its inputs.
base::Expected<void> check_existing(const service::Environment& existing,
                                    const ReplayOptions& replaying) {
    if (replaying.recording.empty()) {
        return {};
    }
    const auto expected = describe_replay(replaying, existing.name);
    if (!expected) {
        return std::unexpected(expected.error());
    }
    if (existing.kind != "replay" || existing.run != expected->run) {
        return base::fail(base::ErrorKind::Conflict,
                          "the environment '" + existing.name + "' was not made for " +
                              replaying.recording +
                              " with this configuration and these rules. Choose another "
                              "environment for it, or remove this one.");
    }
    return {};
}

}  // namespace

int prepare(const PrepareOptions& options) {
    ReplayOptions replaying;
    replaying.var = options.var;
    replaying.recording = options.recording;
    replaying.config = options.config;
    replaying.bus = options.bus;
    auto environment = service::load_environment(options.var, options.environment);
    const bool is_new = !environment && environment.error().kind == base::ErrorKind::NotFound;
    if (is_new) {
        environment = options.recording.empty() ? make_paper(options)
                                                : make_replay(replaying, options.environment);
    }
    if (!environment) {
        return complain(environment.error().text, kExitConfiguration);
    }
    if (const auto fits = check_existing(*environment, replaying); !fits) {
        return complain(fits.error().text, kExitConfiguration);
    }
    const auto checked =
        service::load_ingredients(options.var, options.environment, options.accept_config);
    if (!checked) {
        return complain(checked.error().text, kExitConfiguration);
    }
    std::printf("Environment '%s' (%s, account %s) is %s.\n", environment->name.c_str(),
                environment->kind.c_str(), environment->account.c_str(), is_new ? "made" : "there");
    return 0;
}

int health(const std::string& var, const std::string& name, const std::string& service) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        return complain(environment.error().text, kExitFailed);
    }
    for (const auto candidate : service::kServices) {
        if (to_text(candidate) != service) {
            continue;
        }
        const auto text = ask(*environment, candidate, "status");
        if (!text) {
            return complain(text.error().text, kExitFailed);
        }
        const auto status = nlohmann::json::parse(*text, nullptr, false);
        const auto state =
            status.is_object() ? status.value("state", std::string("unknown")) : "unknown";
        std::printf("%s %s\n", service.c_str(), state.c_str());
        return state == "READY" ? 0 : kExitFailed;
    }
    return complain("'" + service +
                        "' is no service; name feed, ml_signal, strategy, risk, "
                        "execution, notifier or recorder",
                    kExitFailed);
}

}  // namespace sauda::cli
