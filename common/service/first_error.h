#pragma once

#include "common/base/expected.h"

#include <optional>

namespace sauda::service {

// Reads many settings in a row and keeps the first thing that was wrong.
class FirstError {
 public:
    template <class T>
    void take(T& field, base::Expected<T> value) {
        if (value) {
            field = std::move(*value);
        } else if (!error_) {
            error_ = value.error();
        }
    }
    void note(base::Error error) {
        if (!error_) {
            error_ = std::move(error);
        }
    }
    // The value, or the first error.
    template <class T>
    base::Expected<T> or_error(T value) const {
        if (error_) {
            return std::unexpected(*error_);
        }
        return value;
    }

 private:
    std::optional<base::Error> error_;
};

}  // namespace sauda::service
