#pragma once

#include "common/domain/order.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sauda::cli {

// What the owner may point at: "G12.1.0.2" an order, "G12" a leg group, "I7" an intent, "D7" a
// decision, "7" whatever has that number, a group first. Upper or lower case.
struct Reference {
    enum class Kind { Order, Group, Intent, Decision, Number };
    Kind kind = Kind::Number;
    uint64_t number = 0;  // of the group, intent or decision
    std::optional<domain::ChildId> order;
};

std::optional<Reference> parse_reference(std::string_view text);
// "order G12.1.0.2", "trade G12", "intent 7", "decision 7", "7".
std::string to_text(const Reference& reference);

}  // namespace sauda::cli
