#include "common/market/masters/byte_source.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr std::size_t kBlock = 128U << 10U;
constexpr uint64_t kUnpackedMax = 1ULL << 30U;

class FileBytes : public ByteSource {
 public:
    FileBytes(std::ifstream in, std::string path, uint64_t left)
        : in_(std::move(in)), path_(std::move(path)), left_(left), block_(kBlock, '\0') {}

    Expected<std::string_view> next() override {
        const auto wanted = std::min<uint64_t>(left_, block_.size());
        in_.read(block_.data(), static_cast<std::streamsize>(wanted));
        if (in_.bad()) {
            return fail(ErrorKind::Unavailable, path_ + ": reading failed");
        }
        const auto got = static_cast<std::size_t>(in_.gcount());
        left_ -= got;
        return std::string_view(block_).substr(0, got);
    }

 private:
    std::ifstream in_;
    std::string path_;
    uint64_t left_;
    std::string block_;
};

class TextBytes : public ByteSource {
 public:
    explicit TextBytes(std::string text) : text_(std::move(text)) {}
    Expected<std::string_view> next() override {
        const auto piece = std::string_view(text_).substr(at_, kBlock);
        at_ += piece.size();
        return piece;
    }

 private:
    std::string text_;
    std::size_t at_ = 0;
};

// What the two libraries have in common: input block by block, output block by block.
class Unpacker : public ByteSource {
 public:
    Unpacker(Bytes packed, std::string name)
        : packed_(std::move(packed)), name_(std::move(name)), block_(kBlock, '\0') {}

    Expected<std::string_view> next() override {
        while (true) {
            if (input_.empty() && !is_ended_) {
                auto piece = packed_->next();
                if (!piece) {
                    return piece;
                }
                input_ = *piece;
                is_ended_ = input_.empty();
            }
            if (input_.empty()) {
                return is_inside_ ? corrupt("the compressed file is cut short; get it again")
                                  : Expected<std::string_view>(std::string_view());
            }
            const auto made = unpack();
            if (!made) {
                return std::unexpected(made.error());
            }
            total_ += *made;
            if (total_ > kUnpackedMax) {
                return corrupt("it unpacks to more than a gigabyte; a master has some 40 MB");
            }
            if (*made > 0) {
                return std::string_view(block_).substr(0, *made);
            }
        }
    }

 protected:
    // Takes from input_, fills block_ from its begin; how much it made.
    virtual Expected<std::size_t> unpack() = 0;
    std::unexpected<base::Error> corrupt(const std::string& what) const {
        return fail(ErrorKind::Corrupt, name_ + ": " + what);
    }

    Bytes packed_;
    std::string name_;
    std::string block_;
    std::string_view input_;
    uint64_t total_ = 0;
    bool is_ended_ = false;
    bool is_inside_ = true;  // an empty input is cut short, too
};

class Inflater : public Unpacker {
 public:
    Inflater(Bytes packed, std::string name, bool is_gzip)
        : Unpacker(std::move(packed), std::move(name)), is_gzip_(is_gzip) {
        constexpr int kWindow = 15;
        constexpr int kWithGzipHeader = 16;
        inflateInit2(&stream_, is_gzip ? kWindow + kWithGzipHeader : -kWindow);
    }
    ~Inflater() override { inflateEnd(&stream_); }

 protected:
    Expected<std::size_t> unpack() override {
        if (!is_inside_) {
            if (!is_gzip_) {
                return corrupt("bytes follow the end of the compressed data");
            }
            inflateReset(&stream_);  // another member follows
            is_inside_ = true;
        }
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input_.data()));
        stream_.avail_in = static_cast<uInt>(input_.size());
        stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
        stream_.avail_out = static_cast<uInt>(block_.size());
        const int result = inflate(&stream_, Z_NO_FLUSH);
        input_.remove_prefix(input_.size() - stream_.avail_in);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
            return corrupt("its compression is damaged; get the file again");
        }
        is_inside_ = result != Z_STREAM_END;
        return block_.size() - stream_.avail_out;
    }

 private:
    z_stream stream_{};
    bool is_gzip_;
};

class ZstdUnpacker : public Unpacker {
 public:
    ZstdUnpacker(Bytes packed, std::string name)
        : Unpacker(std::move(packed), std::move(name)), context_(ZSTD_createDCtx()) {}
    ~ZstdUnpacker() override { ZSTD_freeDCtx(context_); }

 protected:
    Expected<std::size_t> unpack() override {
        ZSTD_inBuffer in{input_.data(), input_.size(), 0};
        ZSTD_outBuffer out{block_.data(), block_.size(), 0};
        const auto result = ZSTD_decompressStream(context_, &out, &in);
        if (ZSTD_isError(result) != 0) {
            return corrupt(std::string("its compression is damaged (") + ZSTD_getErrorName(result) +
                           "); get the file again");
        }
        input_.remove_prefix(in.pos);
        is_inside_ = result != 0;
        return out.pos;
    }

 private:
    ZSTD_DCtx* context_;
};

}  // namespace

Expected<Bytes> open_bytes(const std::string& path, uint64_t offset, uint64_t size) {
    std::ifstream in(path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    if (!in) {
        return fail(ErrorKind::NotFound, "cannot read " + path);
    }
    return std::make_unique<FileBytes>(std::move(in), path, size);
}

Bytes bytes_of(std::string text) { return std::make_unique<TextBytes>(std::move(text)); }

Packing packing_of(std::string_view head) {
    using std::string_view_literals::operator""sv;
    if (head.starts_with("\x28\xB5\x2F\xFD"sv)) {
        return Packing::Zstd;
    }
    if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv)) {
        return Packing::Zip;
    }
    return head.starts_with("\x1F\x8B"sv) ? Packing::Gzip : Packing::None;
}

Bytes unpacked(Packing packing, Bytes packed, std::string name) {
    switch (packing) {
        case Packing::None:
        case Packing::Zip:
            break;
        case Packing::Gzip:
        case Packing::Deflate:
            return std::make_unique<Inflater>(std::move(packed), std::move(name),
                                              packing == Packing::Gzip);
        case Packing::Zstd:
            return std::make_unique<ZstdUnpacker>(std::move(packed), std::move(name));
    }
    return packed;
}

}  // namespace sauda::masters
