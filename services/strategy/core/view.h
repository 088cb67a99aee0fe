#pragma once

#include "services/strategy/core/bot_state.h"
#include "services/strategy/core/market_state.h"

#include <optional>

namespace sauda::strategy {

// What a bot sees when it decides. Read only, and valid during the call only. Facts a bot has just
// created through Actions (memory, a new group) show at once.
class View {
 public:
    View(Timestamp now, const BotConfig& settings, const AccountConfig& account,
         const Parameters& configured, const BotState& state, const MarketState& market);

    [[nodiscard]] Timestamp now() const { return now_; }
    // Time since midnight in India.
    [[nodiscard]] Duration time_of_day() const { return base::ist_time_of_day(now_); }
    // A wall-clock time of the session's own date.
    [[nodiscard]] Timestamp today(Duration time_of_day) const;

    // The bot's own configuration. parameter() is the value in effect, in the parameter's unit;
    // an unknown name throws.
    [[nodiscard]] const BotConfig& settings() const { return settings_; }
    [[nodiscard]] const AccountConfig& account() const { return account_; }
    [[nodiscard]] int64_t parameter(std::string_view name) const;

    // The market of the bot's underlying.
    [[nodiscard]] const domain::Chain& chain() const;
    [[nodiscard]] const domain::Chain& chain(Underlying underlying) const;
    [[nodiscard]] const SessionView& session() const;
    [[nodiscard]] bool is_stale() const;
    // Lot, tick and freeze by the rules of the session's date; nullopt if they are not known.
    [[nodiscard]] std::optional<domain::Instrument> instrument(domain::ContractId contract) const;
    [[nodiscard]] const domain::MarketRules& rules() const { return market_.rules(); }
    // The nearest quoted expiry, today's included.
    [[nodiscard]] std::optional<Date> nearest_expiry() const;
    // Implied by put-call parity, else the index itself.
    [[nodiscard]] std::optional<Price> forward(Date expiry) const;
    // Of an option at the middle of its sides, on the forward above; nullopt where it is not known:
    // no two sides, no forward, no lot, or a price no volatility explains.
    struct OptionFigures {
        double volatility = 0.0;  // a year
        double delta = 0.0;       // per point of the forward, -1 to 1
    };
    [[nodiscard]] std::optional<OptionFigures> figures(domain::ContractId contract) const;
    // Not older than the source's stale limit (3 s where the source told none).
    [[nodiscard]] bool is_fresh(const domain::Quote& quote) const;
    // Of one snapshot: stamped within half the source's interval, at least 3 s, of each other.
    // Without this a leg could be priced on quotes of two different minutes.
    [[nodiscard]] bool are_together(const domain::Quote& a, const domain::Quote& b) const;
    // Stamped within 3 s of the newest quote of the underlying: while the rest of a snapshot is on
    // its way, the quotes of the one before are not a price to trade at.
    [[nodiscard]] bool is_current(const domain::Quote& quote) const;
    // The latest signal of the underlying; nullptr before the first.
    [[nodiscard]] const domain::Signal* signal() const;

    // The bot's own leg groups. Working: from the intent on until the group ended.
    [[nodiscard]] const std::map<uint64_t, Group>& groups() const { return state_.groups; }
    [[nodiscard]] bool is_working() const { return !state_.groups.empty(); }
    // Groups that were in the market and ended today; the last of them (id 0 = none yet).
    [[nodiscard]] int64_t trades_today() const;
    [[nodiscard]] const Group& last_trade() const { return state_.last_trade; }
    // After a denial or a failed entry no intent is accepted for a while.
    [[nodiscard]] bool is_cooling() const { return now_ < state_.cool_until; }

    // What the bot remembered by this name; `otherwise` if nothing.
    [[nodiscard]] int64_t recall(std::string_view name, int64_t otherwise = 0) const;

 private:
    Timestamp now_;
    const BotConfig& settings_;
    const AccountConfig& account_;
    const Parameters& configured_;
    const BotState& state_;
    const MarketState& market_;
};

}  // namespace sauda::strategy
