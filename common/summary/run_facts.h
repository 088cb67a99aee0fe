#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace sauda::summary {

// What the run knows about itself and no message says. What is not given prints as "unknown".
struct RunFacts {
    std::string environment = "PAPER";
    std::string run_folder;   // "replay-0001"
    std::string result_hash;  // 16 hexadecimal digits
    std::optional<bool> is_reproducible;
    std::optional<int64_t> restarts;
    std::optional<int64_t> lost;
    std::optional<int64_t> duplicates;
    std::optional<int64_t> lag_max_ns;
    std::map<std::string, uint64_t> refused;  // quotes or rows refused before the bus, by reason
    std::string model_note;  // why there is no model, or the model's age and origin
    std::string logs;        // where the logs are
    std::string next_steps;  // what to look at next
};

}  // namespace sauda::summary
