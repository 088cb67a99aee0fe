#pragma once

#include "common/base/expected.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sauda::masters {

// Bytes piece by piece, so that a file of any size needs a few hundred kilobytes.
class ByteSource {
 public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    virtual ~ByteSource() = default;
    // The next piece, valid until the next call; empty at the end. Errors name the file.
    virtual base::Expected<std::string_view> next() = 0;
};
using Bytes = std::unique_ptr<ByteSource>;

// A file as it lies on disk, from `offset`, at most `size` bytes. NotFound, Unavailable.
base::Expected<Bytes> open_bytes(const std::string& path, uint64_t offset = 0,
                                 uint64_t size = UINT64_MAX);
// The bytes a text holds; for tests and small things.
Bytes bytes_of(std::string text);

enum class Packing : uint8_t { None, Gzip, Zstd, Deflate, Zip };
// By the first four bytes; Deflate has no mark and is never told.
Packing packing_of(std::string_view head);

// Unpacks Gzip (also several members), Zstd or Deflate. `name` is for messages. Corrupt: damaged,
// cut short, or more than a gigabyte when unpacked.
Bytes unpacked(Packing packing, Bytes packed, std::string name);

}  // namespace sauda::masters
