#pragma once

#include <expected>
#include <string>
#include <utility>

namespace sauda::base {

// What a caller can react to differently; a new value only when some caller does.
enum class ErrorKind { Invalid, NotFound, Unavailable, Corrupt, Conflict, Exhausted };

// text says what, where and what to do, in a sentence a trader can act on.
struct Error {
    ErrorKind kind = ErrorKind::Invalid;
    std::string text;
};

template <class T>
using Expected = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string text) {
    return std::unexpected<Error>(Error{kind, std::move(text)});
}

}  // namespace sauda::base
