#pragma once

#include "common/market/masters/listed_contract.h"

#include <string>
#include <vector>

namespace sauda::masters {

// What a broker calls a contract, and since which master.
struct BrokerListing {
    Broker broker = Broker::Exchange;
    std::string token;
    std::string symbol;
    domain::Date as_of;
    std::string source;
};

// What all masters together say of a contract.
struct InstrumentFacts {
    domain::ContractId contract;
    domain::Quantity lot;  // of the newest master that lists it
    std::optional<domain::Price> tick;
    std::optional<domain::Quantity> freeze;
    Broker lot_from = Broker::Exchange;
    domain::Date lot_as_of;
    std::vector<BrokerListing> listings;  // by broker, each once
};

// Two masters that say different things of one contract.
struct Disagreement {
    domain::ContractId contract;
    std::string field;  // "lot" or "tick"
    std::string text;   // "65 in angel of 2026-08-15, 75 in upstox of 2026-08-15"
};

// Several masters of several brokers and dates, each a value. Every question has a date, since
// tokens are used again after an expiry and lots change; the masters in force on a date are the
// newest of each broker not after it, or its oldest where all are after it.
class MasterBook {
 public:
    // A second one of the same broker and date replaces the first.
    void add(Master master);

    [[nodiscard]] const std::vector<Master>& masters() const { return masters_; }
    [[nodiscard]] bool empty() const { return masters_.empty(); }
    // Sorted, each once, of the masters in force on `date`.
    [[nodiscard]] std::vector<domain::ContractId> contracts(domain::Date date) const;
    [[nodiscard]] std::optional<InstrumentFacts> find(domain::ContractId contract,
                                                      domain::Date date) const;
    // nullopt: the broker's master in force does not list the token there.
    [[nodiscard]] std::optional<domain::ContractId> by_token(Broker broker, Segment segment,
                                                             std::string_view token,
                                                             domain::Date date) const;
    // The same by the broker's symbol, in whichever segment.
    [[nodiscard]] std::optional<domain::ContractId> by_symbol(Broker broker,
                                                              std::string_view symbol,
                                                              domain::Date date) const;
    // Among the masters in force. A difference of ticks or lots; tokens are each broker's own.
    [[nodiscard]] std::vector<Disagreement> disagreements(domain::Date date) const;
    // Those in force, by broker.
    [[nodiscard]] std::vector<const Master*> in_force(domain::Date date) const;

 private:
    struct Index {
        std::vector<uint32_t> by_token;  // of contracts, by segment and token
        std::vector<uint32_t> by_symbol;
    };
    [[nodiscard]] std::optional<std::size_t> position(Broker broker, domain::Date date) const;

    std::vector<Master> masters_;  // by broker and date
    std::vector<Index> indices_;   // of masters_
};

}  // namespace sauda::masters
