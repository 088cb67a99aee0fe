#pragma once

#include "common/domain/message.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace sauda::summary {

using base::Date;
using base::Duration;
using base::Money;
using base::Price;
using base::Timestamp;
using domain::Reason;
using domain::ReasonCode;

// What one bot did today, up to risk's answer. Its trades are in TradeLog.
struct BotActivity {
    std::string state = "unknown";
    uint64_t signals = 0;
    uint64_t intents = 0;
    uint64_t opens = 0;  // intents to open
    uint64_t gated = 0;  // of these, with a signal behind them
    uint64_t approved = 0;
    uint64_t reduced = 0;
    uint64_t denied = 0;
    Money margin_now;
    Money margin_peak;
    Reason last_reason;
    SAUDA_FIELDS(state, signals, intents, opens, gated, approved, reduced, denied, margin_now,
                 margin_peak, last_reason)
};

struct Refusal {
    uint64_t count = 0;
    std::string bot;  // of the example, the first one
    Reason example;
    SAUDA_FIELDS(count, bot, example)
};

// The check of one limit that came nearest to it, over all decisions.
struct LimitUse {
    int64_t value = 0;
    int64_t limit = 0;
    domain::Unit unit = domain::Unit::Count;
    bool estimated = false;
    int64_t use = 0;  // 1e-6
    SAUDA_FIELDS(value, limit, unit, estimated, use)
};

// Bots, intents and decisions.
class BotLog {
 public:
    void add(const domain::BotEvent& event);
    void add(const domain::Intent& intent);
    void add(const domain::Decision& decision);
    void add(const domain::GroupEvent& event);
    void start_day();

    [[nodiscard]] const std::map<std::string, BotActivity>& bots() const { return bots_; }
    [[nodiscard]] const std::map<ReasonCode, Refusal>& denials() const { return denials_; }
    [[nodiscard]] const std::map<ReasonCode, Refusal>& skips() const { return skips_; }
    [[nodiscard]] const std::map<ReasonCode, LimitUse>& limits() const { return limits_; }
    [[nodiscard]] Money margin_peak() const { return margin_peak_; }
    SAUDA_FIELDS(bots_, denials_, skips_, limits_, reserved_, margin_now_, margin_peak_)

 private:
    void reserve(const domain::Decision& decision);
    void note_limits(const domain::Decision& decision);
    static void count(std::map<ReasonCode, Refusal>& all, const Reason& reason,
                      const std::string& bot);

    std::map<std::string, BotActivity> bots_;
    std::map<ReasonCode, Refusal> denials_;
    std::map<ReasonCode, Refusal> skips_;
    std::map<ReasonCode, LimitUse> limits_;
    std::map<uint64_t, Money> reserved_;  // by group
    Money margin_now_;
    Money margin_peak_;
};

// Child orders at the venue. Slippage: what was paid more (received less) than mid or touch when
// the order was sent, summed over the filled quantity; negative is better.
class OrderLog {
 public:
    void add(const domain::OrderEvent& event, Timestamp at);
    void start_day();

    struct Counts {
        uint64_t sent = 0, filled = 0, partial = 0, cancelled = 0, rejected = 0, denied = 0,
                 unknown = 0, repriced = 0, slices = 0, modelled = 0;
        SAUDA_FIELDS(sent, filled, partial, cancelled, rejected, denied, unknown, repriced, slices,
                     modelled)
    };
    struct Slip {
        Money amount;
        base::Quantity quantity;
        SAUDA_FIELDS(amount, quantity)
    };
    [[nodiscard]] const Counts& counts() const { return counts_; }
    [[nodiscard]] const Slip& against_mid() const { return mid_; }
    [[nodiscard]] const Slip& against_touch() const { return touch_; }
    // From sent to the last fill of a child: (median, longest).
    [[nodiscard]] std::optional<std::pair<Duration, Duration>> time_to_fill() const;
    SAUDA_FIELDS(counts_, mid_, touch_, working_, fill_times_)

 private:
    struct Working {
        Timestamp sent_at;
        Price mid;
        Price touch;
        bool has_partial = false;
        SAUDA_FIELDS(sent_at, mid, touch, has_partial)
    };
    void add_slip(const domain::OrderEvent& event, const Working& working);

    Counts counts_;
    Slip mid_, touch_;
    std::map<domain::ChildId, Working> working_;
    std::vector<Duration> fill_times_;
};

// Signals against what the underlying did by their horizon.
class SignalLog {
 public:
    void add(const domain::Signal& signal);
    void add(const domain::BarBatch& batch);
    void start_day();

    struct Accuracy {
        uint64_t judged = 0;
        uint64_t right = 0;
        uint64_t rises = 0;  // for the base rate: always saying the commoner side
        [[nodiscard]] uint64_t base() const { return std::max(rises, judged - rises); }
    };
    [[nodiscard]] Accuracy accuracy() const;
    [[nodiscard]] uint64_t signals() const { return signals_; }
    [[nodiscard]] uint64_t of_model() const { return of_model_; }
    [[nodiscard]] const std::string& model() const { return model_; }
    // Why the model only observes, or why there was none all day; empty without a reason.
    [[nodiscard]] const std::string& why_not() const { return why_not_; }
    SAUDA_FIELDS(signals_, of_model_, model_, calls_, closes_, why_not_)

 private:
    struct Call {
        domain::Underlying underlying = domain::Underlying::Unspecified;
        Timestamp from;
        Timestamp until;
        bool is_up = false;
        SAUDA_FIELDS(underlying, from, until, is_up)
    };
    uint64_t signals_ = 0;
    uint64_t of_model_ = 0;
    std::string model_;
    std::string why_not_;
    std::vector<Call> calls_;
    std::map<domain::Underlying, std::map<Timestamp, Price>> closes_;  // by end of the minute
};

// What the feed said of itself.
struct FeedLog {
    domain::SourceInfo source;
    std::string holiday;
    Timestamp close_at;
    bool is_open = false;
    bool has_closed = false;
    uint64_t stale_periods = 0;
    Duration stale_longest;
    bool is_stale = false;
    uint64_t bars = 0;
    uint64_t instruments = 0;
    void add(const domain::SessionEvent& event);
    void start_day();
    SAUDA_FIELDS(source, holiday, close_at, is_open, has_closed, stale_periods, stale_longest,
                 is_stale, bars, instruments)
};

}  // namespace sauda::summary
