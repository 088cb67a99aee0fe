#include "common/base/rng.h"
#include "common/wire/codec.h"
#include "common/wire/describe.h"
#include "common/wire/text_check.h"
#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>

using namespace sauda;

namespace {

// Flips, inserts, removes, repeats and cuts a few bytes.
std::string mutated(std::string bytes, base::Rng& rng) {
    const auto changes = 1 + rng.below(6);
    for (uint64_t c = 0; c < changes; ++c) {
        const auto at = static_cast<std::size_t>(rng.below(bytes.size() + 1));
        switch (rng.below(6)) {
            case 0:
                if (at < bytes.size()) {
                    bytes[at] = static_cast<char>(bytes[at] ^ (1 << rng.below(8)));
                }
                break;
            case 1:
                if (at < bytes.size()) {
                    bytes[at] = static_cast<char>(rng.below(256));
                }
                break;
            case 2:
                bytes.insert(at, 1, static_cast<char>(rng.below(256)));
                break;
            case 3:
                bytes.erase(at, static_cast<std::size_t>(rng.below(4)));
                break;
            case 4:
                bytes.insert(at, bytes.substr(at, static_cast<std::size_t>(rng.below(40))));
                break;
            default:
                bytes.resize(at);
                break;
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("garbage: 10,000 mutated messages are refused by name or are valid", "[unit][wire]") {
    base::Rng rng(20250829);
    const auto samples = samples::all();
    int refused = 0;
    int passed = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto& [stream, payload] = samples[static_cast<std::size_t>(i) % samples.size()];
        const auto schema = wire::schema_of(payload);
        const auto bytes = mutated(wire::encode(samples::meta(), payload), rng);
        const auto decoded = wire::decode(stream, schema, bytes);
        if (!decoded) {
            const auto name = wire::message_name(schema).substr(9);
            REQUIRE(decoded.error().kind == base::ErrorKind::Invalid);
            REQUIRE(decoded.error().text.starts_with(name));
            REQUIRE(decoded.error().text.find(": ") != std::string::npos);
            REQUIRE(wire::is_utf8(decoded.error().text));
            ++refused;
            continue;
        }
        ++passed;
        // What passed is a message like any other: it passes again, unchanged, and can be told.
        const auto again =
            wire::decode(stream, schema, wire::encode(decoded->meta, decoded->payload));
        REQUIRE(again);
        REQUIRE(again->payload == decoded->payload);
        REQUIRE(again->meta == decoded->meta);
        REQUIRE(again->refusals.empty());
        REQUIRE_FALSE(wire::describe({stream, 1, decoded->meta, decoded->payload}).empty());
    }
    CHECK(refused > 3000);
    CHECK(passed > 500);
}

TEST_CASE("garbage: random bytes never pass as a message of the services", "[unit][wire]") {
    base::Rng rng(7);
    for (int i = 0; i < 10'000; ++i) {
        std::string bytes(static_cast<std::size_t>(rng.below(200)), '\0');
        for (char& byte : bytes) {
            byte = static_cast<char>(rng.below(256));
        }
        const auto schema = static_cast<uint16_t>(rng.below(wire::kSchemaMax + 3));
        REQUIRE_FALSE(wire::decode(domain::StreamId::RiskDecision, schema, bytes));
    }
}

TEST_CASE("garbage: a message cut at any byte is refused or reads as a shorter one",
          "[unit][wire]") {
    for (const auto& [stream, payload] : samples::all()) {
        const auto bytes = wire::encode(samples::meta(), payload);
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            const auto decoded = wire::decode(stream, wire::schema_of(payload),
                                              std::string_view(bytes).substr(0, n));
            REQUIRE((!decoded || decoded->payload != payload));
        }
    }
}

TEST_CASE("garbage: UTF-8 is checked as the standard says", "[unit][wire]") {
    for (const auto* good : {"", "plain", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                             "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
                             "\xE0\xA4\xB8\xE0\xA5\x8C\xE0\xA4\xA6\xE0\xA4\xBE"}) {
        CHECK(wire::is_utf8(good));
    }
    for (const auto* bad :
         {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2 ", "\xE0\x9F\xBF", "\xE0\xA0",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xE1\x80 ", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xF0\x90\x80", "\xFF", "a\xFE"}) {
        CHECK_FALSE(wire::is_utf8(bad));
    }
}
