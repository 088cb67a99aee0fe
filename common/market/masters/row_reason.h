#pragma once

#include <cstdint>
#include <string_view>

namespace sauda::masters {

// What became of a row that is not among a master's contracts.
enum class RowReason : uint8_t {
    // Whole and understood, but not ours.
    CashMarket,        // shares, bonds, funds, indices that are no underlying here
    OtherSegment,      // currency, interest rate, commodities of NSE or NCDEX
    TestRow,           // the exchange's own test instruments
    PhysicalDelivery,  // derivatives of a stock
    UnknownIndex,      // derivatives of an index that has no number here
    NotNumbered,       // derivatives of another underlying without a number
    Expired,           // before the master's date
    Repeated,          // the same contract, lot and token once more
    // Broken.
    Unreadable,
    MissingField,
    BadKind,
    BadExpiry,
    BadStrike,
    BadLot,
    BadTick,
    BadFreeze,
    BadToken,
    BadSymbol,
    TwoLots,      // one contract twice, with different lots
    TwoTokens,    // one contract twice, with different tokens
    SharedToken,  // one token for two contracts
};
inline constexpr int kRowReasons = static_cast<int>(RowReason::SharedToken) + 1;

[[nodiscard]] constexpr bool is_broken(RowReason reason) { return reason >= RowReason::Unreadable; }

// "stock derivatives": a few words, for counts.
std::string_view to_text(RowReason reason);
// What it means and what to do, a sentence; empty where the words say enough.
std::string_view explanation(RowReason reason);

}  // namespace sauda::masters
