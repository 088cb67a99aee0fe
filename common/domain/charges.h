#pragma once

#include "common/domain/ledger.h"

namespace sauda::domain {

// Rates of one exchange, kind of contract and date. Ratios in 1e-9 of turnover (premium turnover
// for options): STT 0.10 % = 1,000,000; NSE options 0.03553 % = 355,300.
struct ChargeRates {
    Money brokerage_per_order;  // per executed child order
    int64_t stt_sell = 0;
    int64_t stt_exercise = 0;  // of intrinsic value, paid by the holder
    int64_t exchange = 0;      // each side, includes the investor-protection fund
    int64_t sebi = 0;
    int64_t stamp_buy = 0;
    int64_t gst = 0;  // of brokerage + exchange + SEBI fee
    friend bool operator==(const ChargeRates&, const ChargeRates&) = default;
    SAUDA_FIELDS(brokerage_per_order, stt_sell, stt_exercise, exchange, sebi, stamp_buy, gst)
};

// Charges of `turnover` traded on `side` in one child order. Each component half up to the paisa.
// with_brokerage is false for the second and later fills of a child.
Charges charges_of(const ChargeRates& rates, Side side, Money turnover, bool with_brokerage);

// Charges of a child order in total; a later fill of the same child costs the difference
// charges_of(all) - charges_of(before), so that the sum is rounded once per child order.
Charges difference(const Charges& after, const Charges& before);

// STT of an exercised long option on `intrinsic` (intrinsic value x quantity); the holder pays.
Charges charges_of_exercise(const ChargeRates& rates, Money intrinsic);

// What a contract note sums over the executed orders of one exchange, kind and day.
struct NoteTurnover {
    Money bought;
    Money sold;
    int64_t orders = 0;  // executed child orders
};
// Charges of the note: turnovers summed first, each component rounded once.
Charges note_charges(const ChargeRates& rates, const NoteTurnover& turnover);
// What a Correction entry must carry so that `booked` plus it equals the note; may be negative.
Charges note_true_up(const ChargeRates& rates, const NoteTurnover& turnover, const Charges& booked);

// Entry plus exit of `quantity` at `price` in one contract: what a round trip costs.
Charges round_trip(const ChargeRates& rates, Price price, Quantity quantity);

}  // namespace sauda::domain
