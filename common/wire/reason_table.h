#pragma once

#include <span>
#include <string_view>

#include "common/domain/reason.h"

namespace sauda::wire {

// `plain` stands alone; `woven` is used when every number it names in braces is present ("{a|b}":
// a number named a, else b), and is empty where there is nothing to weave. Both end with a full
// stop.
struct ReasonRow {
    domain::ReasonCode code;
    std::string_view text;
    std::string_view plain;
    std::string_view woven;
};

// One row for each ReasonCode, by number.
std::span<const ReasonRow> reason_rows();

}  // namespace sauda::wire
