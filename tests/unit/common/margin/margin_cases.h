#pragma once

#include "common/margin/span_margin.h"

#include <catch2/catch.hpp>

#include <vector>

// What the tests of margin share: NIFTY at 24,500 on 2025-08-29 by the parameters of that day.
namespace sauda::margin::test {

using namespace domain;

inline const Date kToday = base::date_of(2025, 8, 29);
inline const Date kExpiry = base::date_of(2025, 9, 2);
inline const Date kLater = base::date_of(2025, 9, 9);
inline const Date kOctober = base::date_of(2025, 10, 28);
inline const Price kSpot = Price::from_rupees(24'500);
inline const Commodity kNifty{Exchange::NSE, Underlying::NIFTY};

inline MarginParameters nifty_parameters() {
    MarginParameters p;
    p.price_scan = 93'000;
    p.price_scan_sigmas = 8'485'281;
    p.price_scan_far = 177'000;
    p.far_days = 270;
    p.volatility_scan = 40'000;
    p.volatility_share = 250'000;
    p.exposure = 20'000;
    p.expiry_day_extra = 20'000;
    p.calendar_charge = 17'500;
    p.calendar_on_expiry = false;
    return p;
}

inline Conditions nifty(Date today = kToday) {
    return {kSpot, today, 158'900, 60'800, nifty_parameters()};
}

inline ContractId option_of(ContractKind kind, int64_t strike, Date expiry = kExpiry,
                            Underlying underlying = Underlying::NIFTY) {
    return ContractId::option(Exchange::NSE, underlying, kind, expiry, Price::from_rupees(strike));
}
inline MarginLeg call(int64_t strike, int64_t net, double mark, Date expiry = kExpiry) {
    return {option_of(ContractKind::Call, strike, expiry), units(net),
            Price::from_paise(static_cast<int64_t>(mark * 100 + 0.5))};
}
inline MarginLeg put(int64_t strike, int64_t net, double mark, Date expiry = kExpiry) {
    return {option_of(ContractKind::Put, strike, expiry), units(net),
            Price::from_paise(static_cast<int64_t>(mark * 100 + 0.5))};
}
inline MarginLeg future(int64_t net, Date expiry = kExpiry) {
    return {ContractId::future(Exchange::NSE, Underlying::NIFTY, expiry), units(net), kSpot};
}

inline SpanEngine engine_on(Date today = kToday) {
    SpanEngine engine;
    engine.set(kNifty, nifty(today));
    return engine;
}
inline Margin margin_on(const std::vector<MarginLeg>& legs, Date today = kToday) {
    return engine_on(today).margin(legs);
}

}  // namespace sauda::margin::test
