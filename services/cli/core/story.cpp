#include "services/cli/core/story.h"

#include <algorithm>

namespace sauda::cli {

using namespace domain;

namespace {

void add_once(std::vector<ContractId>& contracts, ContractId contract) {
    if (contract.is_set() &&
        std::find(contracts.begin(), contracts.end(), contract) == contracts.end()) {
        contracts.push_back(contract);
    }
}

// What closing `net` units would bring a unit: the bid for longs, the ask for shorts.
Price closing_side(const Quote& quote, Quantity net) {
    const Price side = net.is_positive() ? quote.bid : quote.ask;
    return side.is_positive() ? side : quote.last;
}

}  // namespace

const Request* Story::opening() const {
    const auto it = std::find_if(requests.begin(), requests.end(), [](const Request& request) {
        return request.intent().purpose == Purpose::Open;
    });
    return it == requests.end() ? nullptr : &*it;
}

Timestamp Story::began() const {
    if (!requests.empty()) {
        return requests.front().at();
    }
    if (!groups.empty()) {
        return groups.front().event.at;
    }
    return ledger.empty() ? Timestamp{} : ledger.front().at;
}

std::vector<ContractId> Story::contracts() const {
    std::vector<ContractId> all;
    for (const auto& request : requests) {
        for (const auto& leg : request.intent().legs) {
            add_once(all, leg.contract);
        }
    }
    for (const auto& step : orders) {
        add_once(all, step.event.fact.contract);
    }
    for (const auto& entry : ledger) {
        add_once(all, entry.fact.contract);
    }
    return all;
}

GroupState Story::state() const {
    return groups.empty() ? GroupState::Unspecified : groups.back().event.fact.state;
}

bool Story::is_denied() const {
    const auto* first = opening();
    return first != nullptr && first->is_denied() && groups.empty();
}

Reason Story::ending() const {
    for (auto it = groups.rbegin(); it != groups.rend(); ++it) {
        if (it->event.fact.reason.code != ReasonCode::None) {
            return it->event.fact.reason;
        }
    }
    const auto* first = opening();
    return is_denied() ? first->decision->fact.reason : Reason{};
}

Result result_of(const Story& story, const std::vector<QuoteSeen>& latest) {
    Result result;
    PositionBook book;
    for (const auto& entry : story.ledger) {
        const auto& fact = entry.fact;
        book.apply(fact);
        result.charges += fact.charges;
        const Money turnover = fact.price * fact.quantity;
        (fact.side == Side::Buy ? result.bought : result.sold) += turnover;
    }
    for (const auto& [key, position] : book.positions()) {
        result.realised += position.realised;
        if (position.net.is_zero()) {
            continue;
        }
        result.is_flat = false;
        const auto seen = std::find_if(
            latest.begin(), latest.end(),
            [&](const QuoteSeen& candidate) { return candidate.quote.contract == key.contract; });
        const Price price =
            seen == latest.end() ? Price{} : closing_side(seen->quote, position.net);
        if (price.is_positive()) {
            result.unrealised += unrealised(position, price);
        } else {
            result.is_marked = false;
        }
    }
    return result;
}

}  // namespace sauda::cli
