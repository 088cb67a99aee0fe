#include "common/net/mail.h"

#include <catch2/catch.hpp>

using namespace sauda;

namespace {

net::Mail mail() {
    return {.from = "sauda@example.com",
            .to = {"owner@example.com", "partner@example.com"},
            .subject = "Trade closed",
            .text = "P&L 1,661.39",
            .html = "",
            .message_id = "paper-1@sauda",
            .date = base::ist(base::date_of(2025, 8, 29), base::seconds(15 * 3600 + 5 * 60 + 7))};
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a mail has the headers RFC 5322 asks for and CRLF line ends") {
    const auto text = net::compose(mail());
    CHECK(has(text, "Date: Fri, 29 Aug 2025 15:05:07 +0530\r\n"));
    CHECK(has(text, "From: Sauda <sauda@example.com>\r\n"));
    CHECK(has(text, "To: owner@example.com, partner@example.com\r\n"));
    CHECK(has(text, "Message-ID: <paper-1@sauda>\r\n"));
    CHECK(has(text, "Subject: Trade closed\r\n"));
    CHECK(has(text, "Content-Type: text/plain; charset=utf-8\r\n"));
    CHECK(has(text, "\r\n\r\nUCZMIDEsNjYxLjM5\r\n"));
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
        CHECK(text[at - 1] == '\r');
    }
}

TEST_CASE("with HTML a mail carries both, the text first") {
    auto both = mail();
    both.html = "<p>P&amp;L</p>";
    const auto text = net::compose(both);
    CHECK(has(text, "multipart/alternative"));
    CHECK(text.find("text/plain") < text.find("text/html"));
    CHECK(text.ends_with("_--\r\n"));
}

TEST_CASE("no line of a mail is longer than the standard allows") {
    auto large = mail();
    large.text = std::string(50'000, 'x');
    large.subject = std::string(300, 's') + "\xE0\xA4\xB8\xE0\xA5\x8C\xE0\xA4\xA6\xE0\xA4\xBE";
    const auto text = net::compose(large);
    std::size_t begin = 0;
    for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", begin)) {
        CHECK(end - begin <= 78);
        begin = end + 2;
    }
}

TEST_CASE("a subject cannot smuggle in a header") {
    auto evil = mail();
    evil.subject = "x\r\nBcc: stranger@example.com";
    CHECK_FALSE(has(net::compose(evil), "\r\nBcc"));
    CHECK(has(net::compose(evil), "Subject: x  Bcc: stranger@example.com\r\n"));
}

TEST_CASE("addresses are told from what is none") {
    CHECK(net::is_mail_address("owner@example.com"));
    for (const auto* text :
         {"", "owner", "@x", "x@", "a@b@c", "a b@c", "a@b>,c@d", "a@b\r\nX: y", "Owner <a@b>"}) {
        CHECK_FALSE(net::is_mail_address(text));
    }
}
