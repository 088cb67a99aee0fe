#include "common/net/codes.h"

#include "common/base/invariant.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace sauda::net {

namespace {

std::string hmac(const EVP_MD* digest, const std::string& key, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    const auto* done = ::HMAC(digest, key.data(), static_cast<int>(key.size()),
                              reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                              out.data(), &size);
    INVARIANT(done != nullptr);
    return {reinterpret_cast<const char*>(out.data()), size};
}

}  // namespace

std::string hmac_sha256(const Secret& key, std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const char c : hmac(::EVP_sha256(), key.reveal(), bytes)) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> base32_decode(std::string_view text) {
    std::string bytes;
    uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        uint32_t value = 0;
        if (c == '=' || c == ' ' || c == '-') {
            continue;
        }
        if (c >= 'A' && c <= 'Z') {
            value = static_cast<uint32_t>(c - 'A');
        } else if (c >= 'a' && c <= 'z') {
            value = static_cast<uint32_t>(c - 'a');
        } else if (c >= '2' && c <= '7') {
            value = static_cast<uint32_t>(c - '2') + 26;
        } else {
            return std::nullopt;
        }
        bits = (bits << 5U | value) & 0xFFFU;
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> static_cast<uint32_t>(count) & 0xFFU);
        }
    }
    return bytes;
}

base::Expected<OneTimeCodes> OneTimeCodes::make(const Secret& base32_secret) {
    constexpr std::size_t kKeyBytesMin = 10;
    auto key = base32_decode(base32_secret.reveal());
    if (!key || key->size() < kKeyBytesMin) {
        return base::fail(base::ErrorKind::Invalid,
                          "the secret of the one-time codes must be base 32 (A-Z, 2-7) and at "
                          "least 16 characters long");
    }
    return OneTimeCodes(Secret(std::move(*key)));
}

std::string OneTimeCodes::code_of_step(int64_t step) const {
    std::string counter(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) {
        counter[7 - i] = static_cast<char>(static_cast<uint64_t>(step) >> (8 * i) & 0xFFU);
    }
    const auto mac = hmac(::EVP_sha1(), key_.reveal(), counter);
    const auto byte = [&](std::size_t i) {
        return static_cast<uint32_t>(static_cast<unsigned char>(mac[i]));
    };
    const std::size_t at = byte(19) & 15U;
    const uint32_t number =
        (byte(at) & 0x7FU) << 24U | byte(at + 1) << 16U | byte(at + 2) << 8U | byte(at + 3);
    const auto digits = std::to_string(number % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

std::optional<int64_t> OneTimeCodes::accept(std::string_view code, int64_t unix_seconds,
                                            int64_t last_used) const {
    const int64_t now = unix_seconds / kStepSeconds;
    std::optional<int64_t> found;
    for (int64_t step = now - 1; step <= now + 1; ++step) {
        const auto right = code_of_step(step);
        if (code.size() == right.size() && step > last_used &&
            ::CRYPTO_memcmp(code.data(), right.data(), right.size()) == 0) {
            found = step;
        }
    }
    return found;
}

}  // namespace sauda::net
