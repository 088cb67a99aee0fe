#pragma once

#include "services/feed/core/feed_core.h"
#include "tests/unit/services/feed/core_runner.h"

namespace sauda::feed::test {

using domain::ContractId;
using domain::ContractKind;
using domain::Exchange;
using domain::Message;
using domain::Quote;
using domain::SessionEvent;
using domain::SessionKind;
using domain::Underlying;
using sauda::test::CoreRunner;

inline const domain::Date kFriday = base::date_of(2025, 8, 29);
inline const domain::Date kTuesday = base::date_of(2025, 9, 2);

// NSE 09:15-15:30, day end 15:45; holiday on 2025-08-27; NIFTY lot 75.
inline std::shared_ptr<const domain::MarketRules> rules() {
    auto r = std::make_shared<domain::MarketRules>();
    r->sessions = {{Exchange::NSE, base::date_of(2000, 1, 1), base::minutes(9 * 60 + 15),
                    base::minutes(15 * 60 + 30), base::minutes(15 * 60 + 30),
                    base::minutes(15 * 60 + 45)}};
    r->holidays = {{Exchange::NSE, base::date_of(2025, 8, 27), "Ganesh Chaturthi"}};
    r->lots = {{Underlying::NIFTY, base::date_of(2025, 1, 1), base::units(75)}};
    r->ticks = {
        {Underlying::NIFTY, ContractKind::Call, base::date_of(2000, 1, 1), Price::from_paise(5)}};
    r->freezes = {{Underlying::NIFTY, base::date_of(2000, 1, 1), base::units(1800)}};
    return r;
}

inline Timestamp at(int hour, int minute, int second = 0, domain::Date date = kFriday) {
    return base::ist(date, base::seconds(hour * 3600 + minute * 60 + second));
}

inline ContractId option(ContractKind kind, int strike, domain::Date expiry = kTuesday) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                              Price::from_rupees(strike));
}

inline Quote quote(ContractId contract, int64_t bid_paise, int64_t ask_paise, Timestamp stamp,
                   int64_t volume = 0) {
    Quote q;
    q.contract = contract;
    q.bid = Price::from_paise(bid_paise);
    q.ask = Price::from_paise(ask_paise);
    q.last = Price::from_paise(bid_paise);
    q.volume = base::units(volume);
    q.event_time = stamp;
    return q;
}

inline Message batch(std::vector<Quote> quotes, Timestamp known) {
    Message m;
    m.stream = domain::market_data_stream(Underlying::NIFTY);
    m.meta.known_time = known;
    m.meta.event_time = known;
    m.payload = domain::QuoteBatch{Underlying::NIFTY, std::move(quotes)};
    return m;
}

inline Message start(Timestamp known, domain::Duration interval = base::seconds(65),
                     domain::Date date = kFriday) {
    domain::SourceInfo info;
    info.name = "test";
    info.origin = domain::Origin::Simulated;
    info.underlying = Underlying::NIFTY;
    info.date = date;
    info.interval = interval;
    return source_start(info, known, 1);
}

inline CoreRunner make_runner(std::shared_ptr<const domain::MarketRules> r = rules()) {
    return CoreRunner(domain::Service::Feed,
                      [r] { return std::make_unique<FeedCore>(FeedConfig{}, r); });
}

// "DayStart Open Close ..." with the times as hh:mm:ss.
inline std::vector<std::pair<SessionKind, Timestamp>> calendar(const CoreRunner& runner) {
    std::vector<std::pair<SessionKind, Timestamp>> found;
    for (const auto& event : runner.events()) {
        if (const auto* session = std::get_if<SessionEvent>(&event.payload)) {
            found.emplace_back(session->kind, event.meta.event_time);
        }
    }
    return found;
}

inline std::vector<SessionEvent> sessions(const CoreRunner& runner, SessionKind kind) {
    auto found = runner.all<SessionEvent>();
    std::erase_if(found, [&](const auto& event) { return event.kind != kind; });
    return found;
}

}  // namespace sauda::feed::test
