#pragma once

#include "common/net/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Signatures, one-time codes and the encodings mail and they need.
namespace sauda::net {

// Lower-case hexadecimal HMAC-SHA256, as receivers of webhooks compare it.
std::string hmac_sha256(const Secret& key, std::string_view bytes);

// RFC 4648, one line, padded.
std::string base64(std::string_view bytes);
// RFC 4648; blanks and '=' are passed over, lower case is upper case. nullopt: another character.
std::optional<std::string> base32_decode(std::string_view text);

// One-time codes of RFC 6238 with SHA-1, 6 digits, a new one each 30 s, as authenticator programs
// make them. The key is the shared secret in base 32.
class OneTimeCodes {
 public:
    static constexpr int64_t kStepSeconds = 30;

    // Invalid when the secret is no base 32 or shorter than 80 bits.
    static base::Expected<OneTimeCodes> make(const Secret& base32_secret);

    [[nodiscard]] std::string code_of_step(int64_t step) const;
    // The step the code belongs to: the current one or its neighbours, for clocks that differ.
    // Only a step above `last_used` counts, so that a code works once. nullopt: wrong.
    [[nodiscard]] std::optional<int64_t> accept(std::string_view code, int64_t unix_seconds,
                                                int64_t last_used) const;

 private:
    explicit OneTimeCodes(Secret key) : key_(std::move(key)) {}
    Secret key_;  // bytes
};

}  // namespace sauda::net
