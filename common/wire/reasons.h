#pragma once

#include "common/domain/reason.h"

#include <optional>
#include <string>
#include <string_view>

// What stands behind each ReasonCode: its printed code and its sentence, in one table.
namespace sauda::wire {

// "MARGIN_TOTAL"; empty for a number that is no code.
std::string_view code_text(domain::ReasonCode code);
std::optional<domain::ReasonCode> parse_code(std::string_view text);

// "MARGIN_TOTAL: used=2,44,132.00, limit=7,00,000.00"
std::string machine_text(const domain::Reason& reason);

// A plain sentence for the trader: "Total margin would be 8.1 lakh, above the 7 lakh limit." The
// numbers are woven in by name where the table asks for them (see reasons.cpp: mostly `value` or
// `used`, and `limit`); numbers it does not ask for follow in brackets. Without them the sentence
// still stands: "Total margin would be above the limit."
// A number named `estimated` other than zero adds "This is an estimate."
std::string sentence(const domain::Reason& reason);

}  // namespace sauda::wire
