#include "common/domain/contract_id.h"

#include <array>
#include <charconv>

namespace sauda::domain {

namespace {

// Days of 2000-01-01. A constant, not computed: contracts are made before main() as well.
constexpr int32_t kEpoch2000 = 10'957;
constexpr unsigned kExchangeShift = 59;
constexpr unsigned kUnderlyingShift = 47;
constexpr unsigned kKindShift = 43;
constexpr unsigned kExpiryShift = 28;

uint64_t pack(Exchange exchange, Underlying underlying, ContractKind kind, Date expiry,
              int64_t strike_paise) {
    const int64_t days = expiry.days == 0 ? 0 : expiry.days - kEpoch2000;
    INVARIANT(days >= 0 && days < (1 << 15));
    INVARIANT(strike_paise >= 0 && strike_paise < (1 << 28));
    return static_cast<uint64_t>(exchange) << kExchangeShift |
           static_cast<uint64_t>(underlying) << kUnderlyingShift |
           static_cast<uint64_t>(kind) << kKindShift | static_cast<uint64_t>(days) << kExpiryShift |
           static_cast<uint64_t>(strike_paise);
}

struct Named {
    Underlying id;
    std::string_view name;
};
constexpr std::array<Named, 10> kUnderlyings{{{Underlying::NIFTY, "NIFTY"},
                                              {Underlying::BANKNIFTY, "BANKNIFTY"},
                                              {Underlying::FINNIFTY, "FINNIFTY"},
                                              {Underlying::MIDCPNIFTY, "MIDCPNIFTY"},
                                              {Underlying::NIFTYNXT50, "NIFTYNXT50"},
                                              {Underlying::SENSEX, "SENSEX"},
                                              {Underlying::BANKEX, "BANKEX"},
                                              {Underlying::CRUDEOIL, "CRUDEOIL"},
                                              {Underlying::CRUDEOILM, "CRUDEOILM"},
                                              {Underlying::INDIAVIX, "INDIAVIX"}}};

std::optional<int64_t> parse_integer(std::string_view text) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

// "25000" or "117.5" or "292.05" to paise.
std::optional<int64_t> parse_paise(std::string_view text) {
    const auto dot = text.find('.');
    const auto rupees = parse_integer(text.substr(0, dot));
    if (!rupees || *rupees < 0 || *rupees > 10'000'000) {
        return std::nullopt;
    }
    int64_t paise = 0;
    if (dot != std::string_view::npos) {
        const auto fraction = text.substr(dot + 1);
        const auto digits = parse_integer(fraction);
        if (!digits || *digits < 0 || fraction.size() > 2) {
            return std::nullopt;
        }
        paise = fraction.size() == 1 ? *digits * 10 : *digits;
    }
    return *rupees * 100 + paise;
}

std::string paise_text(int64_t paise) {
    std::string text = std::to_string(paise / 100);
    if (paise % 100 != 0) {
        const int64_t rest = paise % 100;
        text += rest % 10 == 0 ? "." + std::to_string(rest / 10)
                               : (rest < 10 ? ".0" : ".") + std::to_string(rest);
    }
    return text;
}

}  // namespace

ContractId ContractId::spot(Exchange exchange, Underlying underlying) {
    return ContractId(pack(exchange, underlying, ContractKind::Spot, {}, 0));
}
ContractId ContractId::future(Exchange exchange, Underlying underlying, Date expiry) {
    return ContractId(pack(exchange, underlying, ContractKind::Future, expiry, 0));
}
ContractId ContractId::synthetic(Exchange exchange, Underlying underlying, Date expiry) {
    return ContractId(pack(exchange, underlying, ContractKind::Synthetic, expiry, 0));
}
ContractId ContractId::option(Exchange exchange, Underlying underlying, ContractKind kind,
                              Date expiry, Price strike) {
    INVARIANT(kind == ContractKind::Call || kind == ContractKind::Put);
    INVARIANT(strike.is_positive() && strike.raw() % 100 == 0);
    return ContractId(pack(exchange, underlying, kind, expiry, strike.raw() / 100));
}

Exchange ContractId::exchange() const {
    return static_cast<Exchange>((raw_ >> kExchangeShift) & 0xFU);
}
Underlying ContractId::underlying() const {
    return static_cast<Underlying>((raw_ >> kUnderlyingShift) & 0xFFFU);
}
ContractKind ContractId::kind() const {
    return static_cast<ContractKind>((raw_ >> kKindShift) & 0xFU);
}
Date ContractId::expiry() const {
    const auto days = static_cast<int32_t>((raw_ >> kExpiryShift) & 0x7FFFU);
    return days == 0 ? Date{} : Date{kEpoch2000 + days};
}
Price ContractId::strike() const {
    return Price::from_paise(static_cast<int64_t>(raw_ & 0xFFFFFFFU));
}
bool ContractId::is_option() const {
    return kind() == ContractKind::Call || kind() == ContractKind::Put;
}

bool ContractId::is_valid() const {
    if ((raw_ >> 63U) != 0 || exchange() == Exchange::Unspecified || exchange() > Exchange::MCX ||
        underlying() == Underlying::Unspecified || to_text(underlying()).empty()) {
        return false;
    }
    const bool has_expiry = expiry().days != 0;
    const bool has_strike = strike().is_positive();
    switch (kind()) {
        case ContractKind::Spot:
            return !has_expiry && !has_strike;
        case ContractKind::Future:
        case ContractKind::Synthetic:
            return has_expiry && !has_strike;
        case ContractKind::Call:
        case ContractKind::Put:
            return has_expiry && has_strike;
        case ContractKind::Unspecified:
            return false;
    }
    return false;
}

Exchange exchange_of(Underlying underlying) {
    switch (underlying) {
        case Underlying::Unspecified:
            return Exchange::Unspecified;
        case Underlying::NIFTY:
        case Underlying::BANKNIFTY:
        case Underlying::FINNIFTY:
        case Underlying::MIDCPNIFTY:
        case Underlying::NIFTYNXT50:
        case Underlying::INDIAVIX:
            return Exchange::NSE;
        case Underlying::SENSEX:
        case Underlying::BANKEX:
            return Exchange::BSE;
        case Underlying::CRUDEOIL:
        case Underlying::CRUDEOILM:
            return Exchange::MCX;
    }
    return Exchange::Unspecified;
}

std::string_view to_text(Exchange exchange) {
    switch (exchange) {
        case Exchange::NSE:
            return "NSE";
        case Exchange::BSE:
            return "BSE";
        case Exchange::MCX:
            return "MCX";
        case Exchange::Unspecified:
            break;
    }
    return "";
}

std::string_view to_text(Underlying underlying) {
    for (const auto& entry : kUnderlyings) {
        if (entry.id == underlying) {
            return entry.name;
        }
    }
    return "";
}

std::optional<Exchange> parse_exchange(std::string_view text) {
    for (const auto exchange : {Exchange::NSE, Exchange::BSE, Exchange::MCX}) {
        if (to_text(exchange) == text) {
            return exchange;
        }
    }
    return std::nullopt;
}

std::optional<Underlying> parse_underlying(std::string_view text) {
    for (const auto& entry : kUnderlyings) {
        if (entry.name == text) {
            return entry.id;
        }
    }
    return std::nullopt;
}

std::string to_text(Date date) {
    const auto civil = base::civil_of(date);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(civil.year) + "-" + two(civil.month) + "-" + two(civil.day);
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = parse_integer(text.substr(0, 4));
    const auto month = parse_integer(text.substr(5, 2));
    const auto day = parse_integer(text.substr(8, 2));
    if (!year || !month || !day || *year < 1970 || *month < 1 || *month > 12 || *day < 1) {
        return std::nullopt;
    }
    const auto date =
        base::date_of(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day));
    if (base::civil_of(date).day != *day) {
        return std::nullopt;  // 31 February and the like
    }
    return date;
}

std::string to_text(ContractId id) {
    std::string text;
    text.append(to_text(id.exchange())).append(":").append(to_text(id.underlying()));
    switch (id.kind()) {
        case ContractKind::Spot:
            return text + ":SPOT";
        case ContractKind::Future:
            return text + ":" + to_text(id.expiry()) + ":FUT";
        case ContractKind::Synthetic:
            return text + ":" + to_text(id.expiry()) + ":FORWARD";
        case ContractKind::Call:
        case ContractKind::Put:
            return text + ":" + to_text(id.expiry()) + ":" + paise_text(id.strike().raw() / 100) +
                   (id.kind() == ContractKind::Call ? ":CE" : ":PE");
        case ContractKind::Unspecified:
            break;
    }
    return "unknown contract " + base::to_hex(id.raw());
}

std::optional<ContractId> parse_contract(std::string_view text) {
    std::array<std::string_view, 5> parts{};
    std::size_t n = 0;
    while (true) {
        const auto colon = text.find(':');
        if (n == parts.size()) {
            return std::nullopt;
        }
        parts[n++] = text.substr(0, colon);
        if (colon == std::string_view::npos) {
            break;
        }
        text.remove_prefix(colon + 1);
    }
    const auto exchange = parse_exchange(parts[0]);
    const auto underlying = n > 1 ? parse_underlying(parts[1]) : std::nullopt;
    if (!exchange || !underlying || n < 3) {
        return std::nullopt;
    }
    if (n == 3) {
        return parts[2] == "SPOT" ? std::optional(ContractId::spot(*exchange, *underlying))
                                  : std::nullopt;
    }
    const auto expiry = parse_date(parts[2]);
    if (!expiry || expiry->days <= kEpoch2000) {
        return std::nullopt;
    }
    if (n == 4 && parts[3] == "FUT") {
        return ContractId::future(*exchange, *underlying, *expiry);
    }
    if (n == 4 && parts[3] == "FORWARD") {
        return ContractId::synthetic(*exchange, *underlying, *expiry);
    }
    if (n != 5 || (parts[4] != "CE" && parts[4] != "PE")) {
        return std::nullopt;
    }
    const auto strike = parse_paise(parts[3]);
    if (!strike || *strike <= 0 || *strike >= (1 << 28)) {
        return std::nullopt;
    }
    return ContractId::option(*exchange, *underlying,
                              parts[4] == "CE" ? ContractKind::Call : ContractKind::Put, *expiry,
                              Price::from_paise(*strike));
}

}  // namespace sauda::domain
