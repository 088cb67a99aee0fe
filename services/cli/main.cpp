#include "services/cli/shell/acts.h"
#include "services/cli/shell/doctor_places.h"
#include "services/cli/shell/prepare.h"
#include "services/cli/shell/session.h"
#include "services/cli/shell/status.h"
#include "services/cli/shell/supervisor.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace sauda;

struct Common {
    std::string var = "var";
    std::string environment = "paper";
};

void add_environment(CLI::App* command, Common& common) {
    command->add_option("--env", common.environment, "environment")
        ->envname("SAUDA_ENV")
        ->capture_default_str();
    command->add_option("--var", common.var, "folder of the environments")->envname("SAUDA_VAR");
}

// What stands in a configuration and is wrong, so that a misspelt key is told before it trades.
bool is_refused(const std::string& config) {
    const auto path = config.empty() ? cli::default_config() : config;
    bool refused = false;
    for (const auto& finding : cli::look_at_settings(path)) {
        if (finding.health == cli::Health::Problem) {
            std::fprintf(stderr, "sauda: %s: %s; %s\n", path.c_str(), finding.text.c_str(),
                         finding.remedy.c_str());
            refused = true;
        }
    }
    return refused;
}

int64_t permille(double speed) { return static_cast<int64_t>(speed * 1000.0 + 0.5); }

// `sauda X` runs the program sauda-X that stands beside it, with the rest of the words.
int run_program(const std::string& name, char** words) {
    const auto path = cli::program_folder() + "/sauda-" + name;
    ::execv(path.c_str(), words);
    std::fprintf(stderr, "sauda: cannot run %s\n", path.c_str());
    return 127;
}

void add_session_commands(CLI::App& app, Common& common, int& code) {
    auto* up = app.add_subcommand("up", "start every service, play a session, show the summary");
    auto options = std::make_shared<cli::UpOptions>();
    add_environment(up, common);
    up->add_option("--config", options->config, "configuration (TOML)");
    up->add_option("--rules", options->rules, "folder of the dated rules");
    up->add_option("--recording", options->recording, "play this instead of a simulated day");
    up->add_flag("--quick", options->is_quick, "a small simulated day: 11 strikes every 15 s");
    up->add_flag("--accept-config", options->accept_config, "go on with a changed configuration");
    up->add_flag("!--no-session", options->has_session, "only start the services");
    auto speed = std::make_shared<double>(1500);
    up->add_option("--speed", *speed, "times real time; 0 = as fast as it can")
        ->capture_default_str();
    up->callback([&common, options, speed, &code] {
        options->var = common.var;
        options->environment = common.environment;
        options->speed_permille = permille(*speed);
        code = is_refused(options->config) ? 78 : cli::up(*options);
    });

    auto* down = app.add_subcommand("down", "stop the services of an environment");
    add_environment(down, common);
    down->callback([&] { code = cli::down(common.var, common.environment); });

    auto* replay = app.add_subcommand("replay", "replay a recording in an environment of its own");
    auto replaying = std::make_shared<cli::ReplayOptions>();
    replay->add_option("FILE", replaying->recording, "recording (MCAP)")->required();
    replay->add_option("--var", common.var, "folder of the environments")->envname("SAUDA_VAR");
    replay->add_option("--env", replaying->environment, "name; default the next replay-NNNN");
    replay->add_option("--config", replaying->config, "configuration (TOML)");
    replay->add_option("--rules", replaying->rules, "folder of the dated rules");
    replay->add_option("--window-ms", replaying->window_ms, "W of the lockstep barrier")
        ->check(CLI::Range(1, 60'000));
    replay->add_option("--step-pause-us", replaying->step_pause_us, "wall time between steps");
    replay->add_flag("--free", replaying->is_free, "without the barrier, for load");
    replay->add_flag("--keep", replaying->is_kept_up, "leave the services running afterwards");
    auto pace = std::make_shared<double>(0);
    replay->add_option("--speed", *pace, "times real time; 0 = as fast as it can");
    replay->callback([&common, replaying, pace, &code] {
        replaying->var = common.var;
        replaying->speed_permille = permille(*pace);
        code = is_refused(replaying->config) ? 78 : cli::replay(*replaying);
    });

    auto* play = app.add_subcommand("play", "play a recording in a running environment");
    auto file = std::make_shared<std::string>();
    auto play_speed = std::make_shared<double>(0);
    add_environment(play, common);
    play->add_option("FILE", *file, "recording (MCAP)")->required();
    play->add_option("--speed", *play_speed, "times real time; 0 = as fast as it can");
    play->callback([&common, file, play_speed, &code] {
        code = cli::play(common.var, common.environment, *file, permille(*play_speed));
    });

    auto* supervise = app.add_subcommand("supervise", "keep the services running (used by up)");
    auto accept = std::make_shared<bool>(false);
    add_environment(supervise, common);
    supervise->add_flag("--accept-config", *accept, "go on with a changed configuration");
    supervise->callback([&common, accept, &code] {
        auto environment = service::load_environment(common.var, common.environment);
        if (!environment) {
            std::fprintf(stderr, "sauda: %s\n", environment.error().text.c_str());
            code = 1;
            return;
        }
        code = cli::Supervisor(*environment, common.var, *accept).run();
    });
}

// For services kept running by somebody else than `sauda up`: containers, systemd.
void add_container_commands(CLI::App& app, Common& common, int& code) {
    auto* prepare = app.add_subcommand("prepare", "make an environment, start nothing");
    auto options = std::make_shared<cli::PrepareOptions>();
    add_environment(prepare, common);
    prepare->add_option("--config", options->config, "configuration (TOML)");
    prepare->add_option("--recording", options->recording, "for the replay of this recording");
    prepare->add_option("--bus", options->bus, "folder of the sockets");
    prepare->add_flag("--accept-config", options->accept_config,
                      "go on with a changed configuration");
    prepare->callback([&common, options, &code] {
        options->var = common.var;
        options->environment = common.environment;
        code = cli::prepare(*options);
    });

    auto* session = app.add_subcommand("session", "play the session of an environment once");
    auto file = std::make_shared<std::string>();
    auto speed = std::make_shared<double>(0);
    add_environment(session, common);
    session->add_option("--recording", *file, "recording (MCAP); default the next simulated day");
    session->add_option("--speed", *speed, "times real time; 0 = as fast as it can");
    session->callback([&common, file, speed, &code] {
        code = cli::play_once(common.var, common.environment, *file, permille(*speed));
    });

    auto* health = app.add_subcommand("health", "whether a service says it is ready");
    auto service = std::make_shared<std::string>();
    add_environment(health, common);
    health->add_option("SERVICE", *service, "feed, ml_signal, strategy, risk, ...")->required();
    health->callback([&common, service, &code] {
        code = cli::health(common.var, common.environment, *service);
    });
}

void add_view_commands(CLI::App& app, Common& common, int& code) {
    auto* status = app.add_subcommand("status", "what runs, and how it is");
    auto is_json = std::make_shared<bool>(false);
    add_environment(status, common);
    status->add_flag("--json", *is_json, "for programs");
    status->callback([&common, is_json, &code] {
        code = cli::status(common.var, common.environment, *is_json);
    });

    auto* logs = app.add_subcommand("logs", "the logs of one service, or of all");
    auto service = std::make_shared<std::string>();
    auto is_following = std::make_shared<bool>(false);
    auto lines = std::make_shared<int>(50);
    add_environment(logs, common);
    logs->add_option("SERVICE", *service, "feed, ml_signal, strategy, risk, execution, ...");
    logs->add_flag("-f,--follow", *is_following, "go on printing");
    logs->add_option("-n,--lines", *lines, "how many lines")->capture_default_str();
    logs->callback([&common, service, is_following, lines, &code] {
        code = cli::logs(common.var, common.environment, *service, *is_following, *lines);
    });
}

void add_acts(CLI::App& app, Common& common, int& code) {
    auto reason = std::make_shared<std::string>();
    const auto act = [&](const char* name, const char* text, auto function, bool is_required) {
        auto* command = app.add_subcommand(name, text);
        add_environment(command, common);
        auto* option = command->add_option("--reason", *reason, "why, for the record");
        option->required(is_required);
        command->callback([&common, reason, function, &code] {
            code = function(common.var, common.environment, *reason);
        });
    };
    act("halt", "no new risk; exits stay alive", cli::halt, false);
    act("flatten", "halt, and close everything", cli::flatten, false);
    act("resume", "trade again after a halt", cli::resume, true);

    auto* bot = app.add_subcommand("bot", "start or stop one bot, or set a parameter");
    auto verb = std::make_shared<std::string>();
    auto words = std::make_shared<std::vector<std::string>>();
    add_environment(bot, common);
    bot->add_option("ACT", *verb, "start, stop or set")
        ->required()
        ->check(CLI::IsMember({"start", "stop", "set"}));
    bot->add_option("WORDS", *words, "NAME, or NAME PARAMETER VALUE")->required();
    bot->callback([&common, verb, words, &code] {
        if (*verb == "set" ? words->size() != 3 : words->size() != 1) {
            throw CLI::ValidationError("bot", "start NAME, stop NAME, or set NAME PARAMETER VALUE");
        }
        code = *verb == "set" ? cli::set_parameter(common.var, common.environment, (*words)[0],
                                                   (*words)[1], (*words)[2])
                              : cli::bot_act(common.var, common.environment, *verb, (*words)[0]);
    });

    auto* reset = app.add_subcommand("reset", "delete an environment with its account; asks first");
    auto is_sure = std::make_shared<bool>(false);
    add_environment(reset, common);
    reset->add_flag("--yes", *is_sure, "do not ask");
    reset->callback(
        [&common, is_sure, &code] { code = cli::reset(common.var, common.environment, *is_sure); });

    auto* skip = app.add_subcommand("skip", "leave out one message that stops a stream");
    auto where = std::make_shared<std::string>();
    auto stream = std::make_shared<std::string>();
    add_environment(skip, common);
    skip->add_option("SERVICE", *where, "whose input is stopped")->required();
    skip->add_option("STREAM", *stream, "as its status names it: D/risk/decision/")->required();
    skip->add_option("--reason", *reason, "why, for the record")->required();
    skip->callback([&common, where, stream, reason, &code] {
        code = cli::skip_message(common.var, common.environment, *where, *stream, *reason);
    });

    auto* ask = app.add_subcommand("ask", "ask one service something; prints JSON");
    auto service = std::make_shared<std::string>();
    auto question = std::make_shared<std::string>("status");
    auto details = std::make_shared<std::vector<std::string>>();
    add_environment(ask, common);
    ask->add_option("SERVICE", *service, "feed, risk ...")->required();
    ask->add_option("VERB", *question, "status, bots, chain, bars ...")->capture_default_str();
    ask->add_option("DETAILS", *details, "NAME=VALUE ...");
    ask->callback([&common, service, question, details, &code] {
        code = cli::ask_and_print(common.var, common.environment, *service, *question, *details);
    });

    for (const auto* name : {"pause", "continue"}) {
        auto* command = app.add_subcommand(name, "the feed's replay");
        add_environment(command, common);
        command->callback([&common, name, &code] {
            code = cli::feed_act(common.var, common.environment, name, 0);
        });
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1) {
        const std::string word = argv[1];
        for (const auto* program :
             {"import", "inspect", "merge", "simulate", "instruments", "lab", "backtest", "why",
              "rules", "doctor", "chain", "payoff", "train"}) {
            if (word == program) {
                return run_program(word, argv + 1);
            }
        }
    }
    for (const auto* verb : {"backup", "restore"}) {
        if (argc > 1 && std::string(argv[1]) == verb) {
            return run_program("operate", argv + 1);
        }
    }
    CLI::App app{
        "Sauda trades options on the Indian exchanges by itself.\n"
        "Programs of their own: import, inspect, merge, simulate, instruments, lab, backtest, "
        "why, rules, "
        "doctor, "
        "chain, "
        "payoff, train."};
    app.require_subcommand(1);
    Common common;
    int code = 0;
    add_session_commands(app, common, code);
    add_container_commands(app, common, code);
    add_view_commands(app, common, code);
    add_acts(app, common, code);
    CLI11_PARSE(app, argc, argv);
    return code;
}
