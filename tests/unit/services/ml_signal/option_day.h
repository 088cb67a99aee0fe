#pragma once

#include "services/ml_signal/core/ml_signal_core.h"

#include <cmath>

namespace sauda::test {

using namespace domain;

inline const Date kDay = base::date_of(2026, 11, 18);
inline const Date kExpiry = base::date_of(2026, 11, 24);
inline constexpr double kVolatility = 0.15;

inline double normal(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// Black 1976 without discounting: the tests' own.
inline double black(double forward, double strike, double years, double volatility, bool is_call) {
    const double s = volatility * std::sqrt(years);
    const double d1 = std::log(forward / strike) / s + s / 2.0;
    const double call = forward * normal(d1) - strike * normal(d1 - s);
    return is_call ? call : call - forward + strike;
}

inline Timestamp settlement() { return base::ist(kExpiry, base::minutes(930)); }
inline Timestamp minute_start(int i, Date date = kDay) {
    return base::ist(date, base::minutes(555 + i));
}
inline Timestamp close_of(Date date = kDay) { return base::ist(date, base::minutes(940)); }
inline ContractId option_of(int strike, bool is_call) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY,
                              is_call ? ContractKind::Call : ContractKind::Put, kExpiry,
                              Price::from_rupees(strike));
}
inline Price price_of(double rupees) {
    return Price::from_raw(static_cast<int64_t>(rupees * 10'000.0 + 0.5));
}

inline Bar bar_of(ContractId contract, double open, double close, int64_t volume = 0,
                  int64_t interest = 0) {
    Bar bar;
    bar.contract = contract;
    bar.open = price_of(open);
    bar.close = price_of(close);
    bar.high = std::max(bar.open, bar.close) + Price::from_paise(200);
    bar.low = std::min(bar.open, bar.close) - Price::from_paise(200);
    bar.volume = base::units(volume);
    bar.open_interest = base::units(interest);
    bar.updates = 1;
    return bar;
}

// The forward as a wave around 24,500.
inline double forward_at(int i) {
    return 24'500.0 + 40.0 * std::sin(static_cast<double>(i) / 9.0) + 1.5 * i;
}

// Minute i of the day: the forward, the index and 41 strikes of options at 15 % volatility. Calls
// gain open interest, puts lose it.
inline BarBatch minute_bars(int i, Date date = kDay) {
    BarBatch batch;
    batch.underlying = Underlying::NIFTY;
    batch.start = minute_start(i, date);
    batch.length = base::minutes(1);
    const double forward = forward_at(i);
    const auto end = batch.start + batch.length;
    const double years = static_cast<double>((settlement() - end).ns) / (365.0 * 86'400e9);
    batch.bars.push_back(bar_of(ContractId::spot(Exchange::NSE, Underlying::NIFTY),
                                forward_at(i - 1) - 30.0, forward - 30.0));
    for (const bool is_call : {true, false}) {
        for (int strike = 23'500; strike <= 25'500; strike += 50) {
            const double price = black(forward, strike, years, kVolatility, is_call);
            batch.bars.push_back(bar_of(option_of(strike, is_call), price, price,
                                        is_call ? 75 * 30 : 75 * 10,
                                        is_call ? 75 * (1000 + 10 * i) : 75 * (2000 - 5 * i)));
        }
    }
    batch.bars.push_back(bar_of(ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, kExpiry),
                                forward_at(i - 1), forward));
    return batch;
}

inline SessionEvent day_start(Date date = kDay) {
    SessionEvent event;
    event.kind = SessionKind::DayStart;
    event.exchange = Exchange::NSE;
    event.date = date;
    event.close_at = close_of(date);
    return event;
}
inline SourceInfo source_of(Origin origin) {
    SourceInfo info;
    info.name = "test";
    info.origin = origin;
    info.underlying = Underlying::NIFTY;
    info.date = kDay;
    return info;
}
inline InstrumentBatch instruments_of(int64_t lot) {
    InstrumentBatch batch;
    batch.date = kDay;
    batch.instruments.push_back({option_of(24'500, true), base::units(lot), Price::from_paise(5),
                                 base::units(1800), base::units(1800), 1, settlement()});
    return batch;
}

}  // namespace sauda::test
