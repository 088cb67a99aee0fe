#pragma once

#include "common/domain/contract_id.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::masters {

// Whose token and symbol it is. Exchange: the exchange's own files (bhavcopies).
enum class Broker : uint8_t { Exchange = 0, AngelOne = 1, Upstox = 2, Icici = 3 };
inline constexpr Broker kBrokers[] = {Broker::Exchange, Broker::AngelOne, Broker::Upstox,
                                      Broker::Icici};
std::string_view to_text(Broker broker);  // "exchange", "angel", "upstox", "icici"
std::optional<Broker> parse_broker(std::string_view text);

// Tokens are unique only within one of these: the cash list or the derivatives of an exchange.
enum class Segment : uint8_t { NseCash = 0, BseCash = 1, NseFo = 2, BseFo = 3, Mcx = 4 };
std::string_view to_text(Segment segment);  // "NSE cash", "NSE F&O", "MCX"
Segment segment_of(domain::ContractId contract);

// What a master says of one contract. The contract is its meaning alone; all else is an attribute
// that holds on the master's date.
struct ListedContract {
    domain::ContractId contract;
    domain::Quantity lot;                    // units, > 0
    std::optional<domain::Price> tick;       // > 0; nullopt: the source does not say
    std::optional<domain::Quantity> freeze;  // largest order in units; nullopt: does not say
    std::string token;                       // not empty
    std::string symbol;                      // the source's own; may be empty

    friend bool operator==(const ListedContract&, const ListedContract&) = default;
};

// Why an underlying's rows are not among the contracts.
enum class LeftOut : uint8_t { PhysicalDelivery = 0, UnknownIndex = 1, NotNumbered = 2 };
struct LeftOutName {
    LeftOut why = LeftOut::NotNumbered;
    std::string name;  // as the source writes it
    int64_t rows = 0;

    friend bool operator==(const LeftOutName&, const LeftOutName&) = default;
};

// The contracts one source listed on one date: a value.
struct Master {
    Broker broker = Broker::Exchange;
    domain::Date as_of;
    std::string source;                     // file name, for people
    std::vector<ListedContract> contracts;  // sorted by contract, each once
    std::vector<LeftOutName> left_out;      // sorted by why and name; bounded

    // nullptr: not listed.
    [[nodiscard]] const ListedContract* find(domain::ContractId contract) const;
    // The segments its contracts stand in, each once, rising.
    [[nodiscard]] std::vector<Segment> segments() const;
    friend bool operator==(const Master&, const Master&) = default;
};

// `master` without what stands in other segments than `segments`.
Master limited_to(Master master, const std::vector<Segment>& segments);

// Two files of one broker and date (NSE's and BSE's bhavcopy): the later one's segments replace the
// earlier one's, the others stay.
Master merged(Master earlier, Master later);

}  // namespace sauda::masters
