#pragma once

#include "common/summary/session_summary.h"

namespace sauda::summary::test {

using namespace sauda::domain;

inline Date friday() { return base::date_of(2025, 8, 29); }
inline Date expiry() { return base::date_of(2025, 9, 2); }

inline Timestamp at(int hour, int minute, int second = 0) {
    return base::ist(friday(), base::seconds(hour * 3600 + minute * 60 + second));
}
inline ContractId option(ContractKind kind, int strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry(),
                              Price::from_rupees(strike));
}

// NSE at lot 75 with the rates of 2025.
inline std::shared_ptr<const MarketRules> rules() {
    auto r = std::make_shared<MarketRules>();
    const Date from = base::date_of(2000, 1, 1);
    r->sessions = {{Exchange::NSE, from, base::minutes(9 * 60 + 15), base::minutes(15 * 60 + 30),
                    base::minutes(15 * 60 + 30), base::minutes(15 * 60 + 45)}};
    r->lots = {{Underlying::NIFTY, from, base::units(75)}};
    r->ticks = {{Underlying::NIFTY, ContractKind::Call, from, Price::from_paise(5)}};
    r->freezes = {{Underlying::NIFTY, from, base::units(1800)}};
    r->margins = {{Exchange::NSE, from, {93'000, 20'000, 20'000}}};
    ChargeRates rates;
    rates.brokerage_per_order = Money::from_rupees(20);
    rates.stt_sell = 1'000'000;
    rates.exchange = 355'300;
    rates.sebi = 1'000;
    rates.stamp_buy = 30'000;
    rates.gst = 180'000'000;
    r->charges = {{Exchange::NSE, ContractKind::Call, from, rates}};
    return r;
}

// Writes messages as the services would, with the ledger and risk's view of it in step.
class Day {
 public:
    SessionSummary summary{rules()};

    void add(StreamId stream, Payload payload, Timestamp when) {
        Message m;
        m.stream = stream;
        m.seq = ++seq_;
        m.meta.event_time = when;
        m.meta.known_time = when;
        m.payload = std::move(payload);
        summary.add(m);
    }
    void start() {
        SourceInfo info;
        info.name = "day";
        info.origin = Origin::Real;
        info.underlying = Underlying::NIFTY;
        info.date = friday();
        info.interval = base::seconds(65);
        add(StreamId::FeedSession, info, at(9, 0));
        session(SessionKind::DayStart, at(9, 0));
        LedgerEntry deposit;
        deposit.id = ++ledger_id_;
        deposit.kind = LedgerKind::Deposit;
        deposit.account = "standard";
        deposit.amount = Money::from_rupees(10'00'000);
        ledger(deposit, at(9, 0));
        session(SessionKind::Open, at(9, 15));
    }
    void session(SessionKind kind, Timestamp when, Duration lasted = {}) {
        SessionEvent event;
        event.kind = kind;
        event.exchange = Exchange::NSE;
        event.underlying = Underlying::NIFTY;
        event.date = friday();
        event.close_at = at(15, 30);
        event.duration = lasted;
        add(StreamId::FeedSession, event, when);
    }
    void quotes(Timestamp when,
                std::initializer_list<std::tuple<ContractKind, int64_t, int64_t>> all,
                int strike = 24'550) {
        QuoteBatch batch{Underlying::NIFTY, {}};
        for (const auto& [kind, bid, ask] : all) {
            Quote q;
            q.contract = option(kind, strike);
            q.bid = Price::from_paise(bid);
            q.ask = Price::from_paise(ask);
            q.event_time = when;
            batch.quotes.push_back(q);
        }
        add(market_data_stream(Underlying::NIFTY), batch, when);
    }
    // A fill in the ledger, and risk's position after it.
    void fill(Side side, ContractKind kind, int64_t paise, Timestamp when, Charges charges,
              bool is_exit) {
        LedgerEntry entry;
        entry.id = ++ledger_id_;
        entry.kind = LedgerKind::Fill;
        entry.account = "standard";
        entry.product = Product::Carryforward;
        entry.bot = "straddle1";
        entry.group = 1;
        entry.contract = option(kind, 24'550);
        entry.child = {1, static_cast<uint8_t>(kind == ContractKind::Put), 0, 0, is_exit};
        entry.side = side;
        entry.quantity = base::units(75);
        entry.price = Price::from_paise(paise);
        entry.charges = charges;
        ledger(entry, when);
    }
    void correct(Charges charges, Timestamp when) {
        LedgerEntry entry;
        entry.id = ++ledger_id_;
        entry.kind = LedgerKind::Correction;
        entry.account = "standard";
        entry.product = Product::Carryforward;
        entry.bot = "straddle1";
        entry.group = 1;
        entry.contract = option(ContractKind::Call, 24'550);
        entry.charges = charges;
        ledger(entry, when);
    }
    void ledger(const LedgerEntry& entry, Timestamp when) {
        if (entry.id != dropped) {
            add(StreamId::ExecutionLedger, entry, when);
        }
        const auto [key, position] = risk_book_.apply(entry);
        if (entry.kind != LedgerKind::Deposit) {
            add(StreamId::RiskPosition, PositionEvent{key, position, entry.id}, when);
        }
    }
    void group(GroupEventKind kind, GroupState state, Timestamp when, Reason reason = {},
               Money stop = {}) {
        GroupEvent event;
        event.kind = kind;
        event.state = state;
        event.group = 1;
        event.account = "standard";
        event.bot = "straddle1";
        event.reason = std::move(reason);
        event.stop_pnl = stop;
        add(StreamId::ExecutionReport, event, when);
    }
    void order(OrderEventKind kind, OrderState state, Timestamp when, int64_t mid, int64_t touch,
               int64_t price, uint16_t amendment = 0) {
        OrderEvent event;
        event.kind = kind;
        event.state = state;
        event.child = {1, 0, 0, amendment, false};
        event.bot = "straddle1";
        event.contract = option(ContractKind::Call, 24'550);
        event.side = Side::Sell;
        event.quantity = base::units(75);
        event.mid = Price::from_paise(mid);
        event.touch = Price::from_paise(touch);
        event.last_price = Price::from_paise(price);
        event.last_quantity = base::units(price == 0 ? 0 : 75);
        add(StreamId::ExecutionReport, event, when);
    }
    void decision(Verdict verdict, Reason reason, Timestamp when, Money margin = {},
                  std::vector<CheckResult> checks = {}) {
        Decision d;
        d.verdict = verdict;
        d.intent.bot = "straddle1";
        d.intent.purpose = Purpose::Open;
        d.intent.id = 1;
        d.intent.group = 1;
        d.margin_reserved = margin;
        d.reason = std::move(reason);
        d.checks = std::move(checks);
        add(StreamId::RiskDecision, d, when);
    }
    // Sell 24550 CE 118.60 + PE 95.30, buy back 47.75 + 142.35, charged as on the contract note.
    void golden_trade() {
        const auto rates = *rules()->charge_rates(Exchange::NSE, ContractKind::Call, friday());
        const auto charged = [&](Side side, int64_t paise) {
            return charges_of(rates, side, Price::from_paise(paise) * base::units(75), true);
        };
        decision(Verdict::Approved, {}, at(9, 30), Money::from_rupees(2'30'000));
        fill(Side::Sell, ContractKind::Call, 11'860, at(9, 31), charged(Side::Sell, 11'860), false);
        fill(Side::Sell, ContractKind::Put, 9'530, at(9, 31), charged(Side::Sell, 9'530), false);
        group(GroupEventKind::Opened, GroupState::Open, at(9, 31));
        group(GroupEventKind::ExitStarted, GroupState::Exiting, at(14, 0),
              {ReasonCode::ExitTarget, {}});
        fill(Side::Buy, ContractKind::Call, 4'775, at(14, 0, 1), charged(Side::Buy, 4'775), true);
        fill(Side::Buy, ContractKind::Put, 14'235, at(14, 0, 2), charged(Side::Buy, 14'235), true);
        Charges true_up;  // what rounding per order differs from rounding over the note
        true_up.other = Money::from_paise(12'361) - summary.charges_today().total();
        correct(true_up, at(14, 0, 3));
        group(GroupEventKind::Flattened, GroupState::Closed, at(14, 0, 3));
    }

    uint64_t dropped = 0;  // ledger entry the summary never gets

 private:
    PositionBook risk_book_;
    uint64_t seq_ = 0;
    uint64_t ledger_id_ = 0;
};

}  // namespace sauda::summary::test
