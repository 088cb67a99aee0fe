#pragma once

#include "common/base/expected.h"

#include <array>
#include <cstdint>
#include <string>

namespace sauda::sealing {

// The secret of sealed files: 32 bytes. Wiped from memory with the object.
class Key {
 public:
    static constexpr std::size_t kBytes = 32;

    // From a file of 64 hexadecimal digits (white space around them does not matter) that only its
    // owner may read. NotFound, or Invalid with what to do.
    static base::Expected<Key> read(const std::string& path);
    // Writes a new random key to a file of its own (mode 600). Conflict when the file exists.
    static base::Expected<void> make(const std::string& path);

    Key(const Key& other) = default;
    Key& operator=(const Key& other) = default;
    ~Key();

    [[nodiscard]] const uint8_t* data() const { return bytes_.data(); }

 private:
    Key() = default;
    std::array<uint8_t, kBytes> bytes_{};
};

}  // namespace sauda::sealing
