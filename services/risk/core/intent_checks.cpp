#include "services/risk/core/check_functions.h"

#include <algorithm>

namespace sauda::risk::check {

using namespace domain;

Number contract_number(ContractId contract) {
    return {"contract", static_cast<int64_t>(contract.raw()), Unit::Contract};
}

Outcome at_most(int64_t value, int64_t limit, Unit unit) {
    return {value, limit, unit, value <= limit, false, {}};
}

namespace {

// Which part of an intent is wrong; the number is what its reason shows.
enum class Fault : int64_t { None = 0, Id, Purpose, Legs, Contract, Side, Quantity, Price, Exits };

Fault fault_of(const Leg& leg, bool is_open) {
    if (!leg.contract.is_valid()) {
        return Fault::Contract;
    }
    if (leg.side != Side::Buy && leg.side != Side::Sell) {
        return Fault::Side;
    }
    if (!leg.quantity.is_positive()) {
        return Fault::Quantity;
    }
    // An exit may leave the price to execution, which chases.
    const bool is_priced = is_open ? leg.limit.is_positive() : !leg.limit.is_negative();
    return is_priced ? Fault::None : Fault::Price;
}

Fault fault_of(const Intent& intent) {
    const bool is_open = intent.purpose != Purpose::Reduce;
    if (intent.id == 0 || (is_open && intent.group != 0 && intent.group != intent.id)) {
        return Fault::Id;
    }
    if (intent.purpose == Purpose::Unspecified) {
        return Fault::Purpose;
    }
    if (intent.legs.empty() || intent.legs.size() > kLegsMax) {
        return Fault::Legs;
    }
    for (const auto& leg : intent.legs) {
        const Fault fault = fault_of(leg, is_open);
        if (fault != Fault::None) {
            return fault;
        }
    }
    const auto& exits = intent.exits;
    const bool has_negative = exits.stop_loss.is_negative() || exits.target.is_negative() ||
                              exits.trailing_trigger.is_negative() ||
                              exits.trailing_distance.is_negative();
    return is_open && has_negative ? Fault::Exits : Fault::None;
}

// One of what is named, or none; a reason names it.
Outcome known(bool is_known, const std::string& name) {
    Outcome outcome{is_known ? 1 : 0, 1, Unit::Count, is_known, false, {}};
    if (!is_known) {
        outcome.more.push_back({name, 0, Unit::Count});
    }
    return outcome;
}

}  // namespace

MaybeOutcome intent_valid(const Request& request) {
    return at_most(static_cast<int64_t>(fault_of(request.intent)), 0, Unit::Count);
}

MaybeOutcome executor_known(const Request& request) {
    return known(!request.state.executor().empty(), "executor");
}

MaybeOutcome account_known(const Request& request) {
    return known(request.limits != nullptr, request.intent.account);
}

MaybeOutcome bot_known(const Request& request) {
    const auto& bots = request.config.bots;
    const auto& bot = request.intent.bot;
    const bool is_known = !bot.empty() && bot != kFlattenBot &&
                          (bots.empty() || std::find(bots.begin(), bots.end(), bot) != bots.end());
    return known(is_known, bot);
}

MaybeOutcome group_new(const Request& request) {
    const auto& intent = request.intent;
    const bool is_used = request.state.is_used(intent.account, intent.id);
    Outcome outcome{is_used ? 1 : 0, 0, Unit::Count, !is_used, false, {}};
    if (is_used) {
        outcome.more.push_back({"group", static_cast<int64_t>(intent.id), Unit::Count});
    }
    return outcome;
}

MaybeOutcome intent_in_time(const Request& request) {
    if (!request.intent.valid_until.is_set()) {
        return std::nullopt;
    }
    return at_most(request.now.ns, request.intent.valid_until.ns, Unit::Time);
}

}  // namespace sauda::risk::check
