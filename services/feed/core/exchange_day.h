#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/session.h"

#include <optional>

namespace sauda::feed {

enum class DayPhase : uint8_t {
    None = 0,  // its date is known, nothing published
    Started = 1,
    Open = 2,
    Closed = 3,
    Ended = 4,
    Holiday = 5,
};

// One exchange's session of one date. Durable: phase changes by the feed's own session events.
struct ExchangeDay {
    domain::Exchange exchange = domain::Exchange::Unspecified;
    domain::Date date;
    DayPhase phase = DayPhase::None;
    bool is_trading = false;
    std::string holiday;
    domain::Timestamp open;
    domain::Timestamp close;
    domain::Timestamp day_end;
    domain::Timestamp opened_at;  // when Open was published; not before `open`
    SAUDA_FIELDS(exchange, date, phase, is_trading, holiday, open, close, day_end, opened_at)

    static ExchangeDay of(const domain::MarketRules& rules, domain::Exchange exchange,
                          domain::Date date);
    // When the calendar owes its next event; max() if nothing more is due today.
    [[nodiscard]] domain::Timestamp next_step() const;
    // The event due at `now`, if any. A day joined after its close has no Open.
    [[nodiscard]] std::optional<domain::SessionEvent> due(domain::Timestamp now) const;
    void apply(const domain::SessionEvent& event, domain::Timestamp at);
    [[nodiscard]] bool is_over() const {
        return phase == DayPhase::Ended || phase == DayPhase::Holiday;
    }
    [[nodiscard]] domain::SessionEvent event(domain::SessionKind kind) const;
};

}  // namespace sauda::feed
