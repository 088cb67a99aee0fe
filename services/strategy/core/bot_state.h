#pragma once

#include "common/domain/intent.h"
#include "common/domain/order.h"
#include "services/strategy/core/config.h"

#include <map>
#include <string>
#include <vector>

namespace sauda::strategy {

enum class BotStatus : uint8_t { New = 0, Started = 1, Stopped = 2, Paused = 3 };

// A leg group as its bot knows it: from its own intent, risk's answer and execution's reports.
struct Group {
    uint64_t id = 0;
    domain::GroupState state = domain::GroupState::Unspecified;  // Unspecified: not answered yet
    domain::StrategyKind kind = domain::StrategyKind::Unspecified;
    std::vector<domain::Leg> legs;  // quantities as approved
    uint64_t signal = 0;
    bool on_rules = false;
    Money pnl;  // before charges, as last reported
    Money charges;
    domain::Reason reason;  // of its end, as last reported
    Timestamp changed_at;
    Timestamp answer_by;   // set while the opening intent is unanswered
    uint64_t closing = 0;  // an unanswered Reduce intent
    Timestamp closing_by;
    Timestamp close_again_at;  // no Reduce before
    [[nodiscard]] bool is_open() const { return state == domain::GroupState::Open; }
    friend bool operator==(const Group&, const Group&) = default;
    SAUDA_FIELDS(id, state, kind, legs, signal, on_rules, pnl, charges, reason, changed_at,
                 answer_by, closing, closing_by, close_again_at)
};

// Names with a meaning of their own in a Remembered or GroupUpdate event.
inline constexpr std::string_view kWakeAt = "wake_at";
inline constexpr std::string_view kRequested = "set.";  // + parameter: takes effect at a bar
inline constexpr std::string_view kPnl = "pnl";
inline constexpr std::string_view kCharges = "charges";
inline constexpr std::string_view kReduceApproved = "reduce_approved";
inline constexpr std::string_view kReduceDenied = "reduce_denied";
inline constexpr std::string_view kApprovedLeg = "approved_leg_";  // + index: quantity
bool is_reserved(std::string_view memory_name);

// Everything durable about one bot. Only apply() changes it; `at` is the event's own time.
struct BotState {
    BotStatus status = BotStatus::New;
    std::map<std::string, domain::Number, std::less<>> memory;
    Parameters requested;              // by SetParameter, not yet in effect
    Parameters changed;                // in effect, instead of the configured value
    std::map<uint64_t, Group> groups;  // working
    std::vector<Group> past;           // the last few that ended, oldest first
    Group last_trade;                  // the last that was in the market and ended; id 0 = none
    Date trade_day;
    int64_t trades = 0;  // groups of trade_day that were in the market and ended
    Timestamp cool_until;
    Date denial_day;
    int64_t denials = 0;                            // in a row, on denial_day
    std::map<domain::ReasonCode, Timestamp> skips;  // when each was last said
    Timestamp wake_at;
    int64_t intents = 0;
    int64_t skipped = 0;

    void apply(const domain::Intent& intent);
    void apply(const domain::BotEvent& event, Timestamp at);
    // The first instant at which an answer is overdue; max() if none is awaited.
    [[nodiscard]] Timestamp answers_due() const;

    SAUDA_FIELDS(status, memory, requested, changed, groups, past, last_trade, trade_day, trades,
                 cool_until, denial_day, denials, skips, wake_at, intents, skipped)

 private:
    void update_group(const domain::BotEvent& event, Timestamp at);
    Group& adopt(uint64_t id);
    void end(const Group& group, Timestamp at);
    void cool_down(bool was_denied, Timestamp at);
};

}  // namespace sauda::strategy
