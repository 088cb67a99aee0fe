#pragma once

#include "common/base/archive.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sauda::domain {

using base::Date;
using base::Duration;
using base::Money;
using base::Price;
using base::Quantity;
using base::Timestamp;
using base::units;

enum class Exchange : uint8_t { Unspecified = 0, NSE = 1, BSE = 2, MCX = 3 };

// Numbers are append only: they are part of every stored ContractId. deploy/market/underlyings.csv
// holds the same list and a test compares the two.
enum class Underlying : uint16_t {
    Unspecified = 0,
    NIFTY = 1,
    BANKNIFTY = 2,
    FINNIFTY = 3,
    MIDCPNIFTY = 4,
    NIFTYNXT50 = 5,
    SENSEX = 6,
    BANKEX = 7,
    CRUDEOIL = 8,
    CRUDEOILM = 9,
    INDIAVIX = 10,
};

// Synthetic is the forward of one expiry implied by put-call parity; it is never traded.
enum class ContractKind : uint8_t {
    Unspecified = 0,
    Spot = 1,
    Future = 2,
    Call = 3,
    Put = 4,
    Synthetic = 5,
};

// What a contract is, as a 64-bit value computed from its meaning alone. Broker tokens and symbols,
// lot, tick and freeze are dated attributes and live elsewhere. Layout, high to low: exchange 4,
// underlying 12, kind 4, expiry 15 (days since 2000-01-01, 0 = none), strike 28 (paise).
// Orders by exchange, underlying, kind, expiry, strike.
class ContractId {
 public:
    constexpr ContractId() = default;
    static constexpr ContractId from_raw(uint64_t raw) { return ContractId(raw); }
    static ContractId spot(Exchange exchange, Underlying underlying);
    static ContractId future(Exchange exchange, Underlying underlying, Date expiry);
    static ContractId synthetic(Exchange exchange, Underlying underlying, Date expiry);
    // strike: a positive multiple of a paisa below 26.8 lakh rupees.
    static ContractId option(Exchange exchange, Underlying underlying, ContractKind kind,
                             Date expiry, Price strike);

    [[nodiscard]] constexpr uint64_t raw() const { return raw_; }
    [[nodiscard]] constexpr bool is_set() const { return raw_ != 0; }
    [[nodiscard]] Exchange exchange() const;
    [[nodiscard]] Underlying underlying() const;
    [[nodiscard]] ContractKind kind() const;
    [[nodiscard]] Date expiry() const;  // days 0 where the kind has none
    [[nodiscard]] Price strike() const;
    [[nodiscard]] bool is_option() const;
    // Every field within its enum and the parts consistent with the kind.
    [[nodiscard]] bool is_valid() const;

    friend constexpr auto operator<=>(ContractId, ContractId) = default;
    SAUDA_FIELDS(raw_)

 private:
    constexpr explicit ContractId(uint64_t raw) : raw_(raw) {}
    uint64_t raw_ = 0;
};

// "NSE:NIFTY:2025-09-02:25000:CE", "NSE:NIFTY:SPOT", "NSE:NIFTY:2025-09-30:FUT",
// "NSE:NIFTY:2025-09-02:FORWARD".
std::string to_text(ContractId id);
std::optional<ContractId> parse_contract(std::string_view text);

// The exchange an underlying's options are listed on.
Exchange exchange_of(Underlying underlying);

std::string_view to_text(Exchange exchange);
std::string_view to_text(Underlying underlying);
std::optional<Exchange> parse_exchange(std::string_view text);
std::optional<Underlying> parse_underlying(std::string_view text);

// "2025-08-29"
std::string to_text(Date date);
std::optional<Date> parse_date(std::string_view text);

}  // namespace sauda::domain
