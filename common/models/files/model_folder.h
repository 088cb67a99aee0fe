#pragma once

#include "common/models/model.h"

#include <cstdint>
#include <map>
#include <string>

namespace sauda::models {

// What a model is: where it comes from and what it may be used for. Written once, never changed.
struct Manifest {
    std::string origin;      // "real" or "simulated"
    std::string underlying;  // "NIFTY"
    int64_t lot = 0;         // units, of every day it learned from: its lot era
    std::string first_day;   // "2026-10-05"
    std::string last_day;
    int64_t days = 0;
    int64_t rows = 0;
    double events = 0.0;       // independent ones among the rows
    int64_t horizon_ns = 0;    // what its probability speaks of
    std::string feature_hash;  // of the list of features it was made for
    int64_t seed = 0;
    int64_t trials = 0;
    bool has_edge = false;                     // the card's verdict
    std::map<std::string, std::string> files;  // name: hash
    friend bool operator==(const Manifest&, const Manifest&) = default;
};

struct LoadedModel {
    Manifest manifest;
    std::string name;  // "nifty-0123456789abcdef"; the end is the hash of the manifest
    Model model;
};

inline constexpr const char* kTreesFile = "trees.json";
inline constexpr const char* kModelFile = "model.json";
inline constexpr const char* kManifestFile = "manifest.json";

// Writes <parent>/<name> with the files, a manifest that hashes them, all read-only, and returns
// its name. The same content has the same name: if it is there already, nothing is written.
base::Expected<std::string> write_model_folder(const std::string& parent, Manifest manifest,
                                               const std::map<std::string, std::string>& files);

// Corrupt: a file is missing, does not hash to what the manifest says, or cannot be read; the
// folder is not named by its hash (links are followed). NotFound: there is no such folder.
base::Expected<LoadedModel> load_model_folder(const std::string& path);

}  // namespace sauda::models
