#include "common/net/codes.h"

#include <catch2/catch.hpp>

using namespace sauda;
using net::OneTimeCodes;
using net::Secret;

namespace {

// The key of RFC 6238's examples, "12345678901234567890".
OneTimeCodes codes() {
    return *OneTimeCodes::make(Secret("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
}

}  // namespace

TEST_CASE("a signature is the HMAC-SHA256 of RFC 4231") {
    CHECK(net::hmac_sha256(Secret("Jefe"), "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(net::hmac_sha256(Secret(std::string(20, '\x0b')), "Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST_CASE("base 64 and base 32 follow RFC 4648") {
    CHECK(net::base64("").empty());
    CHECK(net::base64("f") == "Zg==");
    CHECK(net::base64("foob") == "Zm9vYg==");
    CHECK(net::base64("foobar") == "Zm9vYmFy");
    CHECK(net::base32_decode("MZXW6YTBOI======") == "foobar");
    CHECK(net::base32_decode("mzxw 6ytb oi") == "foobar");
    CHECK(net::base32_decode("MZXW1") == std::nullopt);
}

TEST_CASE("one-time codes are the last six digits of RFC 6238's examples") {
    CHECK(codes().code_of_step(59 / 30) == "287082");
    CHECK(codes().code_of_step(1111111109 / 30) == "081804");
    CHECK(codes().code_of_step(1111111111 / 30) == "050471");
    CHECK(codes().code_of_step(20000000000 / 30) == "353130");
}

TEST_CASE("a code is good in its step and the neighbours of it, and only once") {
    const int64_t now = 1111111111;
    const int64_t step = now / 30;
    CHECK(codes().accept("050471", now, 0) == step);
    CHECK(codes().accept("050471", now + 30, 0) == step);
    CHECK(codes().accept("050471", now - 30, 0) == step);
    CHECK(codes().accept("050471", now + 90, 0) == std::nullopt);
    CHECK(codes().accept("050471", now, step) == std::nullopt);
    CHECK(codes().accept("050472", now, 0) == std::nullopt);
    CHECK(codes().accept("05047", now, 0) == std::nullopt);
    CHECK(codes().accept("", now, 0) == std::nullopt);
}

TEST_CASE("a short or garbled secret of codes is refused and not repeated in the error") {
    for (const auto* text : {"", "ABC", "GEZDGNBVGY3TQOJ", "GEZDGNBVGY3TQOJ!GEZDGNBV"}) {
        const auto made = OneTimeCodes::make(Secret(text));
        REQUIRE_FALSE(made.has_value());
        CHECK((*text == '\0' || made.error().text.find(text) == std::string::npos));
    }
}
