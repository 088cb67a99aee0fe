#include "services/notifier/shell/telegram_text.h"

#include "common/wire/format.h"

namespace sauda::notifier {

namespace {

std::size_t bytes_of(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80U ? 1 : byte < 0xE0U ? 2 : byte < 0xF0U ? 3 : 4;
}

std::string one_line(const Line& line) {
    std::string text;
    if (line.severity == domain::Severity::Critical) {
        text = "<b>CRITICAL</b> ";
    } else if (line.severity == domain::Severity::Warning) {
        text = "<b>Warning</b> ";
    }
    return text + wire::ist_clock(line.at) + "  " + escape_html(line.text) + "  <code>" +
           escape_html(line.event) + "</code>";
}

}  // namespace

std::string escape_html(std::string_view plain) {
    std::string html;
    html.reserve(plain.size());
    for (const char c : plain) {
        switch (c) {
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '&':
                html += "&amp;";
                break;
            case '"':
                html += "&quot;";
                break;
            default:
                html += c;
        }
    }
    return html;
}

std::size_t utf16_length(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); at += bytes_of(text[at])) {
        length += bytes_of(text[at]) == 4 ? 2 : 1;
    }
    return length;
}

std::vector<std::string> split_text(std::string_view plain, std::size_t length_max) {
    std::vector<std::string> parts;
    std::string part;
    std::size_t length = 0;
    std::size_t line_end = 0;  // of part, behind its last line break
    std::size_t at = 0;
    while (at < plain.size()) {
        const auto character = plain.substr(at, bytes_of(plain[at]));
        const auto added = utf16_length(escape_html(character));
        if (length + added > length_max && !part.empty()) {
            const auto cut = line_end > 0 ? line_end : part.size();
            const auto rest = part.substr(cut);
            parts.push_back(part.substr(0, cut));
            part = rest;
            length = utf16_length(escape_html(part));
            line_end = 0;
        }
        part += character;
        length += added;
        at += character.size();
        if (character == "\n") {
            line_end = part.size();
        }
    }
    if (!part.empty()) {
        parts.push_back(std::move(part));
    }
    return parts;
}

std::vector<std::string> telegram_messages(const Parcel& parcel, const std::string& environment) {
    const auto head = "<b>" + escape_html(environment) + "</b>\n";
    std::vector<std::string> messages;
    for (const auto& line : parcel.lines) {
        const auto text = one_line(line);
        const bool fits =
            !messages.empty() &&
            utf16_length(messages.back()) + 1 + utf16_length(text) <= kTelegramTextMax;
        if (fits) {
            messages.back() += "\n" + text;
        } else {
            messages.push_back(head + text);
        }
    }
    return messages;
}

}  // namespace sauda::notifier
