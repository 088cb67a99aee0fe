#include "services/cli/shell/backup_file.h"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace sauda::cli {

namespace {

namespace fs = std::filesystem;
using base::Expected;

constexpr uint32_t kBlockBytes = 1U << 20U;
constexpr uint32_t kTextBytesMax = 16U << 20U;
constexpr int kLevel = 3;

std::string four_bytes(uint64_t value) {
    std::string bytes;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes += static_cast<char>(value >> shift & 0xFFU);
    }
    return bytes;
}

bool is_harmless(const std::string& name) {
    const fs::path path(name);
    if (name.empty() || path.is_absolute() || name.find('\0') != std::string::npos) {
        return false;
    }
    for (const auto& part : path) {
        if (part == ".." || part == "." || part.empty()) {
            return false;
        }
    }
    return true;
}

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

}  // namespace

Expected<BackupWriter> BackupWriter::create(const std::string& path,
                                            const std::optional<sealing::Key>& key,
                                            const std::string& description) {
    auto file = sealing::SealedWriter::create(path, key);
    if (!file) {
        return std::unexpected(file.error());
    }
    BackupWriter writer(std::move(*file));
    auto done = writer.file_.write(four_bytes(description.size()) + description);
    if (!done) {
        return std::unexpected(done.error());
    }
    return writer;
}

// A block says its own size and its packed one (equal: as it is); an empty one ends the file.
Expected<void> BackupWriter::block(std::string_view bytes) {
    compressor_.compress(recording::Compression::Zstd, kLevel, bytes, packed_);
    const std::string_view stored =
        packed_.size() < bytes.size() ? std::string_view(packed_) : bytes;
    auto done = file_.write(four_bytes(bytes.size()) + four_bytes(stored.size()));
    return done ? file_.write(stored) : done;
}

Expected<void> BackupWriter::add_file(const std::string& name, const std::string& path,
                                      uint64_t bytes_max) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) {
        return base::fail(base::ErrorKind::NotFound, "cannot read " + path);
    }
    if (auto done = file_.write(four_bytes(name.size()) + name); !done) {
        return done;
    }
    std::string bytes;
    uint64_t left = bytes_max;
    while (left > 0) {
        bytes.resize(std::min<uint64_t>(left, kBlockBytes));
        bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
        if (bytes.empty()) {
            break;
        }
        left -= bytes.size();
        bytes_ += bytes.size();
        if (auto done = block(bytes); !done) {
            return done;
        }
    }
    if (std::ferror(file.get()) != 0) {
        return base::fail(base::ErrorKind::Unavailable, "cannot read " + path + " to its end");
    }
    return file_.write(four_bytes(0));
}

Expected<void> BackupWriter::finish() {
    auto done = file_.write(four_bytes(0));
    return done ? file_.finish() : done;
}

Expected<uint32_t> BackupReader::number() {
    std::string bytes;
    if (auto done = file_.read(4, bytes); !done) {
        return std::unexpected(done.error());
    }
    uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value |= static_cast<uint32_t>(static_cast<uint8_t>(bytes[i])) << 8U * i;
    }
    return value;
}

Expected<std::string> BackupReader::text() {
    const auto size = number();
    std::string text;
    if (!size) {
        return std::unexpected(size.error());
    }
    if (*size > kTextBytesMax) {
        return base::fail(base::ErrorKind::Corrupt, "the backup holds a name that is none");
    }
    if (auto done = file_.read(*size, text); !done) {
        return std::unexpected(done.error());
    }
    return text;
}

Expected<BackupReader> BackupReader::open(const std::string& path,
                                          const std::optional<sealing::Key>& key) {
    auto file = sealing::SealedReader::open(path, key);
    if (!file) {
        return std::unexpected(file.error());
    }
    BackupReader reader(std::move(*file));
    auto description = reader.text();
    if (!description) {
        return std::unexpected(description.error());
    }
    reader.description_ = std::move(*description);
    return reader;
}

Expected<std::optional<std::string>> BackupReader::next() {
    auto name = text();
    if (!name) {
        return std::unexpected(name.error());
    }
    if (name->empty()) {
        if (auto end = file_.expect_end(); !end) {
            return std::unexpected(end.error());
        }
        return std::nullopt;
    }
    if (!is_harmless(*name)) {
        return base::fail(base::ErrorKind::Corrupt,
                          "the backup holds a file named '" + *name + "', outside of its folder");
    }
    return std::move(*name);
}

Expected<uint64_t> BackupReader::extract(const std::string& target) {
    File file;
    if (!target.empty()) {
        std::error_code error;
        fs::create_directories(fs::path(target).parent_path(), error);
        file.reset(std::fopen(target.c_str(), "wb"));
        if (!file) {
            return base::fail(base::ErrorKind::Unavailable, "cannot write " + target);
        }
    }
    uint64_t total = 0;
    std::string stored;
    std::string bytes;
    while (true) {
        const auto size = number();
        if (!size) {
            return std::unexpected(size.error());
        }
        if (*size == 0) {
            break;
        }
        const auto packed = number();
        if (!packed || *size > kBlockBytes || *packed > *size) {
            return packed ? base::fail(base::ErrorKind::Corrupt, "the backup is damaged")
                          : std::unexpected(packed.error());
        }
        if (auto done = file_.read(*packed, stored); !done) {
            return std::unexpected(done.error());
        }
        if (*packed < *size) {
            if (auto done = compressor_.decompress("zstd", stored, *size, bytes); !done) {
                return std::unexpected(done.error());
            }
            stored.swap(bytes);
        }
        total += stored.size();
        if (file && std::fwrite(stored.data(), 1, stored.size(), file.get()) != stored.size()) {
            return base::fail(base::ErrorKind::Exhausted,
                              "cannot write " + target + ": is the disk full?");
        }
    }
    if (file && std::fflush(file.get()) != 0) {
        return base::fail(base::ErrorKind::Exhausted,
                          "cannot write " + target + ": is the disk full?");
    }
    return total;
}

}  // namespace sauda::cli
