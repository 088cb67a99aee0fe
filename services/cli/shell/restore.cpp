#include "common/base/hash.h"
#include "common/service/wiring.h"
#include "common/store/sqlite_cut.h"
#include "services/cli/shell/backup.h"
#include "services/cli/shell/backup_file.h"
#include "services/cli/shell/environment_files.h"
#include "services/cli/shell/stream_check.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
using base::Expected;
using Json = nlohmann::json;

// What a backup says of itself.
struct Description {
    std::string environment;
    std::string kind;
    std::string account;
    std::string taken_at;
    bool has_own_bus = true;
};

Expected<Description> describe(const std::string& text, const std::string& path) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("format", 0) != 1) {
        return base::fail(base::ErrorKind::Corrupt,
                          path + " holds a backup of a kind this program does not know");
    }
    return Description{.environment = json.value("environment", std::string()),
                       .kind = json.value("kind", std::string()),
                       .account = json.value("account", std::string()),
                       .taken_at = json.value("taken_at", std::string()),
                       .has_own_bus = json.value("own_bus", true)};
}

// A folder that is removed unless it was put in place.
class NewFolder {
 public:
    explicit NewFolder(const fs::path& path) : path_(path) {
        std::error_code error;
        fs::remove_all(path_, error);
        fs::create_directories(path_, error);
        fs::permissions(path_, fs::perms::owner_all, error);
    }
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    ~NewFolder() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

 private:
    fs::path path_;
};

// Takes everything out, or with a service only its database. The bytes of all files.
Expected<uint64_t> extract(BackupReader& reader, const std::string& folder,
                           const std::string& service) {
    uint64_t bytes = 0;
    while (true) {
        const auto name = reader.next();
        if (!name || !*name) {
            return name ? Expected<uint64_t>(bytes) : std::unexpected(name.error());
        }
        const bool is_wanted = service.empty() || **name == service + "/" + service + ".db";
        const auto size = reader.extract(
            is_wanted && !folder.empty() ? (fs::path(folder) / **name).string() : "");
        if (!size) {
            return size;
        }
        bytes += *size;
    }
}

Expected<Stores> verified_stores(const std::string& folder) {
    for (const auto service : service::kServices) {
        const auto path = database_path(folder, service);
        std::error_code error;
        if (fs::exists(path, error)) {
            if (auto checked = store::check_integrity(path); !checked) {
                return std::unexpected(checked.error());
            }
        }
    }
    auto stores = open_stores(folder);
    if (stores) {
        if (auto checked = check_chains(*stores); !checked) {
            return std::unexpected(checked.error());
        }
    }
    return stores;
}

Expected<void> refuse_divergence(const std::vector<std::string>& sentences, const std::string& head,
                                 const RestoreOptions& options) {
    if (sentences.empty()) {
        return {};
    }
    std::string text = head;
    for (const auto& sentence : sentences) {
        text += "\n  " + sentence;
    }
    if (options.accepts_divergence) {
        std::printf("Accepted: %s\n", text.c_str());
        return {};
    }
    return base::fail(base::ErrorKind::Conflict,
                      text + "\nNothing was changed. --accept-divergence does it all the same.");
}

// Sockets, configuration and rules are where this machine has them.
void settle(service::Environment& environment, const Description& description,
            const std::string& final_directory) {
    if (description.has_own_bus) {
        environment.bus = service::socket_folder(final_directory);
    }
    const auto kept = fs::absolute(fs::path(final_directory) / "configuration");
    const auto name = fs::path(environment.config).filename();
    std::error_code error;
    if (!fs::exists(environment.config, error)) {
        std::printf("The configuration %s is not here; using %s.\n", environment.config.c_str(),
                    (kept / name).c_str());
        environment.config = (kept / name).string();
    }
    if (!fs::exists(environment.rules, error)) {
        std::printf("The rules %s are not here; using %s.\n", environment.rules.c_str(),
                    (kept / "market").c_str());
        environment.rules = (kept / "market").string();
    }
}

Expected<void> put_in_place(service::Environment environment, const std::string& folder,
                            const fs::path& target) {
    std::error_code error;
    fs::path latest;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / "reports", error)) {
        if (entry.is_directory() && entry.path().filename() > latest.filename()) {
            latest = entry.path();
        }
    }
    if (!latest.empty()) {
        fs::create_directory_symlink(latest.filename(), fs::path(folder) / "reports" / "latest",
                                     error);
    }
    fs::rename(folder, target, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot put " + target.string() + " in place: " + error.message());
    }
    environment.directory = target.string();
    auto saved = service::save_environment(environment);
    ::sync();  // a restored account is on disk before anybody is told so
    return saved;
}

Expected<void> refuse_running(const service::Environment& environment) {
    const auto running = holders(environment);
    if (running.empty()) {
        return {};
    }
    return base::fail(base::ErrorKind::Conflict,
                      "'" + environment.name + "' is running (" + joined(running) +
                          "); stop it first: sauda down --env " + environment.name);
}

// Puts an existing environment aside, unless that would lose what the backup does not hold.
Expected<void> set_aside(const service::Environment& existing, const Stores& stores,
                         const RestoreOptions& options) {
    if (!options.is_replacing) {
        return base::fail(base::ErrorKind::Conflict,
                          "the environment '" + existing.name +
                              "' exists; --replace puts it aside, or name another with --env");
    }
    if (auto stopped = refuse_running(existing); !stopped) {
        return stopped;
    }
    {
        const auto current = open_stores(existing.directory);
        if (!current) {
            std::printf("What is there cannot be compared: %s\n", current.error().text.c_str());
        } else if (auto told = refuse_divergence(
                       lost_between(*current, stores),
                       "'" + existing.name + "' went on after this backup; going back loses:",
                       options);
                   !told) {
            return told;
        }
    }
    const auto aside = fs::path(options.var) / ".replaced" /
                       (existing.name + "-" + std::to_string(std::time(nullptr)));
    std::error_code error;
    fs::create_directories(aside.parent_path(), error);
    fs::rename(existing.directory, aside, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot put " + existing.directory + " aside: " + error.message());
    }
    std::printf("What was there is in %s.\n", aside.c_str());
    return {};
}

Expected<void> restore_all(BackupReader& reader, const Description& description,
                           const RestoreOptions& options) {
    const auto name = options.environment.empty() ? description.environment : options.environment;
    const auto target = fs::path(options.var) / name;
    const NewFolder folder(fs::path(options.var) / ("." + name + ".restoring"));
    const auto bytes = extract(reader, folder.path(), "");
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    auto environment = service::load_environment(fs::path(folder.path()).parent_path().string(),
                                                 fs::path(folder.path()).filename().string());
    if (!environment) {
        return std::unexpected(environment.error());
    }
    {
        const auto stores = verified_stores(folder.path());
        if (!stores) {
            return std::unexpected(stores.error());
        }
        if (auto fits = refuse_divergence(
                divergences(*stores), "the databases in this backup do not fit together:", options);
            !fits) {
            return fits;
        }
        const auto existing = service::load_environment(options.var, name);
        std::error_code error;
        if (existing) {
            if (auto done = set_aside(*existing, *stores, options); !done) {
                return done;
            }
        } else if (fs::exists(target, error)) {
            return base::fail(base::ErrorKind::Conflict,
                              target.string() + " exists and is no environment; move it away");
        }
    }
    environment->name = name;
    settle(*environment, description, target.string());
    if (auto done = put_in_place(*environment, folder.path(), target); !done) {
        return done;
    }
    std::printf("Restored '%s' as of %s in %s (%s). `sauda up --env %s` goes on from there.\n",
                name.c_str(), description.taken_at.c_str(), target.c_str(),
                size_text(*bytes).c_str(), name.c_str());
    const auto hash = service::hash_configuration(environment->config, environment->rules);
    if (!hash || *hash != environment->config_hash) {
        std::printf(
            "The configuration or the rules here are not those of the backup (its own "
            "are in %s); look, then `sauda up --env %s --accept-config`.\n",
            (target / "configuration").c_str(), name.c_str());
    }
    return {};
}

Expected<void> restore_service(BackupReader& reader, const Description& description,
                               const RestoreOptions& options) {
    const auto service = domain::parse_service(options.service);
    if (!service) {
        return base::fail(base::ErrorKind::Invalid,
                          "there is no service '" + options.service + "'");
    }
    const auto environment = service::load_environment(
        options.var, options.environment.empty() ? description.environment : options.environment);
    if (!environment) {
        return std::unexpected(environment.error());
    }
    if (auto stopped = refuse_running(*environment); !stopped) {
        return stopped;
    }
    const NewFolder folder(fs::path(environment->directory) / ".backup-restoring");
    if (auto taken = extract(reader, folder.path(), options.service); !taken) {
        return std::unexpected(taken.error());
    }
    const auto source = database_path(folder.path(), *service);
    std::error_code error;
    if (!fs::exists(source, error)) {
        return base::fail(base::ErrorKind::NotFound,
                          "the backup holds no database of " + options.service);
    }
    {
        auto restored = verified_stores(folder.path());
        if (!restored) {
            return std::unexpected(restored.error());
        }
        Stores together;
        for (const auto other : service::kServices) {
            const auto path = database_path(environment->directory, other);
            if (other == *service || !fs::exists(path, error)) {
                continue;
            }
            auto store = store::SqliteStore::open_read_only(path);
            if (!store) {
                return std::unexpected(store.error());
            }
            together[other] = std::move(*store);
        }
        together[*service] = std::move((*restored)[*service]);
        if (auto fits = refuse_divergence(
                divergences(together),
                "the database of " + options.service + " in this backup does not fit the others:",
                options);
            !fits) {
            return fits;
        }
    }
    const auto target = database_path(environment->directory, *service);
    const auto aside = target + ".replaced-" + std::to_string(std::time(nullptr));
    fs::create_directories(fs::path(target).parent_path(), error);
    for (const auto* suffix : {"", "-wal", "-shm"}) {  // a log belongs to its own file
        fs::rename(target + suffix, aside + suffix, error);
    }
    fs::rename(source, target, error);
    ::sync();
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot put " + target + " in place: " + error.message());
    }
    std::printf("Restored the database of %s as of %s. What was there is in %s.\n",
                options.service.c_str(), description.taken_at.c_str(), aside.c_str());
    return {};
}

Expected<void> run(const RestoreOptions& options) {
    const auto key = key_of_environment();
    if (!key) {
        return std::unexpected(key.error());
    }
    auto reader = BackupReader::open(options.file, *key);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    const auto description = describe(reader->description(), options.file);
    if (!description) {
        return std::unexpected(description.error());
    }
    if (!options.is_listing) {
        return options.service.empty() ? restore_all(*reader, *description, options)
                                       : restore_service(*reader, *description, options);
    }
    const auto bytes = extract(*reader, "", "");
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    std::printf(
        "%s: environment '%s' (%s, account %s) as of %s, %s, %s. Every byte is as written.\n",
        options.file.c_str(), description->environment.c_str(), description->kind.c_str(),
        description->account.c_str(), description->taken_at.c_str(), size_text(*bytes).c_str(),
        reader->is_encrypted() ? "encrypted" : "not encrypted");
    return {};
}

}  // namespace

int restore(const RestoreOptions& options) {
    if (const auto done = run(options); !done) {
        std::fprintf(stderr, "sauda: %s\n", done.error().text.c_str());
        return 1;
    }
    return 0;
}

}  // namespace sauda::cli
