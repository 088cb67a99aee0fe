#include "common/net/http_client.h"
#include "common/net/mail_client.h"
#include "common/net/secret.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

using namespace sauda;

namespace {

// A variable for the length of a test.
class Variable {
 public:
    Variable(std::string name, const std::string& value) : name_(std::move(name)) {
        ::setenv(name_.c_str(), value.c_str(), 1);
    }
    ~Variable() { ::unsetenv(name_.c_str()); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

 private:
    std::string name_;
};

std::string write_file(const std::string& text) {
    const auto path = "/tmp/sauda-secret-" + std::to_string(::getpid());
    std::ofstream(path) << text;
    return path;
}

}  // namespace

TEST_CASE("a secret comes from the environment or from a file it names, not from both") {
    CHECK(net::read_secret("SAUDA_TEST_SECRET")->empty());
    {
        const Variable variable("SAUDA_TEST_SECRET", "abc");
        CHECK(net::read_secret("SAUDA_TEST_SECRET")->reveal() == "abc");
    }
    const auto path = write_file("from-file\r\nsecond line\n");
    const Variable file("SAUDA_TEST_SECRET_FILE", path);
    CHECK(net::read_secret("SAUDA_TEST_SECRET")->reveal() == "from-file");
    const Variable variable("SAUDA_TEST_SECRET", "abc");
    const auto both = net::read_secret("SAUDA_TEST_SECRET");
    REQUIRE_FALSE(both.has_value());
    CHECK(both.error().text.find("abc") == std::string::npos);
    std::remove(path.c_str());
}

TEST_CASE("a file of a secret that is absent, empty or binary is refused by its name") {
    const Variable gone("SAUDA_TEST_SECRET_FILE", "/nonexistent/secret");
    CHECK(net::read_secret("SAUDA_TEST_SECRET").error().text.find("/nonexistent/secret") !=
          std::string::npos);
    const auto path = write_file(
        "a\x01"
        "b\n");
    const Variable file("SAUDA_TEST_SECRET_FILE", path);
    CHECK_FALSE(net::read_secret("SAUDA_TEST_SECRET").has_value());
    std::ofstream(path) << "\n";
    CHECK_FALSE(net::read_secret("SAUDA_TEST_SECRET").has_value());
    std::remove(path.c_str());
}

TEST_CASE("a secret is hidden wherever it stands in a text") {
    const net::Secret token("12:abc");
    CHECK(token.hide_in("/bot12:abc/x 12:abc") == "/bot***/x ***");
    CHECK(token.hide_in("nothing") == "nothing");
    CHECK(net::Secret().hide_in("nothing") == "nothing");
}

TEST_CASE("hosts are found in URLs, and this machine is known") {
    CHECK(net::host_of("https://api.telegram.org/bot1/x") == "api.telegram.org");
    CHECK(net::host_of("http://user:pass@127.0.0.1:8080?x") == "127.0.0.1");
    CHECK(net::host_of("https://[::1]:80/") == "::1");
    CHECK(net::host_of("nothing").empty());
    CHECK(net::is_loopback("127.0.0.1"));
    CHECK(net::is_loopback("localhost"));
    CHECK(net::is_loopback("::1"));
    CHECK_FALSE(net::is_loopback("127.0.0.1.example.com"));
    CHECK_FALSE(net::is_loopback("example.com"));
}

TEST_CASE("an error of a transfer names the host and nothing else of the URL") {
    // Port 9 of this machine: nobody listens.
    const auto client = net::make_http_client({});
    const auto done =
        client->send({.method = "POST",
                      .url = "https://127.0.0.1:9/bot12:SECRET/sendMessage?key=SECRET",
                      .headers = {},
                      .body = "{}",
                      .timeout = base::seconds(2)});
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().kind == base::ErrorKind::Unavailable);
    CHECK(done.error().text == "127.0.0.1: nothing answers there");
    const auto odd = client->send({.url = "ht tp://host/SECRET", .headers = {}, .body = ""});
    REQUIRE_FALSE(odd.has_value());
    CHECK(odd.error().text.find("SECRET") == std::string::npos);
    const auto file = client->send({.method = "GET", .url = "file:///etc/passwd"});
    CHECK_FALSE(file.has_value());
}

TEST_CASE("a transfer ends at once when the program stops") {
    const std::atomic<bool> stopping{true};
    const auto client = net::make_http_client({.ca_file = "", .is_stopping = &stopping});
    const auto done = client->send({.url = "http://127.0.0.1:9/", .headers = {}, .body = ""});
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().kind == base::ErrorKind::Unavailable);
}

TEST_CASE("a mail server nobody runs is unavailable, and says which") {
    const auto client = net::make_mail_client(
        {.host = "127.0.0.1", .port = 9, .user = "u", .password = net::Secret("SECRET")},
        base::seconds(2), {});
    const auto sent = client->send({.from = "a@b", .to = {"c@d"}, .message_id = "x@y"});
    REQUIRE_FALSE(sent.has_value());
    CHECK(sent.error().kind == base::ErrorKind::Unavailable);
    CHECK(sent.error().text == "127.0.0.1: nothing answers there");
}
