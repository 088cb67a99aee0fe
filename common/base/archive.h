#pragma once

#include "common/base/fixed.h"
#include "common/base/hash.h"
#include "common/base/timestamp.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// One list of fields per type serves snapshots, hashes and texts:
//     struct Quote { Price bid; Price ask; SAUDA_FIELDS(bid, ask) };
// An archive is any type with fields(names, ...). Order of fields is part of a snapshot's layout
// and of the run hash: append, never reorder. Empty structs use SAUDA_NO_FIELDS.
#define SAUDA_FIELDS(...)                          \
    template <class Archive>                       \
    void visit_fields(Archive& archive) {          \
        archive.fields(#__VA_ARGS__, __VA_ARGS__); \
    }

namespace sauda::base {

template <class T, class Archive>
concept Visitable = requires(T& t, Archive& a) { t.visit_fields(a); };

// Writes fields little endian, lengths as 64 bits. Never fails.
class BinaryWriter {
 public:
    template <class... Ts>
    void fields(std::string_view /*names*/, const Ts&... values) {
        (write(values), ...);
    }
    template <class T>
    void write(const T& value);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

 private:
    template <class T>
    void raw(T value) {
        char buffer[sizeof(T)];
        std::memcpy(buffer, &value, sizeof(T));
        bytes_.append(buffer, sizeof(T));
    }
    std::string bytes_;
};

// Reads what BinaryWriter wrote. After an overrun ok() is false and every further value is empty.
class BinaryReader {
 public:
    explicit BinaryReader(std::string_view bytes) : rest_(bytes) {}
    template <class... Ts>
    void fields(std::string_view /*names*/, Ts&... values) {
        (read(values), ...);
    }
    template <class T>
    void read(T& value);
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
    template <class T>
    void raw(T& value) {
        if (rest_.size() < sizeof(T)) {
            ok_ = false;
            value = T{};
            return;
        }
        std::memcpy(&value, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
    }
    uint64_t length() {
        uint64_t n = 0;
        raw(n);
        if (n > rest_.size()) {  // every element takes at least one byte
            ok_ = false;
            n = 0;
        }
        return n;
    }
    std::string_view rest_;
    bool ok_ = true;
};

// Folds fields into a 64-bit hash; what equals hashes equal on every machine.
class HashArchive {
 public:
    template <class... Ts>
    void fields(std::string_view /*names*/, const Ts&... values) {
        (add(values), ...);
    }
    template <class T>
    void add(const T& value);
    [[nodiscard]] uint64_t value() const { return hash_.value(); }

 private:
    Hash64 hash_;
};

namespace detail {
template <class T>
struct IsFixed : std::false_type {};
template <class Tag>
struct IsFixed<Fixed<Tag>> : std::true_type {};

template <class T>
concept Sequence = requires(T t) {
    typename T::value_type;
    t.begin();
    t.size();
} && !std::is_same_v<T, std::string>;
template <class T>
concept MapLike = Sequence<T> && requires { typename T::mapped_type; };
template <class T>
concept SetLike = Sequence<T> && requires { typename T::key_type; } && !MapLike<T>;
template <class T>
struct IsArray : std::false_type {};
template <class T, std::size_t N>
struct IsArray<std::array<T, N>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsPair : std::false_type {};
template <class A, class B>
struct IsPair<std::pair<A, B>> : std::true_type {};
}  // namespace detail

template <class T>
void BinaryWriter::write(const T& value) {
    if constexpr (std::is_enum_v<T>) {
        raw(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
        raw(value);
    } else if constexpr (detail::IsFixed<T>::value) {
        raw(value.raw());
    } else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Duration>) {
        raw(value.ns);
    } else if constexpr (std::is_same_v<T, Date>) {
        raw(value.days);
    } else if constexpr (std::is_same_v<T, std::string>) {
        raw(static_cast<uint64_t>(value.size()));
        bytes_ += value;
    } else if constexpr (detail::IsOptional<T>::value) {
        raw(value.has_value());
        if (value) {
            write(*value);
        }
    } else if constexpr (detail::IsPair<T>::value) {
        write(value.first);
        write(value.second);
    } else if constexpr (detail::Sequence<T>) {
        if constexpr (!detail::IsArray<T>::value) {
            raw(static_cast<uint64_t>(value.size()));
        }
        for (const auto& element : value) {
            write(element);
        }
    } else {
        const_cast<T&>(value).visit_fields(*this);  // visiting for writing changes nothing
    }
}

template <class T>
void BinaryReader::read(T& value) {
    if constexpr (std::is_enum_v<T>) {
        std::underlying_type_t<T> n{};
        raw(n);
        value = static_cast<T>(n);
    } else if constexpr (std::is_same_v<T, bool>) {
        uint8_t n = 0;  // a damaged byte must not become a bool that is neither
        raw(n);
        ok_ = ok_ && n <= 1;
        value = n == 1;
    } else if constexpr (std::is_arithmetic_v<T>) {
        raw(value);
    } else if constexpr (detail::IsFixed<T>::value) {
        int64_t n = 0;
        raw(n);
        value = T::from_raw(n);
    } else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Duration>) {
        raw(value.ns);
    } else if constexpr (std::is_same_v<T, Date>) {
        raw(value.days);
    } else if constexpr (std::is_same_v<T, std::string>) {
        const uint64_t n = length();
        value.assign(rest_.substr(0, n));
        rest_.remove_prefix(n);
    } else if constexpr (detail::IsOptional<T>::value) {
        bool present = false;
        read(present);
        value.reset();
        if (present) {
            read(value.emplace());
        }
    } else if constexpr (detail::IsPair<T>::value) {
        read(value.first);
        read(value.second);
    } else if constexpr (detail::IsArray<T>::value) {
        for (auto& element : value) {
            read(element);
        }
    } else if constexpr (detail::MapLike<T>) {
        value.clear();
        for (uint64_t n = length(); n > 0 && ok_; --n) {
            typename T::key_type key{};
            read(key);
            read(value[key]);
        }
    } else if constexpr (detail::SetLike<T>) {
        value.clear();
        for (uint64_t n = length(); n > 0 && ok_; --n) {
            typename T::key_type key{};
            read(key);
            value.insert(key);
        }
    } else if constexpr (detail::Sequence<T>) {
        value.clear();
        for (uint64_t n = length(); n > 0 && ok_; --n) {
            typename T::value_type element{};
            read(element);
            value.push_back(std::move(element));
        }
    } else {
        value.visit_fields(*this);
    }
}

template <class T>
void HashArchive::add(const T& value) {
    if constexpr (std::is_enum_v<T>) {
        hash_.add(static_cast<uint64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
        hash_.add(std::bit_cast<uint64_t>(static_cast<double>(value)));
    } else if constexpr (std::is_integral_v<T>) {
        hash_.add(static_cast<uint64_t>(value));
    } else if constexpr (detail::IsFixed<T>::value) {
        hash_.add(static_cast<uint64_t>(value.raw()));
    } else if constexpr (std::is_same_v<T, Timestamp> || std::is_same_v<T, Duration>) {
        hash_.add(static_cast<uint64_t>(value.ns));
    } else if constexpr (std::is_same_v<T, Date>) {
        hash_.add(static_cast<uint64_t>(value.days));
    } else if constexpr (std::is_same_v<T, std::string>) {
        hash_.add_bytes(value);
    } else if constexpr (detail::IsOptional<T>::value) {
        hash_.add(value.has_value() ? 1 : 0);
        if (value) {
            add(*value);
        }
    } else if constexpr (detail::IsPair<T>::value) {
        add(value.first);
        add(value.second);
    } else if constexpr (detail::Sequence<T>) {
        hash_.add(value.size());
        for (const auto& element : value) {
            add(element);
        }
    } else {
        const_cast<T&>(value).visit_fields(*this);  // visiting for hashing changes nothing
    }
}

template <class T>
std::string save_to_bytes(const T& value) {
    BinaryWriter writer;
    writer.write(value);
    return writer.take();
}

template <class T>
uint64_t hash_of(const T& value) {
    HashArchive archive;
    archive.add(value);
    return archive.value();
}

}  // namespace sauda::base
