#pragma once

#include "common/domain/contract_id.h"

#include <string>

namespace sauda::domain {

enum class SessionKind : uint8_t {
    Unspecified = 0,
    DayStart = 1,  // start-of-day equity, daily counters
    PreOpen = 2,
    Open = 3,        // continuous trading begins
    Close = 4,       // continuous trading ends
    Settlement = 5,  // one event per expiring (underlying, expiry): price = settlement price
    DayEnd = 6,      // reports, daily reset
    Holiday = 7,     // the exchange is closed all day; detail names the holiday
    StaleBegin = 8,  // no fresh data of `underlying` for the stale limit
    StaleEnd = 9,
    RunEnd = 10,  // the source is exhausted; nothing follows until the next source
};

// What masters, square-off, daily reset and reports hang on.
struct SessionEvent {
    SessionKind kind = SessionKind::Unspecified;
    Exchange exchange = Exchange::Unspecified;
    Underlying underlying = Underlying::Unspecified;  // of stale and settlement events
    Date date;
    Date expiry;         // Settlement only
    Price price;         // Settlement only
    Duration duration;   // StaleBegin: the limit; StaleEnd: how long it lasted
    Timestamp close_at;  // DayStart, Open: when continuous trading ends today
    std::string detail;  // Holiday: its name
    friend bool operator==(const SessionEvent&, const SessionEvent&) = default;
    SAUDA_FIELDS(kind, exchange, underlying, date, expiry, price, duration, close_at, detail)
};

enum class Origin : uint8_t { Unspecified = 0, Real = 1, Simulated = 2 };

// Published before the first quote of a source.
struct SourceInfo {
    std::string name;  // file name or source, no path
    Origin origin = Origin::Unspecified;
    Underlying underlying = Underlying::Unspecified;
    Date date;
    Duration interval;          // the source's declared cadence
    Duration stale_limit;       // 3 x interval, at least 3 s
    bool has_depth = true;      // bid and ask exist
    uint64_t content_hash = 0;  // of the recording
    friend bool operator==(const SourceInfo&, const SourceInfo&) = default;
    SAUDA_FIELDS(name, origin, underlying, date, interval, stale_limit, has_depth, content_hash)
};

}  // namespace sauda::domain
