#include "common/wire/message_checks.h"

// Rules of what strategy, risk and execution say.
namespace sauda::wire {

using namespace domain;

namespace {

Checker check(const Leg& leg) {
    Checker c;
    c.contract("contract", leg.contract);
    c.set("side", leg.side);
    c.above_zero("quantity", leg.quantity);
    c.price("limit", leg.limit);
    c.price("quoted_bid", leg.quoted_bid);
    c.price("quoted_ask", leg.quoted_ask);
    return c;
}

Checker check(const ExitPlan& exits) {
    Checker c;
    c.not_negative("stop_loss", exits.stop_loss);
    c.not_negative("target", exits.target);
    c.not_negative("trailing_trigger", exits.trailing_trigger);
    c.not_negative("trailing_distance", exits.trailing_distance);
    c.time_or_none("square_off_at", exits.square_off_at);
    return c;
}

void check_legs(const std::vector<Leg>& legs, Checker& c) {
    c.require(!legs.empty(), "legs", "legs missing", "there is none");
    if (legs.size() > kLegsMax) {
        c.require(false, "legs", "too many",
                  std::to_string(legs.size()) + " are more than " + std::to_string(kLegsMax));
        return;
    }
    for (std::size_t i = 0; i < legs.size(); ++i) {
        c.row("legs", i, check(legs[i]));
        for (std::size_t k = 0; k < i; ++k) {
            Checker twin;
            twin.require(legs[k].contract != legs[i].contract, "contract", "leg repeated",
                         "it is the contract of an earlier leg");
            c.row("legs", i, twin);
        }
    }
}

Checker check(const LegBound& bound) {
    Checker c;
    c.price("price_low", bound.price_low);
    c.price("price_high", bound.price_high);
    c.require(bound.price_low <= bound.price_high, "price_high", "bound inconsistent",
              "it is below price_low");
    c.not_negative("quantity_max", bound.quantity_max);
    return c;
}

}  // namespace

Checker check(const Intent& intent) {
    Checker c;
    c.id("id", intent.id);
    c.text("bot", intent.bot);
    c.text("account", intent.account);
    c.set("product", intent.product);
    c.set("purpose", intent.purpose);
    if (intent.purpose == Purpose::Open) {
        c.set("kind", intent.kind);
        c.set("policy", intent.policy);
    }
    check_legs(intent.legs, c);
    c.nested("exits", check(intent.exits));
    c.time("valid_until", intent.valid_until);
    c.not_negative("entry_timeout", intent.entry_timeout);
    c.price("forward", intent.forward);
    return c;
}

Checker check(const BotEvent& event) {
    Checker c;
    c.set("kind", event.kind);
    // What the strategy service remembers for all its bots (the trading state it was told) has
    // none.
    if (event.kind != BotEventKind::Remembered) {
        c.text("bot", event.bot);
    }
    c.between("group_state", event.group_state, 0, static_cast<int64_t>(GroupState::Abandoned));
    return c;
}

Checker check(const Decision& decision) {
    Checker c;
    c.id("id", decision.id);
    c.set("verdict", decision.verdict);
    c.nested("intent", check(decision.intent));
    for (std::size_t i = 0; i < decision.bounds.size(); ++i) {
        c.row("bounds", i, check(decision.bounds[i]));
    }
    const bool is_denied = decision.verdict == Verdict::Denied;
    c.require(is_denied || decision.bounds.size() == decision.intent.legs.size(), "bounds",
              "bounds missing", "there is not one for each leg");
    c.not_negative("margin_reserved", decision.margin_reserved);
    c.not_negative("risk_reserved", decision.risk_reserved);
    return c;
}

Checker check(const TradingStateEvent& event) {
    Checker c;
    c.set("state", event.state);
    return c;
}

Checker check(const AccountEvent& event) {
    Checker c;
    c.set("kind", event.kind);
    c.text("account", event.account);
    c.date("date", event.date);
    return c;
}

Checker check(const PositionEvent& event) {
    Checker key;
    key.contract_or_none("contract", event.key.contract);
    Checker c;
    c.nested("key", key);
    return c;
}

Checker check(const OrderEvent& event) {
    Checker c;
    c.set("kind", event.kind);
    c.set("state", event.state);
    c.set("product", event.product);
    c.contract("contract", event.contract);
    c.set("side", event.side);
    c.above_zero("quantity", event.quantity);
    c.price("limit", event.limit);
    c.not_negative("last_quantity", event.last_quantity);
    if (event.kind == OrderEventKind::Fill || event.kind == OrderEventKind::PartialFill) {
        c.above_zero("last_quantity", event.last_quantity);
    }
    c.price("last_price", event.last_price);
    c.not_negative("cumulative", event.cumulative);
    c.not_negative("leaves", event.leaves);
    c.price("touch", event.touch);
    c.price("mid", event.mid);
    return c;
}

Checker check(const GroupEvent& event) {
    Checker c;
    c.set("kind", event.kind);
    c.set("state", event.state);
    c.id("group", event.group);
    if (event.approval) {
        c.nested("approval", check(*event.approval));
    }
    return c;
}

Checker check(const LedgerEntry& entry) {
    Checker c;
    c.set("kind", entry.kind);
    c.text("account", entry.account);
    c.contract_or_none("contract", entry.contract);
    c.not_negative("quantity", entry.quantity);
    c.price("price", entry.price);
    if (entry.kind == LedgerKind::Fill || entry.kind == LedgerKind::Foreign) {
        c.contract("contract", entry.contract);
        c.set("product", entry.product);
        c.set("side", entry.side);
        c.above_zero("quantity", entry.quantity);
    }
    return c;
}

}  // namespace sauda::wire
