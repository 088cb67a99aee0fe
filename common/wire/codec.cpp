#include "common/wire/codec.h"

#include "common/wire/proto_reader.h"
#include "common/wire/proto_writer.h"

#include <array>

namespace sauda::wire {

namespace {

using domain::Meta;
using domain::Payload;

using Parse = bool (*)(std::string_view bytes, Meta& meta, Payload& payload, Fault& fault);

template <std::size_t I>
bool parse_as(std::string_view bytes, Meta& meta, Payload& payload, Fault& fault) {
    using T = std::variant_alternative_t<I, Payload>;
    if constexpr (std::is_same_v<T, domain::QuoteBatch>) {
        if (auto* batch = std::get_if<I>(&payload)) {  // the hot one keeps its capacity
            batch->underlying = {};
            batch->quotes.clear();
            return read_message(bytes, *batch, fault, &meta);
        }
    }
    return read_message(bytes, payload.emplace<I>(), fault, &meta);
}

template <std::size_t... I>
constexpr std::array<Parse, sizeof...(I)> parsers(std::index_sequence<I...> /*indices*/) {
    return {&parse_as<I>...};
}
constexpr auto kParsers = parsers(std::make_index_sequence<kSchemaMax>{});

std::string_view short_name(uint16_t schema) {
    const auto name = message_name(schema);
    return name.substr(name.rfind('.') + 1);
}

}  // namespace

uint16_t schema_of(const Payload& payload) { return static_cast<uint16_t>(payload.index() + 1); }

void encode_to(const Meta& meta, const Payload& payload, std::string& out) {
    std::visit(
        [&](const auto& value) {
            const std::size_t bound = kScalarBound + bound_of(meta) + bound_of(value);
            out.resize_and_overwrite(bound, [&](char* p, std::size_t) {
                const auto size = static_cast<std::size_t>(write_payload(p, meta, value) - p);
                INVARIANT(size <= bound);
                return size;
            });
        },
        payload);
}

std::string encode(const Meta& meta, const Payload& payload) {
    // The bounds are generous; what is kept is cut to size.
    static thread_local std::string scratch;
    encode_to(meta, payload, scratch);
    return std::string(scratch.data(), scratch.size());
}

base::Expected<void> parse_to(uint16_t schema, std::string_view bytes, Meta& meta,
                              Payload& payload) {
    if (schema == 0 || schema > kSchemaMax) {
        return base::fail(base::ErrorKind::Invalid,
                          "schema " + std::to_string(schema) + " is unknown");
    }
    auto causes = std::move(meta.causes);  // keeps its capacity
    causes.clear();
    meta = {};
    meta.causes = std::move(causes);
    Fault fault;
    if (!kParsers[schema - 1U](bytes, meta, payload, fault)) {
        fault.within(short_name(schema));
        return base::fail(base::ErrorKind::Invalid, fault.path + ": " + fault.what);
    }
    return {};
}

base::Expected<void> decode_to(domain::StreamId stream, uint16_t schema, std::string_view bytes,
                               Decoded& out) {
    out.refusals.clear();
    if (const auto parsed = parse_to(schema, bytes, out.meta, out.payload); !parsed) {
        return parsed;
    }
    return validate(stream, out.meta, out.payload, out.refusals);
}

base::Expected<Decoded> decode(domain::StreamId stream, uint16_t schema, std::string_view bytes) {
    base::Expected<Decoded> decoded(std::in_place);
    if (auto done = decode_to(stream, schema, bytes, *decoded); !done) {
        decoded = std::unexpected(std::move(done.error()));
    }
    return decoded;
}

}  // namespace sauda::wire
