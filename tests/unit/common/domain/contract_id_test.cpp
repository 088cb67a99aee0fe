#include "common/domain/contract_id.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda::domain;
using sauda::base::date_of;

namespace {
const Date kExpiry = date_of(2025, 9, 2);

ContractId call(int64_t strike_paise) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call, kExpiry,
                              Price::from_paise(strike_paise));
}

const ContractId kBeforeMain = call(2'500'000);
}  // namespace

TEST_CASE("contract id: one made before main() is like any other", "[unit][domain]") {
    CHECK(kBeforeMain == call(2'500'000));
    CHECK(kBeforeMain.expiry() == kExpiry);
    CHECK(ContractId::future(Exchange::NSE, Underlying::NIFTY, date_of(2000, 1, 2)).expiry() ==
          date_of(2000, 1, 2));
}

TEST_CASE("contract id: its parts come out as they went in", "[unit][domain]") {
    const auto id = call(2'500'050);
    CHECK(id.exchange() == Exchange::NSE);
    CHECK(id.underlying() == Underlying::NIFTY);
    CHECK(id.kind() == ContractKind::Call);
    CHECK(id.expiry() == kExpiry);
    CHECK(id.strike() == Price::from_paise(2'500'050));
    CHECK(id.is_option());
    CHECK(id.is_valid());
    CHECK(ContractId::from_raw(id.raw()) == id);
}

TEST_CASE("contract id: the stored layout does not change", "[unit][domain]") {
    CHECK(ContractId::spot(Exchange::NSE, Underlying::NIFTY).raw() == 0x0800880000000000ULL);
    const auto put = ContractId::option(Exchange::BSE, Underlying::SENSEX, ContractKind::Put,
                                        date_of(2025, 9, 4), Price::from_rupees(80'000));
    CHECK(put.raw() ==
          ((2ULL << 59U) | (6ULL << 47U) | (4ULL << 43U) | (9378ULL << 28U) | 8'000'000ULL));
}

TEST_CASE("contract id: text goes both ways for every kind", "[unit][domain]") {
    const auto check = [](ContractId id, const std::string& text) {
        CHECK(to_text(id) == text);
        CHECK(parse_contract(text) == id);
    };
    check(call(2'500'000), "NSE:NIFTY:2025-09-02:25000:CE");
    check(call(11'750), "NSE:NIFTY:2025-09-02:117.5:CE");
    check(call(29'205), "NSE:NIFTY:2025-09-02:292.05:CE");
    check(ContractId::option(Exchange::MCX, Underlying::CRUDEOIL, ContractKind::Put, kExpiry,
                             Price::from_rupees(5'800)),
          "MCX:CRUDEOIL:2025-09-02:5800:PE");
    check(ContractId::spot(Exchange::NSE, Underlying::INDIAVIX), "NSE:INDIAVIX:SPOT");
    check(ContractId::future(Exchange::BSE, Underlying::BANKEX, kExpiry),
          "BSE:BANKEX:2025-09-02:FUT");
    check(ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, kExpiry),
          "NSE:NIFTY:2025-09-02:FORWARD");
}

TEST_CASE("contract id: a text that names no contract is refused", "[unit][domain]") {
    for (const auto* text : {"",
                             ":",
                             "NSE",
                             "NSE:NIFTY",
                             "NSE:NIFTY:SPOTS",
                             "LSE:NIFTY:SPOT",
                             "NSE:FTSE:SPOT",
                             "NSE:NIFTY:2025-09-02:FUTURE",
                             "NSE:NIFTY:2025-02-30:FUT",
                             "NSE:NIFTY:1999-12-31:FUT",
                             "NSE:NIFTY:2025-09-02:25000",
                             "NSE:NIFTY:2025-09-02:25000:XX",
                             "NSE:NIFTY:2025-09-02:0:CE",
                             "NSE:NIFTY:2025-09-02:-5:CE",
                             "NSE:NIFTY:2025-09-02:25000.005:CE",
                             "NSE:NIFTY:2025-09-02:1e5:CE",
                             "NSE:NIFTY:2025-09-02:9999999999:CE",
                             "NSE:NIFTY:2025-09-02:25000:CE:",
                             " NSE:NIFTY:SPOT",
                             "nse:nifty:spot"}) {
        INFO(text);
        CHECK_FALSE(parse_contract(text).has_value());
    }
}

TEST_CASE("contract id: what is inconsistent is not valid", "[unit][domain]") {
    const uint64_t good = call(2'500'000).raw();
    const auto valid = [](uint64_t raw) { return ContractId::from_raw(raw).is_valid(); };
    CHECK(valid(good));
    CHECK_FALSE(valid(0));
    CHECK_FALSE(valid(good | 1ULL << 63U));
    CHECK_FALSE(valid(good & ~(0xFULL << 59U)));                     // no exchange
    CHECK_FALSE(valid((good & ~(0xFULL << 59U)) | 4ULL << 59U));     // unknown exchange
    CHECK_FALSE(valid(good & ~(0xFFFULL << 47U)));                   // no underlying
    CHECK_FALSE(valid((good & ~(0xFFFULL << 47U)) | 11ULL << 47U));  // unknown underlying
    CHECK_FALSE(valid(good & ~(0xFULL << 43U)));                     // no kind
    CHECK_FALSE(valid((good & ~(0xFULL << 43U)) | 6ULL << 43U));     // unknown kind
    CHECK_FALSE(valid((good & ~(0xFULL << 43U)) | 1ULL << 43U));     // spot with expiry
    CHECK_FALSE(valid((good & ~(0xFULL << 43U)) | 2ULL << 43U));     // future with strike
    CHECK_FALSE(valid(good & ~(0x7FFFULL << 28U)));                  // option without expiry
    CHECK_FALSE(valid(good & ~0xFFFFFFFULL));                        // option without strike
}

TEST_CASE("contract id: orders by exchange, underlying, kind, expiry, strike", "[unit][domain]") {
    const auto put = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put,
                                        kExpiry, Price::from_rupees(1));
    const auto later = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                                          date_of(2025, 9, 9), Price::from_rupees(1));
    CHECK(ContractId::spot(Exchange::NSE, Underlying::NIFTY) < call(100));
    CHECK(call(2'500'000) < call(2'500'005));
    CHECK(call(2'500'000) < later);
    CHECK(later < put);
    CHECK(put < ContractId::spot(Exchange::NSE, Underlying::BANKNIFTY));
    CHECK(put < ContractId::spot(Exchange::BSE, Underlying::SENSEX));
}

TEST_CASE("contract id: every underlying and exchange has one text", "[unit][domain]") {
    std::set<std::string_view> seen;
    for (uint16_t n = 1; n <= static_cast<uint16_t>(Underlying::INDIAVIX); ++n) {
        const auto underlying = static_cast<Underlying>(n);
        const auto text = to_text(underlying);
        CHECK_FALSE(text.empty());
        CHECK(seen.insert(text).second);
        CHECK(parse_underlying(text) == underlying);
    }
    CHECK(to_text(static_cast<Underlying>(11)).empty());
    CHECK_FALSE(parse_underlying("").has_value());
    for (const auto exchange : {Exchange::NSE, Exchange::BSE, Exchange::MCX}) {
        CHECK(parse_exchange(to_text(exchange)) == exchange);
    }
    CHECK_FALSE(parse_exchange("").has_value());
}

TEST_CASE("contract id: dates parse strictly", "[unit][domain]") {
    CHECK(parse_date("2025-08-29") == date_of(2025, 8, 29));
    CHECK(to_text(date_of(2025, 8, 29)) == "2025-08-29");
    for (const auto* text : {"2025-8-29", "2025-13-01", "2025-00-01", "2025-02-29", "20250829",
                             "2025/08/29", "2025-08-29 ", "1969-12-31", "abcd-ef-gh"}) {
        INFO(text);
        CHECK_FALSE(parse_date(text).has_value());
    }
}
