#include "common/domain/settlement.h"
#include "common/market/load_rules.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace sauda::domain;
using sauda::base::date_of;

// The notes of docs/accuracy/charges.md. Every figure below was worked out by hand there, line by
// line; nothing is computed here but by the program under test.
namespace {

const MarketRules& rules() {
    static const MarketRules loaded =
        *sauda::market::load_rules(std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/deploy/market");
    return loaded;
}

Money paise(int64_t n) { return Money::from_paise(n); }

// In paise, as on the note.
struct Note {
    int64_t turnover;
    int64_t brokerage;
    int64_t stt;
    int64_t exchange;
    int64_t sebi;
    int64_t stamp;
    int64_t gst;
    int64_t total;
};

struct Case {
    const char* name;
    Exchange exchange;
    ContractKind kind;
    Date date;
    Side side;
    int64_t quantity;
    int64_t price_paise;
    Note note;
};

const Case kOrders[] = {
    {"1 NSE option bought, 2024-08-14",
     Exchange::NSE,
     ContractKind::Call,
     date_of(2024, 8, 14),
     Side::Buy,
     50,
     11'240,
     {562'000, 2'000, 0, 281, 1, 17, 411, 2'710}},
    {"2 NSE option sold, 2024-08-14",
     Exchange::NSE,
     ContractKind::Call,
     date_of(2024, 8, 14),
     Side::Sell,
     50,
     14'875,
     {743'750, 2'000, 465, 372, 1, 0, 427, 3'265}},
    {"5 NSE option sold, 2026-04-02",
     Exchange::NSE,
     ContractKind::Put,
     date_of(2026, 4, 2),
     Side::Sell,
     65,
     9'635,
     {626'275, 2'000, 939, 223, 1, 0, 400, 3'563}},
    {"7 NSE future sold, 2026-04-02",
     Exchange::NSE,
     ContractKind::Future,
     date_of(2026, 4, 2),
     Side::Sell,
     65,
     2'284'010,
     {148'460'650, 2'000, 74'230, 2'717, 148, 0, 876, 79'971}},
    {"8 BSE option sold, 2024-09-27",
     Exchange::BSE,
     ContractKind::Call,
     date_of(2024, 9, 27),
     Side::Sell,
     20,
     31'025,
     {620'500, 2'000, 388, 233, 1, 0, 402, 3'024}},
    {"9 BSE option bought, 2026-04-02",
     Exchange::BSE,
     ContractKind::Put,
     date_of(2026, 4, 2),
     Side::Buy,
     20,
     40'215,
     {804'300, 2'000, 0, 261, 1, 24, 407, 2'693}},
    {"10 MCX option sold, 2026-10-09",
     Exchange::MCX,
     ContractKind::Call,
     date_of(2026, 10, 9),
     Side::Sell,
     100,
     14'120,
     {1'412'000, 2'000, 706, 590, 1, 0, 466, 3'763}},
    {"12 MCX future sold, 2026-10-16",
     Exchange::MCX,
     ContractKind::Future,
     date_of(2026, 10, 16),
     Side::Sell,
     100,
     563'000,
     {56'300'000, 2'000, 5'630, 1'182, 56, 0, 583, 9'451}},
    {"13 MCX option bought, 2024-09-12",
     Exchange::MCX,
     ContractKind::Call,
     date_of(2024, 9, 12),
     Side::Buy,
     10,
     21'050,
     {210'500, 2'000, 0, 105, 0, 6, 379, 2'490}},
};

struct Exercised {
    const char* name;
    ContractId contract;
    int64_t quantity;
    int64_t settlement_paise;
    OptionSettlement style;
    int64_t stt;  // paise
};

ContractId option(Exchange exchange, Underlying underlying, ContractKind kind, Date expiry,
                  int64_t strike) {
    return ContractId::option(exchange, underlying, kind, expiry, Price::from_rupees(strike));
}

const Exercised kExercises[] = {
    {"4 NSE call exercised, 2025-09-02",
     option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call, date_of(2025, 9, 2), 24'500), 75,
     2'457'960, OptionSettlement::Cash, 746},
    {"6 NSE put exercised, 2026-04-07",
     option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put, date_of(2026, 4, 7), 22'500), 130,
     2'241'335, OptionSettlement::Cash, 1'690},
    {"11 MCX call exercised, 2026-10-15",
     option(Exchange::MCX, Underlying::CRUDEOIL, ContractKind::Call, date_of(2026, 10, 15), 5'500),
     100, 561'200, OptionSettlement::Future, 56},
};

ChargeRates rates(Exchange exchange, ContractKind kind, Date date) {
    const auto found = rules().charge_rates(exchange, kind, date);
    REQUIRE(found);
    return *found;
}

void require_note(const Charges& charges, const Note& note) {
    CHECK(charges.brokerage == paise(note.brokerage));
    CHECK(charges.stt == paise(note.stt));
    CHECK(charges.exchange == paise(note.exchange));
    CHECK(charges.sebi == paise(note.sebi));
    CHECK(charges.stamp == paise(note.stamp));
    CHECK(charges.gst == paise(note.gst));
    CHECK(charges.total() == paise(note.total));
}

// The golden note: lot 75 of 2025-08-29, a straddle sold and bought back.
NoteTurnover golden_turnover() { return {paise(1'425'750), paise(1'604'250), 4}; }
const Note kGolden{3'030'000, 8'000, 1'604, 1'077, 3, 43, 1'634, 12'361};

std::string two_decimals(Money money) {
    const auto n = money.raw() / 100;
    const auto rest = std::to_string(n % 100);
    return std::to_string(n / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

std::string table_row(const std::string& name, Money turnover, const Charges& c) {
    std::string row = "| " + name;
    for (const auto part :
         {turnover, c.brokerage, c.stt, c.exchange, c.sebi, c.stamp, c.gst, c.total()}) {
        row += " | " + two_decimals(part);
    }
    return row + " |\n";
}

}  // namespace

TEST_CASE("contract notes worked by hand are met to the paisa by the rules of their date") {
    for (const auto& order : kOrders) {
        INFO(order.name);
        const Money turnover = Price::from_paise(order.price_paise) * units(order.quantity);
        CHECK(turnover == paise(order.note.turnover));
        require_note(
            charges_of(rates(order.exchange, order.kind, order.date), order.side, turnover, true),
            order.note);
        CHECK(rules().day(order.exchange, order.date).is_open);
    }
}

TEST_CASE("the golden note of a straddle is met by the shipped rules of its date") {
    const auto date = date_of(2025, 8, 29);
    const auto note =
        note_charges(rates(Exchange::NSE, ContractKind::Call, date), golden_turnover());
    require_note(note, kGolden);
    const Money gross = golden_turnover().sold - golden_turnover().bought;
    CHECK(gross == paise(178'500));
    CHECK(gross - note.total() == paise(166'139));
}

TEST_CASE("exercises worked by hand are met to the paisa by the rules of their date") {
    for (const auto& exercise : kExercises) {
        INFO(exercise.name);
        const auto contract = exercise.contract;
        const auto style = rules().option_settlement(contract.underlying());
        CHECK(style == exercise.style);
        const auto end = expire(
            contract, units(exercise.quantity), Price::from_paise(exercise.settlement_paise), style,
            rates(contract.exchange(), contract.kind(), contract.expiry()), std::nullopt);
        CHECK(end.charges.stt == paise(exercise.stt));
        CHECK(end.charges.total() == paise(exercise.stt));
        CHECK(rules().day(contract.exchange(), contract.expiry()).is_open);
    }
}

TEST_CASE("the notes stand in the documentation as the program makes them") {
    std::string table =
        "| note | turnover | brokerage | STT or CTT | exchange | SEBI | stamp | GST | total |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const auto& order : kOrders) {
        const Money turnover = Price::from_paise(order.price_paise) * units(order.quantity);
        table += table_row(
            order.name, turnover,
            charges_of(rates(order.exchange, order.kind, order.date), order.side, turnover, true));
    }
    const auto golden = golden_turnover();
    table += table_row(
        "3 NSE straddle and back, 2025-08-29", golden.bought + golden.sold,
        note_charges(rates(Exchange::NSE, ContractKind::Call, date_of(2025, 8, 29)), golden));
    for (const auto& exercise : kExercises) {
        const auto contract = exercise.contract;
        const Price settlement = Price::from_paise(exercise.settlement_paise);
        const Price taxed = exercise.style == OptionSettlement::Future
                                ? settlement
                                : intrinsic_value(contract, settlement);
        table += table_row(
            exercise.name, taxed * units(exercise.quantity),
            expire(contract, units(exercise.quantity), settlement, exercise.style,
                   rates(contract.exchange(), contract.kind(), contract.expiry()), std::nullopt)
                .charges);
    }
    CHECK(sauda::test::documented_table("docs/accuracy/charges.md", "notes", table) == "");
}
