#pragma once

#include "common/domain/message.h"
#include "common/wire/enum_numbers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// How the C++ type of a domain field maps to protobuf. The one list of fields of each domain type
// (SAUDA_FIELDS) gives the field numbers: payloads count from 2 because field 1 is Meta, all other
// types from 1. A test holds every field of every message against the .proto files.
namespace sauda::wire {

enum class FieldKind {
    Varint,   // bool, enums, unsigned integers
    ZigZag,   // sint64 and sint32: signed integers, prices, money, quantities, durations, dates
    Fixed64,  // contract ids, timestamps, hashes
    Text,     // string
    Message,
    Optional,  // a message that may be absent
    Repeated,  // of messages
};

inline constexpr uint32_t kWireVarint = 0;
inline constexpr uint32_t kWireFixed64 = 1;
inline constexpr uint32_t kWireLength = 2;
inline constexpr uint32_t kWireFixed32 = 5;

template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
inline constexpr bool kIsOptional = base::detail::IsOptional<T>::value;

template <class T, class Variant>
inline constexpr bool kIsAlternative = false;
template <class T, class... Ts>
inline constexpr bool kIsAlternative<T, std::variant<Ts...>> = (std::is_same_v<T, Ts> || ...);
template <class T>
inline constexpr bool kIsPayload = kIsAlternative<T, domain::Payload>;
template <class T>
inline constexpr uint32_t kFirstField = kIsPayload<T> ? 2 : 1;

// Unsigned fields that are hashes travel as fixed64: bit i is set for the field at index i.
template <class T>
inline constexpr uint64_t kHashFields = 0;
template <>
inline constexpr uint64_t kHashFields<domain::Meta> = 1U << 5U;  // run
template <>
inline constexpr uint64_t kHashFields<domain::SourceInfo> = 1U << 7U;  // content_hash

template <class V>
constexpr FieldKind kind_of(bool is_hash) {
    if constexpr (std::is_same_v<V, std::string>) {
        return FieldKind::Text;
    } else if constexpr (kIsVector<V>) {
        return FieldKind::Repeated;
    } else if constexpr (kIsOptional<V>) {
        return FieldKind::Optional;
    } else if constexpr (std::is_enum_v<V> || std::is_unsigned_v<V>) {
        return is_hash ? FieldKind::Fixed64 : FieldKind::Varint;
    } else if constexpr (std::is_same_v<V, base::Timestamp> ||
                         std::is_same_v<V, domain::ContractId>) {
        return FieldKind::Fixed64;
    } else if constexpr (std::is_signed_v<V> || base::detail::IsFixed<V>::value ||
                         std::is_same_v<V, base::Duration> || std::is_same_v<V, base::Date>) {
        return FieldKind::ZigZag;
    } else {
        return FieldKind::Message;
    }
}
template <class Owner, std::size_t I, class V>
inline constexpr FieldKind kKind = kind_of<V>((kHashFields<Owner> >> I & 1U) != 0);

constexpr uint32_t wire_type(FieldKind kind) {
    switch (kind) {
        case FieldKind::Varint:
        case FieldKind::ZigZag:
            return kWireVarint;
        case FieldKind::Fixed64:
            return kWireFixed64;
        case FieldKind::Text:
        case FieldKind::Message:
        case FieldKind::Optional:
        case FieldKind::Repeated:
            return kWireLength;
    }
    return kWireLength;
}
template <class Owner, std::size_t I, class V>
inline constexpr uint32_t kTag =
    (static_cast<uint32_t>(I) + kFirstField<Owner>) << 3U | wire_type(kKind<Owner, I, V>);

// The 64 bits of a scalar, before zigzag.
template <class V>
constexpr uint64_t bits_of(const V& value) {
    if constexpr (std::is_same_v<V, domain::ContractId>) {
        return value.raw();
    } else if constexpr (base::detail::IsFixed<V>::value) {
        return static_cast<uint64_t>(value.raw());
    } else if constexpr (std::is_same_v<V, base::Timestamp> || std::is_same_v<V, base::Duration>) {
        return static_cast<uint64_t>(value.ns);
    } else if constexpr (std::is_same_v<V, base::Date>) {
        return static_cast<uint64_t>(static_cast<int64_t>(value.days));
    } else {
        return static_cast<uint64_t>(value);
    }
}

// False when the number does not fit the field or is no value of the enum.
template <class V>
bool set_bits(V& value, uint64_t bits) {
    if constexpr (std::is_same_v<V, bool>) {
        value = bits != 0;
    } else if constexpr (std::is_enum_v<V>) {
        value = static_cast<V>(bits);
        return is_enum_number<V>(bits);
    } else if constexpr (std::is_unsigned_v<V>) {
        value = static_cast<V>(bits);
        return static_cast<uint64_t>(value) == bits;
    } else if constexpr (std::is_same_v<V, domain::ContractId>) {
        value = domain::ContractId::from_raw(bits);
    } else if constexpr (base::detail::IsFixed<V>::value) {
        value = V::from_raw(static_cast<int64_t>(bits));
    } else if constexpr (std::is_same_v<V, base::Timestamp> || std::is_same_v<V, base::Duration>) {
        value.ns = static_cast<int64_t>(bits);
    } else if constexpr (std::is_same_v<V, base::Date>) {
        value.days = static_cast<int32_t>(bits);
        return value.days == static_cast<int64_t>(bits);
    } else {
        value = static_cast<V>(bits);
    }
    return true;
}

constexpr uint64_t zigzag(uint64_t bits) {
    return (bits << 1U) ^ static_cast<uint64_t>(static_cast<int64_t>(bits) >> 63);
}
constexpr uint64_t unzigzag(uint64_t coded) { return (coded >> 1U) ^ (0U - (coded & 1U)); }

}  // namespace sauda::wire
