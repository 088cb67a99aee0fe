#include "common/wire/message_checks.h"
#include "common/wire/validate.h"

// Rules of what the feed and ml_signal say.
namespace sauda::wire {

using namespace domain;

static_assert(kPriceRawMax == kPriceRupeesMax * 10'000);

Checker check(const Meta& meta) {
    Checker c;
    c.time("event_time", meta.event_time);
    c.time("known_time", meta.known_time);
    for (std::size_t i = 0; i < meta.causes.size(); ++i) {
        Checker cause;
        cause.require(is_known(meta.causes[i].stream), "stream", "not set", "it is not set");
        c.row("causes", i, cause);
    }
    return c;
}

Checker check(const QuoteBatch& batch) {
    Checker c;
    c.set("underlying", batch.underlying);
    if (batch.quotes.size() > kQuotesPerBatchMax) {
        c.require(false, "quotes", "too many",
                  std::to_string(batch.quotes.size()) + " are more than " +
                      std::to_string(kQuotesPerBatchMax));
    }
    return c;
}

Checker check(const BarBatch& batch) {
    Checker c;
    c.set("underlying", batch.underlying);
    c.time("start", batch.start);
    c.above_zero("length", batch.length);
    return c;
}

Checker check(const InstrumentBatch& batch) {
    Checker c;
    c.date("date", batch.date);
    return c;
}

Checker check(const SessionEvent& event) {
    Checker c;
    c.set("kind", event.kind);
    c.date_or_none("date", event.date);
    c.date_or_none("expiry", event.expiry);
    c.price("price", event.price);
    c.not_negative("duration", event.duration);
    c.time_or_none("close_at", event.close_at);
    switch (event.kind) {
        case SessionKind::Settlement:
            c.set("underlying", event.underlying);
            c.date("expiry", event.expiry);
            break;
        case SessionKind::StaleBegin:
        case SessionKind::StaleEnd:
            c.set("underlying", event.underlying);
            break;
        case SessionKind::DayStart:
        case SessionKind::PreOpen:
        case SessionKind::Open:
        case SessionKind::Close:
        case SessionKind::DayEnd:
        case SessionKind::Holiday:
            c.date("date", event.date);
            break;
        case SessionKind::RunEnd:
        case SessionKind::Unspecified:
            break;
    }
    return c;
}

Checker check(const SourceInfo& info) {
    Checker c;
    c.text("name", info.name);
    c.set("origin", info.origin);
    c.date("date", info.date);
    c.not_negative("interval", info.interval);
    c.not_negative("stale_limit", info.stale_limit);
    return c;
}

Checker check(const Signal& signal) {
    constexpr int64_t kOne = 1'000'000;
    Checker c;
    c.set("underlying", signal.underlying);
    c.time("bar_start", signal.bar_start);
    c.above_zero("bar_length", signal.bar_length);
    c.not_negative("horizon", signal.horizon);
    c.between("score", signal.score, -kOne, kOne);
    c.between("confidence", signal.confidence, 0, kOne);
    c.set("origin", signal.origin);
    c.between("probability", signal.probability, 0, kOne);
    c.between("base_rate", signal.base_rate, 0, kOne);
    return c;
}

}  // namespace sauda::wire
