#include "common/wire/codec.h"
#include "common/wire/validate.h"
#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace samples;

namespace {

// What the gate says to a message that went over the wire; empty when it passes.
std::string said(StreamId stream, const Meta& meta, const Payload& payload) {
    const auto decoded =
        wire::decode(stream, wire::schema_of(payload), wire::encode(meta, payload));
    return decoded ? "" : decoded.error().text;
}

// What it says to a sample after `change`.
template <class T, class Change>
std::string after(T sample, Change change) {
    change(sample);
    for (const auto& [stream, payload] : all()) {
        if (std::holds_alternative<T>(payload)) {
            return said(stream, meta(), sample);
        }
    }
    return "no stream";
}
template <class Change>
std::string with_meta(Change change) {
    Meta m = meta();
    change(m);
    return said(StreamId::RiskAlert, m, alert());
}

}  // namespace

TEST_CASE("gate: a payload passes on its own streams alone", "[unit][wire]") {
    const auto samples = all();
    // Every known stream with every payload; what is allowed is written out here once more.
    const auto allowed = [](StreamId stream, const Payload& payload) {
        const auto topic = topic_of(stream);
        const std::string name(wire::message_name(wire::schema_of(payload)).substr(9));
        const auto is = [&](std::string_view t, std::initializer_list<std::string_view> names) {
            return topic == t && std::find(names.begin(), names.end(), name) != names.end();
        };
        return is("D/feed/session/", {"SourceInfo", "SessionEvent"}) ||
               is("D/feed/instrument/", {"InstrumentBatch"}) || is("D/feed/bar/", {"BarBatch"}) ||
               is("D/ml_signal/signal/", {"Signal"}) || is("D/strategy/intent/", {"Intent"}) ||
               is("D/strategy/bot/", {"BotEvent"}) || is("D/risk/decision/", {"Decision"}) ||
               is("D/risk/state/", {"TradingStateEvent", "AccountEvent"}) ||
               is("D/risk/position/", {"PositionEvent"}) ||
               is("D/risk/exposure/", {"OrderEvent", "GroupEvent", "ExecutorEvent"}) ||
               is("D/execution/report/",
                  {"OrderEvent", "GroupEvent", "ExecutorEvent", "TradingStateEvent"}) ||
               is("D/execution/ledger/", {"LedgerEntry"}) ||
               is("D/notifier/delivery/", {"Delivery"}) || is("J/feed/md/NIFTY/", {"QuoteBatch"}) ||
               (topic.starts_with("D/") && topic.ends_with("/alert/") && name == "Alert") ||
               (topic.ends_with("/operator/") && name == "OperatorCommand") ||
               (topic.ends_with("/health/") && name == "HealthChange") ||
               (topic.ends_with("/notifier/health/") && name == "Alert");
    };
    int passed = 0;
    for (unsigned n = 0; n <= UINT16_MAX; ++n) {
        const auto stream = static_cast<StreamId>(n);
        if (!is_known(stream)) {
            continue;
        }
        for (const auto& sample : samples) {
            const auto text = said(stream, meta(), sample.payload);
            INFO(topic_of(stream) << " " << text);
            REQUIRE(text.empty() == allowed(stream, sample.payload));
            REQUIRE((text.empty() || text.ends_with("it is not allowed on " + topic_of(stream))));
            passed += text.empty() ? 1 : 0;
        }
    }
    CHECK(passed == 21 + 5 + 9 + 9 + 1);
    CHECK(said(static_cast<StreamId>(0x7777), meta(), alert()) ==
          "Alert: it is not allowed on an unknown stream");
}

TEST_CASE("gate: market data of another underlying does not pass on a stream", "[unit][wire]") {
    CHECK(said(market_data_stream(Underlying::BANKNIFTY), meta(), quotes()) ==
          "QuoteBatch: it is not allowed on J/feed/md/BANKNIFTY/");
}

TEST_CASE("gate: meta must carry both times and causes of known streams", "[unit][wire]") {
    CHECK(with_meta([](Meta&) {}).empty());
    CHECK(with_meta([](Meta& m) { m.causes.clear(); }).empty());
    CHECK(with_meta([](Meta& m) { m.event_time = {}; }) == "Alert.meta.event_time: it is not set");
    CHECK(with_meta([](Meta& m) { m.known_time = {}; }) == "Alert.meta.known_time: it is not set");
    CHECK(with_meta([](Meta& m) { m.known_time = {-1}; }) ==
          "Alert.meta.known_time: -1 ns is not between 1990 and 2100");
    CHECK(with_meta([](Meta& m) { m.event_time = Timestamp::max(); }) ==
          "Alert.meta.event_time: 9223372036854775807 ns is not between 1990 and 2100");
    CHECK(with_meta([](Meta& m) { m.causes[0].stream = StreamId::None; }) ==
          "Alert.meta.causes[0].stream: it is not set");
}

TEST_CASE("gate: a batch of quotes needs an underlying and holds 64 at most", "[unit][wire]") {
    CHECK(after(quotes(), [](QuoteBatch& b) { b.quotes.assign(64, quote()); }).empty());
    CHECK(after(quotes(), [](QuoteBatch& b) { b.quotes.clear(); }).empty());
    CHECK(after(quotes(), [](QuoteBatch& b) { b.quotes.assign(65, quote()); }) ==
          "QuoteBatch.quotes: 65 are more than 64");
    CHECK(after(quotes(), [](QuoteBatch& b) { b.underlying = {}; }) ==
          "QuoteBatch: it is not allowed on J/feed/md/NIFTY/");
}

TEST_CASE("gate: bad rows of batches are left out and told, the batch passes", "[unit][wire]") {
    const auto check = [](StreamId stream, const Payload& payload, std::size_t left) {
        const auto decoded =
            wire::decode(stream, wire::schema_of(payload), wire::encode(meta(), payload));
        REQUIRE(decoded);
        CHECK(decoded->refusals.size() == 1);
        std::visit(
            [&](const auto& batch) {
                if constexpr (requires { batch.quotes; }) {
                    CHECK(batch.quotes.size() == left);
                } else if constexpr (requires { batch.bars; }) {
                    CHECK(batch.bars.size() == left);
                } else if constexpr (requires { batch.instruments; }) {
                    CHECK(batch.instruments.size() == left);
                }
            },
            decoded->payload);
    };
    auto q = quotes();
    q.quotes[1].volume = -units(1);
    check(market_data_stream(Underlying::NIFTY), q, 1);
    auto b = bars();
    b.bars[0].volume = -units(1);
    check(StreamId::FeedBar, b, 1);
    auto i = instruments();
    i.instruments[0].lot = {};
    check(StreamId::FeedInstrument, i, 1);
}

TEST_CASE("gate: batches of bars and instruments need their heads", "[unit][wire]") {
    CHECK(after(bars(), [](BarBatch& b) { b.underlying = {}; }) ==
          "BarBatch.underlying: it is not set");
    CHECK(after(bars(), [](BarBatch& b) { b.start = {}; }) == "BarBatch.start: it is not set");
    CHECK(after(bars(), [](BarBatch& b) { b.length = {}; }) ==
          "BarBatch.length: 0s is not above zero");
    CHECK(after(instruments(), [](InstrumentBatch& b) { b.date = {}; }) ==
          "InstrumentBatch.date: it is not set");
    CHECK(after(instruments(), [](InstrumentBatch& b) { b.date = date_of(2100, 1, 1); }) ==
          "InstrumentBatch.date: day 47482 is not between 1990 and 2100");
}

TEST_CASE("gate: session events need what their kind speaks of", "[unit][wire]") {
    for (unsigned k = 1; k <= static_cast<unsigned>(SessionKind::RunEnd); ++k) {
        CHECK(after(session(static_cast<SessionKind>(k)), [](SessionEvent&) {}).empty());
    }
    CHECK(after(session(), [](SessionEvent& e) { e.kind = {}; }) ==
          "SessionEvent.kind: it is not set");
    CHECK(after(session(), [](SessionEvent& e) { e.date = {}; }) ==
          "SessionEvent.date: it is not set");
    CHECK(after(session(SessionKind::RunEnd), [](SessionEvent& e) { e.date = {}; }).empty());
    CHECK(after(session(SessionKind::Settlement), [](SessionEvent& e) { e.underlying = {}; }) ==
          "SessionEvent.underlying: it is not set");
    CHECK(after(session(SessionKind::Settlement), [](SessionEvent& e) { e.expiry = {}; }) ==
          "SessionEvent.expiry: it is not set");
    CHECK(after(session(SessionKind::StaleBegin), [](SessionEvent& e) { e.underlying = {}; }) ==
          "SessionEvent.underlying: it is not set");
    CHECK(after(session(), [](SessionEvent& e) { e.price = Price::from_rupees(-1); }) ==
          "SessionEvent.price: -1.00 is negative");
    CHECK(after(session(), [](SessionEvent& e) { e.duration = seconds(-1); }) ==
          "SessionEvent.duration: -1s is negative");
    CHECK(after(session(), [](SessionEvent& e) { e.close_at = {7}; }) ==
          "SessionEvent.close_at: 7 ns is not between 1990 and 2100");
}

TEST_CASE("gate: a source names itself, its origin and its day", "[unit][wire]") {
    CHECK(after(source(), [](SourceInfo& s) { s.name.clear(); }) == "SourceInfo.name: it is empty");
    CHECK(after(source(), [](SourceInfo& s) { s.origin = {}; }) ==
          "SourceInfo.origin: it is not set");
    CHECK(after(source(), [](SourceInfo& s) { s.date = {}; }) == "SourceInfo.date: it is not set");
    CHECK(after(source(), [](SourceInfo& s) { s.interval = seconds(-1); }) ==
          "SourceInfo.interval: -1s is negative");
    CHECK(after(source(), [](SourceInfo& s) { s.stale_limit = seconds(-1); }) ==
          "SourceInfo.stale_limit: -1s is negative");
}

TEST_CASE("gate: a signal keeps to its ranges", "[unit][wire]") {
    CHECK(after(signal(), [](Signal& s) { s.score = 1'000'000; }).empty());
    CHECK(after(signal(), [](Signal& s) { s.score = 1'000'001; }) ==
          "Signal.score: 1000001 is not between -1000000 and 1000000");
    CHECK(after(signal(), [](Signal& s) { s.confidence = -1; }) ==
          "Signal.confidence: -1 is not between 0 and 1000000");
    CHECK(after(signal(), [](Signal& s) { s.underlying = {}; }) ==
          "Signal.underlying: it is not set");
    CHECK(after(signal(), [](Signal& s) { s.bar_start = {}; }) ==
          "Signal.bar_start: it is not set");
    CHECK(after(signal(), [](Signal& s) { s.bar_length = {}; }) ==
          "Signal.bar_length: 0s is not above zero");
    CHECK(after(signal(), [](Signal& s) { s.origin = {}; }) == "Signal.origin: it is not set");
}

TEST_CASE("gate: an intent has one to eight legs, none twice", "[unit][wire]") {
    CHECK(after(intent(), [](Intent& i) { i.legs.clear(); }) == "Intent.legs: there is none");
    CHECK(after(intent(), [](Intent& i) {
              i.legs.clear();
              for (int k = 0; k < 8; ++k) {
                  i.legs.push_back(leg(24'000 + 50 * k));
              }
          }).empty());
    CHECK(after(intent(), [](Intent& i) {
              i.legs.clear();
              for (int k = 0; k < 9; ++k) {
                  i.legs.push_back(leg(24'000 + 50 * k));
              }
          }) == "Intent.legs: 9 are more than 8");
    CHECK(after(intent(), [](Intent& i) { i.legs.push_back(leg(24'500, Side::Buy)); }) ==
          "Intent.legs[2].contract: it is the contract of an earlier leg");
}

TEST_CASE("gate: each leg is whole", "[unit][wire]") {
    const auto leg_after = [](auto change) {
        return after(intent(), [&](Intent& i) { change(i.legs[1]); });
    };
    CHECK(leg_after([](Leg& l) { l.quantity = {}; }) ==
          "Intent.legs[1].quantity: 0 is not above zero");
    CHECK(leg_after([](Leg& l) { l.quantity = -units(75); }) ==
          "Intent.legs[1].quantity: -75 is not above zero");
    CHECK(leg_after([](Leg& l) { l.side = {}; }) == "Intent.legs[1].side: it is not set");
    CHECK(leg_after([](Leg& l) { l.contract = {}; }) == "Intent.legs[1].contract: it is not set");
    CHECK(leg_after([](Leg& l) { l.limit = Price::from_rupees(-1); }) ==
          "Intent.legs[1].limit: -1.00 is negative");
    CHECK(leg_after([](Leg& l) { l.quoted_bid = Price::from_rupees(10'000'001); }) ==
          "Intent.legs[1].quoted_bid: 1,00,00,001.00 is above 1,00,00,000");
    CHECK(leg_after([](Leg& l) { l.quoted_ask = Price::from_rupees(-1); }) ==
          "Intent.legs[1].quoted_ask: -1.00 is negative");
}

TEST_CASE("gate: an intent says who, for whom, what and until when", "[unit][wire]") {
    CHECK(after(intent(), [](Intent& i) { i.id = 0; }) == "Intent.id: it is not set");
    CHECK(after(intent(), [](Intent& i) { i.bot.clear(); }) == "Intent.bot: it is empty");
    CHECK(after(intent(), [](Intent& i) { i.account.clear(); }) == "Intent.account: it is empty");
    CHECK(after(intent(), [](Intent& i) { i.product = {}; }) == "Intent.product: it is not set");
    CHECK(after(intent(), [](Intent& i) { i.purpose = {}; }) == "Intent.purpose: it is not set");
    CHECK(after(intent(), [](Intent& i) { i.kind = {}; }) == "Intent.kind: it is not set");
    CHECK(after(intent(), [](Intent& i) { i.policy = {}; }) == "Intent.policy: it is not set");
    CHECK(after(intent(), [](Intent& i) {
              i.purpose = Purpose::Reduce;
              i.kind = {};
              i.policy = {};
          }).empty());
    CHECK(after(intent(), [](Intent& i) { i.valid_until = {}; }) ==
          "Intent.valid_until: it is not set");
    CHECK(after(intent(), [](Intent& i) { i.entry_timeout = seconds(-1); }) ==
          "Intent.entry_timeout: -1s is negative");
    CHECK(after(intent(), [](Intent& i) { i.exits.square_off_at = {}; }).empty());
    CHECK(after(intent(), [](Intent& i) { i.exits.square_off_at = {3}; }) ==
          "Intent.exits.square_off_at: 3 ns is not between 1990 and 2100");
    CHECK(after(intent(), [](Intent& i) { i.exits.stop_loss = Money::from_rupees(-5); }) ==
          "Intent.exits.stop_loss: -5.00 is negative");
    CHECK(after(intent(), [](Intent& i) { i.exits.target = Money::from_rupees(-5); }) ==
          "Intent.exits.target: -5.00 is negative");
    CHECK(after(intent(), [](Intent& i) { i.exits.trailing_trigger = Money::from_rupees(-5); }) ==
          "Intent.exits.trailing_trigger: -5.00 is negative");
    CHECK(after(intent(), [](Intent& i) { i.exits.trailing_distance = Money::from_rupees(-5); }) ==
          "Intent.exits.trailing_distance: -5.00 is negative");
    CHECK(after(intent(), [](Intent& i) { i.forward = Price::from_rupees(-5); }) ==
          "Intent.forward: -5.00 is negative");
}

TEST_CASE("gate: a decision holds a good intent and one bound for each leg", "[unit][wire]") {
    CHECK(after(decision(), [](Decision& d) { d.intent.legs[1].quantity = {}; }) ==
          "Decision.intent.legs[1].quantity: 0 is not above zero");
    CHECK(after(decision(), [](Decision& d) { d.id = 0; }) == "Decision.id: it is not set");
    CHECK(after(decision(), [](Decision& d) { d.verdict = {}; }) ==
          "Decision.verdict: it is not set");
    CHECK(after(decision(), [](Decision& d) { d.bounds.pop_back(); }) ==
          "Decision.bounds: there is not one for each leg");
    CHECK(after(decision(), [](Decision& d) {
              d.verdict = Verdict::Denied;
              d.bounds.clear();
          }).empty());
    CHECK(after(decision(), [](Decision& d) { d.bounds[1].price_low = Price::from_rupees(999); }) ==
          "Decision.bounds[1].price_high: it is below price_low");
    CHECK(after(decision(), [](Decision& d) { d.bounds[0].quantity_max = -units(1); }) ==
          "Decision.bounds[0].quantity_max: -1 is negative");
    CHECK(after(decision(), [](Decision& d) { d.bounds[0].price_low = Price::from_rupees(-1); }) ==
          "Decision.bounds[0].price_low: -1.00 is negative");
    CHECK(after(decision(), [](Decision& d) { d.margin_reserved = Money::from_rupees(-1); }) ==
          "Decision.margin_reserved: -1.00 is negative");
    CHECK(after(decision(), [](Decision& d) { d.risk_reserved = Money::from_rupees(-1); }) ==
          "Decision.risk_reserved: -1.00 is negative");
}

TEST_CASE("gate: reports of orders are whole", "[unit][wire]") {
    const auto order_after = [](auto change) { return after(order_event(), change); };
    CHECK(order_after([](OrderEvent& e) { e.kind = {}; }) == "OrderEvent.kind: it is not set");
    CHECK(order_after([](OrderEvent& e) { e.state = {}; }) == "OrderEvent.state: it is not set");
    CHECK(order_after([](OrderEvent& e) { e.product = {}; }) ==
          "OrderEvent.product: it is not set");
    CHECK(order_after([](OrderEvent& e) { e.contract = {}; }) ==
          "OrderEvent.contract: it is not set");
    CHECK(order_after([](OrderEvent& e) { e.side = {}; }) == "OrderEvent.side: it is not set");
    CHECK(order_after([](OrderEvent& e) { e.quantity = {}; }) ==
          "OrderEvent.quantity: 0 is not above zero");
    CHECK(order_after([](OrderEvent& e) { e.last_quantity = {}; }) ==
          "OrderEvent.last_quantity: 0 is not above zero");
    CHECK(order_after([](OrderEvent& e) {
              e.kind = OrderEventKind::Accepted;
              e.last_quantity = {};
          }).empty());
    CHECK(order_after([](OrderEvent& e) {
              e.kind = OrderEventKind::Accepted;
              e.last_quantity = -units(1);
          }) == "OrderEvent.last_quantity: -1 is negative");
    CHECK(order_after([](OrderEvent& e) { e.cumulative = -units(1); }) ==
          "OrderEvent.cumulative: -1 is negative");
    CHECK(order_after([](OrderEvent& e) { e.leaves = -units(1); }) ==
          "OrderEvent.leaves: -1 is negative");
    const auto minus = Price::from_rupees(-1);
    CHECK(order_after([&](OrderEvent& e) { e.limit = minus; }) ==
          "OrderEvent.limit: -1.00 is negative");
    CHECK(order_after([&](OrderEvent& e) { e.last_price = minus; }) ==
          "OrderEvent.last_price: -1.00 is negative");
    CHECK(order_after([&](OrderEvent& e) { e.touch = minus; }) ==
          "OrderEvent.touch: -1.00 is negative");
    CHECK(order_after([&](OrderEvent& e) { e.mid = minus; }) ==
          "OrderEvent.mid: -1.00 is negative");
}

TEST_CASE("gate: reports of groups are whole, with their approval", "[unit][wire]") {
    CHECK(after(group_event(), [](GroupEvent& e) { e.approval.reset(); }).empty());
    CHECK(after(group_event(), [](GroupEvent& e) { e.kind = {}; }) ==
          "GroupEvent.kind: it is not set");
    CHECK(after(group_event(), [](GroupEvent& e) { e.state = {}; }) ==
          "GroupEvent.state: it is not set");
    CHECK(after(group_event(), [](GroupEvent& e) { e.group = 0; }) ==
          "GroupEvent.group: it is not set");
    CHECK(after(group_event(), [](GroupEvent& e) { e.approval->intent.legs[0].side = {}; }) ==
          "GroupEvent.approval.intent.legs[0].side: it is not set");
}

TEST_CASE("gate: ledger entries are whole", "[unit][wire]") {
    const auto entry_after = [](auto change) { return after(ledger_entry(), change); };
    CHECK(entry_after([](LedgerEntry& e) { e.kind = {}; }) == "LedgerEntry.kind: it is not set");
    CHECK(entry_after([](LedgerEntry& e) { e.account.clear(); }) ==
          "LedgerEntry.account: it is empty");
    CHECK(entry_after([](LedgerEntry& e) { e.contract = {}; }) ==
          "LedgerEntry.contract: it is not set");
    CHECK(entry_after([](LedgerEntry& e) { e.contract = ContractId::from_raw(9); }) ==
          "LedgerEntry.contract: 0000000000000009 is no contract");
    CHECK(entry_after([](LedgerEntry& e) { e.side = {}; }) == "LedgerEntry.side: it is not set");
    CHECK(entry_after([](LedgerEntry& e) { e.product = {}; }) ==
          "LedgerEntry.product: it is not set");
    CHECK(entry_after([](LedgerEntry& e) { e.quantity = {}; }) ==
          "LedgerEntry.quantity: 0 is not above zero");
    CHECK(entry_after([](LedgerEntry& e) { e.quantity = -units(1); }) ==
          "LedgerEntry.quantity: -1 is negative");
    CHECK(entry_after([](LedgerEntry& e) { e.price = Price::from_rupees(-1); }) ==
          "LedgerEntry.price: -1.00 is negative");
    CHECK(entry_after([](LedgerEntry& e) {
              e = {};
              e.kind = LedgerKind::Deposit;
              e.account = "standard";
              e.amount = Money::from_rupees(-5'000);
          }).empty());
}

TEST_CASE("gate: events of bots, accounts, positions and trading state are whole", "[unit][wire]") {
    CHECK(after(bot_event(), [](BotEvent& e) { e.kind = {}; }) == "BotEvent.kind: it is not set");
    CHECK(after(bot_event(), [](BotEvent& e) {
              e.kind = BotEventKind::Skipped;
              e.bot.clear();
          }) == "BotEvent.bot: it is empty");
    CHECK(after(bot_event(), [](BotEvent& e) {
              e.kind = BotEventKind::Remembered;  // of the strategy service itself
              e.bot.clear();
          }).empty());
    CHECK(after(bot_event(), [](BotEvent& e) { e.group_state = 8; }) ==
          "BotEvent.group_state: 8 is not between 0 and 7");
    CHECK(after(trading_state(), [](TradingStateEvent& e) { e.state = {}; }) ==
          "TradingStateEvent.state: it is not set");
    CHECK(after(account_event(), [](AccountEvent& e) { e.kind = {}; }) ==
          "AccountEvent.kind: it is not set");
    CHECK(after(account_event(), [](AccountEvent& e) { e.account.clear(); }) ==
          "AccountEvent.account: it is empty");
    CHECK(after(account_event(), [](AccountEvent& e) { e.date = {}; }) ==
          "AccountEvent.date: it is not set");
    CHECK(after(position_event(), [](PositionEvent& e) { e.key.contract = {}; }).empty());
    CHECK(after(position_event(), [](PositionEvent& e) {
              e.key.contract = ContractId::from_raw(9);
          }) == "PositionEvent.key.contract: 0000000000000009 is no contract");
}

TEST_CASE("gate: alerts, deliveries, commands and health are whole", "[unit][wire]") {
    CHECK(after(alert(), [](Alert& a) { a.severity = {}; }) == "Alert.severity: it is not set");
    CHECK(after(delivery(), [](Delivery& d) { d.channel.clear(); }) ==
          "Delivery.channel: it is empty");
    CHECK(after(delivery(), [](Delivery& d) { d.stream = 0x7777; }) ==
          "Delivery.stream: 30583 is no stream");
    CHECK(after(command(), [](OperatorCommand& c) { c.act = {}; }) ==
          "OperatorCommand.act: it is not set");
    CHECK(after(health(), [](HealthChange& h) { h.service = 10; }) ==
          "HealthChange.service: 10 is not between 1 and 9");
    CHECK(after(health(), [](HealthChange& h) { h.service = 0; }) ==
          "HealthChange.service: 0 is not between 1 and 9");
    CHECK(after(ExecutorEvent{"e1"}, [](ExecutorEvent& e) { e.database_id.clear(); }) ==
          "ExecutorEvent.database_id: it is empty");
}
