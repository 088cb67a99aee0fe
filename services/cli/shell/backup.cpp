#include "services/cli/shell/backup.h"

#include "common/base/hash.h"
#include "common/recording/session_recording.h"
#include "common/service/wiring.h"
#include "common/store/sqlite_cut.h"
#include "services/cli/shell/backup_file.h"
#include "services/cli/shell/environment_files.h"
#include "services/cli/shell/stream_check.h"
#include "services/feed/shell/driver.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <map>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
using base::Expected;
using Json = nlohmann::json;

int complain(const std::string& text) {
    std::fprintf(stderr, "sauda: %s\n", text.c_str());
    return 1;
}

// A folder beside the databases for their copies, gone with the object.
class Staging {
 public:
    explicit Staging(const std::string& directory)
        : path_(fs::path(directory) / (".backup-" + std::to_string(::getpid()))) {
        std::error_code error;
        fs::create_directories(path_, error);
        fs::permissions(path_, fs::perms::owner_all, error);
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    ~Staging() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

 private:
    fs::path path_;
};

// What was taken at one instant.
struct Taken {
    std::vector<std::string> segments;  // of the archive
    std::vector<std::string> missing;   // recordings that were played and are gone
    std::string at;                     // "2026-11-18T09:30:00Z"
};

std::string utc_now() {
    const auto now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

std::vector<std::string> segments_of(const std::string& directory) {
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry :
         fs::directory_iterator(fs::path(directory) / "recorder" / "archive", error)) {
        if (entry.path().extension() == ".mcap") {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

Expected<Taken> copy_databases(const std::string& directory, const std::string& staging) {
    std::vector<std::string> paths;
    std::vector<domain::Service> services;
    for (const auto service : service::kServices) {
        std::error_code error;
        if (fs::exists(database_path(directory, service), error)) {
            paths.push_back(database_path(directory, service));
            services.push_back(service);
        }
    }
    if (paths.empty()) {
        return base::fail(base::ErrorKind::NotFound,
                          "there is no database in " + directory + ": no service has run yet");
    }
    Taken taken;
    auto cut = store::DatabaseCut::take(paths, [&] {
        taken.at = utc_now();
        taken.segments = segments_of(directory);
    });
    if (!cut) {
        return std::unexpected(cut.error());
    }
    for (std::size_t n = 0; n < paths.size(); ++n) {
        const auto target = database_path(staging, services[n]);
        fs::create_directories(fs::path(target).parent_path());
        auto done = cut->copy(n, target);
        if (done) {
            done = store::check_integrity(target);
        }
        if (!done) {
            return std::unexpected(done.error());
        }
    }
    return taken;
}

// The part of a segment the recorder has committed; the recorder may be writing behind it, and what
// it writes there need not happen again after a restore. True when anything was left out.
Expected<bool> trim_segment(const std::string& from, const std::string& to,
                            const std::map<domain::StreamId, uint64_t>& cursors) {
    auto reader = recording::RecordingReader::open(from);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    recording::SourceDescription description;
    description.name = fs::path(from).filename().string();
    auto writer = recording::RecordingWriter::open(to, std::move(description));
    if (!writer) {
        return std::unexpected(writer.error());
    }
    bool is_trimmed = !reader->file().is_complete();
    recording::RawMessage message;
    while (true) {
        const auto more = reader->next(message);
        if (!more || !*more) {
            is_trimmed = is_trimmed || !more;
            break;
        }
        const auto cursor = cursors.find(message.stream);
        if (cursor == cursors.end() || message.seq > cursor->second) {
            is_trimmed = true;
        } else if (auto done = writer->write_raw(message); !done) {
            return std::unexpected(done.error());
        }
    }
    auto closed = writer->close();
    return closed ? Expected<bool>(is_trimmed) : std::unexpected(closed.error());
}

std::map<domain::StreamId, uint64_t> recorded_until(const Stores& stores) {
    std::map<domain::StreamId, uint64_t> cursors;
    if (const auto it = stores.find(domain::Service::Recorder); it != stores.end()) {
        for (const auto& row : it->second->cursors()) {
            cursors[static_cast<domain::StreamId>(row.stream)] = row.seq;
        }
    }
    return cursors;
}

// Where a file of the backup comes from.
struct Item {
    std::string name;
    std::string path;
};

// The recordings the account has played: with them services rebuild their view of the market.
void add_sessions(const service::Environment& environment, const Stores& stores, Taken& taken,
                  std::vector<Item>& items) {
    const auto feed = stores.find(domain::Service::Feed);
    if (feed == stores.end()) {
        return;
    }
    const auto own = fs::absolute(fs::path(environment.directory) / "sessions");
    for (const auto& file : feed::played_files(*feed->second)) {
        const fs::path path(file.path);
        const auto kept = feed::kept_name(file.content_hash);
        std::error_code error;
        const bool is_own = path.parent_path() == own;
        if (fs::exists(path, error)) {
            items.push_back({"sessions/" + (is_own ? path.filename().string() : kept), file.path});
        } else if (fs::exists(own / kept, error)) {
            items.push_back({"sessions/" + kept, (own / kept).string()});
        } else if (fs::exists(own / path.filename(), error)) {
            items.push_back(
                {"sessions/" + path.filename().string(), (own / path.filename()).string()});
        } else {
            taken.missing.push_back(file.path);
        }
    }
}

Expected<std::vector<Item>> items_of(const service::Environment& environment, Taken& taken,
                                     const Stores& stores, const std::string& staging) {
    std::vector<Item> items;
    for (const auto& [service, store] : stores) {
        const auto path = database_path(staging, service);
        items.push_back({fs::path(path).lexically_relative(staging).string(), path});
    }
    for (const auto& segment : taken.segments) {
        Item item{"recorder/archive/" + fs::path(segment).filename().string(), segment};
        if (segment == taken.segments.back()) {
            const auto trimmed = (fs::path(staging) / "segment.mcap").string();
            const auto is_shorter = trim_segment(segment, trimmed, recorded_until(stores));
            if (!is_shorter) {
                return std::unexpected(is_shorter.error());
            }
            item.path = *is_shorter ? trimmed : segment;
        }
        items.push_back(std::move(item));
    }
    add_sessions(environment, stores, taken, items);
    for (const auto& name : other_files(environment.directory)) {
        items.push_back({name, (fs::path(environment.directory) / name).string()});
    }
    const fs::path config(environment.config);
    items.push_back({"configuration/" + config.filename().string(), config.string()});
    for (const auto& entry : fs::directory_iterator(environment.rules)) {
        if (entry.is_regular_file()) {
            items.push_back({"configuration/market/" + entry.path().filename().string(),
                             entry.path().string()});
        }
    }
    // Once each: a folder `configuration` of an earlier restore may stand in the environment.
    std::map<std::string, std::string> once;
    for (auto& item : items) {
        once.insert_or_assign(std::move(item.name), std::move(item.path));
    }
    items.clear();
    for (auto& [name, path] : once) {
        items.push_back({name, path});
    }
    return items;
}

Json description_of(const service::Environment& environment, const Taken& taken,
                    const Stores& stores, const std::vector<std::string>& diverged) {
    Json services = Json::object();
    for (const auto& [service, store] : stores) {
        Json streams = Json::object();
        for (const auto& [stream, rows] : store->outbox_ends()) {
            streams[domain::topic_of(static_cast<domain::StreamId>(stream))] = rows.second.seq;
        }
        services[std::string(to_text(service))] = {{"ordinal", store->last_ordinal()},
                                                   {"streams", streams}};
    }
    const auto program = service::hash_file("/proc/self/exe");
    return {{"format", 1},
            {"environment", environment.name},
            {"kind", environment.kind},
            {"account", environment.account},
            {"run", base::to_hex(environment.run)},
            {"taken_at", taken.at},
            {"program", program ? base::to_hex(*program) : "unknown"},
            {"own_bus", environment.bus == service::socket_folder(environment.directory)},
            {"services", services},
            {"divergences", diverged}};
}

// Reads the whole file again; every byte of it is checked by the way.
Expected<uint64_t> read_back(const std::string& path, const std::optional<sealing::Key>& key) {
    auto reader = BackupReader::open(path, key);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    uint64_t bytes = 0;
    while (true) {
        const auto name = reader->next();
        if (!name || !*name) {
            return name ? Expected<uint64_t>(bytes) : std::unexpected(name.error());
        }
        const auto size = reader->extract("");
        if (!size) {
            return size;
        }
        bytes += *size;
    }
}

Expected<uint64_t> write_file(const std::string& path, const std::optional<sealing::Key>& key,
                              const std::string& description, const std::vector<Item>& items) {
    auto writer = BackupWriter::create(path, key, description);
    if (!writer) {
        return std::unexpected(writer.error());
    }
    for (const auto& item : items) {
        if (auto done = writer->add_file(item.name, item.path); !done) {
            return std::unexpected(done.error());
        }
    }
    if (auto done = writer->finish(); !done) {
        return std::unexpected(done.error());
    }
    const auto read = read_back(path, key);
    if (read && *read != writer->bytes()) {
        return base::fail(base::ErrorKind::Corrupt, path + " does not hold what was written");
    }
    return read;
}

Expected<std::string> make_backup(const service::Environment& environment,
                                  const BackupOptions& options,
                                  const std::optional<sealing::Key>& key) {
    const Staging staging(environment.directory);
    auto taken = copy_databases(environment.directory, staging.path());
    if (!taken) {
        return std::unexpected(taken.error());
    }
    const auto stores = open_stores(staging.path());
    if (!stores) {
        return std::unexpected(stores.error());
    }
    if (auto checked = check_chains(*stores); !checked) {
        return std::unexpected(checked.error());
    }
    const auto diverged = divergences(*stores);
    if (!diverged.empty() && !options.accepts_divergence) {
        std::string text =
            "the databases do not fit together; services that start on this backup "
            "would stop with a diverged stream:";
        for (const auto& sentence : diverged) {
            text += "\n  " + sentence;
        }
        return base::fail(base::ErrorKind::Conflict,
                          text +
                              "\nNothing was written. --accept-divergence writes it all the "
                              "same.");
    }
    const auto items = items_of(environment, *taken, *stores, staging.path());
    if (!items) {
        return std::unexpected(items.error());
    }
    const auto part = options.out + ".part";
    const auto bytes = write_file(
        part, key, description_of(environment, *taken, *stores, diverged).dump(), *items);
    std::error_code error;
    if (bytes) {
        fs::rename(part, options.out, error);
    }
    if (!bytes || error) {
        fs::remove(part, error);
        return bytes ? base::fail(base::ErrorKind::Unavailable, "cannot write " + options.out)
                     : std::unexpected(bytes.error());
    }
    std::string missing;
    for (const auto& recording : taken->missing) {
        missing += "Not in it, because it is gone: the recording " + recording + "\n";
    }
    return "Backup of '" + environment.name + "' as of " + taken->at + ": " + options.out + ", " +
           size_text(size_on_disk(options.out)) + (key ? ", encrypted" : ", NOT encrypted") + " (" +
           std::to_string(items->size()) + " files, " + size_text(*bytes) + ").\n" +
           "Verified: databases, chains of all streams, cursors against outboxes, and the file "
           "read back.\n" +
           missing;
}

}  // namespace

base::Expected<std::optional<sealing::Key>> key_of_environment() {
    const char* path = std::getenv("SAUDA_BACKUP_KEY_FILE");
    if (path == nullptr || *path == '\0') {
        return std::nullopt;
    }
    auto key = sealing::Key::read(path);
    if (!key) {
        return std::unexpected(key.error());
    }
    return std::optional<sealing::Key>(*key);
}

int backup(const BackupOptions& options) {
    const auto environment = service::load_environment(options.var, options.environment);
    if (!environment) {
        return complain(environment.error().text);
    }
    std::error_code error;
    if (fs::exists(options.out, error) && !options.is_forced) {
        return complain(options.out + " exists; name another file, or say --force");
    }
    auto key = options.is_plain ? Expected<std::optional<sealing::Key>>(std::nullopt)
                                : key_of_environment();
    if (!key) {
        return complain(key.error().text);
    }
    if (!*key && !options.is_plain) {
        return complain(
            "a backup holds the whole account, so it is encrypted: name a key file in "
            "SAUDA_BACKUP_KEY_FILE (`sauda backup --make-key FILE` makes one), or say "
            "--plain");
    }
    const auto text = make_backup(*environment, options, *key);
    if (!text) {
        return complain(text.error().text);
    }
    std::fputs(text->c_str(), stdout);
    return 0;
}

}  // namespace sauda::cli
