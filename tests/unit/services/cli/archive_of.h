#pragma once

#include "services/cli/core/story_book.h"

#include <catch2/catch.hpp>

// A made-up archive, message by message, as the recorder would tell it.
namespace sauda::cli::test {

using namespace domain;

inline constexpr Date kDay{20'329};  // 2025-08-29
inline const Timestamp kOpen = base::ist(kDay, base::seconds(9 * 3600 + 15 * 60));

inline Timestamp at(int64_t seconds, int64_t ms = 0) {
    return kOpen + base::seconds(seconds) + base::milliseconds(ms);
}
inline ContractId call(int64_t strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                              Date{kDay.days + 4}, Price::from_rupees(strike));
}
inline ContractId put(int64_t strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put,
                              Date{kDay.days + 4}, Price::from_rupees(strike));
}
inline Price price(int64_t paise) { return Price::from_paise(paise); }
inline Money rupees(int64_t amount) { return Money::from_rupees(amount); }

class Archive {
 public:
    Cause add(StreamId stream, Timestamp now, Payload payload, std::vector<Cause> causes = {}) {
        Message message{stream, ++seqs_[stream], {}, std::move(payload)};
        message.meta.event_time = now;
        message.meta.known_time = now;
        message.meta.causes = std::move(causes);
        book_.add(message);
        return {stream, message.seq};
    }
    // A message of quotes, bid in paise and ask 10 paise above.
    Cause quote(Timestamp now, std::vector<std::pair<ContractId, int64_t>> bids) {
        QuoteBatch batch{Underlying::NIFTY, {}};
        for (const auto& [contract, paise] : bids) {
            Quote made;
            made.contract = contract;
            made.bid = price(paise);
            made.ask = price(paise + 10);
            made.last = price(paise);
            made.bid_size = made.ask_size = units(750);
            made.event_time = now;
            batch.quotes.push_back(made);
        }
        return add(market_data_stream(Underlying::NIFTY), now, std::move(batch));
    }
    Cause intent(Timestamp now, const Intent& intent, std::vector<Cause> causes) {
        return add(StreamId::StrategyIntent, now, intent, std::move(causes));
    }
    Cause decide(Timestamp now, const Intent& intent, Verdict verdict, Cause cause) {
        Decision decision;
        decision.id = ++decisions_;
        decision.verdict = verdict;
        decision.intent = intent;
        decision.checks.push_back({ReasonCode::TradesPerDayMaximum, 6, 5, Unit::Count,
                                   verdict != Verdict::Denied, false});
        if (verdict == Verdict::Denied) {
            decision.reason = {ReasonCode::TradesPerDayMaximum,
                               {{"trades", 6, Unit::Count}, {"limit", 5, Unit::Count}}};
        }
        return add(StreamId::RiskDecision, now, std::move(decision), {cause});
    }
    Cause group(Timestamp now, GroupEventKind kind, GroupState state, uint64_t id,
                std::vector<Cause> causes = {}, Reason reason = {}, Money pnl = {},
                Money best = {}) {
        GroupEvent event;
        event.kind = kind;
        event.state = state;
        event.group = id;
        event.bot = "straddle";
        event.account = "standard";
        event.reason = std::move(reason);
        event.pnl = pnl;
        event.best_pnl = best;
        event.stop_pnl = kind == GroupEventKind::ExitStarted ? rupees(-3000) : Money{};
        return add(StreamId::ExecutionReport, now, std::move(event), std::move(causes));
    }
    // An order that is placed, sent, accepted and filled whole, and its ledger entry.
    void filled(Timestamp now, ChildId child, ContractId contract, Side side, int64_t paise) {
        OrderEvent event;
        event.child = child;
        event.account = "standard";
        event.bot = "straddle";
        event.contract = contract;
        event.side = side;
        event.quantity = units(75);
        event.limit = price(paise);
        for (const auto kind : {OrderEventKind::Placed, OrderEventKind::Sent,
                                OrderEventKind::Accepted, OrderEventKind::Fill}) {
            event.kind = kind;
            if (kind == OrderEventKind::Fill) {
                event.last_quantity = event.cumulative = units(75);
                event.last_price = price(paise);
                event.mid = price(paise + 5);
            }
            add(StreamId::ExecutionReport, now, event);
            add(StreamId::RiskExposure, now, event);  // risk's own copy
        }
        LedgerEntry entry;
        entry.id = ++entries_;
        entry.kind = LedgerKind::Fill;
        entry.account = "standard";
        entry.bot = "straddle";
        entry.product = Product::Carryforward;
        entry.group = child.group;
        entry.contract = contract;
        entry.child = child;
        entry.side = side;
        entry.quantity = units(75);
        entry.price = price(paise);
        entry.charges.brokerage = rupees(20);
        entry.charges.gst = price_as_money(360);
        add(StreamId::ExecutionLedger, now, std::move(entry));
    }
    [[nodiscard]] const StoryBook& book() const { return book_; }

 private:
    static Money price_as_money(int64_t paise) { return Money::from_paise(paise); }
    StoryBook book_;
    std::map<StreamId, uint64_t> seqs_;
    uint64_t decisions_ = 0;
    uint64_t entries_ = 0;
};

inline Intent straddle_intent(uint64_t id) {
    Intent intent;
    intent.id = intent.group = id;
    intent.bot = "straddle";
    intent.account = "standard";
    intent.product = Product::Carryforward;
    intent.purpose = Purpose::Open;
    intent.kind = StrategyKind::ShortPremium;
    intent.policy = LegPolicy::Unwind;
    intent.legs = {
        {call(24550), Side::Sell, units(75), price(11'720), false, price(11'730), price(11'740)},
        {put(24550), Side::Sell, units(75), price(9'670), false, price(9'680), price(9'690)}};
    intent.exits.stop_loss = rupees(3000);
    intent.exits.target = rupees(8000);
    intent.exits.square_off_at = at(5 * 3600);
    intent.valid_until = at(65);
    intent.entry_timeout = base::seconds(20);
    intent.forward = Price::from_rupees(24'569);
    return intent;
}

// A straddle sold at 117.30 and 96.80 that is bought back by its stop at 140.00 and 114.90:
// 75 x (214.10 - 254.90) = -3,060 before charges of 4 x 23.60.
inline Archive straddle_with_stop() {
    Archive archive;
    InstrumentBatch listed{kDay, {}};
    for (const auto contract : {call(24550), put(24550)}) {
        Instrument instrument;
        instrument.contract = contract;
        instrument.lot = units(75);
        listed.instruments.push_back(instrument);
    }
    archive.add(StreamId::FeedInstrument, at(0), std::move(listed));
    archive.quote(at(50), {{call(24550), 11'730}});
    const auto seen = archive.quote(at(60), {{put(24550), 9'680}});
    archive.quote(at(60), {{call(24550), 11'800}});  // the same snapshot, told after the decision
    const auto wish = archive.intent(at(60), straddle_intent(1), {seen});
    const auto answer = archive.decide(at(60, 10), straddle_intent(1), Verdict::Approved, wish);
    archive.group(at(60, 10), GroupEventKind::Accepted, GroupState::Approved, 1, {answer});
    archive.group(at(60, 10), GroupEventKind::EntryStarted, GroupState::Entering, 1, {answer});
    archive.filled(at(60, 110), {1, 0, 0, 0, false}, call(24550), Side::Sell, 11'730);
    archive.filled(at(60, 110), {1, 1, 0, 0, false}, put(24550), Side::Sell, 9'680);
    archive.group(at(60, 110), GroupEventKind::Opened, GroupState::Open, 1);
    const auto spike = archive.quote(at(600), {{call(24550), 13'990}, {put(24550), 11'480}});
    archive.group(
        at(600), GroupEventKind::ExitStarted, GroupState::Exiting, 1, {spike},
        {ReasonCode::ExitStop,
         {{"stop", rupees(-3000).raw(), Unit::Rupees}, {"pnl", rupees(-3060).raw(), Unit::Rupees}}},
        rupees(-3060));
    archive.filled(at(600, 100), {1, 0, 0, 0, true}, call(24550), Side::Buy, 14'000);
    archive.filled(at(600, 100), {1, 1, 0, 0, true}, put(24550), Side::Buy, 11'490);
    archive.group(at(600, 100), GroupEventKind::Flattened, GroupState::Closed, 1, {},
                  {ReasonCode::ExitStop, {}}, rupees(-3060));
    return archive;
}

}  // namespace sauda::cli::test
