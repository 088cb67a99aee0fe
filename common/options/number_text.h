#pragma once

#include <string>

namespace sauda::options {

// The shortest decimal that reads back as `value`, for sentences about bad input: "0.1", "-5",
// "nan", "1e+300". std::to_string would ask the locale.
std::string text_of(double value);

}  // namespace sauda::options
