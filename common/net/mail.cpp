#include "common/net/mail.h"

#include "common/base/hash.h"
#include "common/net/codes.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace sauda::net {

namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// One header line cannot become two, whatever stands in the value.
std::string one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            c = ' ';
        }
    }
    return line;
}

// RFC 2047: words of at most 75 characters, none of which splits a character.
std::string encoded(std::string_view text) {
    constexpr std::size_t kBytesPerWord = 42;
    std::string words;
    while (!text.empty()) {
        std::size_t size = std::min(text.size(), kBytesPerWord);
        while (size < text.size() && size > 0 &&
               (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
            --size;
        }
        size = size == 0 ? std::min(text.size(), kBytesPerWord) : size;
        words += (words.empty() ? "" : "\r\n ");
        words += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return words;
}

std::string subject_text(std::string_view subject) {
    constexpr std::size_t kPlainMax = 60;
    const auto line = one_line(subject);
    return is_plain(line) && line.size() <= kPlainMax ? line : encoded(line);
}

std::string date_text(base::Timestamp at) {
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto date = base::ist_date(at);
    const auto civil = base::civil_of(date);
    const int64_t s = (at - base::ist(date, {})).ns / 1'000'000'000;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d +0530",
                  kDays[static_cast<std::size_t>(base::weekday_of(date))],
                  static_cast<int>(civil.day), kMonths[static_cast<std::size_t>(civil.month - 1)],
                  static_cast<int>(civil.year), static_cast<int>(s / 3600),
                  static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
    return text.data();
}

std::string body(std::string_view type, std::string_view content) {
    constexpr std::size_t kLineMax = 76;
    std::string part = "Content-Type: " + std::string(type) + "; charset=utf-8\r\n" +
                       "Content-Transfer-Encoding: base64\r\n\r\n";
    const auto text = base64(content);
    for (std::size_t at = 0; at < text.size(); at += kLineMax) {
        part += text.substr(at, kLineMax);
        part += kLineEnd;
    }
    return part;
}

}  // namespace

std::string compose(const Mail& mail) {
    std::string to;
    for (const auto& address : mail.to) {
        to += (to.empty() ? "" : ", ") + one_line(address);
    }
    std::string text = "Date: " + date_text(mail.date) + "\r\nFrom: Sauda <" + one_line(mail.from) +
                       ">\r\nTo: " + to + "\r\nMessage-ID: <" + one_line(mail.message_id) +
                       ">\r\nSubject: " + subject_text(mail.subject) +
                       "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    if (mail.html.empty()) {
        return text + body("text/plain", mail.text);
    }
    // Bodies are base 64, in which the boundary's underscores never stand.
    const auto boundary = "_sauda_" + base::to_hex(base::hash_bytes(mail.message_id)) + "_";
    text += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
    text += "--" + boundary + "\r\n" + body("text/plain", mail.text);
    text += "--" + boundary + "\r\n" + body("text/html", mail.html);
    return text + "--" + boundary + "--\r\n";
}

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= 254 &&
           text.find('@', at + 1) == std::string_view::npos && is_plain(text) &&
           text.find_first_of(" <>\",;:()[]\\") == std::string_view::npos;
}

}  // namespace sauda::net
