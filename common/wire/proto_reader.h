#pragma once

#include "common/wire/field_kinds.h"
#include "common/wire/text_check.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

// Reads protobuf straight into domain values by their one list of fields. Fields may come in any
// order and unknown ones are skipped; fields in order (what every writer sends) take a short way.
// Everything it cannot read is a Fault that names the field.
namespace sauda::wire {

inline constexpr std::size_t kTextBytesMax = 256;
inline constexpr std::size_t kRowsMax = 8192;  // of any list

// Where and why reading stopped: "intent.legs[1].side" and "7 is no value of it".
struct Fault {
    std::string path;
    std::string what;
    void within(std::string_view name) {
        std::string whole(name);
        if (!path.empty()) {
            whole += path.front() == '[' ? "" : ".";
            whole += path;
        }
        path = std::move(whole);
    }
};

// The name at `index` of the text SAUDA_FIELDS made: "contract, bid, ask".
std::string_view name_at(std::string_view names, std::size_t index);

class ProtoCursor {
 public:
    ProtoCursor(const char* begin, const char* end) : p_(begin), end_(end) {}
    [[nodiscard]] bool at_end() const { return p_ == end_; }
    [[nodiscard]] std::size_t rest() const { return static_cast<std::size_t>(end_ - p_); }

    // Consumes the tag when it comes next.
    template <uint32_t Tag>
    bool take_tag() {
        if constexpr (Tag < 0x80U) {
            if (p_ < end_ && static_cast<uint8_t>(*p_) == Tag) {
                ++p_;
                return true;
            }
        } else {
            if (rest() >= 2 && static_cast<uint8_t>(p_[0]) == ((Tag & 0x7FU) | 0x80U) &&
                static_cast<uint8_t>(p_[1]) == Tag >> 7U) {
                p_ += 2;
                return true;
            }
        }
        return false;
    }
    bool varint(uint64_t& n) {
        if (p_ < end_ && static_cast<uint8_t>(*p_) < 0x80U) {
            n = static_cast<uint8_t>(*p_++);
            return true;
        }
        return long_varint(n);
    }
    bool fixed64(uint64_t& n) {
        if (rest() < sizeof n) {
            return false;
        }
        std::memcpy(&n, p_, sizeof n);
        p_ += sizeof n;
        return true;
    }
    // The bytes of a length-delimited field.
    bool sized(std::string_view& bytes) {
        uint64_t n = 0;
        if (!varint(n) || n > rest()) {
            return false;
        }
        bytes = {p_, static_cast<std::size_t>(n)};
        p_ += n;
        return true;
    }
    // Passes over the value of an unknown field.
    bool skip(uint32_t type);

 private:
    bool long_varint(uint64_t& n) {
        uint64_t value = 0;
        const char* p = p_;
        for (unsigned shift = 0; shift < 70 && p < end_; shift += 7) {
            const auto byte = static_cast<uint8_t>(*p++);
            value |= static_cast<uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80U) {
                p_ = p;
                n = value;
                return shift < 63 || byte <= 1;  // the tenth byte holds one bit
            }
        }
        return false;
    }
    const char* p_;
    const char* end_;
};

template <class T>
bool read_message(std::string_view bytes, T& message, Fault& fault, domain::Meta* meta = nullptr);

// Archive that reads the fields of one message of type Owner.
template <class Owner>
class FieldReader {
 public:
    FieldReader(std::string_view bytes, Fault& fault, domain::Meta* meta)
        : in_(bytes.data(), bytes.data() + bytes.size()), fault_(fault), meta_(meta) {}
    [[nodiscard]] bool ok() const { return ok_; }

    template <class... Ts>
    void fields(std::string_view names, Ts&... values) {
        names_ = names;
        read_all(std::index_sequence_for<Ts...>{}, values...);
    }

 private:
    static constexpr uint32_t kMetaTag = 1U << 3U | kWireLength;

    template <std::size_t... I, class... Ts>
    void read_all(std::index_sequence<I...> /*indices*/, Ts&... values) {
        if constexpr (kIsPayload<Owner>) {
            ok_ = !in_.template take_tag<kMetaTag>() || read_meta();
        }
        (void)(ok_ && ... && take_in_order<I>(values));
        while (ok_ && !in_.at_end()) {
            uint64_t tag = 0;
            if (!in_.varint(tag) || tag >> 3U == 0 || tag > UINT32_MAX) {
                ok_ = refuse("", "the bytes are not protobuf");
                return;
            }
            bool known = false;
            if constexpr (kIsPayload<Owner>) {
                known = tag == kMetaTag;
                ok_ = !known || read_meta();
            }
            (void)((known || take_if<I>(tag, known, values)) || ...);
            if (!known && !in_.skip(static_cast<uint32_t>(tag & 7U))) {
                ok_ = refuse("", "an unknown field is not protobuf");
            }
        }
    }

    template <std::size_t I, class V>
    bool take_in_order(V& value) {
        while (in_.template take_tag<kTag<Owner, I, V>>()) {
            if (!read_value<I>(value)) {
                return false;
            }
            if constexpr (!kIsVector<V>) {
                break;
            }
        }
        return true;
    }

    template <std::size_t I, class V>
    bool take_if(uint64_t tag, bool& known, V& value) {
        if (tag >> 3U != kTag<Owner, I, V> >> 3U) {
            return false;
        }
        known = true;
        ok_ = tag == kTag<Owner, I, V> ? read_value<I>(value)
                                       : refuse(name_at(names_, I), "its wire type is wrong");
        return true;
    }

    bool read_meta() {
        std::string_view bytes;
        if (!in_.sized(bytes)) {
            return ok_ = refuse("meta", "the bytes end inside it");
        }
        domain::Meta ignored;
        if (!read_message(bytes, meta_ != nullptr ? *meta_ : ignored, fault_)) {
            fault_.within("meta");
            return ok_ = false;
        }
        return true;
    }

    template <std::size_t I, class V>
    bool read_value(V& value) {
        constexpr FieldKind kFieldKind = kKind<Owner, I, V>;
        if constexpr (kFieldKind == FieldKind::Repeated) {
            return read_element<I>(value);
        } else if constexpr (kFieldKind == FieldKind::Message) {
            return read_nested<I>(value);
        } else if constexpr (kFieldKind == FieldKind::Optional) {
            return read_nested<I>(value ? *value : value.emplace());
        } else if constexpr (kFieldKind == FieldKind::Text) {
            return read_text<I>(value);
        } else {
            uint64_t bits = 0;
            const bool read =
                kFieldKind == FieldKind::Fixed64 ? in_.fixed64(bits) : in_.varint(bits);
            if (!read) [[unlikely]] {
                return ok_ = refuse(name_at(names_, I), "the bytes end inside it");
            }
            if (kFieldKind == FieldKind::ZigZag) {
                bits = unzigzag(bits);
            }
            if (!set_bits(value, bits)) [[unlikely]] {
                return ok_ = refuse(name_at(names_, I), number_text(bits, value));
            }
            return true;
        }
    }

    template <std::size_t I, class V>
    bool read_nested(V& value) {
        std::string_view bytes;
        if (!in_.sized(bytes)) {
            return ok_ = refuse(name_at(names_, I), "the bytes end inside it");
        }
        if (!read_message(bytes, value, fault_)) {
            fault_.within(name_at(names_, I));
            return ok_ = false;
        }
        return true;
    }

    template <std::size_t I, class V>
    bool read_element(std::vector<V>& list) {
        std::string_view bytes;
        if (!in_.sized(bytes)) {
            return ok_ = refuse(name_at(names_, I), "the bytes end inside it");
        }
        if (list.size() >= kRowsMax) {
            return ok_ = refuse(name_at(names_, I), "more than " + std::to_string(kRowsMax));
        }
        if (list.empty()) {
            // As many as would fit the rest if all were like the first, within reason.
            list.reserve(std::min<std::size_t>(64, 1 + in_.rest() / (bytes.size() + 2)));
        }
        if (!read_message(bytes, list.emplace_back(), fault_)) {
            fault_.within("[" + std::to_string(list.size() - 1) + "]");
            fault_.within(name_at(names_, I));
            return ok_ = false;
        }
        return true;
    }

    template <std::size_t I>
    bool read_text(std::string& value) {
        std::string_view bytes;
        if (!in_.sized(bytes)) {
            return ok_ = refuse(name_at(names_, I), "the bytes end inside it");
        }
        if (bytes.size() > kTextBytesMax) {
            return ok_ = refuse(name_at(names_, I), std::to_string(bytes.size()) +
                                                        " bytes are more than " +
                                                        std::to_string(kTextBytesMax));
        }
        if (!is_utf8(bytes)) {
            return ok_ = refuse(name_at(names_, I), "it is not UTF-8 text");
        }
        value.assign(bytes);
        return true;
    }

    template <class V>
    static std::string number_text(uint64_t bits, const V& /*of*/) {
        if constexpr (std::is_enum_v<V>) {
            return std::to_string(bits) + " is no value of it";
        } else {
            return std::to_string(static_cast<int64_t>(bits)) + " does not fit";
        }
    }
    bool refuse(std::string_view field, std::string what) {
        fault_.path = field;
        fault_.what = std::move(what);
        return false;
    }

    ProtoCursor in_;
    Fault& fault_;
    domain::Meta* meta_;
    std::string_view names_;
    bool ok_ = true;
};

template <class T>
bool read_message(std::string_view bytes, T& message, Fault& fault, domain::Meta* meta) {
    FieldReader<T> reader(bytes, fault, meta);
    message.visit_fields(reader);
    return reader.ok();
}

}  // namespace sauda::wire
