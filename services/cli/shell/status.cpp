#include "services/cli/shell/status.h"

#include "common/service/wiring.h"
#include "common/wire/format.h"
#include "services/cli/shell/ask.h"
#include "services/cli/shell/supervisor.h"
#include "services/cli/shell/watch.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json supervisor_state(const service::Environment& environment) {
    std::ifstream in(fs::path(environment.directory) / "supervisor.json");
    auto state = in ? Json::parse(in, nullptr, false) : Json::object();
    return state.is_object() ? state : Json::object();
}

int64_t wall_ns() {
    timespec t{};
    ::clock_gettime(CLOCK_REALTIME, &t);
    return static_cast<int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

uint64_t lag_of(const Json& status, const std::map<std::string, uint64_t>& ends) {
    uint64_t lag = 0;
    for (const auto& cursor : status.value("cursors", Json::array())) {
        const auto it = ends.find(cursor.at("topic").get<std::string>());
        const auto seq = cursor.at("seq").get<uint64_t>();
        if (it != ends.end() && it->second > seq) {
            lag += it->second - seq;
        }
    }
    return lag;
}

void print_service(const std::string& name, const Json& status, const Json& supervised,
                   const std::map<std::string, uint64_t>& ends, const std::string& beat) {
    const int restarts = supervised.value("restarts", 0);
    if (!status.is_object()) {
        std::printf("%-10s %-10s %7s %9s %8d %8s %s\n", name.c_str(), "DOWN", "-", "-", restarts,
                    "-", supervised.value("last_exit", std::string()).c_str());
        return;
    }
    const auto uptime = base::Duration{wall_ns() - status.value("started_at_ns", int64_t{0})};
    std::string last;
    for (const auto& stream : status.value("streams", Json::array())) {
        last += stream.at("topic").get<std::string>() + "=" +
                std::to_string(stream.at("last").get<uint64_t>()) + " ";
    }
    std::printf("%-10s %-10s %7ld %9s %8d %8s %5llu %4llu  %s\n", name.c_str(),
                status.value("state", std::string("?")).c_str(), status.value("pid", 0L),
                wire::duration_text({uptime.ns / 1'000'000'000 * 1'000'000'000}).c_str(), restarts,
                beat.c_str(), static_cast<unsigned long long>(status.value("epoch", uint64_t{0})),
                static_cast<unsigned long long>(lag_of(status, ends)), last.c_str());
    if (status.contains("trouble")) {
        std::printf("           ! %s\n", status["trouble"].get<std::string>().c_str());
    }
}

void print_bots(const Json& strategy) {
    if (!strategy.is_object() || !strategy.contains("bots")) {
        return;
    }
    std::printf("\n%-20s %-16s %-9s %6s %13s %8s %8s\n", "bot", "kind", "state", "open",
                "trades today", "intents", "skipped");
    for (const auto& bot : strategy["bots"]) {
        const auto count = [&bot](const char* name) {
            return static_cast<long long>(bot.value(name, int64_t{0}));
        };
        std::printf(
            "%-20s %-16s %-9s %6lld %13lld %8lld %8lld\n", bot.value("name", std::string()).c_str(),
            bot.value("kind", std::string()).c_str(), bot.value("state", std::string()).c_str(),
            count("open"), count("trades_today"), count("intents"), count("skipped"));
    }
}

}  // namespace

int status(const std::string& var, const std::string& name, bool is_json) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        std::fprintf(stderr, "sauda: %s\n", environment.error().text.c_str());
        return 1;
    }
    const auto supervised = supervisor_state(*environment);
    Json all;
    std::map<std::string, uint64_t> ends;
    bool are_all_up = true;
    for (const auto service : service::kServices) {
        const auto text = ask(*environment, service, "status");
        const auto key = std::string(to_text(service));
        all[key] = text ? Json::parse(*text, nullptr, false) : Json();
        are_all_up = are_all_up && text && all[key].value("state", std::string()) == "READY";
        if (all[key].is_object()) {
            for (const auto& stream : all[key].value("streams", Json::array())) {
                ends[stream.at("topic")] = stream.at("last");
            }
        }
    }
    if (is_json) {
        std::printf("%s\n", all.dump(2).c_str());
        return are_all_up ? 0 : 1;
    }
    std::printf("environment %s (%s), account %s, supervisor %s\n\n", environment->name.c_str(),
                environment->kind.c_str(), environment->account.c_str(),
                supervisor_pid(*environment) != 0 ? "running" : "not running");
    auto watch = Watch::open(*environment);
    if (watch) {
        watch->listen_for(base::milliseconds(250));
    }
    std::printf("%-10s %-10s %7s %9s %8s %8s %5s %4s  %s\n", "service", "state", "pid", "uptime",
                "restarts", "beat", "epoch", "lag", "last sequence of its streams");
    for (const auto service : service::kServices) {
        const auto key = std::string(to_text(service));
        print_service(key, all[key],
                      supervised.value("services", Json::object()).value(key, Json::object()), ends,
                      watch ? watch->heartbeat_age(service) : "-");
    }
    if (const auto bots = ask(*environment, domain::Service::Strategy, "bots")) {
        print_bots(Json::parse(*bots, nullptr, false));
    }
    if (all["feed"].is_object()) {
        std::printf("\nsession clock %s\n",
                    wire::ist_clock({all["feed"].value("event_time_ns", int64_t{0})}).c_str());
    }
    return are_all_up ? 0 : 1;
}

int logs(const std::string& var, const std::string& name, const std::string& service,
         bool is_following, int lines) {
    const auto environment = service::load_environment(var, name);
    if (!environment) {
        std::fprintf(stderr, "sauda: %s\n", environment.error().text.c_str());
        return 1;
    }
    const auto folder = fs::path(environment->directory) / "logs";
    std::vector<std::string> words{"tail", "-n", std::to_string(lines)};
    if (is_following) {
        words.emplace_back("-F");
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto file = entry.path().filename().string();
        // One file per service and day holds everything; those with a topic repeat it.
        const bool is_main = file.find('-') == std::string::npos && file.find(".log") != file.npos;
        const bool is_dated = file.rfind(service + "_", 0) == 0;
        if (service.empty() ? is_main : is_dated || file == service + ".err") {
            words.push_back(entry.path().string());
        }
    }
    if (words.size() < 4) {
        std::fprintf(stderr, "sauda: no log of '%s' in %s\n", service.c_str(), folder.c_str());
        return 1;
    }
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    ::execvp("tail", arguments.data());
    return 1;
}

}  // namespace sauda::cli
