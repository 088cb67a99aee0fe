#pragma once

#include <string>

namespace sauda::cli {

struct WhyOptions {
    std::string var = "var";
    std::string environment = "paper";
    std::string order;  // "G1.0.0.0", "G1", "I7", "D7", "7"; empty: list all
    bool denied = false;
};

// Tells the story of an order out of the recorder's archive. Exit codes: 0 told, 1 cannot read the
// archive or does not know the order; one sentence on standard error says why.
int why(const WhyOptions& options);

}  // namespace sauda::cli
