#include "services/execution/core/trading_latch.h"

#include <algorithm>

namespace sauda::execution {

using domain::TradingState;
using domain::TradingStateEvent;

namespace {

bool is_from_risk(const TradingStateEvent& event) { return event.by.starts_with(kByRisk); }

// The stricter of the account's own entry and the one for all accounts.
TradingState state_of(const std::map<std::string, TradingState>& states,
                      const std::string& account) {
    TradingState state = TradingState::Active;
    for (const auto& key : {std::string(), account}) {
        const auto found = states.find(key);
        if (found != states.end()) {
            state = std::max(state, found->second);
        }
    }
    return state;
}

}  // namespace

void TradingLatch::apply(const TradingStateEvent& event) {
    States& states = is_from_risk(event) ? risk_ : own_;
    if (event.account.empty()) {  // for all accounts: single ones follow
        states.clear();
    }
    states[event.account] = event.state;
}

TradingState TradingLatch::own(const std::string& account) const { return state_of(own_, account); }

TradingState TradingLatch::risk(const std::string& account) const {
    return state_of(risk_, account);
}

bool TradingLatch::allows_entries(const std::string& account) const {
    return own(account) == TradingState::Active && risk(account) == TradingState::Active;
}

bool TradingLatch::is_halted(const std::string& account) const {
    return own(account) == TradingState::Halted || risk(account) == TradingState::Halted;
}

bool TradingLatch::changes(const TradingStateEvent& event) const {
    TradingLatch after = *this;
    after.apply(event);
    const States& before = is_from_risk(event) ? risk_ : own_;
    const States& then = is_from_risk(event) ? after.risk_ : after.own_;
    const auto found = before.find(event.account);
    if (found == before.end() && event.state == TradingState::Active &&
        before.size() == then.size() - 1) {
        return false;  // active is what an unknown account is anyway
    }
    return before != then;
}

}  // namespace sauda::execution
