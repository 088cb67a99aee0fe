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
// table weaves numbers in by name (mostly `used` or `value`, and `limit`); without them the
// sentence still stands: "Total margin would be above the limit." Numbers it does not ask for
// follow in brackets, but for the bare counts of checks, which the machine text keeps.
// Names with a meaning of their own: `estimated` other than zero adds "This is an estimate.";
// `service`, `act`, `own_state`, `risk_state` are read as their enums, `..._ns` as a duration,
// `entry_...` in seconds as a time of day.
std::string sentence(const domain::Reason& reason);

}  // namespace sauda::wire
