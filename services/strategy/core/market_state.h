#pragma once

#include "common/domain/chain.h"
#include "common/domain/market_rules.h"
#include "common/domain/message.h"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace sauda::strategy {

// The trading day of one exchange as the feed told it.
struct SessionView {
    domain::Date date;
    bool is_open = false;        // continuous trading
    domain::Timestamp close_at;  // end of continuous trading
    SAUDA_FIELDS(date, is_open, close_at)
};

// What the strategy knows of the world outside: chains, instruments, sessions, signals and which
// services are followed. Soft: a function of the feed's and ml_signal's messages and of health.
class MarketState {
 public:
    explicit MarketState(std::shared_ptr<const domain::MarketRules> rules);

    void observe(const domain::Message& input);

    // Empty before the first quote and after the end of the day.
    [[nodiscard]] const domain::Chain& chain(domain::Underlying underlying) const;
    [[nodiscard]] const SessionView& session(domain::Exchange exchange) const;
    [[nodiscard]] bool is_stale(domain::Underlying underlying) const;
    [[nodiscard]] const domain::SourceInfo* source(domain::Underlying underlying) const;
    // As the feed told it, else by the rules of the session's date.
    [[nodiscard]] std::optional<domain::Instrument> instrument(domain::ContractId contract) const;
    // The exchange's newest stamp on a quote of the underlying; not set before the first.
    [[nodiscard]] domain::Timestamp newest(domain::Underlying underlying) const;
    // The latest signal; nullptr before the first.
    [[nodiscard]] const domain::Signal* signal(domain::Underlying underlying) const;
    // A service entries need (feed, risk, execution) that is not followed. Followed until a
    // HealthChange says otherwise: a live host says so at its start.
    [[nodiscard]] std::optional<domain::Service> missing_service() const;
    [[nodiscard]] domain::Duration clock_offset() const { return {clock_offset_ns_}; }
    [[nodiscard]] const domain::MarketRules& rules() const { return *rules_; }

    SAUDA_FIELDS(chains_, instruments_, sessions_, stale_, sources_, signals_, missing_,
                 clock_offset_ns_, newest_)

 private:
    void observe(const domain::SessionEvent& event);
    void forget_expired(domain::Exchange exchange, domain::Date date);

    std::shared_ptr<const domain::MarketRules> rules_;
    domain::Chain no_chain_;
    SessionView no_session_;
    std::map<domain::Underlying, domain::Chain> chains_;
    std::map<domain::ContractId, domain::Instrument> instruments_;
    std::map<domain::Exchange, SessionView> sessions_;
    std::set<domain::Underlying> stale_;
    std::map<domain::Underlying, domain::SourceInfo> sources_;
    std::map<domain::Underlying, domain::Signal> signals_;
    std::set<domain::Service> missing_;
    int64_t clock_offset_ns_ = 0;
    std::map<domain::Underlying, domain::Timestamp> newest_;
};

}  // namespace sauda::strategy
