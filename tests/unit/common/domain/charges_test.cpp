#include "common/domain/charges.h"

#include <catch2/catch.hpp>

using namespace sauda::domain;

namespace {

Money paise(int64_t n) { return Money::from_paise(n); }

// NSE options between 2024-10-01 and 2026-03-31.
ChargeRates rates_of_2025() {
    ChargeRates rates;
    rates.brokerage_per_order = Money::from_rupees(20);
    rates.stt_sell = 1'000'000;
    rates.stt_exercise = 1'250'000;
    rates.exchange = 355'300;
    rates.sebi = 1'000;
    rates.stamp_buy = 30'000;
    rates.gst = 180'000'000;
    return rates;
}

struct Order {
    Side side;
    int64_t price_paise;
};
constexpr Order kNote[] = {
    {Side::Sell, 11860}, {Side::Sell, 9530}, {Side::Buy, 4775}, {Side::Buy, 14235}};
const Quantity kLot = units(75);

Money turnover(const Order& order) { return Price::from_paise(order.price_paise) * kLot; }

NoteTurnover golden_turnover() {
    NoteTurnover sum;
    for (const auto& order : kNote) {
        (order.side == Side::Buy ? sum.bought : sum.sold) += turnover(order);
        ++sum.orders;
    }
    return sum;
}

Charges booked_per_order() {
    Charges sum;
    for (const auto& order : kNote) {
        sum += charges_of(rates_of_2025(), order.side, turnover(order), true);
    }
    return sum;
}

}  // namespace

TEST_CASE("the golden contract note is met to the paisa") {
    const auto note = note_charges(rates_of_2025(), golden_turnover());
    CHECK(note.brokerage == paise(8000));
    CHECK(note.stt == paise(1604));
    CHECK(note.exchange == paise(1077));
    CHECK(note.sebi == paise(3));
    CHECK(note.stamp == paise(43));
    CHECK(note.gst == paise(1634));
    CHECK(note.total() == paise(12361));
    const auto gross = golden_turnover().sold - golden_turnover().bought;
    CHECK(gross == paise(178500));
    CHECK(gross - note.total() == paise(166139));
}

TEST_CASE("rounding per order differs from the note and the true-up closes the difference") {
    const auto first = charges_of(rates_of_2025(), Side::Sell, turnover(kNote[0]), true);
    const auto second = charges_of(rates_of_2025(), Side::Sell, turnover(kNote[1]), true);
    CHECK(first.stt == paise(890));
    CHECK(second.stt == paise(715));
    CHECK(first.stamp.is_zero());

    const auto booked = booked_per_order();
    CHECK(booked.stt == paise(1605));
    const auto correction = note_true_up(rates_of_2025(), golden_turnover(), booked);
    CHECK(correction.brokerage.is_zero());
    CHECK(correction.stt == paise(-1));
    CHECK(correction.exchange == paise(1077) - booked.exchange);
    CHECK(correction.total() == paise(12361) - booked.total());

    auto corrected = booked;
    corrected += correction;
    CHECK(corrected == note_charges(rates_of_2025(), golden_turnover()));
    CHECK(corrected.total() == paise(12361));
}

TEST_CASE("a component at exactly half a paisa rounds up") {
    auto rates = rates_of_2025();
    rates.stt_sell = 500'000;  // 0.05 % of 10 rupees is half a paisa
    CHECK(charges_of(rates, Side::Sell, Money::from_rupees(10), false).stt == paise(1));
    CHECK(charges_of(rates, Side::Sell, Money::from_raw(99'999), false).stt.is_zero());
}

TEST_CASE("a buyer pays stamp duty and no STT, a seller the reverse") {
    const auto bought = charges_of(rates_of_2025(), Side::Buy, Money::from_rupees(10'000), true);
    CHECK(bought.stt.is_zero());
    CHECK(bought.stamp == paise(30));
    const auto sold = charges_of(rates_of_2025(), Side::Sell, Money::from_rupees(10'000), true);
    CHECK(sold.stt == paise(1000));
    CHECK(sold.stamp.is_zero());
}

TEST_CASE("the fills of a child order add up to the charges of the whole") {
    const auto rates = rates_of_2025();
    const Price price = Price::from_paise(7333);
    Charges before;
    Charges sum;
    Quantity done;
    for (const int64_t part : {1, 24, 7, 18, 25}) {
        done += units(part);
        const auto after = charges_of(rates, Side::Sell, price * done, true);
        sum += difference(after, before);
        before = after;
    }
    CHECK(sum == charges_of(rates, Side::Sell, price * kLot, true));
    CHECK(sum.brokerage == Money::from_rupees(20));
}

TEST_CASE("brokerage is left out on request, and its GST with it") {
    const auto with = charges_of(rates_of_2025(), Side::Buy, Money::from_rupees(5'000), true);
    const auto without = charges_of(rates_of_2025(), Side::Buy, Money::from_rupees(5'000), false);
    CHECK(without.brokerage.is_zero());
    CHECK(with.gst - without.gst == paise(360));
}

TEST_CASE("a round trip is an entry and an exit") {
    const auto trip = round_trip(rates_of_2025(), Price::from_rupees(45), kLot);
    CHECK(trip.brokerage == Money::from_rupees(40));
    CHECK(trip.stt == paise(338));
    CHECK(trip.stamp == paise(10));
    CHECK(trip.exchange == paise(240));
    CHECK(trip.sebi.is_zero());
    CHECK(trip.gst == paise(764));
}

TEST_CASE("exercise costs STT on the intrinsic value only") {
    const auto charges = charges_of_exercise(rates_of_2025(), Money::from_rupees(7'500));
    CHECK(charges.stt == paise(938));
    CHECK(charges.total() == charges.stt);
}
