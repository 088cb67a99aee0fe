#include "common/wire/checker.h"
#include "common/wire/format.h"
#include "common/wire/validate.h"

#include <algorithm>

// The rows of batches. A bad row is left out, the others pass.
namespace sauda::wire {

namespace {

using domain::Bar;
using domain::Instrument;
using domain::Quote;
using domain::Underlying;

Checker check(const Quote& quote, Underlying underlying) {
    Checker c;
    c.contract("contract", quote.contract);
    c.of_underlying(quote.contract, underlying);
    c.price("bid", quote.bid);
    c.price("ask", quote.ask);
    c.price("last", quote.last);
    if (quote.is_two_sided() && quote.bid >= quote.ask) {
        c.require(false, "bid", "crossed",
                  price(quote.bid) + " is not below the ask " + price(quote.ask));
    }
    c.not_negative("bid_size", quote.bid_size);
    c.not_negative("ask_size", quote.ask_size);
    c.not_negative("volume", quote.volume);
    c.not_negative("open_interest", quote.open_interest);
    c.time("event_time", quote.event_time);
    return c;
}

// Exactly what check() lets pass, without a branch per rule: the way of nearly every quote.
bool is_clean(const Quote& quote, Underlying underlying) {
    const int64_t bid = quote.bid.raw();
    const int64_t ask = quote.ask.raw();
    const int64_t last = quote.last.raw();
    const int64_t signs = bid | ask | last | quote.bid_size.raw() | quote.ask_size.raw() |
                          quote.volume.raw() | quote.open_interest.raw();
    const bool crossed = (bid > 0) & (ask > 0) & (bid >= ask);
    const bool absurd = (bid > kPriceRawMax) | (ask > kPriceRawMax) | (last > kPriceRawMax);
    const bool timely = (quote.event_time >= kTimeMin) & (quote.event_time < kTimeMax);
    return (signs >= 0) & !crossed & !absurd & timely &&
           quote.contract.underlying() == underlying && quote.contract.is_valid();
}

Checker check(const Bar& bar, Underlying underlying) {
    Checker c;
    c.contract("contract", bar.contract);
    c.of_underlying(bar.contract, underlying);
    c.price("open", bar.open);
    c.price("high", bar.high);
    c.price("low", bar.low);
    c.price("close", bar.close);
    const auto is_inside = [&](base::Price p) { return p >= bar.low && p <= bar.high; };
    c.require(bar.low <= bar.high, "high", "bar inconsistent", "it is below the low");
    c.require(is_inside(bar.open), "open", "bar inconsistent", "it is outside of low and high");
    c.require(is_inside(bar.close), "close", "bar inconsistent", "it is outside of low and high");
    c.not_negative("volume", bar.volume);
    c.not_negative("open_interest", bar.open_interest);
    return c;
}

Checker check(const Instrument& instrument) {
    Checker c;
    c.contract("contract", instrument.contract);
    c.above_zero("lot", instrument.lot);
    c.price("tick", instrument.tick);
    c.require(instrument.tick.is_positive(), "tick", "price absurd", "it is not above zero");
    c.not_negative("freeze", instrument.freeze);
    c.not_negative("order_max", instrument.order_max);
    c.require(instrument.multiplier > 0, "multiplier", "number out of range",
              "it is not above zero");
    c.time_or_none("expires_at", instrument.expires_at);
    return c;
}

Refusal refusal_of(const Checker& checker, domain::ContractId contract) {
    return {checker.rule(), checker.path(), checker.what(), contract};
}

template <class Row, class Check>
void keep_clean(std::vector<Row>& rows, std::vector<Refusal>& refusals, Check check_row) {
    std::erase_if(rows, [&](const Row& row) {
        const Checker checker = check_row(row);
        if (!checker.is_clean()) {
            refusals.push_back(refusal_of(checker, row.contract));
        }
        return !checker.is_clean();
    });
}

}  // namespace

void sift(domain::QuoteBatch& batch, std::vector<Refusal>& refusals) {
    const auto clean = [&](const Quote& quote) { return is_clean(quote, batch.underlying); };
    if (std::all_of(batch.quotes.begin(), batch.quotes.end(), clean)) [[likely]] {
        return;
    }
    keep_clean(batch.quotes, refusals,
               [&](const Quote& quote) { return check(quote, batch.underlying); });
}

void sift(domain::BarBatch& batch, std::vector<Refusal>& refusals) {
    keep_clean(batch.bars, refusals, [&](const Bar& bar) { return check(bar, batch.underlying); });
}

void sift(domain::InstrumentBatch& batch, std::vector<Refusal>& refusals) {
    keep_clean(batch.instruments, refusals,
               [](const Instrument& instrument) { return check(instrument); });
}

std::string Refusal::text() const {
    return (contract.is_set() ? to_text(contract) + " " : "") + field + ": " + value;
}

}  // namespace sauda::wire
