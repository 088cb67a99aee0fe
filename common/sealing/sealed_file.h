#pragma once

#include "common/base/expected.h"
#include "common/sealing/key.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sauda::sealing {

// A stream of bytes in a file of parts: with a key encrypted and authenticated
// (XChaCha20-Poly1305, libsodium's secretstream), without one only protected against accidents
// (BLAKE2b). Either way a changed, exchanged, missing or added byte is noticed, a cut tail too.
//
//   "SAUDABAK", version 1, 1 if encrypted, [24 bytes of the stream's header],
//   parts: 32-bit length (little endian), sealed bytes; the last one is marked inside.
class SealedWriter {
 public:
    // Replaces the file; readable by its owner only. No key: plain.
    static base::Expected<SealedWriter> create(const std::string& path,
                                               const std::optional<Key>& key);
    SealedWriter(SealedWriter&&) noexcept;
    SealedWriter& operator=(SealedWriter&&) noexcept;
    ~SealedWriter();

    base::Expected<void> write(std::string_view bytes);
    // The last part; on disk afterwards. Without it the file is refused by every reader.
    base::Expected<void> finish();

 private:
    struct Impl;
    explicit SealedWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class SealedReader {
 public:
    // Invalid when the file is encrypted and no key is given; Corrupt when it is none of ours.
    static base::Expected<SealedReader> open(const std::string& path,
                                             const std::optional<Key>& key);
    SealedReader(SealedReader&&) noexcept;
    SealedReader& operator=(SealedReader&&) noexcept;
    ~SealedReader();

    [[nodiscard]] bool is_encrypted() const;
    // Exactly `size` bytes, replacing out. Corrupt when there are fewer or a part is not as it was
    // written (also: the key is another one).
    base::Expected<void> read(uint64_t size, std::string& out);
    // Corrupt unless everything was read and the writer had finished.
    base::Expected<void> expect_end();

 private:
    struct Impl;
    explicit SealedReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sauda::sealing
