#include "services/cli/shell/supervisor.h"

#include "common/bus/lock_file.h"
#include "common/service/system_clock.h"
#include "common/service/wiring.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
constexpr int64_t kSilenceNs = 10'000'000'000;
constexpr int kRefusals[] = {64, 75, 78};

int64_t now_ns() { return service::SystemClock().monotonic_ns(); }

std::string exit_text(int status) {
    if (WIFSIGNALED(status)) {
        return "killed by signal " + std::to_string(WTERMSIG(status));
    }
    return "exit code " + std::to_string(WEXITSTATUS(status));
}

fs::path state_path(const service::Environment& environment) {
    return fs::path(environment.directory) / "supervisor.json";
}

}  // namespace

std::string program_folder() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path().string();
}

Supervisor::Supervisor(service::Environment environment, std::string var, bool accept_config)
    : environment_(std::move(environment)),
      var_(std::move(var)),
      accept_config_(accept_config),
      programs_(program_folder()) {
    for (const auto service : service::kServices) {
        Child child;
        child.service = service;
        children_.push_back(std::move(child));
    }
}

int Supervisor::run() {
    auto lock = bus::LockFile::take((fs::path(environment_.bus) / "supervisor.lock").string());
    if (!lock) {
        return bus::kExitTaken;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const int fd = ::signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    // Children are forked and executed before the bus is opened and between polls; execve keeps
    // nothing of it because its descriptors close on exec.
    bus::ZmqConfig config;
    config.self = domain::Service::Operator;
    config.directory = environment_.bus;
    config.binds = false;
    for (const auto& child : children_) {
        config.upstreams.push_back(child.service);
        config.subscriptions[child.service] = {domain::heartbeat_stream(child.service)};
    }
    for (auto& child : children_) {
        start(child);
    }
    auto transport = bus::ZmqTransport::open(std::move(config));
    if (transport) {
        transport_ = std::move(*transport);
        transport_->watch(fd);
    }
    while (true) {
        listen();
        signalfd_siginfo info{};
        bool is_stopping = false;
        while (::read(fd, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
            is_stopping = is_stopping || info.ssi_signo != SIGCHLD;
        }
        if (is_stopping) {
            break;
        }
        reap();
        kill_silent();
        for (auto& child : children_) {
            if (child.pid == 0 && now_ns() >= child.start_at_ns) {
                start(child);
            }
        }
    }
    stop_all();
    fs::remove(state_path(environment_));
    return 0;
}

void Supervisor::start(Child& child) {
    const auto name = std::string(to_text(child.service));
    const auto program = (fs::path(programs_) / ("sauda-" + name)).string();
    const auto logs = fs::path(environment_.directory) / "logs";
    std::error_code error;
    fs::create_directories(logs, error);
    const auto output = (logs / (name + ".err")).string();
    std::vector<std::string> words{program, "--env", environment_.name, "--var", var_, "--quiet"};
    if (accept_config_) {
        words.emplace_back("--accept-config");
    }
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    child.respawn.started(now_ns());
    child.heard_at_ns = now_ns();
    const pid_t pid = ::vfork();
    if (pid == 0) {
        // A supervisor that is killed takes its services along, in order: the next one starts them.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execv(program.c_str(), arguments.data());
        ::_exit(127);
    }
    child.pid = pid;
    write_state();
}

void Supervisor::reap() {
    int status = 0;
    for (pid_t pid = ::waitpid(-1, &status, WNOHANG); pid > 0;
         pid = ::waitpid(-1, &status, WNOHANG)) {
        for (auto& child : children_) {
            if (child.pid != pid) {
                continue;
            }
            const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
            const bool is_refusal =
                std::find(std::begin(kRefusals), std::end(kRefusals), code) != std::end(kRefusals);
            child.pid = 0;
            child.last_exit = exit_text(status);
            child.start_at_ns = child.respawn.stopped(now_ns(), is_refusal);
            write_state();
        }
    }
}

void Supervisor::listen() {
    std::vector<bus::Arrival> arrivals;
    if (!transport_) {
        ::usleep(50'000);
        return;
    }
    transport_->poll(arrivals, base::milliseconds(100));
    for (const auto& arrival : arrivals) {
        if (const auto* frame = std::get_if<bus::FrameArrived>(&arrival)) {
            for (auto& child : children_) {
                if (child.service == frame->from) {
                    child.heard_at_ns = now_ns();
                }
            }
        }
    }
}

void Supervisor::kill_silent() {
    for (auto& child : children_) {
        if (child.pid != 0 && now_ns() - child.heard_at_ns > kSilenceNs) {
            child.last_exit = "silent for 10 s";
            ::kill(child.pid, SIGKILL);
            child.heard_at_ns = now_ns();
        }
    }
}

void Supervisor::write_state() const {
    nlohmann::json state{{"pid", ::getpid()}};
    for (const auto& child : children_) {
        state["services"][std::string(to_text(child.service))] = {
            {"pid", child.pid},
            {"restarts", child.respawn.restarts()},
            {"last_exit", child.last_exit}};
    }
    const auto path = state_path(environment_);
    const auto temporary = path.string() + ".new";
    std::ofstream(temporary) << state.dump(2) << "\n";
    std::error_code error;
    fs::rename(temporary, path, error);
}

void Supervisor::stop_all() {
    for (auto it = children_.rbegin(); it != children_.rend(); ++it) {
        if (it->pid == 0) {
            continue;
        }
        ::kill(it->pid, SIGTERM);
        ::kill(it->pid, SIGCONT);
        for (int n = 0; n < 60 && it->pid != 0; ++n) {
            if (::waitpid(it->pid, nullptr, WNOHANG) == it->pid) {
                it->pid = 0;
            } else {
                ::usleep(50'000);
            }
        }
        if (it->pid != 0) {
            ::kill(it->pid, SIGKILL);
            ::waitpid(it->pid, nullptr, 0);
            it->pid = 0;
        }
    }
}

base::Expected<pid_t> start_supervisor(const std::string& var, const std::string& name,
                                       bool accept_config) {
    const auto program = (fs::path(program_folder()) / "sauda").string();
    std::vector<std::string> words{program, "supervise", "--env", name, "--var", var};
    if (accept_config) {
        words.emplace_back("--accept-config");
    }
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const auto output = (fs::path(var) / name / "supervisor.err").string();
    const pid_t pid = ::fork();
    if (pid < 0) {
        return base::fail(base::ErrorKind::Unavailable, "cannot start a process");
    }
    if (pid == 0) {
        ::setsid();
        const int null = ::open("/dev/null", O_RDONLY);
        const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(null, 0);
        ::dup2(out, 1);
        ::dup2(out, 2);
        ::execv(program.c_str(), arguments.data());
        ::_exit(127);
    }
    return pid;
}

pid_t supervisor_pid(const service::Environment& environment) {
    std::ifstream in(state_path(environment));
    if (!in) {
        return 0;
    }
    const auto state = nlohmann::json::parse(in, nullptr, false);
    if (state.is_discarded() || !state.contains("pid")) {
        return 0;
    }
    // The lock says whether it lives: a pid may have been given to another process since.
    auto lock = bus::LockFile::take((fs::path(environment.bus) / "supervisor.lock").string());
    return lock ? 0 : state["pid"].get<pid_t>();
}

bool stop_supervisor(const service::Environment& environment) {
    const pid_t pid = supervisor_pid(environment);
    if (pid == 0) {
        return true;
    }
    ::kill(pid, SIGTERM);
    for (int n = 0; n < 600; ++n) {
        ::waitpid(pid, nullptr, WNOHANG);
        if (supervisor_pid(environment) == 0) {
            return true;
        }
        ::usleep(50'000);
    }
    return false;
}

}  // namespace sauda::cli
