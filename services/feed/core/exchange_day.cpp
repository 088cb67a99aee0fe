#include "services/feed/core/exchange_day.h"

namespace sauda::feed {

using domain::SessionKind;
using domain::Timestamp;

ExchangeDay ExchangeDay::of(const domain::MarketRules& rules, domain::Exchange exchange,
                            domain::Date date) {
    const auto rule = rules.day(exchange, date);
    ExchangeDay day;
    day.exchange = exchange;
    day.date = date;
    day.is_trading = rule.is_open;
    day.holiday = rule.holiday;
    day.open = rule.open;
    day.close = rule.close;
    day.day_end = rule.day_end;
    return day;
}

domain::SessionEvent ExchangeDay::event(SessionKind kind) const {
    domain::SessionEvent event;
    event.kind = kind;
    event.exchange = exchange;
    event.date = date;
    return event;
}

Timestamp ExchangeDay::next_step() const {
    switch (phase) {
        case DayPhase::Started:
            return open;
        case DayPhase::Open:
            return close;
        case DayPhase::Closed:
            return day_end;
        case DayPhase::None:
        case DayPhase::Ended:
        case DayPhase::Holiday:
            return Timestamp::max();
    }
    return Timestamp::max();
}

std::optional<domain::SessionEvent> ExchangeDay::due(Timestamp now) const {
    if (phase == DayPhase::None) {
        auto first = event(is_trading ? SessionKind::DayStart : SessionKind::Holiday);
        first.close_at = close;
        first.detail = holiday;
        return first;
    }
    if (now < next_step()) {
        return std::nullopt;
    }
    auto next = event(SessionKind::DayEnd);
    if (phase == DayPhase::Started && now < close) {
        next.kind = SessionKind::Open;
        next.close_at = close;
    } else if (phase != DayPhase::Closed) {
        next.kind = SessionKind::Close;
    }
    return next;
}

void ExchangeDay::apply(const domain::SessionEvent& event, Timestamp at) {
    switch (event.kind) {
        case SessionKind::DayStart:
            phase = DayPhase::Started;
            break;
        case SessionKind::Holiday:
            phase = DayPhase::Holiday;
            break;
        case SessionKind::Open:
            phase = DayPhase::Open;
            opened_at = at;
            break;
        case SessionKind::Close:
            phase = DayPhase::Closed;
            break;
        case SessionKind::DayEnd:
            phase = DayPhase::Ended;
            break;
        case SessionKind::Unspecified:
        case SessionKind::PreOpen:
        case SessionKind::Settlement:
        case SessionKind::StaleBegin:
        case SessionKind::StaleEnd:
        case SessionKind::RunEnd:
            break;
    }
}

}  // namespace sauda::feed
