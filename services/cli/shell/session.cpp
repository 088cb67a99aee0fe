#include "services/cli/shell/session.h"

#include "common/market/load_rules.h"
#include "common/recording/source_recording.h"
#include "common/settings/settings.h"
#include "services/cli/shell/ask.h"
#include "services/cli/shell/supervisor.h"
#include "services/cli/shell/watch.h"

#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
constexpr int kExitFailed = 1;
constexpr int kReadySecondsMax = 60;
// The first simulated day of an account shows an entry, a stop, a target, a denial, a partial fill
// and a stale period; found by trying seeds.
constexpr int kFirstSeed = 3;

int complain(const std::string& text) {
    std::fprintf(stderr, "sauda: %s\n", text.c_str());
    return kExitFailed;
}

std::string find_upwards(const std::string& relative) {
    for (auto folder = fs::path(program_folder()); folder.has_relative_path();
         folder = folder.parent_path()) {
        if (fs::exists(folder / relative)) {
            return (folder / relative).string();
        }
    }
    return relative;
}

base::Expected<std::string> account_of(const std::string& config, const std::string& chosen) {
    auto settings = settings::Settings::load(config);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    return chosen.empty() ? settings->text("account") : base::Expected<std::string>(chosen);
}

std::string last_line(const fs::path& path) {
    std::ifstream in(path);
    std::string line;
    std::string last;
    while (std::getline(in, line)) {
        last = line;
    }
    return last;
}

// Services that said they cannot run like this (bad configuration, another copy), with why.
std::string refusals(const service::Environment& environment) {
    std::ifstream in(fs::path(environment.directory) / "supervisor.json");
    const auto state = in ? nlohmann::json::parse(in, nullptr, false) : nlohmann::json();
    std::string text;
    if (!state.is_object()) {
        return text;
    }
    const auto services = state.value("services", nlohmann::json::object());
    for (const auto& [name, entry] : services.items()) {
        const auto exit = entry.value("last_exit", std::string());
        if (entry.value("pid", 0) == 0 && exit.rfind("exit code ", 0) == 0 &&
            exit != "exit code 0") {
            const auto why = last_line(fs::path(environment.directory) / "logs" / (name + ".err"));
            if (text.find(why.substr(why.find(':') + 1)) == std::string::npos) {
                text += (text.empty() ? "" : "\n") + why;
            }
        }
    }
    return text;
}

// Waits until every service is ready; says who is not.
base::Expected<Watch> wait_until_ready(const service::Environment& environment) {
    auto watch = Watch::open(environment);
    if (!watch) {
        return watch;
    }
    for (int n = 0; n < kReadySecondsMax * 20; ++n) {
        watch->listen(base::milliseconds(50));
        if (watch->are_all_ready()) {
            return watch;
        }
        if (const auto why = n > 20 ? refusals(environment) : std::string(); !why.empty()) {
            return base::fail(base::ErrorKind::Invalid, why);
        }
    }
    return base::fail(base::ErrorKind::Unavailable,
                      "not ready after " + std::to_string(kReadySecondsMax) + " s: " +
                          watch->not_ready() + ". Look at `sauda logs` and `sauda status`.");
}

volatile sig_atomic_t view_stopped = 0;  // set by Ctrl-C only; the view's loop reads it

// The live line until the report of this play is written. False: the owner left the view.
bool view_until_report(Watch& watch, int64_t reports_before) {
    struct sigaction action{};
    action.sa_handler = [](int) { view_stopped = 1; };
    ::sigaction(SIGINT, &action, nullptr);
    const bool is_terminal = ::isatty(1) == 1;
    int64_t printed_s = -5;
    for (int64_t tick = 0; view_stopped == 0; ++tick) {
        watch.listen(base::milliseconds(100));
        if (watch.metric(domain::Service::Recorder, "reports") > reports_before) {
            if (is_terminal) {
                std::printf("\r\033[K");
            }
            return true;
        }
        if (is_terminal) {
            std::printf("\r\033[K%.110s", watch.live_line().c_str());
            std::fflush(stdout);
        } else if (::time(nullptr) - printed_s >= 5) {
            printed_s = ::time(nullptr);
            std::printf("%s\n", watch.live_line().c_str());
            std::fflush(stdout);
        }
    }
    std::printf(
        "\nThe view is closed; the system goes on. `sauda status` shows it, `sauda down` "
        "stops it.\n");
    return false;
}

int print_report(const service::Environment& environment) {
    const auto folder = fs::path(environment.directory) / "reports" / "latest";
    std::ifstream text(folder / "summary.txt");
    if (!text) {
        return complain("there is no report in " + folder.string() +
                        "; the recorder's log says why: `sauda logs recorder`");
    }
    std::cout << text.rdbuf();
    std::ifstream in(folder / "summary.json");
    const auto json = nlohmann::json::parse(in, nullptr, false);
    const nlohmann::json::json_pointer balanced("/money/balanced");
    const bool balances = json.is_object() && json.value(balanced, false);
    if (!balances) {
        return complain("the books do not balance; see the summary above");
    }
    return 0;
}

int play_and_report(const service::Environment& environment, Watch& watch,
                    const std::string& recording, int64_t speed_permille,
                    int64_t step_pause_us = 0) {
    const int64_t reports = watch.metric(domain::Service::Recorder, "reports");
    const auto played = ask(environment, domain::Service::Feed, "play",
                            {{"file", fs::absolute(recording).string()},
                             {"speed_permille", std::to_string(speed_permille)},
                             {"step_pause_us", std::to_string(step_pause_us)}});
    if (!played) {
        return complain(played.error().text);
    }
    return view_until_report(watch, reports) ? print_report(environment) : 0;
}

// The next simulated day of the account: the trading day after the last one it has seen.
base::Expected<std::string> next_day(const service::Environment& environment, bool is_quick) {
    auto status = ask(environment, domain::Service::Feed, "status");
    if (!status) {
        return status;
    }
    auto rules = market::load_rules(environment.rules);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    const auto json = nlohmann::json::parse(*status, nullptr, false);
    const base::Timestamp last{json.value("event_time_ns", int64_t{0})};
    const auto first = base::date_of(2026, 11, 18);
    const auto before = last.ns > 0 ? base::ist_date(last) : domain::Date{first.days - 1};
    const auto date = rules->next_trading_day(domain::Exchange::NSE, before);
    const auto folder = fs::path(environment.directory) / "sessions";
    fs::create_directories(folder);
    const auto path = (folder / (domain::to_text(date) + ".mcap")).string();
    std::vector<std::string> words{(fs::path(program_folder()) / "sauda-simulate").string(),
                                   "--market",
                                   environment.rules,
                                   "--date",
                                   domain::to_text(date),
                                   "--seed",
                                   std::to_string(kFirstSeed + date.days - first.days),
                                   "--out",
                                   path,
                                   "--force"};
    if (is_quick) {
        words.emplace_back("--quick");
    } else {
        words.insert(words.end(), {"--updates", "1", "--fault", "silence@12:20+60s"});
        if (date == first) {
            words.insert(words.end(), {"--day", "trend"});
        }
    }
    // The account's days are one market: each opens where the one before closed.
    const auto yesterday = folder / (domain::to_text(base::ist_date(last)) + ".mcap");
    if (fs::exists(yesterday)) {
        words.insert(words.end(), {"--after", yesterday.string()});
    }
    std::string command;
    for (const auto& word : words) {
        command += "'" + word + "' ";
    }
    if (std::system((command + ">/dev/null").c_str()) != 0) {
        return base::fail(base::ErrorKind::Unavailable, "could not make a session: " + command);
    }
    return path;
}

// How many sessions had been played when the one that was not reported yet began.
std::optional<int64_t> marked_session(const fs::path& marker) {
    std::ifstream in(marker);
    int64_t number = 0;
    return in >> number ? std::optional(number) : std::nullopt;
}

std::string next_replay_name(const std::string& var) {
    for (int n = 1;; ++n) {
        char name[32];
        std::snprintf(name, sizeof name, "replay-%04d", n);
        if (!fs::exists(fs::path(var) / name)) {
            return name;
        }
    }
}

}  // namespace

std::string default_config() { return find_upwards("deploy/config/paper.toml"); }
std::string default_rules() { return find_upwards("deploy/market"); }

base::Expected<service::Environment> ensure_environment(const UpOptions& options) {
    auto existing = service::load_environment(options.var, options.environment);
    if (existing && !options.config.empty() &&
        fs::absolute(options.config).string() != existing->config) {
        return base::fail(
            base::ErrorKind::Conflict,
            "'" + options.environment + "' exists and trades by " + existing->config +
                ". Edit that file, or name another environment: --env NAME --config " +
                options.config);
    }
    if (existing || existing.error().kind != base::ErrorKind::NotFound) {
        return existing;
    }
    service::Environment environment;
    environment.name = options.environment;
    environment.kind = "paper";
    environment.directory = (fs::path(options.var) / options.environment).string();
    environment.bus =
        options.bus.empty() ? service::socket_folder(environment.directory) : options.bus;
    environment.config =
        fs::absolute(options.config.empty() ? default_config() : options.config).string();
    environment.rules =
        fs::absolute(options.rules.empty() ? default_rules() : options.rules).string();
    const auto account = account_of(environment.config, options.account);
    if (!account) {
        return std::unexpected(account.error());
    }
    environment.account = *account;
    const auto hash = service::hash_configuration(environment.config, environment.rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    environment.config_hash = *hash;
    // A function of name and configuration: two fresh accounts that see the same days print the
    // same results.
    base::Hash64 run;
    run.add_bytes(environment.name);
    run.add(environment.config_hash);
    environment.run = run.value();
    if (auto saved = service::save_environment(environment); !saved) {
        return std::unexpected(saved.error());
    }
    return environment;
}

int up(const UpOptions& options) {
    auto environment = ensure_environment(options);
    if (!environment) {
        return complain(environment.error().text);
    }
    if (supervisor_pid(*environment) == 0) {
        const auto started =
            start_supervisor(options.var, options.environment, options.accept_config);
        if (!started) {
            return complain(started.error().text);
        }
    }
    auto watch = wait_until_ready(*environment);
    if (!watch) {
        return complain(watch.error().text);
    }
    std::printf("All services are ready in environment '%s' (account %s).\n",
                environment->name.c_str(), environment->account.c_str());
    if (!options.has_session) {
        return 0;
    }
    auto recording = options.recording.empty() ? next_day(*environment, options.is_quick)
                                               : base::Expected<std::string>(options.recording);
    if (!recording) {
        return complain(recording.error().text);
    }
    return play_and_report(*environment, *watch, *recording, options.speed_permille);
}

int down(const std::string& var, const std::string& name) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        return complain(environment.error().text);
    }
    if (supervisor_pid(*environment) == 0) {
        std::printf("'%s' is not running.\n", name.c_str());
        return 0;
    }
    if (!stop_supervisor(*environment)) {
        return complain("'" + name + "' did not stop within 30 s");
    }
    std::printf("'%s' is stopped; its account is kept in %s.\n", name.c_str(),
                environment->directory.c_str());
    return 0;
}

int reset(const std::string& var, const std::string& name, bool is_sure) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        return complain(environment.error().text);
    }
    if (supervisor_pid(*environment) != 0) {
        return complain("'" + name + "' is running; stop it first: sauda down --env " + name);
    }
    if (!is_sure) {
        std::printf("This deletes %s with its account, orders and history. Type %s to go on: ",
                    environment->directory.c_str(), name.c_str());
        std::fflush(stdout);
        std::string typed;
        std::getline(std::cin, typed);
        if (typed != name) {
            return complain("nothing was deleted");
        }
    }
    std::error_code error;
    fs::remove_all(environment->directory, error);
    if (error) {
        return complain("cannot delete " + environment->directory + ": " + error.message());
    }
    std::printf("'%s' is gone; `sauda up --env %s` starts a new account.\n", name.c_str(),
                name.c_str());
    return 0;
}

int play(const std::string& var, const std::string& name, const std::string& recording,
         int64_t speed_permille) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        return complain(environment.error().text);
    }
    auto watch = wait_until_ready(*environment);
    if (!watch) {
        return complain(watch.error().text);
    }
    return play_and_report(*environment, *watch, recording, speed_permille);
}

int play_once(const std::string& var, const std::string& name, const std::string& recording,
              int64_t speed_permille) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        return complain(environment.error().text);
    }
    auto watch = wait_until_ready(*environment);
    if (!watch) {
        return complain(watch.error().text);
    }
    const bool is_playing = watch->metric(domain::Service::Feed, "playing") != 0;
    const int64_t finished = watch->metric(domain::Service::Feed, "plays_finished");
    const auto marker = fs::path(environment->directory) / "session";
    const int64_t before = is_playing           ? finished
                           : !recording.empty() ? int64_t{0}
                                                : marked_session(marker).value_or(finished);
    int code = 0;
    if (is_playing || before < finished) {
        code = view_until_report(*watch, std::max(before, finished - 1))
                   ? print_report(*environment)
                   : 0;
    } else {
        std::ofstream(marker) << finished << "\n";
        const auto file = recording.empty() ? next_day(*environment, false)
                                            : base::Expected<std::string>(recording);
        code = file ? play_and_report(*environment, *watch, *file, speed_permille)
                    : complain(file.error().text);
    }
    if (code == 0 && view_stopped == 0) {
        std::error_code error;
        fs::remove(marker, error);
    }
    return code;
}

base::Expected<service::Environment> describe_replay(const ReplayOptions& options,
                                                     const std::string& name) {
    const auto source = recording::SourceRecording::open(options.recording);
    if (!source) {
        return std::unexpected(source.error());
    }
    service::Environment environment;
    environment.name = name;
    environment.kind = "replay";
    environment.directory = (fs::path(options.var) / name).string();
    environment.bus =
        options.bus.empty() ? service::socket_folder(environment.directory) : options.bus;
    environment.config =
        fs::absolute(options.config.empty() ? default_config() : options.config).string();
    environment.rules =
        fs::absolute(options.rules.empty() ? default_rules() : options.rules).string();
    const auto hash = service::hash_configuration(environment.config, environment.rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    const auto account = account_of(environment.config, options.account);
    if (!account) {
        return std::unexpected(account.error());
    }
    environment.account = *account;
    environment.config_hash = *hash;
    environment.window = base::milliseconds(options.window_ms);
    environment.is_lockstep = !options.is_free;
    environment.is_power_safe = false;
    environment.run = service::replay_run(source->source().content_hash, *hash, environment.window);
    return environment;
}

int replay(const ReplayOptions& options) {
    const auto name =
        options.environment.empty() ? next_replay_name(options.var) : options.environment;
    const auto described = describe_replay(options, name);
    if (!described) {
        return complain(described.error().text);
    }
    const auto& environment = *described;
    if (fs::exists(fs::path(options.var) / environment.name)) {
        return complain("the environment '" + environment.name +
                        "' exists; a replay starts from nothing. Choose another name.");
    }
    if (auto saved = service::save_environment(environment); !saved) {
        return complain(saved.error().text);
    }
    if (options.is_free) {
        std::printf("Free running: not reproducible.\n");
    }
    const auto started = start_supervisor(options.var, environment.name, false);
    if (!started) {
        return complain(started.error().text);
    }
    auto watch = wait_until_ready(environment);
    const int code = watch ? play_and_report(environment, *watch, options.recording,
                                             options.speed_permille, options.step_pause_us)
                           : complain(watch.error().text);
    if (!options.is_kept_up && view_stopped == 0) {
        stop_supervisor(environment);
    }
    return code;
}

}  // namespace sauda::cli
