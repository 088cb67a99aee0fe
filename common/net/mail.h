#pragma once

#include "common/base/timestamp.h"

#include <string>
#include <string_view>
#include <vector>

namespace sauda::net {

struct Mail {
    std::string from;  // "sauda@example.com"
    std::vector<std::string> to;
    std::string subject = {};     // any UTF-8; line breaks become blanks
    std::string text = {};        // UTF-8
    std::string html = {};        // empty: text only
    std::string message_id = {};  // "abc@sauda": the same for a repeated message
    base::Timestamp date = {};    // wall clock
};

// The message as RFC 5322 wants it: headers, CRLF line ends, multipart/alternative with text
// before HTML when there are both, bodies in base 64.
std::string compose(const Mail& mail);

// local@domain without blanks, brackets, quotes or control characters; no display name.
bool is_mail_address(std::string_view text);

}  // namespace sauda::net
