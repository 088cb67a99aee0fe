#include "common/service/program.h"

#include "common/bus/lock_file.h"
#include "common/bus/zmq_transport.h"
#include "common/market/load_rules.h"
#include "common/service/host.h"
#include "common/service/log_files.h"
#include "common/service/system_clock.h"
#include "common/service/wiring.h"
#include "common/store/sqlite_store.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace sauda::service {

namespace {

constexpr int kExitUsage = 64;
constexpr int kExitConfiguration = 78;

struct Arguments {
    std::string environment;
    std::string var = "var";
    bool accept_config = false;
    bool is_quiet = false;
};

base::Expected<Arguments> parse(int argc, char** argv) {
    Arguments arguments;
    if (const char* var = std::getenv("SAUDA_VAR")) {
        arguments.var = var;
    }
    if (const char* name = std::getenv("SAUDA_ENV")) {
        arguments.environment = name;
    }
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const bool has_value = i + 1 < argc;
        if (argument == "--env" && has_value) {
            arguments.environment = argv[++i];
        } else if (argument == "--var" && has_value) {
            arguments.var = argv[++i];
        } else if (argument == "--accept-config") {
            arguments.accept_config = true;
        } else if (argument == "--quiet") {
            arguments.is_quiet = true;
        } else {
            return base::fail(base::ErrorKind::Invalid,
                              "what is '" + argument +
                                  "'? Use: --env NAME [--var DIR] [--accept-config] [--quiet]");
        }
    }
    if (arguments.environment.empty()) {
        return base::fail(base::ErrorKind::Invalid, "name the environment: --env paper");
    }
    return arguments;
}

int complain(domain::Service self, const std::string& text, int code) {
    std::fprintf(stderr, "sauda-%s: %s\n", std::string(to_text(self)).c_str(), text.c_str());
    return code;
}

// SIGTERM and SIGINT arrive on a descriptor the poll watches; blocked before any thread starts.
int open_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

bool has_signal(int fd) {
    signalfd_siginfo info{};
    return ::read(fd, &info, sizeof(info)) == static_cast<ssize_t>(sizeof(info));
}

std::string layout_of_this_program() {
    const auto hash = hash_file("/proc/self/exe");
    return hash ? base::to_hex(*hash) : "unknown";
}

HostConfig host_config(domain::Service self, const Ingredients& ingredients) {
    HostConfig config;
    config.self = self;
    config.inputs = inputs_of(self, ingredients.underlyings);
    config.run = ingredients.environment.run;
    config.database_id = ingredients.database_id;
    config.config_hash = ingredients.environment.config_hash;
    config.layout = layout_of_this_program();
    config.is_lockstep = ingredients.environment.is_lockstep && self != domain::Service::Notifier;
    config.is_power_safe = ingredients.environment.is_power_safe;
    return config;
}

bus::ZmqConfig bus_config(domain::Service self, const Ingredients& ingredients,
                          const std::vector<domain::StreamId>& inputs) {
    bus::ZmqConfig config;
    config.self = self;
    config.directory = ingredients.environment.bus;
    config.subscriptions = subscriptions_of(self, inputs);
    for (const auto& [upstream, streams] : config.subscriptions) {
        config.upstreams.push_back(upstream);
    }
    return config;
}

int run(domain::Service self, const Arguments& arguments,
        const std::function<base::Expected<Body>(const Ingredients&)>& make, int signals) {
    auto ingredients =
        load_ingredients(arguments.var, arguments.environment, arguments.accept_config);
    if (!ingredients) {
        return complain(self, ingredients.error().text, kExitConfiguration);
    }
    const auto& environment = ingredients->environment;
    ingredients->database_id = database_id_of(environment.run, self);
    const auto name = std::string(to_text(self));
    auto lock =
        bus::LockFile::take((std::filesystem::path(environment.bus) / (name + ".lock")).string());
    if (!lock) {
        return complain(self, lock.error().text, bus::kExitTaken);
    }
    const auto folder = std::filesystem::path(environment.directory) / name;
    auto store = store::SqliteStore::open((folder / (name + ".db")).string());
    if (!store) {
        return complain(self, store.error().text, 1);
    }
    auto log = open_log(name, (std::filesystem::path(environment.directory) / "logs").string(),
                        !arguments.is_quiet);
    auto body = make(*ingredients);
    if (!body) {
        return complain(self, body.error().text, kExitConfiguration);
    }
    auto transport = bus::ZmqTransport::open(
        bus_config(self, *ingredients, inputs_of(self, ingredients->underlyings)));
    if (!transport) {
        return complain(self, transport.error().text, 1);
    }
    (*transport)->watch(signals);
    SystemClock clock;
    Surroundings surroundings{.ingredients = *ingredients,
                              .transport = **transport,
                              .store = **store,
                              .clock = clock,
                              .log = *log,
                              .is_stopping = [signals] { return has_signal(signals); }};
    return (*body)(surroundings);
}

int run_host(domain::Service self, Surroundings& around, Parts& parts) {
    Host host(host_config(self, around.ingredients), std::move(parts.core), around.transport,
              around.store, around.clock, around.log, *parts.extension);
    if (auto prepared = parts.extension->prepare(around.store); !prepared) {
        return complain(self, prepared.error().text, 1);
    }
    if (auto started = host.start(); !started) {
        return complain(self, started.error().text, 1);
    }
    base::Duration wait{};
    while (!around.is_stopping()) {
        host.cycle(wait);
        wait = host.is_busy() ? base::Duration{} : parts.extension->pause_max();
    }
    host.stop();
    return 0;
}

}  // namespace

std::string database_id_of(uint64_t run, domain::Service service) {
    base::Hash64 hash;
    hash.add(run);
    hash.add(static_cast<uint64_t>(service));
    return base::to_hex(hash.value());
}

base::Expected<Ingredients> load_ingredients(const std::string& var, const std::string& name,
                                             bool accept_config) {
    auto environment = load_environment(var, name);
    if (!environment) {
        return std::unexpected(environment.error());
    }
    const auto hash = hash_configuration(environment->config, environment->rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    if (*hash != environment->config_hash) {
        if (!accept_config) {
            return base::fail(base::ErrorKind::Conflict,
                              "the configuration or the rules changed since '" + name +
                                  "' was started (" + environment->config + ", " +
                                  environment->rules +
                                  "). Look at the change, then start with --accept-config.");
        }
        environment->config_hash = *hash;
        if (auto saved = save_environment(*environment); !saved) {
            return std::unexpected(saved.error());
        }
    }
    return gather(std::move(*environment));
}

base::Expected<Ingredients> gather(Environment environment) {
    auto settings = settings::Settings::load(environment.config);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    auto rules = market::load_rules(environment.rules);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    const auto names = settings->texts("underlyings", std::vector<std::string>{"NIFTY"});
    if (!names) {
        return std::unexpected(names.error());
    }
    std::vector<domain::Underlying> underlyings;
    for (const auto& text : *names) {
        const auto underlying = domain::parse_underlying(text);
        if (!underlying) {
            return std::unexpected(
                settings->refuse("underlyings", "'" + text + "' is not an underlying Sauda knows"));
        }
        underlyings.push_back(*underlying);
    }
    return Ingredients{.environment = std::move(environment),
                       .settings = std::move(*settings),
                       .rules = std::make_shared<domain::MarketRules>(std::move(*rules)),
                       .database_id = {},
                       .underlyings = std::move(underlyings)};
}

int run_program(int argc, char** argv, domain::Service self,
                const std::function<base::Expected<Body>(const Ingredients&)>& make) {
    const auto arguments = parse(argc, argv);
    if (!arguments) {
        return complain(self, arguments.error().text, kExitUsage);
    }
    const int signals = open_signals();
    try {
        return run(self, *arguments, make, signals);
    } catch (const std::exception& error) {
        return complain(self, error.what(), 1);
    }
}

int run_service(int argc, char** argv, domain::Service self, const MakeParts& make) {
    return run_program(
        argc, argv, self, [&](const Ingredients& ingredients) -> base::Expected<Body> {
            auto parts = make(ingredients);
            if (!parts) {
                return std::unexpected(parts.error());
            }
            auto shared = std::make_shared<Parts>(std::move(*parts));
            return Body(
                [self, shared](Surroundings& around) { return run_host(self, around, *shared); });
        });
}

}  // namespace sauda::service
