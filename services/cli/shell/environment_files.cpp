#include "services/cli/shell/environment_files.h"

#include "common/bus/lock_file.h"
#include "common/service/wiring.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;

bool belongs_to_a_process(const fs::path& relative) {
    const auto top = relative.begin()->string();
    const auto name = relative.filename().string();
    return top == "bus" || top.starts_with(".backup") || name == "supervisor.json" ||
           name == "supervisor.err" || name.ends_with(".new") || name.ends_with(".lock") ||
           (top == "logs" && name != "alerts.txt");
}

bool is_kept_apart(const fs::path& relative) {
    const auto top = relative.begin()->string();
    const auto name = relative.filename().string();
    const bool is_archive = top == "recorder" && relative.string().starts_with("recorder/archive/");
    return top == "sessions" || is_archive || name == top + ".db" || name == top + ".db-wal" ||
           name == top + ".db-shm";
}

}  // namespace

std::vector<std::string> holders(const service::Environment& environment) {
    std::vector<std::string> names{"supervisor"};
    for (const auto service : service::kServices) {
        names.emplace_back(to_text(service));
    }
    std::vector<std::string> found;
    for (const auto& name : names) {
        const auto path = fs::path(environment.bus) / (name + ".lock");
        std::error_code error;
        if (fs::exists(path, error) && !bus::LockFile::take(path.string())) {
            found.push_back(name);
        }
    }
    return found;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

std::vector<std::string> other_files(const std::string& directory) {
    std::vector<std::string> names;
    std::error_code error;
    for (auto it = fs::recursive_directory_iterator(directory, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        const auto relative = it->path().lexically_relative(directory);
        if (it->is_regular_file() && !it->is_symlink() && !belongs_to_a_process(relative) &&
            !is_kept_apart(relative)) {
            names.push_back(relative.string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string size_text(uint64_t bytes) {
    if (bytes < 1'000) {
        return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    }
    const char* const units[] = {"kB", "MB", "GB", "TB"};
    auto size = static_cast<double>(bytes) / 1'000.0;
    std::size_t unit = 0;
    while (size >= 999.5 && unit + 1 < std::size(units)) {
        size /= 1'000.0;
        ++unit;
    }
    char text[40];
    std::snprintf(text, sizeof text, size < 9.95 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    return text;
}

uint64_t size_on_disk(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        const auto size = fs::file_size(path, error);
        return error ? 0 : size;
    }
    uint64_t total = 0;
    for (auto it = fs::recursive_directory_iterator(path, error);
         !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored) && !it->is_symlink(ignored)) {
            total += it->file_size(ignored);
        }
    }
    return total;
}

}  // namespace sauda::cli
