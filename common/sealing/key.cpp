#include "common/sealing/key.h"

#include "common/base/invariant.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

namespace sauda::sealing {

namespace {

constexpr std::size_t kFileBytesMax = 4096;

void start_sodium() { INVARIANT(sodium_init() >= 0); }

std::string without_spaces(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

base::Expected<Key> Key::read(const std::string& path) {
    start_sodium();
    struct stat info{};
    std::ifstream in(path, std::ios::binary);
    if (!in || ::stat(path.c_str(), &info) != 0) {
        return base::fail(
            base::ErrorKind::NotFound,
            "cannot read the key file " + path + ". `sauda backup --make-key FILE` makes one.");
    }
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return base::fail(base::ErrorKind::Invalid,
                          "the key file " + path + " may be read by others; say chmod 600 " + path);
    }
    std::string text(kFileBytesMax, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto digits = without_spaces(text);
    Key key;
    std::size_t length = 0;
    const bool is_hex = sodium_hex2bin(key.bytes_.data(), key.bytes_.size(), digits.data(),
                                       digits.size(), nullptr, &length, nullptr) == 0;
    sodium_memzero(text.data(), text.size());
    if (!is_hex || length != kBytes || digits.size() != 2 * kBytes) {
        return base::fail(base::ErrorKind::Invalid,
                          path +
                              " is no key: expected 64 hexadecimal digits. `sauda backup "
                              "--make-key FILE` makes one.");
    }
    return key;
}

base::Expected<void> Key::make(const std::string& path) {
    start_sodium();
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return base::fail(base::ErrorKind::Conflict,
                          "cannot make the key file " + path +
                              ": it exists, or its folder cannot be written. A key that was used "
                              "is never overwritten.");
    }
    std::array<uint8_t, kBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * kBytes + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.back() = '\n';
    const bool is_written =
        ::write(file, digits.data(), digits.size()) == static_cast<ssize_t>(digits.size()) &&
        ::fsync(file) == 0;
    ::close(file);
    sodium_memzero(bytes.data(), bytes.size());
    sodium_memzero(digits.data(), digits.size());
    if (!is_written) {
        std::remove(path.c_str());
        return base::fail(base::ErrorKind::Unavailable, "cannot write " + path);
    }
    return {};
}

}  // namespace sauda::sealing
