#include "common/wire/reasons.h"

#include "common/wire/enum_numbers.h"
#include "common/wire/reason_table.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda;
using domain::Number;
using domain::Reason;
using domain::ReasonCode;
using domain::Unit;

namespace {
int64_t rupees(int64_t n) { return n * 10'000; }

// Placeholders of a pattern: the first name of each.
std::vector<std::string> names_in(std::string_view pattern) {
    std::vector<std::string> names;
    while (pattern.find('{') != std::string_view::npos) {
        pattern.remove_prefix(pattern.find('{') + 1);
        const auto inside = pattern.substr(0, pattern.find('}'));
        names.emplace_back(inside.substr(0, inside.find('|')));
    }
    return names;
}
}  // namespace

TEST_CASE("reasons: every code has a row, in order, and no two share a text", "[unit][wire]") {
    std::set<std::string_view> texts;
    std::set<std::string_view> sentences;
    int last = -1;
    for (const auto& row : wire::reason_rows()) {
        INFO(row.text);
        CHECK(static_cast<int>(row.code) > last);
        last = static_cast<int>(row.code);
        CHECK(texts.insert(row.text).second);
        CHECK(sentences.insert(row.plain).second);
        CHECK((row.woven.empty() || sentences.insert(row.woven).second));
        CHECK(wire::parse_code(row.text) == row.code);
        CHECK(wire::code_text(row.code) == row.text);
    }
    // The compiler holds the table against reason.h, the schema test against the .proto files.
    CHECK(wire::reason_rows().size() >= 73);
    CHECK_FALSE(wire::parse_code("").has_value());
    CHECK_FALSE(wire::parse_code("margin_total").has_value());
}

TEST_CASE("reasons: each sentence is a sentence, with and without its numbers", "[unit][wire]") {
    for (const auto& row : wire::reason_rows()) {
        INFO(row.text);
        const auto plain = wire::sentence({row.code, {}});
        CHECK(plain == row.plain);
        CHECK(std::isupper(static_cast<unsigned char>(plain.front())) != 0);
        CHECK(plain.ends_with('.'));
        Reason reason{row.code, {}};
        int64_t value = 3;
        for (const auto& name : names_in(row.woven)) {
            reason.numbers.push_back({name, value++, Unit::Count});
        }
        const auto woven = wire::sentence(reason);
        CHECK(woven.ends_with('.'));
        CHECK(woven.find('{') == std::string::npos);
        CHECK(woven.find('(') == std::string::npos);
        CHECK((reason.numbers.empty() ? woven == plain : woven != plain));
        for (const auto& number : reason.numbers) {
            CHECK(woven.find(std::to_string(number.value)) != std::string::npos);
        }
    }
}

TEST_CASE("reasons: the examples of the design read as promised", "[unit][wire]") {
    const Reason reason{
        ReasonCode::MarginTotal,
        {{"used", rupees(810'000), Unit::Rupees}, {"limit", rupees(700'000), Unit::Rupees}}};
    CHECK(wire::machine_text(reason) == "MARGIN_TOTAL: used=8,10,000.00, limit=7,00,000.00");
    CHECK(wire::sentence(reason) == "Total margin would be 8.1 lakh, above the 7 lakh limit.");
    CHECK(wire::sentence({ReasonCode::MarginTotal, {}}) ==
          "Total margin would be above the limit.");
    CHECK(wire::machine_text({ReasonCode::TradingHalted, {}}) == "TRADING_HALTED");
}

TEST_CASE("reasons: numbers no sentence asks for follow in brackets", "[unit][wire]") {
    CHECK(wire::sentence({ReasonCode::MarginTotal, {{"used", rupees(10), Unit::Rupees}}}) ==
          "Total margin would be above the limit (used 10).");
    CHECK(
        wire::sentence({ReasonCode::LegFailed,
                        {{"leg", 2, Unit::Count}, {"last_price", 1'186'000, Unit::PricePoints}}}) ==
        "Leg 2 could not be filled (last price 118.60).");
}

TEST_CASE("reasons: the bare counts of a check are not spoken, but printed", "[unit][wire]") {
    const Reason halted{ReasonCode::TradingHalted,
                        {{"trading_state", 3, Unit::Count}, {"limit", 2, Unit::Count}}};
    CHECK(wire::sentence(halted) == "Trading is halted.");
    CHECK(wire::machine_text(halted) == "TRADING_HALTED: trading_state=3, limit=2");
    const Reason one_sided{ReasonCode::DataOneSided,
                           {{"missing_sides", 1, Unit::Count},
                            {"limit", 0, Unit::Count},
                            {"bid", 0, Unit::PricePoints},
                            {"ask", 1'186'000, Unit::PricePoints}}};
    CHECK(wire::sentence(one_sided) ==
          "The contract has no buyer or no seller right now: bid 0.00, ask 118.60.");
}

TEST_CASE("reasons: names with a meaning are read by it", "[unit][wire]") {
    CHECK(wire::sentence({ReasonCode::ServiceRestarted, {{"service", 5, Unit::Count}}}) ==
          "A service was started again (service execution).");
    CHECK(wire::sentence({ReasonCode::OperatorAct, {{"act", 1, Unit::Count}}}) ==
          "The operator asked for it (act halt).");
    CHECK(wire::sentence({ReasonCode::GateHalted,
                          {{"own_state", 1, Unit::Count}, {"risk_state", 3, Unit::Count}}}) ==
          "Trading was halted before the order could go out (own state active, risk state "
          "halted).");
    CHECK(wire::sentence({ReasonCode::DataStale, {{"clock_offset_ns", 60'000'000, Unit::Count}}}) ==
          "The market data is stale (clock offset 60ms).");
    CHECK(wire::sentence(
              {ReasonCode::SessionEntriesOver, {{"entry_until", 53'100, Unit::Seconds}}}) ==
          "It is after 14:45:00, the last time for entries.");
}

TEST_CASE("reasons: amounts that differ never read the same", "[unit][wire]") {
    CHECK(wire::sentence({ReasonCode::MarginTotal,
                          {{"used", rupees(700'100), Unit::Rupees},
                           {"limit", rupees(700'000), Unit::Rupees}}}) ==
          "Total margin would be 7,00,100.00, above the 7,00,000.00 limit.");
}

TEST_CASE("reasons: estimates say so", "[unit][wire]") {
    CHECK(wire::sentence({ReasonCode::MarginTotal,
                          {{"used", rupees(810'000), Unit::Rupees},
                           {"limit", rupees(700'000), Unit::Rupees},
                           {"estimated", 1, Unit::Count}}}) ==
          "Total margin would be 8.1 lakh, above the 7 lakh limit. This is an estimate.");
    CHECK(wire::sentence({ReasonCode::TradingHalted, {{"estimated", 0, Unit::Count}}}) ==
          "Trading is halted.");
}

TEST_CASE("reasons: a number that is no code is printed as a number", "[unit][wire]") {
    const auto unknown = static_cast<ReasonCode>(999);
    CHECK(wire::code_text(unknown).empty());
    CHECK(wire::machine_text({unknown, {{"a", 1, Unit::Count}}}) == "999: a=1");
    CHECK(wire::sentence({unknown, {}}) == "Unknown reason 999.");
}
