#pragma once

#include "services/notifier/shell/carrier.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Text as the Bot API's parse mode HTML wants it.
namespace sauda::notifier {

// Longest text of one message.
inline constexpr std::size_t kTelegramTextMax = 4096;

std::string escape_html(std::string_view plain);  // < > & "
// Length as Telegram counts it: UTF-16 code units.
std::size_t utf16_length(std::string_view text);
// Parts whose escaped length is at most `length_max`, cut at line ends where there are any, never
// within a character. No part is empty.
std::vector<std::string> split_text(std::string_view plain, std::size_t length_max);
// The lines of a parcel as texts of messages: one, unless they are too long.
std::vector<std::string> telegram_messages(const Parcel& parcel, const std::string& environment);

}  // namespace sauda::notifier
