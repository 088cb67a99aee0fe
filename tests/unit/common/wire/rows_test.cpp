#include "common/wire/validate.h"
#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace samples;

namespace {

// Sifts a batch of a good row, the changed row and a good row; the text of the one refusal.
template <class Batch, class Row>
std::string refusal(Batch batch, std::vector<Row> Batch::* rows, Row changed) {
    const Row good = (batch.*rows)[0];
    batch.*rows = {good, changed, (batch.*rows)[1]};
    const Batch expected = [&] {
        Batch kept = batch;
        (kept.*rows).erase((kept.*rows).begin() + 1);
        return kept;
    }();
    std::vector<wire::Refusal> refusals;
    wire::sift(batch, refusals);
    if (refusals.empty()) {
        return "";
    }
    CHECK(batch == expected);  // the others pass, in their order
    CHECK(refusals.size() == 1);
    CHECK(refusals[0].contract == changed.contract);
    CHECK_FALSE(refusals[0].rule.empty());
    return refusals[0].field + ": " + refusals[0].value;
}

template <class Change>
std::string quote_refusal(Change change) {
    Quote changed = quote();
    change(changed);
    return refusal(quotes(), &QuoteBatch::quotes, changed);
}
template <class Change>
std::string bar_refusal(Change change) {
    Bar changed = bar();
    change(changed);
    return refusal(bars(), &BarBatch::bars, changed);
}
template <class Change>
std::string instrument_refusal(Change change) {
    Instrument changed = instrument();
    change(changed);
    return refusal(instruments(), &InstrumentBatch::instruments, changed);
}

Price paise(int64_t n) { return Price::from_paise(n); }

}  // namespace

TEST_CASE("rows: a good quote passes, one-sided and empty ones too", "[unit][wire]") {
    CHECK(quote_refusal([](Quote&) {}).empty());
    CHECK(quote_refusal([](Quote& q) { q.bid = {}; }).empty());
    CHECK(quote_refusal([](Quote& q) { q.ask = {}; }).empty());
    CHECK(quote_refusal([](Quote& q) { q.bid = q.ask = q.last = {}; }).empty());
    CHECK(quote_refusal([](Quote& q) { q.last = Price::from_rupees(10'000'000); }).empty());
    CHECK(quote_refusal([](Quote& q) { q.flags = kQuoteNoDepth | kQuoteModelled; }).empty());
}

TEST_CASE("rows: crossed and locked quotes are refused alone", "[unit][wire]") {
    CHECK(quote_refusal([](Quote& q) { q.bid = paise(11'865); }) ==
          "bid: 118.65 is not below the ask 118.60");
    CHECK(quote_refusal([](Quote& q) { q.bid = q.ask; }) ==
          "bid: 118.60 is not below the ask 118.60");
}

TEST_CASE("rows: absurd prices of a quote are refused by field", "[unit][wire]") {
    CHECK(quote_refusal([](Quote& q) { q.bid = paise(-5); }) == "bid: -0.05 is negative");
    CHECK(quote_refusal([](Quote& q) { q.ask = paise(-5); }) == "ask: -0.05 is negative");
    CHECK(quote_refusal([](Quote& q) { q.last = paise(-5); }) == "last: -0.05 is negative");
    const auto above = Price::from_rupees(10'000'000) + Price::from_raw(1);
    CHECK(quote_refusal([&](Quote& q) { q.ask = above; }) ==
          "ask: 1,00,00,000.00 is above 1,00,00,000");
    CHECK(quote_refusal([&](Quote& q) { q.last = above; }) ==
          "last: 1,00,00,000.00 is above 1,00,00,000");
    CHECK(quote_refusal([&](Quote& q) {
              q.bid = above;
              q.ask = {};
          }) == "bid: 1,00,00,000.00 is above 1,00,00,000");
    CHECK(quote_refusal([&](Quote& q) { q.last = Price::from_raw(INT64_MIN); }) ==
          "last: -92,23,37,20,36,85,477.58 is negative");
}

TEST_CASE("rows: negative sizes, volume and open interest are refused by field", "[unit][wire]") {
    CHECK(quote_refusal([](Quote& q) { q.bid_size = -units(1); }) == "bid_size: -1 is negative");
    CHECK(quote_refusal([](Quote& q) { q.ask_size = -units(2); }) == "ask_size: -2 is negative");
    CHECK(quote_refusal([](Quote& q) { q.volume = -units(3); }) == "volume: -3 is negative");
    CHECK(quote_refusal([](Quote& q) { q.open_interest = -units(4); }) ==
          "open_interest: -4 is negative");
}

TEST_CASE("rows: a quote of no contract or of another underlying is refused", "[unit][wire]") {
    CHECK(quote_refusal([](Quote& q) { q.contract = {}; }) == "contract: it is not set");
    CHECK(quote_refusal([](Quote& q) { q.contract = ContractId::from_raw(1); }) ==
          "contract: 0000000000000001 is no contract");
    CHECK(quote_refusal([](Quote& q) {
              q.contract = ContractId::spot(Exchange::NSE, Underlying::BANKNIFTY);
          }) == "contract: NSE:BANKNIFTY:SPOT is not of NIFTY");
}

TEST_CASE("rows: a quote without time, before 1990 or after 2100 is refused", "[unit][wire]") {
    CHECK(quote_refusal([](Quote& q) { q.event_time = {}; }) == "event_time: it is not set");
    const auto first = sauda::base::Timestamp{631'152'000'000'000'000};
    const auto end = sauda::base::Timestamp{4'102'444'800'000'000'000};
    CHECK(sauda::base::ist_date(first) == date_of(1990, 1, 1));
    CHECK(sauda::base::ist_date(end) == date_of(2100, 1, 1));
    CHECK(quote_refusal([&](Quote& q) { q.event_time = first; }).empty());
    CHECK(quote_refusal([&](Quote& q) { q.event_time = first - Duration{1}; }) ==
          "event_time: 631151999999999999 ns is not between 1990 and 2100");
    CHECK(quote_refusal([&](Quote& q) { q.event_time = end - Duration{1}; }).empty());
    CHECK(quote_refusal([&](Quote& q) { q.event_time = end; }) ==
          "event_time: 4102444800000000000 ns is not between 1990 and 2100");
    CHECK(quote_refusal([&](Quote& q) { q.event_time = Timestamp::max(); }) ==
          "event_time: 9223372036854775807 ns is not between 1990 and 2100");
}

TEST_CASE("rows: a refusal reads as a line with the contract", "[unit][wire]") {
    auto batch = quotes();
    batch.quotes[0].bid = batch.quotes[0].ask;
    std::vector<wire::Refusal> refusals;
    wire::sift(batch, refusals);
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].rule == "crossed");
    CHECK(refusals[0].text() ==
          "NSE:NIFTY:2025-09-02:24500:CE bid: 118.60 is not below the ask 118.60");
}

TEST_CASE("rows: inconsistent bars are refused alone", "[unit][wire]") {
    CHECK(bar_refusal([](Bar&) {}).empty());
    CHECK(bar_refusal([](Bar& b) { b.open = paise(131); }) ==
          "open: it is outside of low and high");
    CHECK(bar_refusal([](Bar& b) { b.close = paise(89); }) ==
          "close: it is outside of low and high");
    CHECK(bar_refusal([](Bar& b) { b.high = paise(80); }) == "high: it is below the low");
    CHECK(bar_refusal([](Bar& b) { b.low = paise(-1); }) == "low: -0.01 is negative");
    CHECK(bar_refusal([](Bar& b) { b.volume = -units(1); }) == "volume: -1 is negative");
    CHECK(bar_refusal([](Bar& b) { b.open_interest = -units(1); }) ==
          "open_interest: -1 is negative");
    CHECK(bar_refusal([](Bar& b) { b.contract = {}; }) == "contract: it is not set");
    CHECK(bar_refusal([](Bar& b) {
              b.contract = ContractId::spot(Exchange::BSE, Underlying::SENSEX);
          }) == "contract: BSE:SENSEX:SPOT is not of NIFTY");
    CHECK(bar_refusal([](Bar& b) { b.high = Price::from_rupees(10'000'001); }) ==
          "high: 1,00,00,001.00 is above 1,00,00,000");
}

TEST_CASE("rows: impossible instruments are refused alone", "[unit][wire]") {
    CHECK(instrument_refusal([](Instrument&) {}).empty());
    CHECK(instrument_refusal([](Instrument& i) { i.expires_at = {}; }).empty());
    CHECK(instrument_refusal([](Instrument& i) { i.lot = {}; }) == "lot: 0 is not above zero");
    CHECK(instrument_refusal([](Instrument& i) { i.tick = {}; }) == "tick: it is not above zero");
    CHECK(instrument_refusal([](Instrument& i) { i.freeze = -units(1); }) ==
          "freeze: -1 is negative");
    CHECK(instrument_refusal([](Instrument& i) { i.order_max = -units(1); }) ==
          "order_max: -1 is negative");
    CHECK(instrument_refusal([](Instrument& i) { i.multiplier = 0; }) ==
          "multiplier: it is not above zero");
    CHECK(instrument_refusal([](Instrument& i) { i.contract = ContractId::from_raw(5); }) ==
          "contract: 0000000000000005 is no contract");
    CHECK(instrument_refusal([](Instrument& i) { i.expires_at = {5}; }) ==
          "expires_at: 5 ns is not between 1990 and 2100");
}

TEST_CASE("rows: the short way lets pass exactly what the rules do", "[unit][wire]") {
    // Each field of a quote with each of these values, alone and with a second field changed.
    const std::vector<int64_t> values{0,
                                      1,
                                      -1,
                                      INT64_MIN,
                                      INT64_MAX,
                                      100'000'000'000,
                                      100'000'000'001,
                                      1'186'000,
                                      1'756'439'100'000'000'000};
    const auto set = [](Quote& q, std::size_t field, int64_t v) {
        switch (field) {
            case 0:
                q.bid = Price::from_raw(v);
                break;
            case 1:
                q.ask = Price::from_raw(v);
                break;
            case 2:
                q.last = Price::from_raw(v);
                break;
            case 3:
                q.bid_size = units(v);
                break;
            case 4:
                q.ask_size = units(v);
                break;
            case 5:
                q.volume = units(v);
                break;
            case 6:
                q.open_interest = units(v);
                break;
            default:
                q.event_time = {v};
                break;
        }
    };
    int refused = 0;
    for (std::size_t a = 0; a < 8; ++a) {
        for (std::size_t b = 0; b < 8; ++b) {
            for (const int64_t v : values) {
                for (const int64_t w : values) {
                    Quote q = quote();
                    set(q, a, v);
                    set(q, b, w);
                    QuoteBatch alone{Underlying::NIFTY, {q}};
                    std::vector<wire::Refusal> why;
                    wire::sift(alone, why);
                    // With a bad neighbour every quote goes through the rules one by one.
                    Quote bad = quote();
                    bad.contract = {};
                    QuoteBatch together{Underlying::NIFTY, {q, bad}};
                    std::vector<wire::Refusal> both;
                    wire::sift(together, both);
                    REQUIRE(alone.quotes.size() == together.quotes.size());
                    REQUIRE(why.size() + 1 == both.size());
                    REQUIRE(why.size() == 1 - alone.quotes.size());
                    refused += static_cast<int>(why.size());
                }
            }
        }
    }
    CHECK(refused > 1000);
}
