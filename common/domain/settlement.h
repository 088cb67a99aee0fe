#pragma once

#include "common/domain/rule_rows.h"

#include <optional>

// What expiry does to a position, and what it costs to go on in the next future.
namespace sauda::domain {

// A position in a future that came out of an option, at the option's strike.
struct DevolvedFuture {
    ContractId contract;
    Side side = Side::Unspecified;
    Quantity quantity;
    Price price;
    friend bool operator==(const DevolvedFuture&, const DevolvedFuture&) = default;
};

// The end of one position at its expiry.
struct ExpiryResult {
    // Per unit, what the position closes at: an option's intrinsic value, a future's settlement
    // price; zero for an option that became a future, because its value goes on in the future.
    Price close_price;
    bool is_exercised = false;  // an option in the money
    Charges charges;            // of exercise; the holder's alone
    std::optional<DevolvedFuture> future;
    friend bool operator==(const ExpiryResult&, const ExpiryResult&) = default;
};

// Intrinsic value of an option per unit, the settlement price of anything else.
Price intrinsic_value(ContractId contract, Price settlement);

// net: signed units, not zero. settlement: of the underlying, or of the future for OptionSettlement
// ::Future. An option in the money with that style becomes `future` at its strike: a long call and
// a short put a long one, a long put and a short call a short one; without a known future it is
// settled in cash at its intrinsic value, and the caller tells so. The tax of exercise is paid by
// the holder: of the intrinsic value, with style Future of the settlement price (Finance Act 2013
// s. 118). Physical delivery is not modelled: such options are settled in cash here, and never
// opened (risk).
ExpiryResult expire(ContractId contract, Quantity net, Price settlement, OptionSettlement style,
                    const ChargeRates& rates, std::optional<ContractId> future);

// Both sides of the future that is left and of the one that follows.
struct RollQuotes {
    Price near_bid;
    Price near_ask;
    Price far_bid;
    Price far_ask;
};
// What rolling a position costs. total = spread + charges; the basis is no cost: it is what the
// later future is dearer (positive) or cheaper, and comes back until its expiry.
struct RollCost {
    Money spread;  // against the middles
    Charges charges;
    Money basis;  // signed: paid by a long position, received by a short one
    [[nodiscard]] Money total() const { return spread + charges.total(); }
    friend bool operator==(const RollCost&, const RollCost&) = default;
};
// One order in each future. nullopt: one of the four sides is missing or crossed.
std::optional<RollCost> roll_cost(Quantity net, const RollQuotes& quotes, const ChargeRates& rates);

}  // namespace sauda::domain
