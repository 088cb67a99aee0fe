#include "services/lab/shell/run_manifest.h"

#include "services/ml_signal/shell/settings.h"

#include <filesystem>

namespace sauda::lab {

uint64_t data_hash_of(const std::vector<Recording>& recordings) {
    if (recordings.size() == 1) {
        return recordings.front().source.content_hash;
    }
    base::Hash64 hash;
    for (const auto& one : recordings) {
        hash.add(one.source.content_hash);
    }
    return hash.value();
}

base::Expected<RunManifest> make_manifest(const service::Ingredients& ingredients,
                                          std::vector<Recording> recordings) {
    const auto& environment = ingredients.environment;
    const auto binary = service::hash_file("/proc/self/exe");
    const auto config = service::hash_file(environment.config);
    const auto rules = service::hash_folder(environment.rules);
    const auto ml = ml_signal::read_settings(ingredients.settings, environment.config);
    if (!config || !rules || !ml) {
        return std::unexpected(!config ? config.error() : (!rules ? rules.error() : ml.error()));
    }
    RunManifest manifest;
    manifest.name = environment.name;
    manifest.account = environment.account;
    manifest.binary = binary ? base::to_hex(*binary) : "unknown";
    manifest.config = environment.config;
    manifest.config_hash = base::to_hex(*config);
    manifest.rules = environment.rules;
    manifest.rules_hash = base::to_hex(*rules);
    manifest.model = ml->model.empty() ? "none" : ml->model;
    if (!ml->model.empty()) {
        const auto model = service::hash_folder(ml->model);
        manifest.model_hash = model ? base::to_hex(*model) : "unreadable";
    }
    manifest.data_hash = base::to_hex(data_hash_of(recordings));
    manifest.window_ms = environment.window.ns / 1'000'000;
    manifest.missing = missing_days(recordings, *ingredients.rules);
    manifest.recordings = std::move(recordings);
    return manifest;
}

}  // namespace sauda::lab
