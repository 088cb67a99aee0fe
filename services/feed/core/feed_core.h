#pragma once

#include "common/domain/core.h"
#include "common/domain/market_rules.h"
#include "services/feed/core/contract_set.h"
#include "services/feed/core/exchange_day.h"
#include "services/feed/core/feed_config.h"
#include "services/feed/core/source_control.h"
#include "services/feed/core/underlying_book.h"

#include <map>
#include <memory>

namespace sauda::feed {

// Turns the quotes of its sources into session events, instruments, base bars and the watch over
// stale data. Sources begin and end by local inputs (source_control.h).
class FeedCore final : public domain::Core {
 public:
    FeedCore(FeedConfig config, std::shared_ptr<const domain::MarketRules> rules);

    void observe(const domain::Message& input, Timestamp now) override;
    void decide(const domain::Message& input, Timestamp now, domain::Emitter& out) override;
    void wake(Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] Timestamp next_deadline() const override;
    void apply(const domain::Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    void metrics(std::vector<domain::Metric>& out) const override;

    // The last quotes of an underlying; nullptr before its first. For snapshot queries.
    [[nodiscard]] const domain::Chain* chain(domain::Underlying underlying) const;

 private:
    struct Source {
        domain::SourceInfo info;
        bool has_ended = false;
        bool is_stale = false;
        SAUDA_FIELDS(info, has_ended, is_stale)
    };
    struct State {
        // Durable.
        std::map<domain::Underlying, Source> sources;
        std::map<domain::Exchange, ExchangeDay> days;
        ContractSet announced;  // published today, or alerted as without a lot
        domain::Date announced_on;
        // By which lot the contracts of an expiry were last published.
        std::map<std::pair<domain::Underlying, domain::Date>, domain::Quantity> lots;
        // Soft.
        std::map<domain::Underlying, UnderlyingBook> books;
        SAUDA_FIELDS(sources, days, announced, announced_on, lots, books)
    };

    void begin_source(domain::SourceInfo info, Timestamp now, domain::Emitter& out);
    void end_source(domain::Underlying underlying, Timestamp now, domain::Emitter& out);
    void announce(const domain::QuoteBatch& batch, Timestamp now, domain::Emitter& out);
    void tell_changed_lots(const domain::InstrumentBatch& batch, domain::Emitter& out);
    void end_staleness(domain::Underlying underlying, Timestamp now, bool is_resumed,
                       domain::Emitter& out);
    void run_calendar(Timestamp now, domain::Emitter& out);
    void close_day(const ExchangeDay& day, Timestamp now, domain::Emitter& out);
    void settle(const ExchangeDay& day, domain::Emitter& out);
    bool publish_bars(Timestamp now, domain::Emitter& out);
    void begin_staleness(Timestamp now, domain::Emitter& out);
    void end_run(domain::Emitter& out);

    void apply_source(const domain::SourceInfo& info);
    void apply_session(const domain::SessionEvent& event, Timestamp at);
    void apply_instruments(const domain::InstrumentBatch& batch);
    void apply_alert(const domain::Alert& alert);

    struct DueBars {
        Timestamp end = Timestamp::max();
        domain::Duration length;
        domain::Underlying underlying = domain::Underlying::Unspecified;
    };
    [[nodiscard]] DueBars next_bars() const;
    [[nodiscard]] Timestamp stale_deadline(const Source& source) const;
    [[nodiscard]] Timestamp fresh_since(const Source& source, Timestamp fresh_at) const;
    [[nodiscard]] const ExchangeDay* day_of(domain::Underlying underlying) const;
    [[nodiscard]] const UnderlyingBook* book_of(domain::Underlying underlying) const;

    FeedConfig config_;
    std::shared_ptr<const domain::MarketRules> rules_;
    State state_;
};

}  // namespace sauda::feed
