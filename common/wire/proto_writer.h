#pragma once

#include "common/wire/field_kinds.h"

#include <bit>
#include <cstring>
#include <string>
#include <utility>

// Writes domain values as protobuf, straight from their one list of fields: no second tree of
// objects is built, and a field that is not in the list cannot be sent. Bytes equal what the
// generated classes would write (a test compares them).
namespace sauda::wire {

static_assert(std::endian::native == std::endian::little, "fixed64 is copied as it stands");

// Upper bounds, so that writing needs no checks: a tag takes at most 2 bytes (numbers below 2048),
// a varint 10.
inline constexpr std::size_t kScalarBound = 12;

template <class T>
std::size_t bound_of(const T& message);

// Archive that sums the bounds of the fields of one message.
struct BoundArchive {
    std::size_t bytes = 0;
    template <class... Ts>
    void fields(std::string_view /*names*/, const Ts&... values) {
        (add(values), ...);
    }
    template <class V>
    void add(const V& value) {
        constexpr auto kKindOfV = kind_of<V>(false);
        bytes += kScalarBound;
        if constexpr (kKindOfV == FieldKind::Text) {
            bytes += value.size();
        } else if constexpr (kKindOfV == FieldKind::Message) {
            bytes += bound_of(value);
        } else if constexpr (kKindOfV == FieldKind::Optional) {
            bytes += value ? bound_of(*value) : 0;
        } else if constexpr (kKindOfV == FieldKind::Repeated) {
            for (const auto& element : value) {
                bytes += kScalarBound + bound_of(element);
            }
        }
    }
};

template <class T>
std::size_t bound_of(const T& message) {
    BoundArchive archive;
    const_cast<T&>(message).visit_fields(archive);  // visiting to count changes nothing
    return archive.bytes;
}

inline char* write_varint(char* p, uint64_t n) {
    while (n >= 0x80U) {
        *p++ = static_cast<char>(n | 0x80U);
        n >>= 7U;
    }
    *p++ = static_cast<char>(n);
    return p;
}

template <uint32_t Tag>
char* write_tag(char* p) {
    static_assert(Tag < (1U << 14U));
    if constexpr (Tag < 0x80U) {
        *p++ = static_cast<char>(Tag);
    } else {
        *p++ = static_cast<char>(Tag | 0x80U);
        *p++ = static_cast<char>(Tag >> 7U);
    }
    return p;
}

template <class T>
char* write_message(char* p, const T& message);

// Length and body. One byte is left for the length; a longer body is moved up.
template <class T>
char* write_sized(char* p, const T& message) {
    char* const body = p + 1;
    char* const end = write_message(body, message);
    const auto size = static_cast<std::size_t>(end - body);
    if (size < 0x80U) {
        *p = static_cast<char>(size);
        return end;
    }
    const auto extra = static_cast<std::size_t>(std::bit_width(size) - 1) / 7;
    std::memmove(body + extra, body, size);
    write_varint(p, size);
    return end + extra;
}

// Archive that writes the fields of one message of type Owner.
template <class Owner>
struct FieldWriter {
    char* p;

    template <class... Ts>
    void fields(std::string_view /*names*/, const Ts&... values) {
        write_all(std::index_sequence_for<Ts...>{}, values...);
    }
    template <std::size_t... I, class... Ts>
    void write_all(std::index_sequence<I...> /*indices*/, const Ts&... values) {
        (write_field<I>(values), ...);
    }
    template <std::size_t I, class V>
    void write_field(const V& value) {
        constexpr uint32_t kFieldTag = kTag<Owner, I, V>;
        constexpr FieldKind kFieldKind = kKind<Owner, I, V>;
        if constexpr (kFieldKind == FieldKind::Text) {
            if (!value.empty()) {
                p = write_varint(write_tag<kFieldTag>(p), value.size());
                std::memcpy(p, value.data(), value.size());
                p += value.size();
            }
        } else if constexpr (kFieldKind == FieldKind::Repeated) {
            for (const auto& element : value) {
                p = write_sized(write_tag<kFieldTag>(p), element);
            }
        } else if constexpr (kFieldKind == FieldKind::Optional) {
            if (value) {
                p = write_sized(write_tag<kFieldTag>(p), *value);
            }
        } else if constexpr (kFieldKind == FieldKind::Message) {
            char* const body = write_tag<kFieldTag>(p);
            char* const end = write_sized(body, value);
            p = end == body + 1 ? p : end;  // an empty message is not sent
        } else if (const uint64_t bits = bits_of(value); bits != 0) {
            p = write_tag<kFieldTag>(p);
            if constexpr (kFieldKind == FieldKind::Fixed64) {
                std::memcpy(p, &bits, sizeof bits);
                p += sizeof bits;
            } else {
                p = write_varint(p, kFieldKind == FieldKind::ZigZag ? zigzag(bits) : bits);
            }
        }
    }
};

template <class T>
char* write_message(char* p, const T& message) {
    FieldWriter<T> writer{p};
    const_cast<T&>(message).visit_fields(writer);  // visiting for writing changes nothing
    return writer.p;
}

// Meta as field 1, then the payload's own fields.
template <class T>
char* write_payload(char* p, const domain::Meta& meta, const T& payload) {
    constexpr uint32_t kMetaTag = 1U << 3U | kWireLength;
    p = write_sized(write_tag<kMetaTag>(p), meta);
    return write_message(p, payload);
}

}  // namespace sauda::wire
