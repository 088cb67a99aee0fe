#include "common/settings/settings.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using sauda::base::ErrorKind;
using sauda::base::milliseconds;
using sauda::base::minutes;
using sauda::base::Money;
using sauda::base::Price;
using sauda::base::seconds;
using sauda::settings::Settings;

namespace {

Settings parsed(std::string_view text) {
    auto settings = Settings::parse(text, "paper.toml");
    INFO((settings ? "" : settings.error().text));
    REQUIRE(settings);
    return *settings;
}

template <class T>
std::string error_of(const sauda::base::Expected<T>& value) {
    return value ? "no error" : value.error().text;
}

}  // namespace

TEST_CASE("numbers of money are exact") {
    const auto s = parsed(
        "a = 17000\nb = 22.50\nc = 0.0001\nd = 1_000_000\ne = 0.1\nf = 922337203685477.5807\n"
        "g = -5\nh = 1e3\n");
    CHECK(*s.rupees("a") == Money::from_rupees(17'000));
    CHECK(*s.price("b") == Price::from_paise(2'250));
    CHECK(*s.rupees("c") == Money::from_raw(1));
    CHECK(*s.rupees("d") == Money::from_rupees(1'000'000));
    CHECK(*s.rupees("e") == Money::from_raw(1'000));
    CHECK(*s.rupees("h") == Money::from_rupees(1'000));
    CHECK(*s.rupees("g", {}, Money::from_rupees(-10)) == Money::from_rupees(-5));
    CHECK_FALSE(s.rupees("f"));
}

TEST_CASE("every cent of a rupee survives the file") {
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
        const auto digits = std::to_string(10'000 + i).substr(1);
        text += "k" + std::to_string(i) + " = 24511." + digits + "\n";
    }
    const auto s = parsed(text);
    for (int i = 0; i < 10'000; ++i) {
        REQUIRE(s.price("k" + std::to_string(i))->raw() == 245'110'000 + i);
    }
}

TEST_CASE("percentages come as numbers or texts") {
    const auto s = parsed("a = 3.5\nb = \"3.5 %\"\nc = \"9.3%\"\nd = 20\ne = \"3.5\"\nf = 101\n");
    CHECK(*s.per_million("a") == 35'000);
    CHECK(*s.per_million("b") == 35'000);
    CHECK(*s.per_million("c") == 93'000);
    CHECK(*s.per_million("d") == 200'000);
    CHECK(error_of(s.per_million("e")) ==
          "paper.toml:5: e is \"3.5\"; expected a percentage such as 3.5 or \"3.5 %\" from 0 to "
          "100");
    CHECK(error_of(s.per_million("f")) ==
          "paper.toml:6: f is 101; expected a percentage such as 3.5 or \"3.5 %\" from 0 to 100");
    CHECK(*s.per_million("f", {}, 0, 2'000'000) == 1'010'000);
}

TEST_CASE("times of day and durations") {
    const auto s = parsed(
        "a = \"15:05\"\nb = \"09:15:30\"\nc = 15:05:00\nd = \"24:00\"\ne = \"9:15\"\n"
        "f = \"250 ms\"\ng = \"20 s\"\nh = \"5min\"\ni = \"1.5 h\"\nj = \"20\"\nk = \"-5 s\"\n"
        "l = \"5 days\"\nm = \"12 us\"\n");
    CHECK(*s.time_of_day("a") == minutes(15 * 60 + 5));
    CHECK(*s.time_of_day("b") == seconds(9 * 3600 + 15 * 60 + 30));
    CHECK(*s.time_of_day("c") == minutes(15 * 60 + 5));
    CHECK(error_of(s.time_of_day("d")) ==
          "paper.toml:4: d is \"24:00\"; expected a time of day such as \"15:05\"");
    CHECK_FALSE(s.time_of_day("e"));
    CHECK(*s.duration("f") == milliseconds(250));
    CHECK(*s.duration("g") == seconds(20));
    CHECK(*s.duration("h") == minutes(5));
    CHECK(*s.duration("i") == minutes(90));
    CHECK(s.duration("m")->ns == 12'000);
    for (const auto* key : {"j", "k", "l", "a"}) {
        CHECK_FALSE(s.duration(key));
    }
    CHECK(error_of(s.duration("g", {}, milliseconds(1), seconds(5))) ==
          "paper.toml:7: g is \"20 s\"; expected a duration such as \"250 ms\", \"20 s\" or "
          "\"5 min\" from 1 ms to 5 s");
}

TEST_CASE("integers, numbers, booleans, texts and lists") {
    const auto s = parsed(
        "[a]\nn = 5\nx = 0.25\non = true\nname = \"small\"\nlist = [\"p\", \"q\"]\n"
        "mixed = [\"p\", 1]\nnone = []\n");
    CHECK(*s.integer("a.n") == 5);
    CHECK(*s.number("a.x") == 0.25);
    CHECK(*s.number("a.n") == 5.0);
    CHECK(*s.boolean("a.on"));
    CHECK(*s.text("a.name", {}, {"small", "standard"}) == "small");
    CHECK(*s.texts("a.list") == std::vector<std::string>{"p", "q"});
    CHECK(s.texts("a.none")->empty());
    CHECK_FALSE(s.texts("a.mixed"));
    CHECK(error_of(s.integer("a.n", {}, 6, 9)) ==
          "paper.toml:2: a.n is 5; expected a whole number from 6 to 9");
    CHECK(error_of(s.integer("a.n", {}, 6)) ==
          "paper.toml:2: a.n is 5; expected a whole number of at least 6");
    CHECK(error_of(s.integer("a.x")) == "paper.toml:3: a.x is 0.25; expected a whole number");
    CHECK(error_of(s.boolean("a.n")) == "paper.toml:2: a.n is 5; expected true or false");
    CHECK(error_of(s.text("a.name", {}, {"standard", "live"})) ==
          "paper.toml:5: a.name is \"small\"; expected one of \"standard\", \"live\"");
    CHECK(error_of(s.text("a.list")) ==
          "paper.toml:6: a.list is a list; expected a text in quotes");
    CHECK(error_of(s.integer("a")) == "paper.toml:1: a is a table; expected a whole number");
    CHECK(error_of(s.number("a.x", {}, 0.5, 1.0)) ==
          "paper.toml:3: a.x is 0.25; expected a number from 0.5 to 1");
    CHECK(error_of(s.rupees("a.n", {}, Money::from_rupees(6))) ==
          "paper.toml:2: a.n is 5; expected rupees with at most 4 decimals of at least 6");
}

TEST_CASE("an absent key gives the fallback, or is told with what was expected") {
    const auto s = parsed("");
    CHECK(*s.integer("x", 7, 0, 5) == 7);
    CHECK(*s.rupees("x", Money::from_rupees(1)) == Money::from_rupees(1));
    CHECK(*s.text("x", "standard", {"small", "standard"}) == "standard");
    CHECK(*s.texts("x", std::vector<std::string>{"a"}) == std::vector<std::string>{"a"});
    CHECK(*s.boolean("x", false) == false);
    CHECK(*s.duration("x", seconds(3)) == seconds(3));
    CHECK(*s.time_of_day("x", minutes(1)) == minutes(1));
    CHECK(*s.number("x", 0.5) == 0.5);
    CHECK(*s.per_million("x", 35'000) == 35'000);
    CHECK(*s.price("x", Price::from_paise(5)) == Price::from_paise(5));
    const auto missing = s.boolean("risk.on");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::NotFound);
    CHECK(missing.error().text == "paper.toml: risk.on is missing; expected true or false");
    CHECK_FALSE(s.text("x"));
    CHECK_FALSE(s.texts("x"));
}

TEST_CASE("a present key of the wrong type never falls back") {
    const auto s = parsed("x = \"seven\"\n");
    CHECK_FALSE(s.integer("x", 7));
    CHECK_FALSE(s.boolean("x", true));
    CHECK_FALSE(s.texts("x", std::vector<std::string>{}));
    CHECK_FALSE(s.rupees("x", Money{}));
    CHECK_FALSE(parsed("x = 7\n").text("x", "seven"));
}

TEST_CASE("tables are views in file order, or by name, and share the record of what was read") {
    const auto s = parsed(
        "[[bots]]\nname = \"b\"\nlots = 1\n[[bots]]\nname = \"a\"\n"
        "[accounts.standard]\ncapital = 1000000\n[accounts.small]\ncapital = 17000\n");
    const auto bots = s.tables("bots");
    REQUIRE(bots.size() == 2);
    CHECK(*bots[0].text("name") == "b");
    CHECK(*bots[1].text("name") == "a");
    CHECK(*bots[1].integer("lots", 3) == 3);
    CHECK(bots[0].where("lots") == "paper.toml:3");
    CHECK(error_of(bots[1].integer("lots")) ==
          "paper.toml:4: bots[1].lots is missing; expected a whole number");
    CHECK(s.unread() == std::vector<std::string>{"bots[0].lots", "accounts.standard.capital",
                                                 "accounts.small.capital"});
    CHECK(bots[0].unread() == std::vector<std::string>{"bots[0].lots"});
    CHECK(bots[1].unread().empty());

    const auto accounts = s.tables("accounts");
    REQUIRE(accounts.size() == 2);
    CHECK(accounts[0].name() == "small");
    CHECK(*accounts[0].rupees("capital") == Money::from_rupees(17'000));
    CHECK(*s.section("accounts").section("standard").rupees("capital") ==
          Money::from_rupees(1'000'000));
    CHECK(s.unread() == std::vector<std::string>{"bots[0].lots"});
    CHECK(s.tables("nothing").empty());
    CHECK(s.section("nothing").unread().empty());
    CHECK_FALSE(s.section("nothing").has("x"));
}

TEST_CASE("a misspelt key and a list of tables that is none are reported as unread") {
    const auto s = parsed("capitel = 17000\nbots = 5\n[risk]\ntrades = 5\n");
    CHECK(*s.rupees("capital", Money::from_rupees(1)) == Money::from_rupees(1));
    CHECK(s.has("capitel"));
    CHECK(s.tables("bots").empty());
    CHECK(*s.integer("risk.trades") == 5);
    CHECK(s.unread() == std::vector<std::string>{"capitel", "bots"});
}

TEST_CASE("what is not TOML is told by line") {
    const auto broken = Settings::parse("a = 1\nb = = 2\n", "paper.toml");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == ErrorKind::Invalid);
    CHECK(broken.error().text.rfind("paper.toml:2: ", 0) == 0);
    const auto doubled = Settings::parse("a = 1\na = 2\n", "paper.toml");
    REQUIRE_FALSE(doubled);
    CHECK(doubled.error().text.rfind("paper.toml:2: ", 0) == 0);
}

TEST_CASE("a file is loaded by path and its hash follows its bytes") {
    const auto path = std::filesystem::temp_directory_path() /
                      ("sauda-settings-" + std::to_string(::getpid()) + ".toml");
    std::ofstream(path) << "a = 1\n";
    const auto first = Settings::load(path.string());
    REQUIRE(first);
    CHECK(first->where("a") == path.string() + ":1");
    CHECK(first->content_hash() == parsed("a = 1\n").content_hash());
    CHECK(first->content_hash() != parsed("a = 2\n").content_hash());
    std::filesystem::remove(path);
    const auto missing = Settings::load(path.string());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::NotFound);
    CHECK(missing.error().text.find(path.string()) != std::string::npos);
}

TEST_CASE("a caller's own refusal names the place") {
    const auto s = parsed("[risk]\ntrades = 5\n");
    CHECK(s.section("risk").refuse("trades", "more than the account allows").text ==
          "paper.toml:2: risk.trades: more than the account allows");
}
