#include "common/recording/compression.h"

#include "common/base/invariant.h"

#include <lz4frame.h>
#include <zlib.h>
#include <zstd.h>

namespace sauda::recording {

using base::ErrorKind;
using base::fail;

struct Compressor::Contexts {
    Contexts() = default;
    Contexts(const Contexts&) = delete;
    Contexts& operator=(const Contexts&) = delete;
    ~Contexts() {
        ZSTD_freeCCtx(compress);
        ZSTD_freeDCtx(decompress);
        LZ4F_freeDecompressionContext(lz4);
    }
    ZSTD_CCtx* compress = nullptr;
    ZSTD_DCtx* decompress = nullptr;
    LZ4F_dctx* lz4 = nullptr;
};

Compressor::Compressor() : contexts_(std::make_unique<Contexts>()) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

std::string_view to_text(Compression compression) {
    switch (compression) {
        case Compression::None:
            return "";
        case Compression::Zstd:
            return "zstd";
        case Compression::Lz4:
            return "lz4";
    }
    return "";
}

uint32_t crc32_of(std::string_view bytes, uint32_t crc) {
    return static_cast<uint32_t>(
        crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void Compressor::compress(Compression compression, int level, std::string_view in,
                          std::string& out) {
    switch (compression) {
        case Compression::None:
            out.assign(in);
            return;
        case Compression::Zstd: {
            if (contexts_->compress == nullptr) {
                contexts_->compress = ZSTD_createCCtx();
                INVARIANT(contexts_->compress != nullptr);
            }
            out.resize(ZSTD_compressBound(in.size()));
            const auto size = ZSTD_compressCCtx(contexts_->compress, out.data(), out.size(),
                                                in.data(), in.size(), level);
            INVARIANT(ZSTD_isError(size) == 0);  // the output is large enough by construction
            out.resize(size);
            return;
        }
        case Compression::Lz4: {
            out.resize(LZ4F_compressFrameBound(in.size(), nullptr));
            const auto size =
                LZ4F_compressFrame(out.data(), out.size(), in.data(), in.size(), nullptr);
            INVARIANT(LZ4F_isError(size) == 0);
            out.resize(size);
            return;
        }
    }
}

base::Expected<void> Compressor::decompress(std::string_view compression, std::string_view in,
                                            uint64_t size, std::string& out) {
    if (compression.empty()) {
        out.assign(in);
    } else if (compression == "zstd") {
        if (contexts_->decompress == nullptr) {
            contexts_->decompress = ZSTD_createDCtx();
            INVARIANT(contexts_->decompress != nullptr);
        }
        out.resize(size);
        const auto got = ZSTD_decompressDCtx(contexts_->decompress, out.data(), out.size(),
                                             in.data(), in.size());
        if (ZSTD_isError(got) != 0) {
            return fail(ErrorKind::Corrupt,
                        std::string("zstd cannot decompress it: ") + ZSTD_getErrorName(got));
        }
        out.resize(got);
    } else if (compression == "lz4") {
        if (contexts_->lz4 == nullptr) {
            INVARIANT(
                LZ4F_isError(LZ4F_createDecompressionContext(&contexts_->lz4, LZ4F_VERSION)) == 0);
        }
        LZ4F_resetDecompressionContext(contexts_->lz4);
        out.resize(size);
        std::size_t written = 0;
        std::size_t hint = 1;
        while (!in.empty() && hint != 0) {
            std::size_t room = out.size() - written;
            std::size_t used = in.size();
            hint = LZ4F_decompress(contexts_->lz4, out.data() + written, &room, in.data(), &used,
                                   nullptr);
            if (LZ4F_isError(hint) != 0 || (room == 0 && used == 0)) {
                return fail(ErrorKind::Corrupt, "lz4 cannot decompress it");
            }
            written += room;
            in.remove_prefix(used);
        }
        out.resize(hint == 0 ? written : 0);
    } else {
        return fail(ErrorKind::Corrupt,
                    "its compression '" + std::string(compression) + "' is unknown");
    }
    if (out.size() != size) {
        return fail(ErrorKind::Corrupt, "it holds " + std::to_string(out.size()) +
                                            " bytes, its header says " + std::to_string(size));
    }
    return {};
}

}  // namespace sauda::recording
