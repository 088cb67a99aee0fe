#pragma once

#include "common/base/rng.h"
#include "common/chain/chain_state.h"

namespace sauda::test {

using base::Timestamp;
using domain::ContractId;
using domain::ContractKind;
using domain::Date;
using domain::Exchange;
using domain::Price;
using domain::Quote;
using domain::Underlying;

inline const Date kToday = base::date_of(2025, 8, 29);
inline const Date kNear = base::date_of(2025, 9, 2);
inline const Date kNext = base::date_of(2025, 9, 9);
inline const Timestamp kOpen = base::ist(kToday, base::minutes(9 * 60 + 15));

inline Timestamp settlement_of(Date expiry) {
    return base::ist(expiry, base::minutes(15 * 60 + 30));
}

inline ContractId option_id(Date expiry, int64_t strike, ContractKind kind) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                              Price::from_rupees(strike));
}

inline domain::Instrument instrument_of(Date expiry) {
    domain::Instrument instrument;
    instrument.contract = option_id(expiry, 24'500, ContractKind::Call);
    instrument.tick = Price::from_paise(5);
    instrument.expires_at = settlement_of(expiry);
    return instrument;
}

// A quote as a market with forward 24,500 + `shift` and volatility `volatility` shows it at `now`.
inline Quote quote_at(ContractId contract, Timestamp now, double shift = 0.0,
                      double volatility = 0.12) {
    const double minutes = chain::minutes_left(now, settlement_of(contract.expiry()));
    const auto terms = options::make_expiry_terms_at_rate(24'500.0 + shift, 0.06, minutes);
    const double price = options::black76(*terms, contract.strike().rupees(), volatility,
                                          contract.kind() == ContractKind::Call)
                             .price;
    const auto tick = static_cast<int64_t>(price * 20.0);
    Quote quote;
    quote.contract = contract;
    quote.bid = Price::from_paise(5 * tick);
    quote.ask = Price::from_paise(5 * (tick + 2));
    quote.last = quote.bid;
    quote.volume = base::units(75);
    quote.open_interest = base::units(7'500);
    quote.event_time = now;
    return quote;
}

// Every strike of an expiry from 24,000 to 25,000, calls and puts.
inline void quote_expiry(chain::ChainState& state, Date expiry, Timestamp now, double shift = 0.0,
                         double volatility = 0.12) {
    for (int64_t strike = 24'000; strike <= 25'000; strike += 50) {
        for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
            state.update(quote_at(option_id(expiry, strike, kind), now, shift, volatility), now);
        }
    }
}

}  // namespace sauda::test
