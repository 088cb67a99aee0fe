#include "common/margin/flat_margin.h"

#include <algorithm>
#include <map>
#include <vector>

namespace sauda::margin {

using namespace domain;

namespace {

constexpr int64_t kMillion = 1'000'000;

struct OptionLeg {
    Price strike;
    Quantity quantity;  // open units, positive
};

// The options of one kind and expiry.
struct OptionSide {
    std::vector<OptionLeg> shorts;
    std::vector<OptionLeg> longs;
};

struct ExpiryBook {
    OptionSide calls;
    OptionSide puts;
    Money scan_up;  // of futures
    Money scan_down;
};

Money share(Price price, Quantity quantity, int64_t ratio) {
    return (price * quantity).scaled(ratio, kMillion);
}

// Scan of the shorts of one kind. The nearest to the money is covered by the nearest long, in
// order; what one unit of a pair can lose caps its scan.
Money scan_of(OptionSide side, bool is_call, Price underlying, int64_t ratio) {
    const auto nearer = [&](const OptionLeg& a, const OptionLeg& b) {
        return is_call ? a.strike < b.strike : b.strike < a.strike;
    };
    std::sort(side.shorts.begin(), side.shorts.end(), nearer);
    std::sort(side.longs.begin(), side.longs.end(), nearer);
    Money scan;
    auto cover = side.longs.begin();
    for (auto& leg : side.shorts) {
        while (!leg.quantity.is_zero() && cover != side.longs.end()) {
            const Quantity paired = std::min(leg.quantity, cover->quantity);
            const Price apart = is_call ? cover->strike - leg.strike : leg.strike - cover->strike;
            const Money most = std::max(Price{}, apart) * paired;
            scan += std::min(share(underlying, paired, ratio), most);
            leg.quantity -= paired;
            cover->quantity -= paired;
            if (cover->quantity.is_zero()) {
                ++cover;
            }
        }
        scan += share(underlying, leg.quantity, ratio);
    }
    return scan;
}

}  // namespace

MarginEstimate flat_margin(std::span<const MarginLeg> legs, Price underlying_price, Date today,
                           const MarginRates& rates) {
    INVARIANT(!underlying_price.is_negative());
    MarginEstimate margin;
    std::map<Date, ExpiryBook> expiries;
    for (const auto& leg : legs) {
        INVARIANT(leg.contract.underlying() == legs.front().contract.underlying());
        const auto kind = leg.contract.kind();
        const Quantity open = leg.net.abs();
        if (open.is_zero() || !(leg.contract.is_option() || kind == ContractKind::Future)) {
            continue;
        }
        auto& expiry = expiries[leg.contract.expiry()];
        if (kind == ContractKind::Future) {
            margin.exposure += share(underlying_price, open, rates.exposure);
            (leg.net.is_negative() ? expiry.scan_up : expiry.scan_down) +=
                share(underlying_price, open, rates.scan);
            continue;
        }
        auto& side = kind == ContractKind::Call ? expiry.calls : expiry.puts;
        if (leg.net.is_positive()) {
            margin.premium += leg.mark * open;
            side.longs.push_back({leg.contract.strike(), open});
            continue;
        }
        side.shorts.push_back({leg.contract.strike(), open});
        margin.exposure += share(underlying_price, open, rates.exposure);
        if (leg.contract.expiry() == today) {
            margin.exposure += share(underlying_price, open, rates.expiry_day);
        }
    }
    for (const auto& [date, expiry] : expiries) {
        const Money up = expiry.scan_up + scan_of(expiry.calls, true, underlying_price, rates.scan);
        const Money down =
            expiry.scan_down + scan_of(expiry.puts, false, underlying_price, rates.scan);
        margin.scan += std::max(up, down);
    }
    margin.total = margin.scan + margin.exposure + margin.premium;
    return margin;
}

}  // namespace sauda::margin
