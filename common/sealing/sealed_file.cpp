#include "common/sealing/sealed_file.h"

#include "common/base/invariant.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <vector>

namespace sauda::sealing {

namespace {

using base::Expected;

constexpr std::string_view kMagic = "SAUDABAK";
constexpr char kVersion = 1;
constexpr std::size_t kPartBytes = 256U << 10U;
constexpr std::size_t kCheckBytes = 16;
constexpr std::size_t kSealBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
// The mark of the last part and a check follow the bytes of a plain one.
constexpr std::size_t kPlainExtra = 1 + kCheckBytes;
constexpr std::size_t kHeadBytes = kMagic.size() + 2;

uint8_t* bytes_of(std::string& text) { return reinterpret_cast<uint8_t*>(text.data()); }
const uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const uint8_t*>(text.data());
}

// What a plain part must hash to: its place, whether it is the last, its bytes.
std::string check_of(uint64_t index, std::string_view bytes_and_mark) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, kCheckBytes);
    crypto_generichash_update(&state, reinterpret_cast<const uint8_t*>(&index), sizeof index);
    crypto_generichash_update(&state, bytes_of(bytes_and_mark), bytes_and_mark.size());
    std::string check(kCheckBytes, '\0');
    crypto_generichash_final(&state, bytes_of(check), check.size());
    return check;
}

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

}  // namespace

struct SealedWriter::Impl {
    std::string path;
    File file;
    bool is_encrypted = false;
    std::string head;
    crypto_secretstream_xchacha20poly1305_state state{};
    std::string waiting;
    uint64_t parts = 0;

    Expected<void> put(std::string_view bytes) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) {
            return base::fail(base::ErrorKind::Exhausted,
                              "cannot write " + path + ": is the disk full?");
        }
        return {};
    }

    Expected<void> seal(std::string_view part, bool is_last) {
        std::string sealed;
        if (is_encrypted) {
            sealed.resize(part.size() + kSealBytes);
            crypto_secretstream_xchacha20poly1305_push(
                &state, bytes_of(sealed), nullptr, bytes_of(part), part.size(), bytes_of(head),
                head.size(), is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
        } else {
            sealed = std::string(part) + (is_last ? '\1' : '\0');
            sealed += check_of(parts, sealed);
        }
        ++parts;
        const auto length = static_cast<uint32_t>(sealed.size());
        std::string prefix;
        for (unsigned shift = 0; shift < 32; shift += 8) {
            prefix += static_cast<char>(length >> shift & 0xFFU);
        }
        auto done = put(prefix);
        return done ? put(sealed) : done;
    }
};

SealedWriter::SealedWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter& SealedWriter::operator=(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter() {
    if (impl_) {
        sodium_memzero(&impl_->state, sizeof impl_->state);
    }
}

Expected<SealedWriter> SealedWriter::create(const std::string& path,
                                            const std::optional<Key>& key) {
    INVARIANT(sodium_init() >= 0);
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    auto impl = std::make_unique<Impl>();
    impl->file.reset(descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb"));
    if (!impl->file) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot write " + path + ": " + std::strerror(errno));
    }
    impl->path = path;
    impl->is_encrypted = key.has_value();
    impl->head = std::string(kMagic) + kVersion + (key ? '\1' : '\0');
    auto done = impl->put(impl->head);
    if (key && done) {
        std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
        crypto_secretstream_xchacha20poly1305_init_push(&impl->state, bytes_of(header),
                                                        key->data());
        done = impl->put(header);
    }
    if (!done) {
        return std::unexpected(done.error());
    }
    return SealedWriter(std::move(impl));
}

Expected<void> SealedWriter::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto room = kPartBytes - impl_->waiting.size();
        const auto taken = bytes.substr(0, room);
        impl_->waiting += taken;
        bytes.remove_prefix(taken.size());
        if (impl_->waiting.size() == kPartBytes) {
            if (auto done = impl_->seal(impl_->waiting, false); !done) {
                return done;
            }
            impl_->waiting.clear();
        }
    }
    return {};
}

Expected<void> SealedWriter::finish() {
    auto done = impl_->seal(impl_->waiting, true);
    if (!done) {
        return done;
    }
    const bool is_safe =
        std::fflush(impl_->file.get()) == 0 && ::fsync(::fileno(impl_->file.get())) == 0;
    if (!is_safe) {
        return base::fail(base::ErrorKind::Exhausted,
                          "cannot write " + impl_->path + ": " + std::strerror(errno));
    }
    impl_->file.reset();
    return {};
}

struct SealedReader::Impl {
    std::string path;
    File file;
    bool is_encrypted = false;
    bool is_over = false;
    std::string head;
    crypto_secretstream_xchacha20poly1305_state state{};
    std::string part;
    std::size_t used = 0;
    uint64_t parts = 0;

    [[nodiscard]] std::unexpected<base::Error> damaged(const std::string& what) const {
        return base::fail(base::ErrorKind::Corrupt, path + " " + what);
    }

    bool get(std::size_t size, std::string& out) const {
        out.resize(size);
        return std::fread(out.data(), 1, size, file.get()) == size;
    }

    Expected<void> next_part() {
        std::string prefix;
        if (is_over || !get(4, prefix)) {
            return damaged("ends too early: it was cut, or its backup was not finished");
        }
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            length |= static_cast<std::size_t>(static_cast<uint8_t>(prefix[i])) << 8U * i;
        }
        std::string sealed;
        const std::size_t extra = is_encrypted ? kSealBytes : kPlainExtra;
        if (length < extra || length > kPartBytes + extra) {
            return damaged("is damaged in part " + std::to_string(parts + 1));
        }
        if (!get(length, sealed)) {
            return damaged("ends too early: it was cut, or its backup was not finished");
        }
        used = 0;
        return is_encrypted ? unseal(sealed) : check(std::move(sealed));
    }

    Expected<void> unseal(std::string_view sealed) {
        part.resize(sealed.size() - kSealBytes);
        uint8_t tag = 0;
        const bool is_genuine = crypto_secretstream_xchacha20poly1305_pull(
                                    &state, bytes_of(part), nullptr, &tag, bytes_of(sealed),
                                    sealed.size(), bytes_of(head), head.size()) == 0;
        if (!is_genuine) {
            return damaged(parts == 0
                               ? "cannot be opened with this key, or its beginning is damaged"
                               : "is damaged in part " + std::to_string(parts + 1));
        }
        ++parts;
        is_over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        return {};
    }

    Expected<void> check(std::string sealed) {
        const auto body = std::string_view(sealed).substr(0, sealed.size() - kCheckBytes);
        if (check_of(parts, body) != std::string_view(sealed).substr(body.size())) {
            return damaged("is damaged in part " + std::to_string(parts + 1));
        }
        ++parts;
        is_over = body.back() == '\1';
        part = body.substr(0, body.size() - 1);
        return {};
    }
};

SealedReader::SealedReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader& SealedReader::operator=(SealedReader&&) noexcept = default;
SealedReader::~SealedReader() {
    if (impl_) {
        sodium_memzero(&impl_->state, sizeof impl_->state);
    }
}

Expected<SealedReader> SealedReader::open(const std::string& path, const std::optional<Key>& key) {
    INVARIANT(sodium_init() >= 0);
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->file.reset(std::fopen(path.c_str(), "rb"));
    if (!impl->file) {
        return base::fail(base::ErrorKind::NotFound,
                          "cannot read " + path + ": " + std::strerror(errno));
    }
    if (!impl->get(kHeadBytes, impl->head) || !impl->head.starts_with(kMagic)) {
        return impl->damaged("is no backup of Sauda");
    }
    if (impl->head.back() != '\0' && impl->head.back() != '\1') {
        return impl->damaged("is damaged at its beginning");
    }
    if (impl->head[kMagic.size()] != kVersion) {
        return impl->damaged("is of a newer version of this program");
    }
    impl->is_encrypted = impl->head.back() == '\1';
    if (!impl->is_encrypted) {
        return SealedReader(std::move(impl));
    }
    if (!key) {
        return base::fail(base::ErrorKind::Invalid,
                          path + " is encrypted: name its key file in SAUDA_BACKUP_KEY_FILE");
    }
    std::string header;
    if (!impl->get(crypto_secretstream_xchacha20poly1305_HEADERBYTES, header) ||
        crypto_secretstream_xchacha20poly1305_init_pull(&impl->state, bytes_of(header),
                                                        key->data()) != 0) {
        return impl->damaged("ends too early: it was cut, or its backup was not finished");
    }
    return SealedReader(std::move(impl));
}

bool SealedReader::is_encrypted() const { return impl_->is_encrypted; }

Expected<void> SealedReader::read(uint64_t size, std::string& out) {
    out.clear();
    while (out.size() < size) {
        if (impl_->used == impl_->part.size()) {
            if (auto done = impl_->next_part(); !done) {
                return done;
            }
            continue;
        }
        const auto taken = std::min<uint64_t>(size - out.size(), impl_->part.size() - impl_->used);
        out.append(impl_->part, impl_->used, taken);
        impl_->used += taken;
    }
    return {};
}

Expected<void> SealedReader::expect_end() {
    while (impl_->used == impl_->part.size() && !impl_->is_over) {
        if (auto done = impl_->next_part(); !done) {
            return done;
        }
    }
    if (impl_->used != impl_->part.size() || std::fgetc(impl_->file.get()) != EOF) {
        return impl_->damaged("holds more than it says");
    }
    return {};
}

}  // namespace sauda::sealing
