#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>

// How many members an aggregate has: the most initializers it takes.
namespace arity_detail {

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

struct Any {
    // An optional is made from its value only; from Any itself there would be two ways.
    template <class T>
        requires(!kIsOptional<T>)
    operator T() const;
};

template <class T, class... Anys>
constexpr std::size_t count() {
    if constexpr (requires { T{Anys{}..., Any{}}; }) {
        return count<T, Anys..., Any>();
    } else {
        return sizeof...(Anys);
    }
}

}  // namespace arity_detail

template <class T>
constexpr std::size_t arity_of() {
    return arity_detail::count<T>();
}
