#include "common/market/search/query.h"

#include "common/market/search/underlying_names.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace sauda;
using namespace sauda::search;
using domain::Underlying;

namespace {

// What a reading says, in a fixed order: "NIFTY call 25000 day=28 month=10".
std::string text_of(const Query& query) {
    std::string text;
    const auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
    const auto number = [&](const char* name, std::optional<int> value) {
        if (value) {
            add(std::string(name) + "=" + std::to_string(*value));
        }
    };
    if (query.exchange) {
        add(std::string(to_text(*query.exchange)));
    }
    if (query.underlying) {
        add(std::string(to_text(*query.underlying)));
    }
    const char* const kinds[] = {"", "spot", "future", "option", "call", "put"};
    if (query.kind != KindWish::Any) {
        add(kinds[static_cast<int>(query.kind)]);
    }
    for (const auto strike : query.strikes) {
        const auto paise = strike.raw() / 100;
        add(std::to_string(paise / 100) +
            (paise % 100 == 0 ? "" : "." + std::to_string(paise % 100)));
    }
    const char* const wishes[] = {"",         "nearest",  "next",      "monthly",
                                  "thisweek", "nextweek", "thismonth", "nextmonth"};
    if (query.expiry != ExpiryWish::Any) {
        add(wishes[static_cast<int>(query.expiry)]);
    }
    number("day", query.day);
    number("month", query.month);
    number("year", query.year);
    number("weekday", query.weekday);
    number("ahead", query.days_ahead);
    return text;
}

std::string first(const char* text) {
    const auto parsed = parse_query(text);
    return text_of(parsed.readings.front());
}

bool reads(const char* text, const std::string& wanted) {
    const auto parsed = parse_query(text);
    return std::any_of(parsed.readings.begin(), parsed.readings.end(),
                       [&](const Query& query) { return text_of(query) == wanted; });
}

}  // namespace

TEST_CASE("words come in any order, with call, put and strike in any dress") {
    for (const char* text :
         {"nifty 25000 ce", "25000 ce nifty", "CE NIFTY 25,000", "nifty 25k call", "25000CE Nifty",
          "Nifty50 25000 Call", "nifty 50 25k c", "call of nifty at 25000", "NIFTY25000CE",
          "nifty 25000.00 calls", "  nifty:25000:ce  ", "the nifty rs 25000 strike call"}) {
        CAPTURE(text);
        CHECK(first(text) == "NIFTY call 25000");
        CHECK(parse_query(text).unknown.empty());
    }
    CHECK(first("nifty 25000") == "NIFTY option 25000");
    CHECK(first("nifty 25000 ce pe") == "NIFTY option 25000");
    CHECK(first("nifty 24.5k put") == "NIFTY put 24500");
    CHECK(first("iex 117.5") == "option 117.50");
    CHECK(first("sensex 1,00,000 pe") == "SENSEX put 100000");
    CHECK(first("nifty 25000 25500 ce") == "NIFTY call 25000 25500");
}

TEST_CASE("names of two and three words are one underlying") {
    CHECK(first("bank nifty 52000 pe") == "BANKNIFTY put 52000");
    CHECK(first("nifty bank 52000 pe") == "BANKNIFTY put 52000");
    CHECK(first("52000 pe bank-nifty") == "BANKNIFTY put 52000");
    CHECK(first("nifty next 50 fut") == "NIFTYNXT50 future");
    CHECK(first("nifty next week 25000") == "NIFTY option 25000 nextweek");
    CHECK(first("crude oil mini 5500 ce") == "CRUDEOILM call 5500");
    CHECK(first("crude fut") == "CRUDEOIL future");
    CHECK(first("india vix") == "INDIAVIX");
    CHECK(first("nifty index option 25000") == "NIFTY option 25000");
    CHECK(first("bse sensex fut") == "SENSEX future");
    CHECK(first("nse nifty spot") == "NSE NIFTY spot");
}

TEST_CASE("a misspelt name is corrected and told") {
    const struct {
        const char* text;
        const char* wanted;
        const char* guessed;
    } cases[] = {{"nfity 25000 ce", "NIFTY call 25000", "nfity"},
                 {"sensx fut", "SENSEX future", "sensx"},
                 {"bnk nifty 52000 pe", "BANKNIFTY put 52000", "bnk nifty"},
                 {"banknfity 52k put", "BANKNIFTY put 52000", "banknfity"},
                 {"crudeoli fut", "CRUDEOIL future", "crudeoli"},
                 {"nitfy25000ce", "NIFTY call 25000", "nitfy"}};
    for (const auto& one : cases) {
        CAPTURE(one.text);
        const auto parsed = parse_query(one.text);
        CHECK(text_of(parsed.readings.front()) == one.wanted);
        CHECK(parsed.guessed == one.guessed);
    }
    CHECK(parse_query("nifty 25000 ce").guessed.empty());
}

TEST_CASE("what is no name stays unknown and is not bent into one") {
    for (const char* text : {"reliance 2500 ce", "tcs fut", "gold 100000 ce"}) {
        CAPTURE(text);
        const auto parsed = parse_query(text);
        CHECK_FALSE(parsed.readings.front().underlying);
        CHECK(parsed.unknown.size() == 1);
    }
    CHECK(parse_query("nifty 25000 ce please").unknown == std::vector<std::string>{"please"});
}

TEST_CASE("an expiry is a date, a part of one, or a word") {
    CHECK(first("nifty 25000 ce 28 oct") == "NIFTY call 25000 day=28 month=10");
    CHECK(first("nifty 28th october 25000 ce") == "NIFTY call 25000 day=28 month=10");
    CHECK(first("nifty oct 28 25000 ce") == "NIFTY call 25000 day=28 month=10");
    CHECK(first("28 oct nifty 25000 ce") == "NIFTY call 25000 day=28 month=10");
    CHECK(first("NIFTY 28 OCT 25 25000 CE") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty 28-oct-2025 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty oct 28, 2025 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty 2025-10-28 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty 28/10/25 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty 28.10.2025 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty 28/10 25000 ce") == "NIFTY call 25000 day=28 month=10");
    CHECK(first("nifty 20251028 25000 ce") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("NSE:NIFTY:2025-10-28:25000:CE") ==
          "NSE NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(first("nifty oct 25000 ce") == "NIFTY call 25000 month=10");
    CHECK(first("nifty 25000 ce 30th") == "NIFTY call 25000 day=30");
    CHECK(first("nifty fut next month") == "NIFTY future nextmonth");
    CHECK(first("nifty 25000 ce this week") == "NIFTY call 25000 thisweek");
    CHECK(first("nifty 25000 ce next expiry") == "NIFTY call 25000 next");
    CHECK(first("nifty 25000 ce weekly") == "NIFTY call 25000 nearest");
    CHECK(first("nifty 25000 ce monthly oct") == "NIFTY call 25000 monthly month=10");
    CHECK(first("nifty 25000 ce tuesday") == "NIFTY call 25000 weekday=2");
    CHECK(first("nifty 25000 ce tomorrow") == "NIFTY call 25000 ahead=1");
}

TEST_CASE("symbols of brokers and exchanges are understood as text, with every way to read them") {
    CHECK(first("NIFTY28OCT2525000CE") == "NIFTY call 25000 day=28 month=10 year=2025");
    CHECK(reads("NIFTY26OCT22700CE", "NIFTY call 22700 monthly month=10 year=2026"));
    CHECK(reads("NIFTY2690125000CE", "NIFTY call 25000 day=1 month=9 year=2026"));
    CHECK(reads("SENSEX26O0884600PE", "SENSEX put 84600 day=8 month=10 year=2026"));
    CHECK(reads("NIFTY29SEP26FUT", "NIFTY future day=29 month=9 year=2026"));
    CHECK(reads("NIFTY26SEPFUT", "NIFTY future monthly month=9 year=2026"));
    CHECK(reads("NIFTYNXT5026OCT60000CE", "NIFTYNXT50 call 60000 monthly month=10 year=2026"));
    CHECK(first("NIFTYFUT") == "NIFTY future");
    CHECK(first("sensexpe 84600") == "SENSEX put 84600");
    CHECK(reads("nifty 25 ce", "NIFTY call 25000"));
    CHECK(reads("nifty oct 25 25000 ce", "NIFTY call 25000 month=10 year=2025"));
}

TEST_CASE("any text is read without harm") {
    for (const char* text : {"", " ", "0", "nifty 0 ce", "99999999999999999999", "ce pe fut",
                             "28 oct 29 nov", "1/1/1", "k", "nifty 999999999k", "\xff\xfe{};"}) {
        CHECK_FALSE(parse_query(text).readings.empty());
    }
    const std::string longest(5000, '1');
    CHECK_FALSE(parse_query(longest).readings.empty());
}

TEST_CASE("names are exact, guesses are one slip away, and a tie is no guess") {
    CHECK(underlying_by_name("Nifty Mid Select") == Underlying::MIDCPNIFTY);
    CHECK(underlying_by_name("nifty 50") == Underlying::NIFTY);
    CHECK_FALSE(underlying_by_name("NIFTY MIDCAP 50"));
    CHECK_FALSE(underlying_by_name("NIFTY100"));
    CHECK_FALSE(underlying_by_name(""));
    CHECK(underlying_by_typo("NIFT") == Underlying::NIFTY);
    CHECK_FALSE(underlying_by_typo("NIT"));
    CHECK_FALSE(underlying_by_typo("RELIANCE"));
    CHECK(edit_distance("NIFTY", "NIFTY", 2) == 0);
    CHECK(edit_distance("NFITY", "NIFTY", 2) == 1);
    CHECK(edit_distance("NIFY", "NIFTY", 2) == 1);
    CHECK(edit_distance("NIXTYY", "NIFTY", 2) == 2);
    CHECK(edit_distance("SENSEX", "NIFTY", 2) == 3);
    // Every name is known by its own spelling and is nobody else's slip of the keyboard.
    for (const auto& entry : underlying_names()) {
        CHECK(underlying_by_name(entry.name) == entry.underlying);
    }
}
