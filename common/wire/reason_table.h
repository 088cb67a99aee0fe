#pragma once

#include "common/domain/reason.h"

#include <string_view>
#include <vector>

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

// The row of a code; an empty text for a number that is no code.
ReasonRow reason_row(domain::ReasonCode code);

// All rows, by number.
const std::vector<ReasonRow>& reason_rows();

}  // namespace sauda::wire
