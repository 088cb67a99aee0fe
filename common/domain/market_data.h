#pragma once

#include "common/domain/contract_id.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sauda::domain {

// Bits of Quote::flags.
inline constexpr uint32_t kQuoteNoDepth = 1U << 0U;   // the source has no bid and ask at all
inline constexpr uint32_t kQuoteModelled = 1U << 1U;  // sides are modelled, not observed

// State of one contract as the source showed it. Prices per unit, sizes, volume (of the day) and
// open interest in units. A zero price means that side or the last trade does not exist.
// If both sides exist, bid < ask (a locked market is refused as crossed by `wire`).
struct Quote {
    ContractId contract;
    Price bid;
    Price ask;
    Price last;
    Quantity bid_size;
    Quantity ask_size;
    Quantity volume;
    Quantity open_interest;
    Timestamp event_time;  // the exchange's own stamp
    uint32_t flags = 0;

    [[nodiscard]] bool has_bid() const { return bid.is_positive(); }
    [[nodiscard]] bool has_ask() const { return ask.is_positive(); }
    [[nodiscard]] bool is_two_sided() const { return has_bid() && has_ask(); }
    // Half way between the sides, rounded down to 1/10,000 rupee; zero unless two-sided.
    [[nodiscard]] Price mid() const {
        return is_two_sided() ? Price::from_raw((bid.raw() + ask.raw()) / 2) : Price{};
    }

    friend bool operator==(const Quote&, const Quote&) = default;
    SAUDA_FIELDS(contract, bid, ask, last, bid_size, ask_size, volume, open_interest, event_time,
                 flags)
};

inline constexpr std::size_t kQuotesPerBatchMax = 64;

// Up to 64 quotes of one underlying that became known together.
struct QuoteBatch {
    Underlying underlying = Underlying::Unspecified;
    std::vector<Quote> quotes;
    friend bool operator==(const QuoteBatch&, const QuoteBatch&) = default;
    SAUDA_FIELDS(underlying, quotes)
};

// Open, high, low and close of what was quoted in [start, start + length): the mid if two-sided,
// else the last trade. volume and open interest: change and value over the bar, in units.
struct Bar {
    ContractId contract;
    Price open;
    Price high;
    Price low;
    Price close;
    Quantity volume;
    Quantity open_interest;
    uint32_t updates = 0;
    friend bool operator==(const Bar&, const Bar&) = default;
    SAUDA_FIELDS(contract, open, high, low, close, volume, open_interest, updates)
};

// All bars of one underlying and length that end together. Published when the bar is complete,
// never before: known at start + length.
struct BarBatch {
    Underlying underlying = Underlying::Unspecified;
    Timestamp start;
    Duration length;
    std::vector<Bar> bars;
    friend bool operator==(const BarBatch&, const BarBatch&) = default;
    SAUDA_FIELDS(underlying, start, length, bars)
};

// Dated attributes of a contract, by the rules of the session's own date.
struct Instrument {
    ContractId contract;
    Quantity lot;        // units per lot, > 0
    Price tick;          // > 0
    Quantity freeze;     // largest quantity of one order, units; the smallest known if unknown
    Quantity order_max;  // risk denies above this, units
    int64_t multiplier = 1;
    Timestamp expires_at;  // settlement instant; not set for spot
    friend bool operator==(const Instrument&, const Instrument&) = default;
    SAUDA_FIELDS(contract, lot, tick, freeze, order_max, multiplier, expires_at)
};
struct InstrumentBatch {
    Date date;
    std::vector<Instrument> instruments;
    friend bool operator==(const InstrumentBatch&, const InstrumentBatch&) = default;
    SAUDA_FIELDS(date, instruments)
};

}  // namespace sauda::domain
