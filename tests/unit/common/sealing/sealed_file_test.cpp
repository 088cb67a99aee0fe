#include "common/sealing/sealed_file.h"

#include <catch2/catch.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

using namespace sauda;
using sealing::Key;
using sealing::SealedReader;
using sealing::SealedWriter;

namespace {

class Folder {
 public:
    Folder() {
        std::string name = "/tmp/sauda_sealing_XXXXXX";
        path_ = mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
    std::string path_;
};

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void write_all(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

Key new_key(const std::string& path) {
    REQUIRE(Key::make(path).has_value());
    auto key = Key::read(path);
    REQUIRE(key.has_value());
    return *key;
}

// More than two parts, with a text that can be looked for.
std::string secret() {
    std::string text;
    while (text.size() < 600'000) {
        text += "account standard, line " + std::to_string(text.size()) + "\n";
    }
    return text;
}

void seal(const std::string& path, const std::optional<Key>& key, const std::string& text) {
    auto writer = SealedWriter::create(path, key);
    REQUIRE(writer.has_value());
    for (std::size_t at = 0; at < text.size(); at += 70'001) {  // across the borders of parts
        REQUIRE(writer->write(std::string_view(text).substr(at, 70'001)).has_value());
    }
    REQUIRE(writer->finish().has_value());
}

// What is wrong with reading all of it, or nothing.
std::string trouble(const std::string& path, const std::optional<Key>& key,
                    const std::string& expected) {
    auto reader = SealedReader::open(path, key);
    if (!reader) {
        return reader.error().text;
    }
    std::string text;
    if (auto done = reader->read(expected.size(), text); !done) {
        return done.error().text;
    }
    if (auto done = reader->expect_end(); !done) {
        return done.error().text;
    }
    return text == expected ? "" : "other bytes";
}

}  // namespace

TEST_CASE("what is sealed comes out again, with a key and without") {
    const Folder folder;
    const auto key = new_key(folder.file("key"));
    for (const auto& text : {std::string(), std::string("a"), secret()}) {
        for (const auto& with : {std::optional<Key>(key), std::optional<Key>()}) {
            seal(folder.file("sealed"), with, text);
            CHECK(trouble(folder.file("sealed"), with, text).empty());
            struct stat info{};
            REQUIRE(::stat(folder.file("sealed").c_str(), &info) == 0);
            CHECK((info.st_mode & 0777U) == 0600U);
        }
    }
}

TEST_CASE("an encrypted file shows nothing of what it holds and opens with its own key only") {
    const Folder folder;
    const auto key = new_key(folder.file("key"));
    seal(folder.file("sealed"), key, secret());
    CHECK(read_all(folder.file("sealed")).find("account") == std::string::npos);
    seal(folder.file("plain"), std::nullopt, secret());
    CHECK(read_all(folder.file("plain")).find("account") != std::string::npos);
    CHECK(trouble(folder.file("sealed"), new_key(folder.file("other")), secret())
              .find("cannot be opened with this key") != std::string::npos);
    CHECK(trouble(folder.file("sealed"), std::nullopt, secret()).find("SAUDA_BACKUP_KEY_FILE") !=
          std::string::npos);
}

TEST_CASE("every changed byte, a cut tail, an exchanged part and an added byte are noticed") {
    const Folder folder;
    const auto key = new_key(folder.file("key"));
    const auto text = secret();
    for (const auto& with : {std::optional<Key>(key), std::optional<Key>()}) {
        seal(folder.file("sealed"), with, text);
        const auto whole = read_all(folder.file("sealed"));
        const std::size_t begin = with ? 34 : 10;
        const std::size_t part = 4 + (256U << 10U) + 17;
        std::vector<std::string> damaged;
        for (std::size_t at = 0; at < whole.size(); at += at < 100 ? 1 : 9'973) {
            auto changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x10);
            damaged.push_back(changed);
        }
        damaged.push_back(whole.substr(0, whole.size() - 1));
        damaged.push_back(whole.substr(0, begin + part));  // a whole part, the others missing
        damaged.push_back(whole.substr(0, begin + 2 * part));
        damaged.push_back(whole.substr(0, begin) + whole.substr(begin + part, part) +
                          whole.substr(begin, part) + whole.substr(begin + 2 * part));
        damaged.push_back(whole.substr(0, begin) + whole.substr(begin + part));
        damaged.push_back(whole + "x");
        damaged.emplace_back();
        for (std::size_t n = 0; n < damaged.size(); ++n) {
            INFO("damage " << n << " of " << damaged.size() << (with ? ", encrypted" : ", plain"));
            write_all(folder.file("damaged"), damaged[n]);
            const auto what = trouble(folder.file("damaged"), with, text);
            CHECK_FALSE(what.empty());
            CHECK(what != "other bytes");  // it was noticed, not only different
        }
    }
}

TEST_CASE("a file whose writer did not finish is refused") {
    const Folder folder;
    {
        auto writer = SealedWriter::create(folder.file("sealed"), std::nullopt);
        REQUIRE(writer.has_value());
        REQUIRE(writer->write(secret()).has_value());
    }
    CHECK(trouble(folder.file("sealed"), std::nullopt, secret()).find("ends too early") !=
          std::string::npos);
}

TEST_CASE("a key file must be a key, of its owner only, and is never overwritten") {
    const Folder folder;
    (void)new_key(folder.file("key"));
    const auto before = read_all(folder.file("key"));
    CHECK(before.size() == 65);
    CHECK_FALSE(Key::make(folder.file("key")).has_value());
    CHECK(read_all(folder.file("key")) == before);

    ::chmod(folder.file("key").c_str(), 0640);
    const auto shared = Key::read(folder.file("key"));
    REQUIRE_FALSE(shared.has_value());
    CHECK(shared.error().text.find("chmod 600") != std::string::npos);

    for (const auto* text : {"", "abc", "zz", "0123456789abcdef0123456789abcdef"}) {
        write_all(folder.file("short"), text);
        ::chmod(folder.file("short").c_str(), 0600);
        const auto key = Key::read(folder.file("short"));
        REQUIRE_FALSE(key.has_value());
        CHECK(key.error().text.find("64 hexadecimal digits") != std::string::npos);
    }
    CHECK(Key::read(folder.file("none")).error().kind == base::ErrorKind::NotFound);
}
