#include "common/models/files/model_folder.h"

#include "common/base/hash.h"
#include "common/models/files/model_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::models {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using base::ErrorKind;

constexpr std::uintmax_t kFileMax = 64U << 20U;
constexpr int kFormat = 1;

std::string manifest_text(const Manifest& m) {
    Json json{{"format", kFormat},
              {"origin", m.origin},
              {"underlying", m.underlying},
              {"lot", m.lot},
              {"first_day", m.first_day},
              {"last_day", m.last_day},
              {"days", m.days},
              {"rows", m.rows},
              {"events", m.events},
              {"horizon_ns", m.horizon_ns},
              {"feature_hash", m.feature_hash},
              {"seed", m.seed},
              {"trials", m.trials},
              {"has_edge", m.has_edge}};
    for (const auto& [name, hash] : m.files) {
        json["files"][name] = hash;
    }
    return json.dump(2) + "\n";
}

base::Expected<Manifest> parse_manifest(const std::string& text) {
    try {
        const auto json = Json::parse(text);
        if (json.at("format") != kFormat) {
            return base::fail(ErrorKind::Corrupt, "its format is unknown: train it again");
        }
        Manifest m;
        json.at("origin").get_to(m.origin);
        json.at("underlying").get_to(m.underlying);
        json.at("lot").get_to(m.lot);
        json.at("first_day").get_to(m.first_day);
        json.at("last_day").get_to(m.last_day);
        json.at("days").get_to(m.days);
        json.at("rows").get_to(m.rows);
        json.at("events").get_to(m.events);
        json.at("horizon_ns").get_to(m.horizon_ns);
        json.at("feature_hash").get_to(m.feature_hash);
        json.at("seed").get_to(m.seed);
        json.at("trials").get_to(m.trials);
        json.at("has_edge").get_to(m.has_edge);
        for (const auto& [name, hash] : json.at("files").items()) {
            m.files[name] = hash;
        }
        return m;
    } catch (const std::exception& error) {
        return base::fail(ErrorKind::Corrupt,
                          std::string("its manifest cannot be read: ") + error.what());
    }
}

base::Expected<std::string> read_file(const fs::path& path) {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) {
        return base::fail(ErrorKind::Corrupt, path.filename().string() + " is missing");
    }
    if (size > kFileMax) {
        return base::fail(ErrorKind::Corrupt, path.filename().string() + " is too large");
    }
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

base::Expected<void> write_file(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush()) {
        return base::fail(ErrorKind::Unavailable,
                          "cannot write " + path.string() + ": is the disk full or read-only?");
    }
    out.close();
    std::error_code error;
    fs::permissions(path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read,
                    error);
    return {};
}

std::string name_of(const Manifest& manifest, const std::string& text) {
    std::string name = manifest.underlying + "-" + base::to_hex(base::hash_bytes(text));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

base::Expected<LoadedModel> load_files(const fs::path& folder) {
    const auto text = read_file(folder / kManifestFile);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto manifest = parse_manifest(*text);
    if (!manifest) {
        return std::unexpected(manifest.error());
    }
    LoadedModel loaded;
    loaded.name = name_of(*manifest, *text);
    if (folder.filename() != loaded.name) {
        return base::fail(
            ErrorKind::Corrupt,
            "its manifest was changed, or its folder renamed: by content it is " + loaded.name);
    }
    std::map<std::string, std::string> files;
    for (const auto& [name, hash] : manifest->files) {
        if (fs::path(name).filename() != name) {
            return base::fail(ErrorKind::Corrupt, "its manifest names a file elsewhere");
        }
        auto bytes = read_file(folder / name);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        if (base::to_hex(base::hash_bytes(*bytes)) != hash) {
            return base::fail(ErrorKind::Corrupt, name + " is not what was written at training");
        }
        files[name] = std::move(*bytes);
    }
    auto model = parse_model(files[kModelFile], files[kTreesFile]);
    if (!model) {
        return std::unexpected(model.error());
    }
    loaded.manifest = std::move(*manifest);
    loaded.model = std::move(*model);
    return loaded;
}

}  // namespace

base::Expected<std::string> write_model_folder(const std::string& parent, Manifest manifest,
                                               const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files) {
        manifest.files[name] = base::to_hex(base::hash_bytes(bytes));
    }
    const auto text = manifest_text(manifest);
    const auto name = name_of(manifest, text);
    const auto folder = fs::path(parent) / name;
    std::error_code error;
    if (fs::exists(folder, error)) {
        const auto there = load_model_folder(folder.string());
        return there ? base::Expected<std::string>(name) : std::unexpected(there.error());
    }
    const auto unfinished = fs::path(parent) / ("." + name + ".new");
    fs::remove_all(unfinished, error);
    fs::create_directories(unfinished, error);
    if (error) {
        return base::fail(ErrorKind::Unavailable,
                          "cannot make the folder " + unfinished.string() + ": " + error.message());
    }
    for (const auto& [file, bytes] : files) {
        if (auto written = write_file(unfinished / file, bytes); !written) {
            return std::unexpected(written.error());
        }
    }
    if (auto written = write_file(unfinished / kManifestFile, text); !written) {
        return std::unexpected(written.error());
    }
    fs::rename(unfinished, folder, error);
    if (error) {
        return base::fail(ErrorKind::Unavailable,
                          "cannot make the folder " + folder.string() + ": " + error.message());
    }
    return name;
}

base::Expected<LoadedModel> load_model_folder(const std::string& path) {
    std::error_code error;
    const auto folder = fs::canonical(path, error);
    if (error || !fs::is_directory(folder, error)) {
        return base::fail(ErrorKind::NotFound, "there is no model folder " + path);
    }
    auto loaded = load_files(folder);
    if (!loaded) {
        return base::fail(loaded.error().kind, "the model " + folder.filename().string() +
                                                   " cannot be used: " + loaded.error().text);
    }
    return loaded;
}

}  // namespace sauda::models
