#include "common/market/masters/zip_archive.h"

#include "common/base/timestamp.h"

#include <zlib.h>

#include <algorithm>

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr std::string_view kEntryMark("PK\x01\x02");
constexpr std::string_view kEndMark("PK\x05\x06");
constexpr std::string_view kHeaderMark("PK\x03\x04");
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kHeaderSize = 30;
constexpr std::size_t kCommentMax = 65'535;
constexpr std::size_t kDirectoryMax = 1U << 20U;
constexpr uint16_t kStored = 0;
constexpr uint16_t kDeflated = 8;

uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    uint32_t value = 0;
    for (std::size_t i = size; i > 0; --i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}
uint16_t two(std::string_view bytes, std::size_t at) {
    return static_cast<uint16_t>(number(bytes, at, 2));
}
uint32_t four(std::string_view bytes, std::size_t at) { return number(bytes, at, 4); }

auto broken(const std::string& path, const std::string& what) {
    return fail(ErrorKind::Corrupt, path + ": not a whole zip file: " + what + "; get it again");
}

Expected<std::string> read_all(const std::string& path, uint64_t offset, uint64_t size) {
    auto bytes = open_bytes(path, offset, size);
    std::string all;
    while (bytes) {
        const auto piece = (*bytes)->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        if (piece->empty()) {
            return all;
        }
        all += *piece;
    }
    return std::unexpected(bytes.error());
}

Expected<uint64_t> size_of(const std::string& path) {
    auto bytes = open_bytes(path);
    uint64_t size = 0;
    while (bytes) {
        const auto piece = (*bytes)->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        if (piece->empty()) {
            return size;
        }
        size += piece->size();
    }
    return std::unexpected(bytes.error());
}

// Counts and checks what passes through, against what the archive promised.
class CheckedBytes : public ByteSource {
 public:
    CheckedBytes(Bytes from, ZipEntry entry, std::string name)
        : from_(std::move(from)), entry_(std::move(entry)), name_(std::move(name)) {}

    Expected<std::string_view> next() override {
        auto piece = from_->next();
        if (!piece) {
            return piece;
        }
        size_ += piece->size();
        if (!piece->empty()) {  // zlib takes no bytes for a fresh start
            crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(piece->data()),
                         static_cast<uInt>(piece->size()));
        }
        if (size_ > entry_.size ||
            (piece->empty() && (size_ != entry_.size || crc_ != entry_.crc))) {
            return fail(ErrorKind::Corrupt,
                        name_ +
                            ": size or checksum differ from what the zip file promised; get "
                            "it again");
        }
        return piece;
    }

 private:
    Bytes from_;
    ZipEntry entry_;
    std::string name_;
    uint64_t size_ = 0;
    uLong crc_ = crc32(0, nullptr, 0);
};

// The entries of a central directory.
Expected<std::vector<ZipEntry>> parse_directory(const std::string& path, std::string_view bytes,
                                                std::size_t count) {
    std::vector<ZipEntry> entries;
    while (entries.size() < count) {
        if (bytes.size() < kEntrySize || !bytes.starts_with(kEntryMark)) {
            return broken(path, "its list of files is damaged");
        }
        ZipEntry entry;
        entry.flags = two(bytes, 8);
        entry.method = two(bytes, 10);
        entry.dos_date = two(bytes, 14);
        entry.crc = four(bytes, 16);
        entry.packed_size = four(bytes, 20);
        entry.size = four(bytes, 24);
        entry.header_offset = four(bytes, 42);
        const std::size_t name_size = two(bytes, 28);
        const std::size_t whole = kEntrySize + name_size + two(bytes, 30) + two(bytes, 32);
        if (bytes.size() < whole) {
            return broken(path, "its list of files is cut short");
        }
        entry.name = bytes.substr(kEntrySize, name_size);
        bytes.remove_prefix(whole);
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

int32_t ZipEntry::day() const {
    const int day = dos_date & 31;
    const int month = dos_date >> 5 & 15;
    if (day == 0 || month == 0 || month > 12) {
        return 0;
    }
    return base::date_of(1980 + (dos_date >> 9), month, day).days;
}

Expected<std::vector<ZipEntry>> zip_entries(const std::string& path) {
    const auto size = size_of(path);
    if (!size) {
        return std::unexpected(size.error());
    }
    const uint64_t tail_size = std::min<uint64_t>(*size, kEndSize + kCommentMax);
    const auto tail = read_all(path, *size - tail_size, tail_size);
    if (!tail) {
        return std::unexpected(tail.error());
    }
    const auto at = tail->rfind(kEndMark);
    if (at == std::string::npos || tail->size() - at < kEndSize) {
        return broken(path, "its end is missing");
    }
    const std::size_t count = two(*tail, at + 10);
    const uint64_t directory_size = four(*tail, at + 12);
    const uint64_t offset = four(*tail, at + 16);
    if (directory_size > kDirectoryMax || offset + directory_size > *size) {
        return broken(path, "its list of files lies outside");
    }
    const auto directory = read_all(path, offset, directory_size);
    if (!directory) {
        return std::unexpected(directory.error());
    }
    return parse_directory(path, *directory, count);
}

Expected<Bytes> open_entry(const std::string& path, const ZipEntry& entry) {
    const auto name = path + ", " + entry.name;
    if ((entry.flags & 1U) != 0 || (entry.method != kStored && entry.method != kDeflated)) {
        return fail(ErrorKind::Invalid,
                    name + ": encrypted, or packed in another way than deflate; unpack it first");
    }
    const auto header = read_all(path, entry.header_offset, kHeaderSize);
    if (!header) {
        return std::unexpected(header.error());
    }
    if (header->size() < kHeaderSize || !header->starts_with(kHeaderMark)) {
        return broken(path, entry.name + " is not where the list of files says");
    }
    const uint64_t data = entry.header_offset + kHeaderSize + two(*header, 26) + two(*header, 28);
    auto bytes = open_bytes(path, data, entry.packed_size);
    if (!bytes) {
        return bytes;
    }
    auto plain = entry.method == kDeflated ? unpacked(Packing::Deflate, std::move(*bytes), name)
                                           : std::move(*bytes);
    return std::make_unique<CheckedBytes>(std::move(plain), entry, name);
}

}  // namespace sauda::masters
