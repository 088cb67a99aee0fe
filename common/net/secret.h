#pragma once

#include "common/base/expected.h"

#include <string>
#include <string_view>

namespace sauda::net {

// A token, password or key. Nothing prints it by accident: who needs the text says reveal().
class Secret {
 public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    // `text` with the secret, wherever it stands in it, replaced by "***".
    [[nodiscard]] std::string hide_in(std::string text) const;

 private:
    std::string text_;
};

// The environment variable `name`, or the first line of the file that `name`_FILE names. Empty
// when neither is set. Invalid when both are, or the file is empty or holds control characters;
// NotFound when it cannot be read. Errors name the variable and the file, never what is in them.
base::Expected<Secret> read_secret(const std::string& name);

}  // namespace sauda::net
