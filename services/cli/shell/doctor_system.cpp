#include "common/service/wiring.h"
#include "services/cli/shell/doctor_places.h"
#include "services/cli/shell/supervisor.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;

constexpr int64_t kNsPerSecond = 1'000'000'000;

domain::Timestamp written_at(const fs::path& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) {
        return {};
    }
    return {int64_t{info.st_mtim.tv_sec} * kNsPerSecond + info.st_mtim.tv_nsec};
}

domain::Timestamp newest_in(const std::string& directory) {
    domain::Timestamp newest = written_at(fs::path(directory) / "run.json");
    newest = std::max(newest, written_at(fs::path(directory) / "supervisor.json"));
    for (const auto service : service::kServices) {
        const std::string name(to_text(service));
        newest = std::max(newest, written_at(fs::path(directory) / name / (name + ".db")));
    }
    return newest;
}

std::optional<bool> is_synchronised() {
    timex clock{};
    const int state = ::adjtimex(&clock);  // reads only: no mode is set
    if (state < 0) {
        return std::nullopt;
    }
    return state != TIME_ERROR && (clock.status & STA_UNSYNC) == 0;
}

}  // namespace

domain::Timestamp system_time() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return {int64_t{now.tv_sec} * kNsPerSecond + now.tv_nsec};
}

Findings look_at_clock(const std::string& directory) {
    return {
        judge_clock({system_time(), directory.empty() ? domain::Timestamp{} : newest_in(directory),
                     is_synchronised()})};
}

Findings look_at_disk(const std::string& var) {
    // The folder may be still to be made; then its parent's disk counts.
    auto folder = fs::absolute(var);
    std::error_code error;
    while (!fs::exists(folder, error) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    struct statvfs disk{};
    if (::statvfs(folder.c_str(), &disk) != 0) {
        return {judge_disk({})};
    }
    return {judge_disk(
        {uint64_t{disk.f_bavail} * disk.f_frsize, uint64_t{disk.f_blocks} * disk.f_frsize})};
}

Findings look_at_limits() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return {};
    }
    return {judge_open_files(limit.rlim_cur)};
}

Findings look_at_programs() {
    const auto folder = program_folder();
    std::vector<std::string> names{"sauda"};
    for (const auto service : service::kServices) {
        names.push_back("sauda-" + std::string(to_text(service)));
    }
    Findings findings;
    for (const auto& name : names) {
        if (::access((fs::path(folder) / name).c_str(), X_OK) != 0) {
            findings.push_back(problem("programs", name + " is missing in " + folder,
                                       "build or install again: all programs belong together"));
        }
    }
    if (findings.empty()) {
        findings.push_back(ok("programs", std::to_string(names.size()) + " of " +
                                              std::to_string(names.size()) + " in " + folder));
    }
    return findings;
}

}  // namespace sauda::cli
