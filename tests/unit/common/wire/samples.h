#pragma once

#include "common/domain/message.h"

// Messages as the services would send them, all of them valid.
namespace samples {

using namespace sauda::domain;
using sauda::base::date_of;
using sauda::base::minutes;
using sauda::base::seconds;

inline const Date kDay = date_of(2025, 8, 29);
inline const Date kExpiry = date_of(2025, 9, 2);

inline Timestamp at(int hour, int minute, int second = 0) {
    return sauda::base::ist(kDay, seconds(hour * 3600 + minute * 60 + second));
}

inline Meta meta() {
    Meta m;
    m.event_time = at(9, 24, 16);
    m.known_time = at(9, 24, 17);
    m.causes = {{StreamId::FeedBar, 12}};
    m.run = 0xFEDCBA9876543210ULL;
    return m;
}

inline ContractId option(int64_t strike, ContractKind kind = ContractKind::Call) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, kExpiry,
                              Price::from_rupees(strike));
}

inline Quote quote(int64_t strike = 24'550) {
    Quote q;
    q.contract = option(strike);
    q.bid = Price::from_paise(11'855);
    q.ask = Price::from_paise(11'860);
    q.last = Price::from_paise(11'860);
    q.bid_size = units(750);
    q.ask_size = units(1500);
    q.volume = units(1'234'575);
    q.open_interest = units(98'700);
    q.event_time = at(9, 24, 16);
    return q;
}

inline QuoteBatch quotes() { return {Underlying::NIFTY, {quote(24'500), quote(24'550)}}; }

inline Bar bar(int64_t strike = 24'550) {
    return {option(strike),
            Price::from_paise(100),
            Price::from_paise(130),
            Price::from_paise(90),
            Price::from_paise(110),
            units(75),
            units(150),
            4};
}

inline BarBatch bars() {
    return {Underlying::NIFTY, at(9, 24), minutes(1), {bar(24'500), bar(24'550)}};
}

inline Instrument instrument(int64_t strike = 24'550) {
    return {option(strike),
            units(75),
            Price::from_paise(5),
            units(1800),
            units(1800),
            1,
            sauda::base::ist(kExpiry, minutes(15 * 60 + 30))};
}

inline InstrumentBatch instruments() { return {kDay, {instrument(24'500), instrument(24'550)}}; }

inline SessionEvent session(SessionKind kind = SessionKind::DayStart) {
    SessionEvent event;
    event.kind = kind;
    event.exchange = Exchange::NSE;
    event.underlying = Underlying::NIFTY;
    event.date = kDay;
    event.expiry = kExpiry;
    event.price = Price::from_rupees(24'550);
    event.duration = minutes(3);
    event.close_at = at(15, 30);
    event.detail = "Ganesh Chaturthi";
    return event;
}

inline SourceInfo source() {
    return {"nse_chain_20250829", Origin::Real, Underlying::NIFTY,    kDay, seconds(65),
            seconds(195),         true,         0xABCDEF0123456789ULL};
}

inline Signal signal() {
    return {7,
            Underlying::NIFTY,
            at(9, 24),
            minutes(1),
            minutes(5),
            -250'000,
            620'000,
            SignalOrigin::RulesOnly,
            "",
            {{"rsi", 300'000, -20'000}},
            375'000,
            480'000,
            {{"trees", -80'000, 700'000}},
            {{"premium", 310'000, 200'000}},
            "the model is of another lot"};
}

inline Leg leg(int64_t strike, Side side = Side::Sell) {
    return {option(strike),
            side,
            units(75),
            Price::from_paise(11'860),
            false,
            Price::from_paise(11'855),
            Price::from_paise(11'860)};
}

inline Intent intent() {
    Intent i;
    i.id = 12;
    i.bot = "straddle1";
    i.account = "standard";
    i.product = Product::Carryforward;
    i.purpose = Purpose::Open;
    i.group = 12;
    i.kind = StrategyKind::ShortPremium;
    i.legs = {leg(24'500), leg(24'550)};
    i.policy = LegPolicy::Unwind;
    i.exits.stop_loss = Money::from_rupees(2'000);
    i.exits.square_off_at = at(15, 5);
    i.valid_until = at(9, 24, 36);
    i.entry_timeout = seconds(20);
    i.forward = Price::from_rupees(24'560);
    return i;
}

inline BotEvent bot_event() {
    BotEvent event;
    event.kind = BotEventKind::Remembered;
    event.bot = "straddle1";
    event.group = 12;
    event.group_state = static_cast<uint8_t>(GroupState::Open);
    event.memory = {{"entry", 11'860'00, Unit::PricePoints}};
    return event;
}

inline Decision decision() {
    Decision d;
    d.id = 3;
    d.verdict = Verdict::Approved;
    d.intent = intent();
    d.bounds = {{Price::from_paise(10'000), Price::from_paise(13'000), units(75)},
                {Price::from_paise(10'000), Price::from_paise(13'000), units(75)}};
    d.executor = "e1";
    d.margin_reserved = Money::from_rupees(230'000);
    d.checks = {{ReasonCode::MarginTotal, 2, 7, Unit::Rupees, true, true}};
    return d;
}

inline TradingStateEvent trading_state() {
    return {TradingState::Halted, FlattenPhase::None, "standard", "operator:asha", {}};
}

inline AccountEvent account_event() {
    AccountEvent event;
    event.kind = AccountEventKind::DayStarted;
    event.ledger_entry = 12;
    event.account = "standard";
    event.date = kDay;
    event.capital = Money::from_rupees(1'000'000);
    event.equity = Money::from_rupees(1'000'000);
    return event;
}

inline PositionEvent position_event() {
    PositionEvent event;
    event.key = {"standard", Product::Carryforward, "straddle1", 12, option(24'550)};
    event.position.net = -units(75);
    event.ledger_entry = 4;
    return event;
}

inline OrderEvent order_event() {
    OrderEvent event;
    event.kind = OrderEventKind::PartialFill;
    event.state = OrderState::PartiallyFilled;
    event.child = {12, 1, 0, 2, false};
    event.account = "standard";
    event.bot = "straddle1";
    event.product = Product::Carryforward;
    event.contract = option(24'550);
    event.side = Side::Sell;
    event.quantity = units(150);
    event.limit = Price::from_paise(11'860);
    event.last_quantity = units(75);
    event.last_price = Price::from_paise(11'865);
    event.cumulative = units(75);
    event.leaves = units(75);
    return event;
}

inline GroupEvent group_event() {
    GroupEvent event;
    event.kind = GroupEventKind::Accepted;
    event.state = GroupState::Approved;
    event.group = 12;
    event.bot = "straddle1";
    event.approval = decision();
    return event;
}

inline LedgerEntry ledger_entry() {
    LedgerEntry entry;
    entry.id = 4;
    entry.kind = LedgerKind::Fill;
    entry.account = "standard";
    entry.product = Product::Carryforward;
    entry.bot = "straddle1";
    entry.group = 12;
    entry.contract = option(24'550);
    entry.child = {12, 1, 0, 2, false};
    entry.side = Side::Sell;
    entry.quantity = units(75);
    entry.price = Price::from_paise(11'865);
    entry.charges.brokerage = Money::from_rupees(20);
    return entry;
}

inline Alert alert() {
    return {
        Severity::Warning, {ReasonCode::FeedSilent, {{"duration", 195, Unit::Seconds}}}, "NIFTY"};
}

inline Delivery delivery() {
    Delivery d;
    d.channel = "console";
    d.stream = static_cast<uint16_t>(StreamId::RiskDecision);
    d.seq = 9;
    d.severity = Severity::Info;
    d.text = "denied";
    return d;
}

inline OperatorCommand command() {
    return {OperatorAct::SetParameter, "asha", "straddle1", "stop", 40, "wider today"};
}

inline HealthChange health() {
    return {static_cast<uint8_t>(Service::Feed), true, 1'000'000, 500, -20'000};
}

struct OnStream {
    StreamId stream;
    Payload payload;
};
// One of each payload on a stream that carries it, in the order of the variant.
inline std::vector<OnStream> all() {
    return {{market_data_stream(Underlying::NIFTY), quotes()},
            {StreamId::FeedBar, bars()},
            {StreamId::FeedInstrument, instruments()},
            {StreamId::FeedSession, session()},
            {StreamId::FeedSession, source()},
            {StreamId::MlSignal, signal()},
            {StreamId::StrategyIntent, intent()},
            {StreamId::StrategyBot, bot_event()},
            {StreamId::RiskDecision, decision()},
            {StreamId::RiskState, trading_state()},
            {StreamId::RiskState, account_event()},
            {StreamId::RiskPosition, position_event()},
            {StreamId::ExecutionReport, order_event()},
            {StreamId::ExecutionReport, group_event()},
            {StreamId::ExecutionLedger, ledger_entry()},
            {StreamId::RiskAlert, alert()},
            {StreamId::NotifierDelivery, delivery()},
            {operator_stream(Service::Risk), command()},
            {health_stream(Service::Risk), health()},
            {StreamId::ExecutionReport, ExecutorEvent{"e1"}}};
}

}  // namespace samples
