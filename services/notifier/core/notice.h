#pragma once

#include "common/domain/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace sauda::notifier {

// Why an event is worth telling, and with which others it is told. group is "topic|subject|code";
// events of one group within the window become one message.
struct Notice {
    domain::Severity severity = domain::Severity::Info;
    std::string group;
    bool at_once = false;  // tell the first of a group immediately, only repeats are grouped
};

// nullopt: nobody wants to hear of it.
std::optional<Notice> notice_of(const domain::Message& message);

// "5 intents of straddle1 denied, the last: " for the group "denied|straddle1|33" and 5.
std::string headline(std::string_view group, uint64_t count);

}  // namespace sauda::notifier
