#include "services/ml_signal/shell/settings.h"

#include "common/base/hash.h"
#include "common/models/files/model_folder.h"
#include "common/service/first_error.h"

#include <filesystem>

namespace sauda::ml_signal {

namespace {

namespace fs = std::filesystem;

base::Expected<ModelInUse> use_of(models::LoadedModel loaded) {
    const auto corrupt = [&](const std::string& what) {
        return base::fail(base::ErrorKind::Corrupt,
                          "the model " + loaded.name + " cannot be used: " + what);
    };
    const auto& manifest = loaded.manifest;
    const auto underlying = domain::parse_underlying(manifest.underlying);
    const auto last_day = domain::parse_date(manifest.last_day);
    const bool is_real = manifest.origin == "real";
    if (!underlying || !last_day || (!is_real && manifest.origin != "simulated") ||
        manifest.lot <= 0 || manifest.horizon_ns <= 0) {
        return corrupt("its manifest does not say what it learned from");
    }
    if (manifest.feature_hash != base::to_hex(feature_list_hash()) ||
        !has_our_features(loaded.model)) {
        return corrupt("it was made for another list of features; train it again");
    }
    ModelInUse use;
    use.name = loaded.name;
    use.origin = is_real ? domain::Origin::Real : domain::Origin::Simulated;
    use.underlying = *underlying;
    use.lot = base::units(manifest.lot);
    use.last_day = *last_day;
    use.horizon = {manifest.horizon_ns};
    use.has_edge = manifest.has_edge;
    use.model = std::make_shared<const models::Model>(std::move(loaded.model));
    return use;
}

}  // namespace

base::Expected<MlSettings> read_settings(const settings::Settings& settings,
                                         const std::string& config_path) {
    MlSettings ml;
    service::FirstError read;
    read.take(ml.model, settings.text("ml.model", ""));
    int64_t age = ml.age_max_days;
    read.take(age, settings.integer("ml.age_max_days", age, 1, 3'650));
    ml.age_max_days = static_cast<int>(age);
    if (!ml.model.empty() && fs::path(ml.model).is_relative()) {
        ml.model = (fs::path(config_path).parent_path() / ml.model).lexically_normal().string();
    }
    return read.or_error(ml);
}

MlSignalConfig load_config(const MlSettings& settings) {
    MlSignalConfig config;
    config.age_max_days = settings.age_max_days;
    if (settings.model.empty()) {
        return config;
    }
    auto loaded = models::load_model_folder(settings.model);
    auto use = loaded ? use_of(std::move(*loaded)) : std::unexpected(loaded.error());
    if (use) {
        config.model = std::move(*use);
    } else {
        config.refused = use.error().text;
    }
    return config;
}

}  // namespace sauda::ml_signal
