#include "common/service/environment.h"

#include "common/base/hash.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace sauda::service {

namespace fs = std::filesystem;

base::Expected<uint64_t> hash_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return base::fail(base::ErrorKind::NotFound, "cannot read " + path);
    }
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    return base::hash_bytes(bytes);
}

base::Expected<uint64_t> hash_folder(const std::string& path) {
    std::error_code error;
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        if (entry.is_regular_file()) {
            names.push_back(entry.path().filename().string());
        }
    }
    if (error) {
        return base::fail(base::ErrorKind::NotFound, "cannot read the folder " + path);
    }
    std::sort(names.begin(), names.end());
    base::Hash64 hash;
    for (const auto& name : names) {
        const auto file = hash_file((fs::path(path) / name).string());
        if (!file) {
            return file;
        }
        hash.add_bytes(name);
        hash.add(*file);
    }
    return hash.value();
}

base::Expected<uint64_t> hash_configuration(const std::string& config, const std::string& rules) {
    const auto file = hash_file(config);
    const auto folder = hash_folder(rules);
    if (!file || !folder) {
        return file ? folder : file;
    }
    base::Hash64 hash;
    hash.add(*file);
    hash.add(*folder);
    return hash.value();
}

std::string socket_folder(const std::string& directory) {
    constexpr std::size_t kRoomForName = 20;
    constexpr std::size_t kSocketPathMax = 107;
    const auto folder = fs::absolute(fs::path(directory) / "bus").string();
    if (folder.size() + kRoomForName <= kSocketPathMax) {
        return folder;
    }
    return "/tmp/sauda-" + base::to_hex(base::hash_bytes(folder));
}

base::Expected<void> save_environment(const Environment& environment) {
    std::error_code error;
    fs::create_directories(environment.directory, error);
    fs::create_directories(environment.bus, error);
    if (!error) {
        fs::permissions(environment.bus, fs::perms::owner_all, error);
    }
    const nlohmann::json json{{"name", environment.name},
                              {"kind", environment.kind},
                              {"bus", environment.bus},
                              {"config", environment.config},
                              {"rules", environment.rules},
                              {"account", environment.account},
                              {"run", base::to_hex(environment.run)},
                              {"config_hash", base::to_hex(environment.config_hash)},
                              {"lockstep", environment.is_lockstep},
                              {"power_safe", environment.is_power_safe},
                              {"window_ns", environment.window.ns},
                              {"binary", environment.binary}};
    const auto path = fs::path(environment.directory) / "run.json";
    const auto temporary = path.string() + ".new";
    {
        std::ofstream out(temporary);
        out << json.dump(2) << "\n";
        if (!out.flush()) {
            return base::fail(base::ErrorKind::Unavailable,
                              "cannot write " + temporary + ": is the disk full or read-only?");
        }
    }
    fs::rename(temporary, path, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot write " + path.string() + ": " + error.message());
    }
    return {};
}

base::Expected<Environment> load_environment(const std::string& var, const std::string& name) {
    const auto directory = fs::path(var) / name;
    const auto path = directory / "run.json";
    std::ifstream in(path);
    if (!in) {
        return base::fail(base::ErrorKind::NotFound,
                          "there is no environment '" + name + "' (looked for " + path.string() +
                              "). `sauda up` makes the environment 'paper'.");
    }
    try {
        const auto json = nlohmann::json::parse(in);
        Environment environment{
            .name = json.at("name"),
            .kind = json.at("kind"),
            .directory = directory.string(),
            .bus = json.at("bus"),
            .config = json.at("config"),
            .rules = json.at("rules"),
            .account = json.at("account"),
            .run = std::stoull(json.at("run").get<std::string>(), nullptr, 16),
            .config_hash = std::stoull(json.at("config_hash").get<std::string>(), nullptr, 16),
            .is_lockstep = json.at("lockstep"),
            .is_power_safe = json.at("power_safe"),
            .window = {json.at("window_ns").get<int64_t>()},
            .binary = json.at("binary")};
        return environment;
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Corrupt, path.string() + " is damaged: " + error.what());
    }
}

uint64_t replay_run(uint64_t recording_hash, uint64_t config_hash, base::Duration window) {
    base::Hash64 hash;
    hash.add(recording_hash);
    hash.add(config_hash);
    hash.add(static_cast<uint64_t>(window.ns));
    return hash.value();
}

}  // namespace sauda::service
