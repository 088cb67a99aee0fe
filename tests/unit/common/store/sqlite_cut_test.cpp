#include "common/store/sqlite_cut.h"

#include "tests/unit/common/store/store_test_support.h"

#include <array>
#include <atomic>
#include <fstream>
#include <thread>

namespace sauda::store::test {
namespace {

// Two services that answer each other: each commits its n-th message when it has seen the other's
// (n-1)-th, and its cursor with it. At every instant left is as far as right, or one ahead.
class Conversation {
 public:
    Conversation(const std::string& left, const std::string& right)
        : threads_{std::jthread([this, left](const std::stop_token& stop) {
                       speak(left, said_by_right_, said_by_left_, 0, stop);
                   }),
                   std::jthread([this, right](const std::stop_token& stop) {
                       speak(right, said_by_left_, said_by_right_, 1, stop);
                   })} {}

    [[nodiscard]] uint64_t said() const { return said_by_right_; }

 private:
    static void speak(const std::string& path, const std::atomic<uint64_t>& other,
                      std::atomic<uint64_t>& own, uint64_t ahead, const std::stop_token& stop) {
        auto store = open_store(path);
        while (!stop.stop_requested()) {
            const uint64_t n = own + 1;
            if (other + 1 < n + ahead) {
                std::this_thread::yield();
                continue;
            }
            if (!store->commit(cycle(n), Durability::Normal)) {
                throw std::runtime_error("a commit failed beside the cut");
            }
            own = n;
        }
    }

    std::atomic<uint64_t> said_by_left_ = 0;
    std::atomic<uint64_t> said_by_right_ = 0;
    std::array<std::jthread, 2> threads_;
};

TEST_CASE("a cut of several databases is one instant of all, while they are written") {
    const Folder folder;
    // Between the two stand others, so that looking at one after the other would take a while.
    std::vector<std::string> paths{folder.file("left.db")};
    for (int n = 0; n < 40; ++n) {
        paths.push_back(folder.file("other" + std::to_string(n) + ".db"));
    }
    paths.push_back(folder.file("right.db"));
    for (const auto& path : paths) {
        (void)open_store(path);
    }
    Conversation conversation(paths.front(), paths.back());
    uint64_t last = 0;
    for (int n = 0; n < 20; ++n) {
        while (conversation.said() < last + 5) {
            std::this_thread::yield();
        }
        uint64_t seen_at_cut = 0;
        auto cut = DatabaseCut::take(paths, [&] { seen_at_cut = conversation.said(); });
        REQUIRE(cut.has_value());
        while (conversation.said() < seen_at_cut + 5) {  // they go on meanwhile
            std::this_thread::yield();
        }
        std::array<uint64_t, 2> ends{};
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto copy = folder.file("copy" + std::to_string(n) + std::to_string(i));
            REQUIRE(cut->copy(i * (paths.size() - 1), copy).has_value());
            CHECK(check_integrity(copy).has_value());
            ends[i] = whole_cycles(*open_store(copy));
        }
        INFO(ends[0] << " and " << ends[1]);
        CHECK(ends[0] >= ends[1]);
        CHECK(ends[0] <= ends[1] + 1);
        CHECK(ends[1] >= seen_at_cut);
        CHECK(ends[1] <= seen_at_cut + 1);  // committed, not yet told
        last = ends[1];
    }
}

TEST_CASE("a cut of a database that somebody keeps locked gives up and changes nothing") {
    const Folder folder;
    const std::vector<std::string> paths{folder.file("left.db"), folder.file("right.db")};
    auto left = open_store(paths[0]);
    auto right = open_store(paths[1]);
    auto holder = Database::open(paths[1], OpenMode::ReadWrite);
    REQUIRE(holder.has_value());
    REQUIRE(holder->run("BEGIN IMMEDIATE").has_value());
    bool was_called = false;
    const auto cut = DatabaseCut::take(paths, [&] { was_called = true; }, base::milliseconds(1));
    REQUIRE_FALSE(cut.has_value());
    CHECK(cut.error().kind == base::ErrorKind::Unavailable);
    CHECK_FALSE(was_called);
    CHECK(left->commit(cycle(1), Durability::Normal).has_value());  // nothing stays locked
    REQUIRE(holder->run("ROLLBACK").has_value());
    CHECK(right->commit(cycle(1), Durability::Normal).has_value());
}

TEST_CASE("a damaged database is found by the check of a copy") {
    const Folder folder;
    {
        auto store = open_store(folder.file());
        for (uint64_t n = 1; n <= 200; ++n) {
            REQUIRE(store->commit(cycle(n, std::string(500, 'x')), Durability::Normal));
        }
    }
    CHECK(check_integrity(folder.file()).has_value());
    std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(5 * 4096);
    file << std::string(4096, '\xff');
    file.close();
    const auto checked = check_integrity(folder.file());
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().text.find(folder.file()) != std::string::npos);
}

}  // namespace
}  // namespace sauda::store::test
