#pragma once

#include "services/strategy/core/view.h"

#include <string>
#include <string_view>
#include <vector>

// The interface of bots. services/strategy/README.md shows how to add one.

namespace sauda::strategy {

struct DraftLeg {
    domain::ContractId contract;
    domain::Side side = domain::Side::Unspecified;
    Quantity quantity;  // units, a multiple of the lot
    Price limit;        // worst acceptable price, a multiple of the tick
    bool is_hedge = false;
};

// An entry as a bot wishes it. The core adds ids, account, product, times, the quoted sides, the
// implied volatility and delta of the legs and, where left zero, the forward.
struct IntentDraft {
    domain::StrategyKind kind = domain::StrategyKind::Unspecified;
    std::vector<DraftLeg> legs;
    domain::LegPolicy policy = domain::LegPolicy::Complete;
    domain::ExitPlan exits;
    uint64_t signal = 0;
    bool on_rules = false;
    Price forward;
};

// What a bot may do. Everything becomes an event and survives a restart.
class Actions {
 public:
    virtual ~Actions() = default;
    // False if an entry would be refused now. Says why by a Skipped event where the owner should
    // know (session closed, data stale, a service missing, trading halted); silent while a group
    // works, during a cool-down and for a stopped bot.
    virtual bool may_open() = 0;
    // Sends the intent. 0 when may_open() is false or a leg is not valid (skipped, IntentInvalid);
    // else the id of the new group.
    virtual uint64_t open(const IntentDraft& draft) = 0;
    // Asks to close an open group at the market's side. False if it is not open, is closing
    // already, or was asked for moments ago. Stops and targets need no close(): they are part of
    // the intent and execution watches them.
    virtual bool close(uint64_t group, domain::ReasonCode why) = 0;
    // One event; values that did not change are left out. Names must not start with "set." nor be
    // "wake_at": those throw.
    virtual void remember(std::vector<domain::Number> values) = 0;
    // Wanted to trade and did not. One event a minute per reason at most, whatever is called.
    virtual void skip(domain::Reason reason) = 0;
    // on_timer() at `when`; an instant not after now means the next possible one. One timer a
    // bot: a new one replaces the old. Timestamp{} cancels.
    virtual void wake_at(Timestamp when) = 0;
    // Records that this signal was looked at.
    virtual void use_signal(const domain::Signal& signal) = 0;
};

// A strategy. observe_*() learn from the market and are the only calls that change the object;
// on_*() decide, on what was learned, on the View and on memory, and are const: what must survive
// goes through Actions. After a crash observe_*() are repeated and on_*() are not, so nothing else
// may be kept. Calls come for the bot's own underlying only. Whatever throws pauses the bot.
class Bot {
 public:
    virtual ~Bot() = default;

    // Called before the on_*() of the same input, also while the bot is stopped.
    virtual void observe_quotes(const domain::QuoteBatch&, const MarketState&) {}
    virtual void observe_bars(const domain::BarBatch&, const MarketState&) {}
    virtual void observe_session(const domain::SessionEvent&, const MarketState&) {}

    virtual void on_quotes(const domain::QuoteBatch&, const View&, Actions&) const {}
    virtual void on_bars(const domain::BarBatch&, const View&, Actions&) const {}
    virtual void on_signal(const domain::Signal&, const View&, Actions&) const {}
    // Session events of the exchange, stale periods of the underlying.
    virtual void on_session(const domain::SessionEvent&, const View&, Actions&) const {}
    virtual void on_timer(const View&, Actions&) const {}
    // An own group changed; also told to a stopped bot. group is as it is now, ended groups too.
    virtual void on_group(const Group&, const View&, Actions&) const {}
    // Risk denied the intent, or nobody answered in time (IntentExpired). Of a Reduce: group is
    // open still.
    virtual void on_denied(const Group&, const domain::Reason&, const View&, Actions&) const {}

    // What observe_*() learned, as bytes. StatefulBot does this from visit_fields.
    [[nodiscard]] virtual std::string save() const { return {}; }
    virtual bool load(std::string_view bytes) { return bytes.empty(); }
};

// For a bot that learns: derive, list the members with SAUDA_FIELDS, done.
template <class Derived>
class StatefulBot : public Bot {
    friend Derived;
    StatefulBot() = default;

 public:
    [[nodiscard]] std::string save() const override {
        return base::save_to_bytes(static_cast<const Derived&>(*this));
    }
    bool load(std::string_view bytes) override {
        base::BinaryReader reader(bytes);
        reader.read(static_cast<Derived&>(*this));
        return reader.ok() && reader.at_end();
    }
};

}  // namespace sauda::strategy
