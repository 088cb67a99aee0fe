#pragma once

#include "common/domain/message.h"
#include "common/domain/position_book.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sauda::cli {

// A fact of the archive: what it says, when it could be known, where it stands.
template <class T>
struct Told {
    T fact;
    domain::Timestamp at;
    domain::Cause place;
    std::vector<domain::Cause> causes;
};

// A contract's quote as it stood at some moment, and the message that brought it.
struct QuoteSeen {
    domain::Quote quote;
    domain::Timestamp known;
    domain::Cause place;
};

// The market data a decision goes back to: one message, or those a bar was built from.
struct QuoteRange {
    domain::StreamId stream = domain::StreamId::None;
    uint64_t first = 0;
    uint64_t last = 0;
    domain::Timestamp from;
    domain::Timestamp to;
};

// An opinion of ml_signal beside an intent.
struct SignalSeen {
    Told<domain::Signal> signal;
    bool is_acted_on = false;  // false: the bot noted it and traded on its rules
};

// One intent, where it came from, and risk's answer.
struct Request {
    // Absent when risk itself asked (flatten): then only the decision carries it.
    std::optional<Told<domain::Intent>> asked;
    std::optional<Told<domain::Decision>> decision;
    std::vector<domain::Message> causes;  // from the direct parents back; bars of indices only
    std::optional<QuoteRange> origin;     // nullopt: the archive does not reach that far
    std::vector<QuoteSeen> market;        // of the legs' contracts at that moment
    std::optional<SignalSeen> signal;

    // As the bot asked, else as risk stated it. One of the two is always there.
    [[nodiscard]] const domain::Intent& intent() const {
        return asked ? asked->fact : decision->fact.intent;
    }
    [[nodiscard]] domain::Timestamp at() const { return asked ? asked->at : decision->at; }
    [[nodiscard]] bool is_denied() const {
        return decision && decision->fact.verdict == domain::Verdict::Denied;
    }
};

struct OrderStep {
    Told<domain::OrderEvent> event;
    std::optional<QuoteSeen> market;  // of its contract at that moment
};

struct GroupStep {
    Told<domain::GroupEvent> event;
    std::vector<QuoteSeen> market;  // of the group's contracts at that moment
};

// Everything the archive tells about one leg group, in order of time. A denied intent to open is a
// group without steps.
struct Story {
    uint64_t group = 0;
    std::string bot;
    std::string account;
    std::vector<Request> requests;
    std::vector<OrderStep> orders;
    std::vector<GroupStep> groups;
    std::vector<Told<domain::LedgerEntry>> ledger;
    std::vector<Told<domain::Alert>> alerts;

    [[nodiscard]] const Request* opening() const;  // the intent that opened it, if recorded
    [[nodiscard]] domain::Timestamp began() const;
    // Contracts of its legs and orders, each once, in order of appearance.
    [[nodiscard]] std::vector<domain::ContractId> contracts() const;
    // Unspecified while nothing reached execution.
    [[nodiscard]] domain::GroupState state() const;
    [[nodiscard]] bool is_denied() const;  // the opening was denied
    // What ended it, or what takes it out now; None while it is simply open.
    [[nodiscard]] domain::Reason ending() const;
};

// What a group came to, from the ledger alone.
struct Result {
    domain::Money bought;  // turnover
    domain::Money sold;
    domain::Money realised;    // before charges
    domain::Money unrealised;  // of what is open, at the closing side of the latest quotes
    domain::Charges charges;
    bool is_flat = true;
    bool is_marked = true;  // false: something open has no quote to close against
    [[nodiscard]] domain::Money net() const { return realised + unrealised - charges.total(); }
};
// latest: the last quotes of what may still be open.
Result result_of(const Story& story, const std::vector<QuoteSeen>& latest);

}  // namespace sauda::cli
