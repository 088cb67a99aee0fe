#pragma once

#include "common/service/program.h"
#include "services/lab/shell/recordings.h"

#include <string>
#include <vector>

namespace sauda::lab {

// What a run was made of, by hash, so that it can be made again and two runs told apart.
struct RunManifest {
    std::string name;  // of the folder
    std::string account;
    std::string binary;  // hashes, 16 hexadecimal digits
    std::string config;
    std::string config_hash;
    std::string rules;
    std::string rules_hash;
    std::string model;  // folder, "none" without one
    std::string model_hash;
    std::string data_hash;  // of all recordings
    std::string result_hash;
    int64_t window_ms = 0;
    uint64_t trials = 1;
    std::vector<Recording> recordings;
    std::vector<domain::Date> missing;   // trading days without a recording
    std::vector<std::string> untrusted;  // why its figures are not to be believed; sentences
};

base::Expected<RunManifest> make_manifest(const service::Ingredients& ingredients,
                                          std::vector<Recording> recordings);

// Identity of the data: that of the recording if there is one, else of all in order.
uint64_t data_hash_of(const std::vector<Recording>& recordings);

}  // namespace sauda::lab
