#pragma once

#include "common/domain/message.h"
#include "common/wire/enum_numbers.h"

#include <string>

// Archive that gives every field of a message a value of its own, other than the default. Lists
// get two elements, optionals a value. The values need not make sense together.
class Filler {
 public:
    template <class... Ts>
    void fields(std::string_view /*names*/, Ts&... values) {
        (fill(values), ...);
    }
    template <class T>
    void fill(T& value) {
        using namespace sauda;
        const uint64_t n = ++count_;
        if constexpr (std::is_same_v<T, bool>) {
            value = true;
        } else if constexpr (std::is_same_v<T, domain::StreamId>) {
            value = domain::all_durable_streams()[n % 17];
        } else if constexpr (std::is_same_v<T, domain::ReasonCode>) {
            value = static_cast<T>(30 + n % 8);
        } else if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(1 + n % static_cast<uint64_t>(wire::LastOf<T>::value));
        } else if constexpr (std::is_signed_v<T>) {
            value = static_cast<T>(n % 2 == 0 ? n * 1'000'003 : 0 - n * 1'000'003);
        } else if constexpr (std::is_unsigned_v<T>) {
            value = static_cast<T>(sizeof(T) < 4 ? 100 + n % 100 : n * 1'000'003);
        } else if constexpr (std::is_same_v<T, domain::ContractId>) {
            value = T::from_raw(n * 0x9E3779B97F4A7C15ULL);
        } else if constexpr (base::detail::IsFixed<T>::value) {
            value = T::from_raw(static_cast<int64_t>(n % 2 == 0 ? n * 10'007 : 0 - n * 10'007));
        } else if constexpr (std::is_same_v<T, base::Timestamp>) {
            value = {static_cast<int64_t>(1'756'439'100'000'000'000 + n)};
        } else if constexpr (std::is_same_v<T, base::Duration>) {
            value = {-static_cast<int64_t>(n)};
        } else if constexpr (std::is_same_v<T, base::Date>) {
            value = {static_cast<int32_t>(20'000 + n)};
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = "text " + std::to_string(n) + " \xE0\xA4\xB8";
        } else if constexpr (base::detail::IsOptional<T>::value) {
            fill(value.emplace());
        } else if constexpr (base::detail::Sequence<T>) {
            fill(value.emplace_back());
            fill(value.emplace_back());
        } else {
            value.visit_fields(*this);
        }
    }

 private:
    uint64_t count_ = 0;
};

template <class T>
T filled() {
    T value;
    Filler filler;
    filler.fill(value);
    return value;
}

// Calls f with a value of each payload type, filled.
template <class F, std::size_t... I>
void for_each_payload(F f, std::index_sequence<I...> /*indices*/) {
    (f(filled<std::variant_alternative_t<I, sauda::domain::Payload>>()), ...);
}
template <class F>
void for_each_payload(F f) {
    for_each_payload(f, std::make_index_sequence<std::variant_size_v<sauda::domain::Payload>>{});
}
