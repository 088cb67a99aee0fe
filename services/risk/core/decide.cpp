#include "services/risk/core/decide.h"

#include "services/risk/core/expiry.h"
#include "services/risk/core/price_range.h"

#include <numeric>

namespace sauda::risk {

using namespace domain;

namespace {

struct Attempt {
    Intent intent;
    CheckRun run;
    std::vector<LegBound> bounds;
    Money margin;
    Money risk;
    bool has_default_stop = false;
};

class Decider {
 public:
    Decider(const RiskConfig& config, const MarketRules& rules, const Market& market,
            const State& state, Timestamp now)
        : config_(config), rules_(rules), market_(market), state_(state), now_(now) {}

    Attempt attempt(Intent intent) const {
        Attempt result;
        result.intent = std::move(intent);
        const Request request = make_request(config_, rules_, market_, state_, result.intent, now_);
        result.run = run_checks(request);
        if (!result.run.passed) {
            return result;
        }
        for (const auto& view : request.legs) {
            result.bounds.push_back(bound_of(request, view));
        }
        result.margin = request.margin_needed.money;
        result.risk = request.risk;
        result.has_default_stop = request.is_priced && request.has_default_stop;
        if (result.intent.purpose == Purpose::Open) {
            result.intent.exits.square_off_at =
                square_off_of(config_, rules_, result.intent, request.today);
        }
        return result;
    }

    // The smallest whole-lot multiple all legs share: how many times it is in the intent.
    int64_t shares(const Intent& intent) const {
        int64_t shared = 0;
        for (const auto& leg : intent.legs) {
            const auto* instrument = market_.instrument(leg.contract);
            if (instrument == nullptr || !instrument->lot.is_positive()) {
                return 1;
            }
            shared = std::gcd(shared, leg.quantity.raw() / instrument->lot.raw());
        }
        return shared;
    }

    // `part` of `whole` shares: legs and the amounts of the group's exits in proportion.
    static Intent scaled(const Intent& intent, int64_t part, int64_t whole) {
        Intent result = intent;
        for (auto& leg : result.legs) {
            leg.quantity = units(leg.quantity.raw() / whole * part);
        }
        for (auto* amount : {&result.exits.stop_loss, &result.exits.target,
                             &result.exits.trailing_trigger, &result.exits.trailing_distance}) {
            *amount = amount->scaled(part, whole);
        }
        return result;
    }

    // The largest part that passes; nullopt: not even one share does.
    std::optional<Attempt> reduced(const Intent& intent, int64_t whole) const {
        std::optional<Attempt> best;
        int64_t low = 1;
        int64_t high = whole - 1;
        while (low <= high) {
            const int64_t middle = low + (high - low) / 2;
            Attempt tried = attempt(scaled(intent, middle, whole));
            if (tried.run.passed) {
                best = std::move(tried);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return best;
    }

 private:
    const RiskConfig& config_;
    const MarketRules& rules_;
    const Market& market_;
    const State& state_;
    Timestamp now_;
};

void approve(Decision& decision, Attempt&& attempt, Verdict verdict, const State& state,
             const AccountConfig* account) {
    decision.verdict = verdict;
    decision.intent = std::move(attempt.intent);
    decision.bounds = std::move(attempt.bounds);
    decision.executor = state.executor();
    decision.margin_reserved = attempt.margin;
    decision.risk_reserved = attempt.risk;
    decision.checks.insert(decision.checks.end(), attempt.run.results.begin(),
                           attempt.run.results.end());
    if (decision.intent.purpose == Purpose::Open) {
        decision.intent.group = decision.intent.id;
    }
    if (attempt.has_default_stop && account != nullptr) {
        decision.intent.exits.stop_loss = default_stop(*account);
        decision.reason.numbers.push_back(
            {"default_stop", decision.intent.exits.stop_loss.raw(), Unit::Rupees});
    }
}

}  // namespace

Decision decide_intent(const RiskConfig& config, const MarketRules& rules, const Market& market,
                       const State& state, const Intent& intent, Timestamp now, uint64_t id) {
    const Decider decider(config, rules, market, state, now);
    const auto* account = config.find(intent.account);
    Decision decision;
    decision.id = id;
    Attempt whole = decider.attempt(intent);
    if (whole.run.passed) {
        approve(decision, std::move(whole), Verdict::Approved, state, account);
        return decision;
    }
    decision.reason = whole.run.reason;
    const bool may_reduce = intent.purpose == Purpose::Open && whole.run.is_only_quantity;
    const int64_t shares = may_reduce ? decider.shares(intent) : 1;
    auto best = shares > 1 ? decider.reduced(intent, shares) : std::nullopt;
    if (!best) {
        decision.verdict = Verdict::Denied;
        decision.intent = std::move(whole.intent);
        decision.checks = std::move(whole.run.results);
        return decision;
    }
    // What stood against the whole comes first, then the checks of what was approved.
    for (const auto& check : whole.run.results) {
        if (!check.passed) {
            decision.checks.push_back(check);
        }
    }
    decision.reason.numbers.push_back({"asked", intent.legs.front().quantity.raw(), Unit::Units});
    decision.reason.numbers.push_back(
        {"approved", best->intent.legs.front().quantity.raw(), Unit::Units});
    approve(decision, std::move(*best), Verdict::Reduced, state, account);
    return decision;
}

}  // namespace sauda::risk
