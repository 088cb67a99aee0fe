#include "common/domain/charges.h"

namespace sauda::domain {

namespace {

// `ratio` (1e-9) of `value`, rounded half up to the paisa in one step.
Money share(Money value, int64_t ratio) {
    constexpr int64_t kRawPerPaisa = 100;
    return Money::from_paise(base::scale_half_up(value.raw(), ratio, 1'000'000'000 * kRawPerPaisa));
}

void add_turnover_fees(Charges& charges, const ChargeRates& rates, Money traded) {
    charges.exchange = share(traded, rates.exchange);
    charges.sebi = share(traded, rates.sebi);
    // On the rounded fees, as they stand on the note.
    charges.gst = share(charges.brokerage + charges.exchange + charges.sebi, rates.gst);
}

}  // namespace

Charges& Charges::operator+=(const Charges& o) {
    brokerage += o.brokerage;
    stt += o.stt;
    exchange += o.exchange;
    sebi += o.sebi;
    stamp += o.stamp;
    gst += o.gst;
    other += o.other;
    return *this;
}

Charges charges_of(const ChargeRates& rates, Side side, Money turnover, bool with_brokerage) {
    INVARIANT(side == Side::Buy || side == Side::Sell);
    Charges charges;
    charges.brokerage = with_brokerage ? rates.brokerage_per_order : Money{};
    charges.stt = side == Side::Sell ? share(turnover, rates.stt_sell) : Money{};
    charges.stamp = side == Side::Buy ? share(turnover, rates.stamp_buy) : Money{};
    add_turnover_fees(charges, rates, turnover);
    return charges;
}

Charges difference(const Charges& after, const Charges& before) {
    Charges d = after;
    d.brokerage -= before.brokerage;
    d.stt -= before.stt;
    d.exchange -= before.exchange;
    d.sebi -= before.sebi;
    d.stamp -= before.stamp;
    d.gst -= before.gst;
    d.other -= before.other;
    return d;
}

Charges charges_of_exercise(const ChargeRates& rates, Money intrinsic) {
    INVARIANT(!intrinsic.is_negative());
    Charges charges;
    charges.stt = share(intrinsic, rates.stt_exercise);
    return charges;
}

Charges note_charges(const ChargeRates& rates, const NoteTurnover& turnover) {
    Charges charges;
    charges.brokerage = rates.brokerage_per_order * turnover.orders;
    charges.stt = share(turnover.sold, rates.stt_sell);
    charges.stamp = share(turnover.bought, rates.stamp_buy);
    add_turnover_fees(charges, rates, turnover.bought + turnover.sold);
    return charges;
}

Charges note_true_up(const ChargeRates& rates, const NoteTurnover& turnover,
                     const Charges& booked) {
    return difference(note_charges(rates, turnover), booked);
}

Charges round_trip(const ChargeRates& rates, Price price, Quantity quantity) {
    const Money turnover = price * quantity;
    Charges charges = charges_of(rates, Side::Buy, turnover, true);
    charges += charges_of(rates, Side::Sell, turnover, true);
    return charges;
}

}  // namespace sauda::domain
