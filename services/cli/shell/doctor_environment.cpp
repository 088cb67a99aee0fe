#include "common/bus/endpoint.h"
#include "common/service/wiring.h"
#include "common/store/sqlite_store.h"
#include "services/cli/shell/ask.h"
#include "services/cli/shell/doctor_places.h"
#include "services/cli/shell/supervisor.h"

#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
using domain::Service;

// Whether a process is behind a Unix socket, without waiting for one that is not.
bool is_listening(const std::string& path) {
    sockaddr_un address{};
    if (path.size() >= sizeof(address.sun_path)) {
        return false;
    }
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return false;
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const bool is_open =
        ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    ::close(fd);
    return is_open;
}

// Linux marks the link of a program whose file was replaced.
bool is_replaced(int64_t pid) {
    std::error_code error;
    const auto target = fs::read_symlink("/proc/" + std::to_string(pid) + "/exe", error);
    return !error && target.string().ends_with(" (deleted)");
}

ServiceFacts facts_of(const service::Environment& environment, Service service) {
    ServiceFacts facts;
    facts.service = service;
    const auto socket = bus::ipc_path(bus::endpoints_in(environment.bus, service).control);
    facts.is_listening = is_listening(socket);
    if (!facts.is_listening) {
        return facts;
    }
    const auto text = ask(environment, service, "status");
    if (!text) {
        facts.refusal = text.error().kind == base::ErrorKind::Unavailable
                            ? "no answer in time; it hangs, or is stopped"
                            : text.error().text;
        return facts;
    }
    const auto status = nlohmann::json::parse(*text, nullptr, false);
    if (!status.is_object()) {
        facts.refusal = "its answer cannot be read";
        return facts;
    }
    facts.state = status.value("state", std::string("unknown"));
    facts.trouble = status.value("trouble", std::string());
    facts.runs_old_program = is_replaced(status.value("pid", int64_t{0}));
    return facts;
}

Finding judge_database(const fs::path& path, const std::string& name) {
    const auto restore =
        "stop the services, keep a copy of the file, restore a backup; `sauda why` "
        "and the archive still tell what happened";
    auto store = store::SqliteStore::open_read_only(path.string());
    if (!store) {
        return problem("database", name + ": " + store.error().text, restore);
    }
    if (const auto checked = (*store)->quick_check(); !checked) {
        return problem("database", name + ": " + checked.error().text, restore);
    }
    return ok("database", name + " is sound");
}

}  // namespace

Findings look_at_hash(const service::Environment& environment) {
    const auto hash = service::hash_configuration(environment.config, environment.rules);
    if (!hash) {
        return {problem("accepted", hash.error().text,
                        "the files run.json names must be where they were")};
    }
    if (*hash != environment.config_hash) {
        return {problem(
            "accepted",
            "the configuration or the rules changed since they were accepted (" +
                environment.config + ", " + environment.rules + ")",
            "look at the change, then `sauda up --env " + environment.name + " --accept-config`")};
    }
    return {ok("accepted", "configuration and rules are those the environment accepted")};
}

Findings look_at_databases(const service::Environment& environment) {
    Findings findings;
    std::string sound;
    for (const auto service : service::kServices) {
        const std::string name(to_text(service));
        const auto path = fs::path(environment.directory) / name / (name + ".db");
        std::error_code error;
        if (!fs::exists(path, error)) {
            continue;  // never started
        }
        auto finding = judge_database(path, name);
        if (finding.health == Health::Ok) {
            sound += (sound.empty() ? "" : ", ") + name;
        } else {
            findings.push_back(std::move(finding));
        }
    }
    if (!sound.empty()) {
        findings.push_back(ok("databases", "sound: " + sound));
    } else if (findings.empty()) {
        findings.push_back(ok("databases", "none yet"));
    }
    return findings;
}

Findings look_at_sockets(const service::Environment& environment) {
    struct stat info{};
    FolderFacts folder;
    folder.exists = ::stat(environment.bus.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
    folder.is_mine = info.st_uid == ::geteuid();
    folder.mode = info.st_mode;
    return {judge_socket_folder(folder, environment.bus)};
}

Findings look_at_services(const service::Environment& environment) {
    std::vector<ServiceFacts> facts;
    for (const auto service : service::kServices) {
        facts.push_back(facts_of(environment, service));
    }
    auto findings = judge_services(facts, supervisor_pid(environment) != 0);
    std::error_code error;
    if (fs::exists(fs::path(environment.directory) / "HALT", error)) {
        findings.push_back(warning("halt",
                                   "the file " + environment.directory + "/HALT stops all new risk",
                                   "remove it when the reason is gone, then `sauda resume`"));
    }
    return findings;
}

}  // namespace sauda::cli
