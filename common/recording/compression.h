#pragma once

#include "common/base/expected.h"

#include <memory>
#include <string>
#include <string_view>

namespace sauda::recording {

enum class Compression { None, Zstd, Lz4 };

// The name of a compression inside MCAP: "", "zstd", "lz4".
std::string_view to_text(Compression compression);

// CRC-32 as MCAP uses it (ISO-HDLC, the one of zlib).
uint32_t crc32_of(std::string_view bytes, uint32_t crc = 0);

// Compresses and decompresses whole chunks; keeps its working memory between calls.
class Compressor {
 public:
    Compressor();
    ~Compressor();
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;

    // Replaces out. Level is zstd's; 1 is the fastest that is worth having.
    void compress(Compression compression, int level, std::string_view in, std::string& out);
    // size: what the chunk says it holds; a different result is Corrupt, as is an unknown name.
    base::Expected<void> decompress(std::string_view compression, std::string_view in,
                                    uint64_t size, std::string& out);

 private:
    struct Contexts;
    std::unique_ptr<Contexts> contexts_;
};

}  // namespace sauda::recording
