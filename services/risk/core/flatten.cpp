#include "services/risk/core/flatten.h"

#include "services/risk/core/checks.h"
#include "services/risk/core/price_range.h"

#include <algorithm>

namespace sauda::risk {

using namespace domain;

namespace {

// Groups that execution is not already taking out.
bool must_be_told(GroupState state) {
    switch (state) {
        case GroupState::Entering:
        case GroupState::Open:
            return true;
        case GroupState::Unspecified:
        case GroupState::Approved:
        case GroupState::Exiting:
        case GroupState::Unwinding:
        case GroupState::Closed:
        case GroupState::Abandoned:
            return false;
    }
    return false;
}

bool is_entering(const State& state, const std::string& account) {
    return std::any_of(state.groups().begin(), state.groups().end(), [&](const auto& entry) {
        return entry.first.first == account && (entry.second.state == GroupState::Approved ||
                                                entry.second.state == GroupState::Entering);
    });
}

struct Holding {
    Product product = Product::Unspecified;
    ContractId contract;
    Side closing = Side::Unspecified;
};

std::vector<Holding> holdings_of(const State& state, const GroupKey& key) {
    std::vector<Holding> holdings;
    for (const auto& [position_key, position] : state.open()) {
        if (position_key.account == key.first && position_key.group == key.second) {
            holdings.push_back({position_key.product, position_key.contract,
                                position.net.is_positive() ? Side::Sell : Side::Buy});
        }
    }
    return holdings;
}

}  // namespace

void Flatten::step(Timestamp now, Emitter& out) const {
    for (const auto& account : config_.accounts) {
        if (state_.account(account.name).is_flattening()) {
            step(account.name, now, out);
        }
    }
}

void Flatten::step(const std::string& account, Timestamp now, Emitter& out) const {
    const auto& books = state_.account(account);
    if (books.flatten == FlattenPhase::Cancelling) {
        if (is_entering(state_, account) && now < books.flatten_since + config_.cancel_wait) {
            return;
        }
        move(account, FlattenPhase::Closing, out);
    }
    if (open_groups(state_, account) == 0) {
        move(account, FlattenPhase::Done, out);
        return;
    }
    close_groups(account, now, out);
}

void Flatten::move(const std::string& account, FlattenPhase phase, Emitter& out) const {
    const auto& books = state_.account(account);
    out.emit(StreamId::RiskState,
             TradingStateEvent{books.trading, phase, account, "risk", {books.trading_reason, {}}});
}

void Flatten::close_groups(const std::string& account, Timestamp now, Emitter& out) const {
    std::vector<GroupKey> ready;
    for (const auto& [key, group] : state_.groups()) {
        if (key.first == account && due(key, group) <= now) {
            ready.push_back(key);
        }
    }
    for (const auto& key : ready) {
        const Intent intent = intent_of(key, *state_.group(key.first, key.second), now);
        if (intent.legs.empty()) {
            continue;
        }
        const Request request = make_request(config_, rules_, market_, state_, intent, now);
        Decision decision;
        decision.id = state_.last_decision() + 1;
        decision.verdict = Verdict::Approved;
        decision.intent = intent;
        decision.executor = state_.executor();
        decision.checks = run_checks(request).results;
        for (const auto& view : request.legs) {
            decision.bounds.push_back(bound_of(request, view));
        }
        out.emit(StreamId::RiskDecision, std::move(decision));
    }
}

Timestamp Flatten::due(const GroupKey& key, const GroupRecord& group) const {
    if (!must_be_told(group.state)) {
        return Timestamp::max();
    }
    const Timestamp again =
        group.flattened_at.is_set() ? group.flattened_at + config_.flatten_retry : Timestamp{};
    const Timestamp handed_over =
        group.exit_approved_at.is_set() ? group.exit_approved_at + kExitHandover : Timestamp{};
    const Timestamp at = std::max(again, handed_over);
    for (const auto& holding : holdings_of(state_, key)) {
        const bool is_open = market_.session(holding.contract.exchange()).phase == Phase::Open;
        if (is_open &&
            closable(state_, key.first, key.second, holding.contract, holding.closing, at)
                .is_positive()) {
            return at;
        }
    }
    return Timestamp::max();
}

Intent Flatten::intent_of(const GroupKey& key, const GroupRecord& group, Timestamp now) const {
    Intent intent;
    intent.id = kFlattenIntents + state_.last_decision() + 1;
    intent.bot = kFlattenBot;
    intent.account = key.first;
    intent.purpose = Purpose::Reduce;
    intent.group = key.second;
    intent.policy = LegPolicy::Complete;
    intent.product = group.product;
    intent.valid_until = now + config_.flatten_retry;
    const auto& books = state_.account(key.first);
    const bool is_by_loss = books.trading_reason == ReasonCode::DailyLoss ||
                            books.trading_reason == ReasonCode::Drawdown;
    intent.why.code = is_by_loss ? ReasonCode::ExitDailyLoss : ReasonCode::ExitFlatten;
    for (const auto& holding : holdings_of(state_, key)) {
        const Quantity quantity =
            closable(state_, key.first, key.second, holding.contract, holding.closing, now);
        if (!quantity.is_positive()) {
            continue;
        }
        const bool is_repeated =
            std::any_of(intent.legs.begin(), intent.legs.end(),
                        [&](const Leg& leg) { return leg.contract == holding.contract; });
        if (is_repeated) {
            continue;  // held under two keys; closable() counted both
        }
        const bool is_hedge = std::any_of(
            group.legs.begin(), group.legs.end(),
            [&](const GroupLeg& leg) { return leg.contract == holding.contract && leg.is_hedge; });
        if (intent.product == Product::Unspecified) {
            intent.product = holding.product;
        }
        const auto* quote = market_.quote(holding.contract);
        intent.legs.push_back({holding.contract, holding.closing, quantity,
                               worst_price(holding.contract, holding.closing, now), is_hedge,
                               quote != nullptr ? quote->bid : Price{},
                               quote != nullptr ? quote->ask : Price{}});
        if (intent.legs.size() == kLegsMax) {
            break;  // the rest goes with the next
        }
    }
    return intent;
}

// The end of the exchange's collar that is sure to trade; execution chases towards it.
Price Flatten::worst_price(ContractId contract, Side side, Timestamp now) const {
    const auto* instrument = market_.instrument(contract);
    const auto* mark = market_.mark(contract);
    const Price tick = instrument != nullptr ? instrument->tick : Price::from_paise(5);
    const Price reference =
        mark != nullptr ? mark->closing(side == Side::Sell ? units(1) : units(-1)) : Price{};
    if (!reference.is_positive()) {
        return tick;
    }
    const auto [low, high] = rules_.collar(contract, reference, tick, base::ist_date(now));
    return side == Side::Sell ? std::max(low, tick) : std::min(high, kHighestPrice);
}

Timestamp Flatten::deadline() const {
    Timestamp earliest = Timestamp::max();
    for (const auto& account : config_.accounts) {
        const auto& books = state_.account(account.name);
        if (books.flatten == FlattenPhase::Cancelling) {
            earliest = std::min(earliest, books.flatten_since + config_.cancel_wait);
        } else if (books.flatten == FlattenPhase::Closing) {
            for (const auto& [key, group] : state_.groups()) {
                if (key.first == account.name) {
                    earliest = std::min(earliest, due(key, group));
                }
            }
        }
    }
    return earliest;
}

}  // namespace sauda::risk
