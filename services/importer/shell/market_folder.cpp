#include "services/importer/shell/market_folder.h"

#include "common/market/load_rules.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace sauda::importer {

base::Expected<domain::MarketRules> find_rules(const std::string& folder) {
    namespace fs = std::filesystem;
    if (!folder.empty()) {
        return market::load_rules(folder);
    }
    if (const char* given = std::getenv("SAUDA_MARKET"); given != nullptr && *given != '\0') {
        return market::load_rules(given);
    }
    std::vector<fs::path> places{fs::path("deploy/market")};
    std::error_code error;
    auto program = fs::read_symlink("/proc/self/exe", error).parent_path();
    if (!error) {
        places.push_back(program.parent_path() / "share/sauda/market");
        for (int up = 0; up < 4 && program.has_relative_path(); ++up) {
            program = program.parent_path();
            places.push_back(program / "deploy/market");
        }
    }
    std::string looked;
    for (const auto& place : places) {
        if (fs::exists(place / "lots.csv", error)) {
            return market::load_rules(place.string());
        }
        looked += (looked.empty() ? "" : ", ") + place.string();
    }
    return base::fail(base::ErrorKind::NotFound,
                      "the exchange's rules (lots, sessions, holidays) are not in " + looked +
                          "; name their folder with --market or SAUDA_MARKET");
}

}  // namespace sauda::importer
