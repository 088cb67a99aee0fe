#include "services/instruments/shell/store.h"

#include "common/market/load_rules.h"
#include "common/market/masters/master_cache.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>

namespace sauda::instruments {

std::string folder_of(const std::string& var) { return var + "/instruments"; }

OpenedBook open_book(const std::string& folder, base::Date date) {
    OpenedBook opened;
    const auto saved = masters::saved_masters(folder);
    for (std::size_t i = 0; i < saved.size(); ++i) {
        const bool is_first = i == 0 || saved[i - 1].broker != saved[i].broker;
        const bool is_followed = i + 1 < saved.size() && saved[i + 1].broker == saved[i].broker &&
                                 saved[i + 1].as_of <= date;
        if (is_followed || (saved[i].as_of > date && !is_first)) {
            continue;
        }
        auto master = masters::read_saved_master(saved[i].path);
        if (master) {
            opened.book.add(std::move(*master));
        } else {
            opened.problems.push_back(master.error().text);
        }
    }
    return opened;
}

base::Expected<domain::MarketRules> open_rules(const std::string& folder) {
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
    for (const auto& place : places) {
        if (fs::exists(place / "lots.csv", error)) {
            return market::load_rules(place.string());
        }
    }
    return base::fail(base::ErrorKind::NotFound,
                      "the exchange's dated rules (lots.csv ...) were not found; name their folder "
                      "with --rules or SAUDA_MARKET");
}

base::Date today() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return base::ist_date({std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()});
}

}  // namespace sauda::instruments
