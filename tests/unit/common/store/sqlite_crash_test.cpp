#include "common/base/rng.h"
#include "tests/unit/common/store/store_test_support.h"

#include <sys/wait.h>

#include <array>
#include <csignal>
#include <fstream>

namespace sauda::store::test {
namespace {

// Commits cycles until it is killed and tells each one through the pipe after its commit.
[[noreturn]] void write_until_killed(const std::string& path, int out) {
    auto store = open_store(path);
    base::Rng random(7);
    for (uint64_t n = store->last_ordinal() + 1;; ++n) {
        Batch batch = cycle(n, std::string(1 + random.below(3'000), 'x'));
        if (n % 50 == 0) {
            batch.snapshot = SnapshotRow{n, "layout", std::string(20'000, 's')};
        }
        const auto durability = n % 4 == 0 ? Durability::Full : Durability::Normal;
        if (!store->commit(batch, durability) ||
            write(out, &n, sizeof(n)) != static_cast<ssize_t>(sizeof(n))) {
            _exit(1);
        }
    }
}

TEST_CASE("A writer killed in the middle of its work leaves every cycle whole or absent") {
    const Folder folder;
    uint64_t told = 0;
    for (int round = 0; round < 12; ++round) {
        std::array<int, 2> ends{};
        REQUIRE(pipe(ends.data()) == 0);
        const pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            write_until_killed(folder.file(), ends[1]);
        }
        close(ends[1]);
        const uint64_t enough = told + 20 + static_cast<uint64_t>(round) * 7;
        uint64_t n = 0;
        while (told < enough && read(ends[0], &n, sizeof(n)) == sizeof(n)) {
            told = n;
        }
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(ends[0], &n, sizeof(n)) == sizeof(n)) {
            told = n;
        }
        close(ends[0]);
        REQUIRE(told >= enough);

        auto store = open_store(folder.file());
        const auto whole = whole_cycles(*store);
        CHECK(whole >= told);      // what was told had been committed
        CHECK(whole <= told + 1);  // at most the one whose telling was cut off
        CHECK(store->latest_snapshot().has_value() == (whole >= 50));
        CHECK(store->quick_check().has_value());
        told = whole;
    }
}

// A power cut keeps some beginning of the log, cut anywhere.
TEST_CASE("A log torn at any point opens at an earlier whole state and is written on") {
    const Folder folder;
    const auto path = folder.file();
    SqliteOptions options;
    options.maintenance = false;  // everything stays in the log
    auto store = open_store(path, options);
    constexpr uint64_t kCycles = 40;
    for (uint64_t n = 1; n <= kCycles; ++n) {
        REQUIRE(store->commit(cycle(n, std::string(n * 37, 'x')), Durability::Full).has_value());
    }
    const auto log_size = std::filesystem::file_size(path + "-wal");
    REQUIRE(log_size > 0);

    base::Rng random(11);
    uint64_t earlier = 0;
    uint64_t shortened = 0;
    for (int i = 0; i < 60; ++i) {
        const auto size = i == 0 ? log_size : random.below(log_size);
        const auto torn = folder.file("torn" + std::to_string(i) + ".db");
        std::filesystem::copy_file(path, torn);
        std::filesystem::copy_file(path + "-wal", torn + "-wal");
        std::filesystem::resize_file(torn + "-wal", size);
        auto reopened = SqliteStore::open(torn, options);
        REQUIRE(reopened.has_value());
        const auto whole = whole_cycles(**reopened);
        CHECK(whole <= kCycles);
        CHECK((i > 0 || whole == kCycles));
        shortened += whole < kCycles ? 1 : 0;
        earlier = std::max(earlier, whole < kCycles ? whole : 0);
        CHECK((*reopened)->commit(cycle(whole + 1), Durability::Normal).has_value());
        CHECK(whole_cycles(**reopened) == whole + 1);
    }
    CHECK(shortened > 30);
    CHECK(earlier > 0);
}

TEST_CASE("A log with flipped bits opens at an earlier whole state") {
    const Folder folder;
    const auto path = folder.file();
    SqliteOptions options;
    options.maintenance = false;
    auto store = open_store(path, options);
    for (uint64_t n = 1; n <= 30; ++n) {
        REQUIRE(store->commit(cycle(n), Durability::Full).has_value());
    }
    const auto log_size = std::filesystem::file_size(path + "-wal");
    base::Rng random(13);
    for (int i = 0; i < 40; ++i) {
        const auto torn = folder.file("flipped" + std::to_string(i) + ".db");
        std::filesystem::copy_file(path, torn);
        std::filesystem::copy_file(path + "-wal", torn + "-wal");
        {
            std::fstream file(torn + "-wal", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(static_cast<std::streamoff>(random.below(log_size)));
            file.put(static_cast<char>(random.below(256)));
        }
        auto reopened = SqliteStore::open(torn, options);
        REQUIRE(reopened.has_value());
        CHECK(whole_cycles(**reopened) <= 30);
    }
}

}  // namespace
}  // namespace sauda::store::test
