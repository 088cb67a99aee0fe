#include "common/margin/flat_margin.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace sauda::domain;
using sauda::margin::flat_margin;
using sauda::margin::MarginLeg;

namespace {

const Date kToday = sauda::base::date_of(2025, 8, 29);
const Date kExpiry = sauda::base::date_of(2025, 9, 2);
const Date kLater = sauda::base::date_of(2025, 9, 9);
const Price kSpot = Price::from_rupees(24'500);
constexpr MarginRates kRates{93'000, 20'000, 20'000};

MarginLeg option(ContractKind kind, int64_t strike, int64_t net, Date expiry = kExpiry,
                 int64_t mark_rupees = 100) {
    return {ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                               Price::from_rupees(strike)),
            units(net), Price::from_rupees(mark_rupees)};
}

MarginLeg future(int64_t net) {
    return {ContractId::future(Exchange::NSE, Underlying::NIFTY, kExpiry), units(net), kSpot};
}

sauda::margin::MarginEstimate of(const std::vector<MarginLeg>& legs, Date today = kToday) {
    return flat_margin(legs, kSpot, today, kRates);
}

// One lot of 75 at 24,500: 18,37,500. 9.3 % and 2 % of it.
const Money kScan = Money::from_paise(17'088'750);
const Money kExposure = Money::from_rupees(36'750);

}  // namespace

TEST_CASE("a short straddle of one lot is between 2.3 and 2.45 lakh") {
    const auto margin =
        of({option(ContractKind::Call, 24'500, -75), option(ContractKind::Put, 24'500, -75)});
    CHECK(margin.scan == kScan);
    CHECK(margin.exposure == kExposure * 2);
    CHECK(margin.premium.is_zero());
    CHECK(margin.total == margin.scan + margin.exposure);
    CHECK(margin.total > Money::from_rupees(230'000));
    CHECK(margin.total < Money::from_rupees(245'000));
}

TEST_CASE("on expiry day each short option pays the surcharge: 3.18 lakh for a straddle") {
    // The exchange's arrays give about 3.1 lakh; the flat rule is a little above.
    const auto margin = of(
        {option(ContractKind::Call, 24'500, -75), option(ContractKind::Put, 24'500, -75)}, kExpiry);
    CHECK(margin.scan == kScan);
    CHECK(margin.exposure == kExposure * 4);
    CHECK(margin.total > Money::from_rupees(310'000));
    CHECK(margin.total < Money::from_rupees(320'000));
}

TEST_CASE("a strangle of unequal sides takes the larger side's scan") {
    const auto margin =
        of({option(ContractKind::Call, 24'800, -150), option(ContractKind::Put, 24'200, -75)});
    CHECK(margin.scan == kScan * 2);
    CHECK(margin.exposure == kExposure * 3);
}

TEST_CASE("a long option costs its premium and nothing else") {
    const auto margin = of({option(ContractKind::Call, 24'500, 75)}, kExpiry);
    CHECK(margin.premium == Money::from_rupees(7'500));
    CHECK(margin.total == margin.premium);
}

TEST_CASE("a hedge further out caps the scan at what the strikes can lose, exposure stays") {
    const auto calls = of({option(ContractKind::Call, 24'600, -75),
                           option(ContractKind::Call, 24'800, 75, kExpiry, 20)});
    CHECK(calls.scan == Money::from_rupees(200 * 75));
    CHECK(calls.exposure == kExposure);
    CHECK(calls.premium == Money::from_rupees(20 * 75));
    const auto puts = of({option(ContractKind::Put, 24'200, 75, kExpiry, 20),
                          option(ContractKind::Put, 24'400, -75)});
    CHECK(puts.scan == Money::from_rupees(200 * 75));
}

TEST_CASE("an iron condor takes the wider wing") {
    const auto margin =
        of({option(ContractKind::Call, 24'700, -75), option(ContractKind::Call, 24'800, 75),
            option(ContractKind::Put, 24'300, -75), option(ContractKind::Put, 24'000, 75)});
    CHECK(margin.scan == Money::from_rupees(300 * 75));
    CHECK(margin.exposure == kExposure * 2);
}

TEST_CASE("a long nearer the money leaves no scan") {
    const auto margin =
        of({option(ContractKind::Call, 24'500, 75), option(ContractKind::Call, 24'600, -75)});
    CHECK(margin.scan.is_zero());
    CHECK(margin.exposure == kExposure);
}

TEST_CASE("a hedge far away never costs more than no hedge") {
    const auto margin = of({option(ContractKind::Call, 24'600, -75),
                            option(ContractKind::Call, 34'600, 75, kExpiry, 0)});
    CHECK(margin.scan == kScan);
}

TEST_CASE("what a hedge does not cover is margined in full") {
    const auto margin =
        of({option(ContractKind::Call, 24'600, -150), option(ContractKind::Call, 24'800, 75)});
    CHECK(margin.scan == kScan + Money::from_rupees(200 * 75));
}

TEST_CASE("another expiry or the other kind is no hedge, and expiries add up") {
    const auto calendar = of(
        {option(ContractKind::Call, 24'600, -75), option(ContractKind::Call, 24'600, 75, kLater)});
    CHECK(calendar.scan == kScan);
    const auto other_kind =
        of({option(ContractKind::Call, 24'600, -75), option(ContractKind::Put, 24'600, 75)});
    CHECK(other_kind.scan == kScan);
    const auto two = of(
        {option(ContractKind::Call, 24'600, -75), option(ContractKind::Put, 24'400, -75, kLater)});
    CHECK(two.scan == kScan * 2);
}

TEST_CASE("a future pays scan and exposure on the side it loses") {
    CHECK(of({future(-75)}).total == kScan + kExposure);
    // A long future loses down, a short call up: the larger of the two.
    const auto covered = of({future(75), option(ContractKind::Call, 24'600, -75)});
    CHECK(covered.scan == kScan);
    const auto doubled = of({future(75), option(ContractKind::Put, 24'400, -75)});
    CHECK(doubled.scan == kScan * 2);
}

TEST_CASE("flat legs, spot and no legs need no margin") {
    CHECK(of({}).total.is_zero());
    CHECK(of({option(ContractKind::Call, 24'500, 0),
              {ContractId::spot(Exchange::NSE, Underlying::NIFTY), units(75), kSpot}})
              .total.is_zero());
}
