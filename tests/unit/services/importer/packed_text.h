#pragma once

#include <zlib.h>
#include <zstd.h>

#include <stdexcept>
#include <string>

// Text as files hold it, packed.
namespace importer_test {

inline std::string zstd_of(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
    return out;
}

// `head`, then `block` so many times, as one frame; the blocks are never held together.
inline std::string packed_many(const std::string& head, const std::string& block, int times,
                               bool is_zstd) {
    std::string out;
    std::string buffer(1U << 20U, '\0');
    if (is_zstd) {
        ZSTD_CCtx* context = ZSTD_createCCtx();
        const auto feed = [&](const std::string& text, bool is_last) {
            ZSTD_inBuffer in{text.data(), text.size(), 0};
            std::size_t rest = 1;
            while (in.pos < in.size || (is_last && rest != 0)) {
                ZSTD_outBuffer to{buffer.data(), buffer.size(), 0};
                rest =
                    ZSTD_compressStream2(context, &to, &in, is_last ? ZSTD_e_end : ZSTD_e_continue);
                out.append(buffer, 0, to.pos);
            }
        };
        feed(head, false);
        for (int i = 0; i < times; ++i) {
            feed(block, i + 1 == times);
        }
        ZSTD_freeCCtx(context);
        return out;
    }
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (deflateInit2(&stream, 9, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib");
    }
    const auto feed = [&](const std::string& text, bool is_last) {
        std::string copy = text;
        stream.next_in = reinterpret_cast<Bytef*>(copy.data());
        stream.avail_in = static_cast<uInt>(copy.size());
        int state = Z_OK;
        while (stream.avail_in > 0 || (is_last && state != Z_STREAM_END)) {
            stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
            stream.avail_out = static_cast<uInt>(buffer.size());
            state = deflate(&stream, is_last ? Z_FINISH : Z_NO_FLUSH);
            out.append(buffer, 0, buffer.size() - stream.avail_out);
        }
    };
    feed(head, false);
    for (int i = 0; i < times; ++i) {
        feed(block, i + 1 == times);
    }
    deflateEnd(&stream);
    return out;
}

inline std::string gzip_of(const std::string& text) { return packed_many("", text, 1, false); }

inline std::string repeated(const std::string& text, std::size_t at_least) {
    std::string out;
    while (out.size() < at_least) {
        out += text;
    }
    return out;
}

}  // namespace importer_test
