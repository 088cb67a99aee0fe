#include "common/models/files/model_folder.h"
#include "common/models/files/model_json.h"
#include "common/models/training/learn.h"
#include "tests/unit/common/models/planted.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::models {

namespace {

namespace fs = std::filesystem;

struct Folder {
    fs::path path = fs::temp_directory_path() / ("sauda-models-" + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() {
        std::error_code error;
        fs::remove_all(path, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
};

const Learned& learned() {
    static const Learned kLearned = [] {
        LearnSettings settings;
        settings.trials = default_trials(1);
        return learn(test::planted_samples(8, 1.0, 6), test::planted_features(), settings).value();
    }();
    return kLearned;
}

std::map<std::string, std::string> files() {
    return {{kTreesFile, learned().trees_json},
            {kModelFile, model_text(learned().model)},
            {"card.md", "a card\n"}};
}

Manifest manifest() {
    Manifest m;
    m.origin = "simulated";
    m.underlying = "NIFTY";
    m.lot = 65;
    m.first_day = "2026-10-05";
    m.last_day = "2026-11-13";
    m.days = 8;
    m.horizon_ns = 1;
    return m;
}

// The file with one byte changed.
void damage(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    bytes[bytes.size() / 2] = bytes[bytes.size() / 2] == 'x' ? 'y' : 'x';
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a model comes back from its folder with the same bits") {
    Folder folder;
    const auto name = write_model_folder(folder.path.string(), manifest(), files());
    REQUIRE(name);
    REQUIRE(name->find("nifty-") == 0);
    const auto loaded = load_model_folder((folder.path / *name).string());
    REQUIRE(loaded);
    REQUIRE(loaded->name == *name);
    REQUIRE(loaded->manifest.lot == 65);
    const auto samples = test::planted_samples(3, 1.0, 99);
    for (std::size_t i = 0; i < samples.rows(); ++i) {
        const auto here = learned().model.explain(samples.row(i));
        const auto there = loaded->model.explain(samples.row(i));
        REQUIRE(here.log_odds == there.log_odds);
        REQUIRE(here.contributions == there.contributions);
    }
    REQUIRE(model_text(loaded->model) == model_text(learned().model));
    // Written again: the same name, nothing new.
    REQUIRE(write_model_folder(folder.path.string(), manifest(), files()).value() == *name);
    auto other = manifest();
    other.lot = 75;
    REQUIRE(write_model_folder(folder.path.string(), other, files()).value() != *name);
}

TEST_CASE("a damaged, renamed or missing model is refused with its reason") {
    for (const std::string file : {"trees.json", "model.json", "card.md", "manifest.json"}) {
        Folder folder;
        const auto name = write_model_folder(folder.path.string(), manifest(), files());
        REQUIRE(name);
        damage(folder.path / *name / file);
        const auto loaded = load_model_folder((folder.path / *name).string());
        REQUIRE_FALSE(loaded);
        REQUIRE(loaded.error().text.find("the model " + *name + " cannot be used") == 0);
        fs::remove(folder.path / *name / file);
        REQUIRE_FALSE(load_model_folder((folder.path / *name).string()));
    }
    Folder folder;
    const auto name = write_model_folder(folder.path.string(), manifest(), files());
    REQUIRE(name);
    fs::create_directory_symlink(folder.path / *name, folder.path / "latest");
    REQUIRE(load_model_folder((folder.path / "latest").string()));
    fs::rename(folder.path / *name, folder.path / "best");
    REQUIRE_FALSE(load_model_folder((folder.path / "best").string()));
    REQUIRE_FALSE(load_model_folder((folder.path / "nowhere").string()));
}

}  // namespace sauda::models
