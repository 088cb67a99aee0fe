#pragma once

#include "services/risk/core/margin_use.h"

#include <vector>

namespace sauda::risk {

// One leg of a request with what the market says of it.
struct LegView {
    const domain::Leg* leg = nullptr;
    const domain::Instrument* instrument = nullptr;  // null: never seen
    const domain::Quote* quote = nullptr;            // null: not quoted today
    domain::Price touch;  // the side it would trade against, else the mark; zero: none
};

// An intent and everything the checks look at, gathered once. A view: valid while the things it
// refers to are. Figures of money are filled for opening intents of a known account only.
struct Request {
    const RiskConfig& config;
    const domain::MarketRules& rules;
    const Market& market;
    const State& state;
    const domain::Intent& intent;
    domain::Timestamp now;
    domain::Date today;                     // in India
    const AccountConfig* limits = nullptr;  // null: the account is not configured
    const AccountState* account = nullptr;  // never null
    std::vector<LegView> legs{};
    bool is_priced = false;  // the figures below are known
    Figures figures{};
    MarginFigure margin_used{};     // by what the account holds already
    MarginFigure margin_needed{};   // by this, on its worst way in
    domain::Money risk{};           // lost if the stop is hit, or the premium
    bool has_default_stop = false;  // the bot set none for a short
    domain::Money round_trip{};     // charges and spread of all legs
    int64_t children = 0;

    [[nodiscard]] bool is_open() const { return intent.purpose != domain::Purpose::Reduce; }
    [[nodiscard]] const SessionView& session() const {
        return market.session(intent.legs.empty() ? domain::Exchange::Unspecified
                                                  : intent.legs.front().contract.exchange());
    }
};

Request make_request(const RiskConfig& config, const domain::MarketRules& rules,
                     const Market& market, const State& state, const domain::Intent& intent,
                     domain::Timestamp now);

// A stop the account gives a short whose bot sets none.
domain::Money default_stop(const AccountConfig& account);

}  // namespace sauda::risk
