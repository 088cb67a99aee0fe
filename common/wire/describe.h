#pragma once

#include "common/domain/message.h"

#include <string>

namespace sauda::wire {

// One line in plain words, for logs, the notifier and `sauda why`. Never contains a line break,
// whatever the message holds.
std::string describe(const domain::Message& message);

// Parts of it.
std::string describe(const domain::Leg& leg);        // "sell 75 NSE:...:CE at 118.60"
std::string describe(const domain::Reason& reason);  // sentence, then the code in brackets

}  // namespace sauda::wire
