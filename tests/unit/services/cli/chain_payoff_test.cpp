#include "services/cli/shell/chain_view.h"
#include "services/cli/shell/payoff_view.h"
#include "tests/unit/common/chain/chain_maker.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

using namespace sauda;
using namespace sauda::cli;
using test::kNear;
using test::kOpen;
using test::kToday;

namespace {

// A made-up market of two expiries, NSE 09:15 to 15:30, lot 75.
ChainReading market() {
    ChainReading reading;
    reading.source.name = "made up";
    reading.source.origin = domain::Origin::Simulated;
    reading.source.exchange = domain::Exchange::NSE;
    reading.source.underlying = domain::Underlying::NIFTY;
    reading.source.date = kToday;
    reading.source.interval = base::seconds(5);
    reading.rules.sessions = {{domain::Exchange::NSE, kToday, base::minutes(555),
                               base::minutes(930), base::minutes(930), base::minutes(975)}};
    reading.rules.lots = {{domain::Underlying::NIFTY, kToday, base::units(75)}};
    reading.rules.ticks = {{domain::Underlying::NIFTY, domain::ContractKind::Call, kToday,
                            base::Price::from_paise(5)}};
    reading.at = kOpen;
    reading.known = kOpen;
    reading.rate = 0.06;
    for (const auto expiry : {kNear, test::kNext}) {
        reading.state.take(test::instrument_of(expiry));
        test::quote_expiry(reading.state, expiry, kOpen);
    }
    reading.state.refresh(kOpen);
    return reading;
}

std::vector<AskedLeg> legs(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    const auto parsed = parse_legs(words);
    INFO(text);
    REQUIRE(parsed);
    return *parsed;
}

std::string refusal(const std::vector<std::string>& words) {
    const auto parsed = parse_legs(words);
    REQUIRE_FALSE(parsed);
    return parsed.error().text;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t widest(const std::string& text) {
    std::istringstream in(text);
    std::size_t width = 0;
    for (std::string line; std::getline(in, line);) {
        width = std::max(width, line.size());
    }
    return width;
}

}  // namespace

TEST_CASE("figures are short, grouped as in India, and unknown is a dash") {
    CHECK(lakh_text(99'999) == "99,999");
    CHECK(lakh_text(100'000) == "1.00L");
    CHECK(lakh_text(1'234'567) == "12.3L");
    CHECK(lakh_text(9'999'499) == "100L");
    CHECK(lakh_text(12'345'678) == "1.23Cr");
    CHECK(lakh_text(-250'000) == "-2.50L");
    CHECK(fixed_text(-0.001, 2) == "0.00");
    CHECK(signed_text(0.001, 2) == "0.00");
    CHECK(signed_text(1.5, 1) == "+1.5");
    CHECK(level_text(24'550.0) == "24,550");
    CHECK(level_text(24'550.5) == "24,550.50");
    CHECK(left_text(6'032.0) == "4d 4h 32m");
    CHECK(left_text(45.0) == "45m");
    CHECK(left_text(3.5) == "3m 30s");
    CHECK(short_money(172'265'300'000.0) == "17,227 crore");
    CHECK(or_dash(std::optional<double>(), points_text) == "-");
}

TEST_CASE("a time of day is two or three pairs of digits") {
    CHECK(*parse_clock(kToday, "09:15") == kOpen);
    CHECK(*parse_clock(kToday, "09:15:30") == kOpen + base::seconds(30));
    for (const auto* wrong :
         {"", "9:15", "24:00", "11:60", "11:00:60", "11.00", "noon", "11:00 "}) {
        CHECK_FALSE(parse_clock(kToday, wrong));
    }
}

TEST_CASE("a file that is no recording is told what it is") {
    const auto path = (std::filesystem::temp_directory_path() / "sauda_what_file").string();
    const auto write = [&](const std::string& bytes) {
        std::ofstream(path, std::ios::binary) << bytes;
        return what_file_is(path);
    };
    CHECK(write("") == "empty");
    CHECK(contains(write("Fetch_Time,Symbol\n1,2\n"), "sauda import"));
    CHECK(contains(write("\x28\xB5\x2F\xFD rest"), "zstd"));
    CHECK(contains(write("\x1F\x8B rest"), "gzip"));
    CHECK(contains(write("SQLite format 3 rest"), "database"));
    CHECK(contains(write("hello\n"), "hello"));
    CHECK(contains(write(std::string("\x01\x02\x00\x7F", 4)), "unknown"));
    CHECK(what_file_is(std::filesystem::temp_directory_path().string()) == "a folder");
    std::filesystem::remove(path);
}

TEST_CASE("legs are read as they are spoken") {
    const auto straddle = legs("sell 1 24550 CE SELL 2 24500pe @80.05 buy 3 fut");
    REQUIRE(straddle.size() == 3);
    CHECK(straddle[0].side == domain::Side::Sell);
    CHECK(straddle[0].kind == options::LegKind::Call);
    CHECK(straddle[0].strike == base::Price::from_rupees(24'550));
    CHECK_FALSE(straddle[0].price);
    CHECK(straddle[1].lots == 2);
    CHECK(straddle[1].kind == options::LegKind::Put);
    CHECK(*straddle[1].price == base::Price::from_paise(8'005));
    CHECK(straddle[2].kind == options::LegKind::Underlying);

    CHECK(contains(refusal({}), "buy or sell"));
    CHECK(contains(refusal({"hold"}), "'hold'"));
    CHECK(contains(refusal({"sell", "0", "24550", "CE"}), "number of lots"));
    CHECK(contains(refusal({"sell", "1.5", "24550", "CE"}), "'1.5'"));
    CHECK(contains(refusal({"sell", "1", "x", "CE"}), "a strike"));
    CHECK(contains(refusal({"sell", "1", "24550", "XE"}), "CE or PE"));
    CHECK(contains(refusal({"sell", "1", "24550"}), "the legs end"));
    CHECK(contains(refusal({"sell", "1", "24550", "CE", "@-5"}), "a price"));
    std::vector<std::string> many;
    for (int i = 0; i < 9; ++i) {
        many.insert(many.end(), {"buy", "1", "24550", "CE"});
    }
    CHECK(contains(refusal(many), "at most 8 legs"));
}

TEST_CASE("the chain fits into 120 columns and marks the money") {
    const auto reading = market();
    const Paint plain(false);
    const auto text = chain_head(reading, kNear, plain) + chain_rows(reading, kNear, 0, plain);
    CHECK(widest(text) <= kChainWidth);
    CHECK(contains(text, ">24,500<"));
    CHECK(contains(text, "lot 75"));
    CHECK(contains(text, "max pain 24,500"));
    CHECK_FALSE(contains(text, "\x1b"));
    CHECK_FALSE(contains(text, "nan"));
    CHECK_FALSE(contains(text, "inf"));
    CHECK(contains(chain_rows(reading, kNear, 2, plain), "5 of 21 strikes"));
    CHECK(contains(chain_rows(reading, kNear, 2, Paint(true)), "\x1b"));
    CHECK(widest(term_text(reading, plain)) <= kChainWidth);
    CHECK(contains(term_text(reading, plain), "Tue 09-Sep-2025"));
}

TEST_CASE("what is not known is a dash, never a number") {
    ChainReading reading = market();
    reading.rules.lots.clear();
    reading.state.clear();
    auto quote = test::quote_at(test::option_id(kNear, 24'500, domain::ContractKind::Call), kOpen);
    quote.ask = base::Price{};
    quote.last = base::Price{};
    reading.state.update(quote, kOpen);
    reading.state.refresh(kOpen);
    const Paint plain(false);
    const auto text = chain_head(reading, kNear, plain) + chain_rows(reading, kNear, 0, plain);
    CHECK(contains(text, "settlement time unknown"));
    CHECK(contains(text, "lot unknown"));
    CHECK(contains(text, "Forward    -"));
    CHECK_FALSE(contains(text, "nan"));
    const auto json = nlohmann::json::parse(chain_json(reading, {kNear}));
    CHECK(json["expiries"][0]["forward"].is_null());
    CHECK(json["expiries"][0]["strikes"][0]["put"].is_null());
    CHECK(json["expiries"][0]["strikes"][0]["call"]["ask"].is_null());
    CHECK(json["expiries"][0]["strikes"][0]["call"]["quote"] == "one-sided");
    CHECK(json["expiries"][0]["strikes"][0]["call"]["implied_volatility"].is_null());
    CHECK_FALSE(make_payoff(reading, kNear, legs("buy 1 24500 CE")));
}

TEST_CASE("old quotes are said to be old") {
    auto reading = market();
    reading.at = kOpen + base::minutes(5);
    CHECK(contains(chain_head(reading, kNear, Paint(false)), "STALE"));
    CHECK(nlohmann::json::parse(chain_json(reading, {kNear}))["is_stale"] == true);
    CHECK(contains(find_expiry(reading, "2025-09-03").error().text, "2025-09-02, 2025-09-09"));
    CHECK(contains(find_expiry(reading, "soon").error().text, "'soon'"));
    CHECK(*find_expiry(reading, "nearest") == kNear);
}

TEST_CASE("a payoff is entered at the sides it would trade against") {
    const auto reading = market();
    const auto report = make_payoff(reading, kNear, legs("sell 1 24500 CE sell 1 24500 PE"));
    REQUIRE(report);
    const auto& chain = *reading.state.find(kNear);
    const auto row = *chain.row_of(24'500.0);
    CHECK(report->legs[0].model.leg.price == chain.side(true).bid[row]);
    CHECK(report->premium ==
          Approx(75.0 * (chain.side(true).bid[row] + chain.side(false).bid[row])));
    CHECK_FALSE(report->payoff.max_loss);
    CHECK(report->payoff.break_evens.size() == 2);
    CHECK(*report->probability > 0.4);
    CHECK(*report->probability < 0.7);
    CHECK(report->greeks.theta > 0.0);
    CHECK_FALSE(report->margin);   // this market has no margin rule
    CHECK_FALSE(report->charges);  // and no charges
    const auto text = payoff_text(reading, *report, Paint(false));
    CHECK(widest(text) <= kChainWidth);
    CHECK(contains(text, "unlimited"));
    CHECK(contains(text, "Margin       unknown"));
    CHECK_FALSE(contains(text, "nan"));

    const auto bought = make_payoff(reading, kNear, legs("buy 2 24600 CE @30 buy 1 FUT"));
    REQUIRE(bought);
    CHECK(bought->legs[0].model.leg.price == 30.0);
    CHECK(bought->legs[0].model.leg.quantity == 150.0);
    CHECK(bought->premium == -4'500.0);

    const auto unknown = make_payoff(reading, kNear, legs("sell 1 24510 CE"));
    REQUIRE_FALSE(unknown);
    CHECK(contains(unknown.error().text, "24,450, 24,500, 24,550"));
}

TEST_CASE("the picture shows profit above the line and loss below it") {
    const auto reading = market();
    const auto report = make_payoff(reading, kNear, legs("buy 1 24500 CE"));
    REQUIRE(report);
    std::istringstream in(payoff_picture(*report, Paint(false)));
    std::vector<std::string> rows;
    for (std::string line; std::getline(in, line);) {
        rows.push_back(line);
    }
    // A bought call wins on the right and loses its premium on the left.
    std::size_t zero = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        zero = contains(rows[i], " 0 |") ? i : zero;
    }
    REQUIRE(zero > 0);
    CHECK(rows[1].find('*') > 90);
    bool loses_left = false;
    for (std::size_t i = zero + 1; i < rows.size(); ++i) {
        loses_left = loses_left || (rows[i].size() > 20 && rows[i][14] == '*');
    }
    CHECK(loses_left);
}
