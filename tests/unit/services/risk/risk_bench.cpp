#include "tests/unit/services/risk/risk_bench.h"

#include <algorithm>

namespace sauda::risk::test {

MarginParameters test_margin_parameters() {
    MarginParameters p;
    p.price_scan = 93'000;
    p.price_scan_sigmas = 8'485'281;
    p.volatility_scan = 40'000;
    p.volatility_share = 250'000;
    p.exposure = 20'000;
    p.expiry_day_extra = 20'000;
    p.calendar_charge = 17'500;
    p.calendar_on_expiry = false;
    p.volatility = 158'900;
    p.rate = 60'800;
    return p;
}

Money margin_of(const std::vector<margin::MarginLeg>& legs, Price underlying, Date today) {
    margin::SpanEngine engine;
    const auto p = test_margin_parameters();
    engine.set({Exchange::NSE, Underlying::NIFTY}, {underlying, today, p.volatility, p.rate, p});
    return engine.margin(legs).total;
}

Money straddle_margin(int64_t lots, Price call_mark, Price put_mark, Price underlying, Date today) {
    return margin_of(
        {{call(24'500), units(-75 * lots), call_mark}, {put(24'500), units(-75 * lots), put_mark}},
        underlying, today);
}

std::shared_ptr<const MarketRules> test_rules() {
    auto rules = std::make_shared<MarketRules>();
    const Date from = base::date_of(2020, 1, 1);
    rules->sessions.push_back({Exchange::NSE, from, minutes(9 * 60 + 15), minutes(15 * 60 + 30),
                               minutes(15 * 60 + 30), minutes(16 * 60)});
    rules->holidays.push_back({Exchange::NSE, base::date_of(2025, 8, 27), "Ganesh Chaturthi"});
    ChargeRates rates;
    rates.brokerage_per_order = money(20);
    rates.stt_sell = 1'000'000;
    rates.exchange = 355'300;
    rates.sebi = 1'000;
    rates.stamp_buy = 30'000;
    rates.gst = 180'000'000;
    rules->charges.push_back({Exchange::NSE, ContractKind::Call, from, rates});
    rules->margins.push_back({Exchange::NSE, from, {93'000, 20'000, 20'000}});
    rules->margin_parameter_rows.push_back(
        {Exchange::NSE, Underlying::NIFTY, from, test_margin_parameters(), {}});
    rules->protections.push_back(
        {Exchange::NSE, ContractKind::Call, from, {Price::from_rupees(20), 400'000}});
    return rules;
}

RiskBench::RiskBench(RiskConfig config, bool is_begun, std::shared_ptr<const MarketRules> rules)
    : config_(config),
      harness_([config, rules] { return std::make_unique<RiskCore>(config, rules); }) {
    date_ = kFriday;
    at(9, 0);
    if (!is_begun) {
        return;
    }
    executor("executor-1");
    begin_day(kFriday);
    for (const auto& account : config_.accounts) {
        deposit(account.name, account.capital);
    }
    at(10, 0);
    quote_all();
    harness_.take();
}

void RiskBench::begin_day(Date date) {
    date_ = date;
    at(9, 0);
    SourceInfo source;
    source.underlying = Underlying::NIFTY;
    source.date = date;
    source.interval = seconds(1);
    source.stale_limit = seconds(30);
    harness_.input(StreamId::FeedSession, source, now_);
    InstrumentBatch batch{date, {}};
    for (const int64_t strike : {24'000, 24'500, 25'000}) {
        for (const auto contract : {call(strike), put(strike)}) {
            batch.instruments.push_back({contract, units(75), rupees(0.05), units(1'800),
                                         units(9'000), 1,
                                         base::ist(kExpiry, minutes(15 * 60 + 30))});
        }
    }
    batch.instruments.push_back({spot(), units(1), rupees(0.05), {}, {}, 1, {}});
    harness_.input(StreamId::FeedInstrument, batch, now_);
    session(SessionKind::DayStart);
    at(9, 15);
    session(SessionKind::Open);
}

void RiskBench::end_day() {
    at(15, 30);
    session(SessionKind::Close);
    at(16, 0);
    session(SessionKind::DayEnd);
}

void RiskBench::at(int hour, int minute, int second) {
    now_ = base::ist(date_, minutes(hour * 60 + minute)) + seconds(second);
}

void RiskBench::later(Duration by) { now_ = now_ + by; }

void RiskBench::session(SessionKind kind, const std::string& detail) {
    SessionEvent event;
    event.kind = kind;
    event.exchange = Exchange::NSE;
    event.date = date_;
    event.detail = detail;
    if (kind == SessionKind::StaleBegin || kind == SessionKind::StaleEnd) {
        event.underlying = Underlying::NIFTY;
    }
    event.close_at = base::ist(date_, minutes(15 * 60 + 30));
    harness_.input(StreamId::FeedSession, event, now_);
}

void RiskBench::quote_all() {
    quote(spot(), {}, {}, rupees(24'500));
    quote(call(24'000), rupees(520.00), rupees(521.00));
    quote(put(24'000), rupees(18.00), rupees(18.10));
    quote(call(24'500), rupees(118.50), rupees(118.70));
    quote(put(24'500), rupees(95.20), rupees(95.40));
    quote(call(25'000), rupees(20.00), rupees(20.10));
    quote(put(25'000), rupees(510.00), rupees(511.00));
}

void RiskBench::quote(ContractId contract, Price bid, Price ask, Price last, uint32_t flags) {
    Quote quote;
    quote.contract = contract;
    quote.bid = bid;
    quote.ask = ask;
    quote.last = last;
    quote.event_time = now_;
    quote.flags = flags;
    harness_.input(market_data_stream(Underlying::NIFTY), QuoteBatch{Underlying::NIFTY, {quote}},
                   now_);
}

void RiskBench::executor(const std::string& id) {
    harness_.input(StreamId::ExecutionReport, ExecutorEvent{id}, now_);
}

void RiskBench::deposit(const std::string& account, Money amount) {
    LedgerEntry entry;
    entry.id = next_ledger_++;
    entry.kind = LedgerKind::Deposit;
    entry.account = account;
    entry.amount = amount;
    harness_.input(StreamId::ExecutionLedger, entry, now_);
}

Leg RiskBench::leg(ContractId contract, Side side, int64_t quantity, Price limit, bool hedge) {
    return {contract, side, units(quantity), limit, hedge, {}, {}};
}

Intent RiskBench::intent(std::vector<Leg> legs, const std::string& account) {
    Intent intent;
    intent.id = next_intent_++;
    intent.bot = "bot";
    intent.account = account;
    intent.product = Product::Carryforward;
    intent.purpose = Purpose::Open;
    intent.kind = StrategyKind::ShortPremium;
    intent.policy = LegPolicy::Unwind;
    intent.legs = std::move(legs);
    intent.valid_until = now_ + seconds(10);
    return intent;
}

Intent RiskBench::straddle(int64_t lots, const std::string& account) {
    Intent asked = intent({leg(call(24'500), Side::Sell, 75 * lots, rupees(118.00)),
                           leg(put(24'500), Side::Sell, 75 * lots, rupees(95.00))},
                          account);
    asked.exits.stop_loss = money(10'000 * lots);
    asked.exits.target = money(5'000 * lots);
    return asked;
}

Intent RiskBench::long_call(int64_t lots, const std::string& account) {
    Intent asked = intent({leg(call(25'000), Side::Buy, 75 * lots, rupees(20.10))}, account);
    asked.kind = StrategyKind::Directional;
    asked.exits.stop_loss = money(300 * lots);
    return asked;
}

Decision RiskBench::ask(const Intent& intent) {
    harness_.take();
    harness_.input(StreamId::StrategyIntent, intent, now_);
    auto decisions = take<Decision>();
    std::erase_if(decisions, [&](const Decision& d) { return d.intent.id != intent.id; });
    REQUIRE(decisions.size() == 1);  // beside what flatten decided
    return decisions.front();
}

Decision RiskBench::open(const Intent& intent) {
    const Decision decision = ask(intent);
    REQUIRE(decision.verdict != Verdict::Denied);
    group(intent, GroupEventKind::Accepted, GroupState::Approved);
    group(intent, GroupEventKind::EntryStarted, GroupState::Entering);
    for (const auto& entered : decision.intent.legs) {
        fill(intent, entered.contract, entered.side, entered.quantity.raw(), entered.limit);
    }
    group(intent, GroupEventKind::Opened, GroupState::Open);
    return decision;
}

void RiskBench::fill(const Intent& intent, ContractId contract, Side side, int64_t quantity,
                     Price price, Money charges) {
    LedgerEntry entry;
    entry.id = next_ledger_++;
    entry.kind = LedgerKind::Fill;
    entry.account = intent.account;
    entry.product = intent.product;
    entry.bot = intent.bot;
    entry.group = intent.id;
    entry.contract = contract;
    entry.side = side;
    entry.quantity = units(quantity);
    entry.price = price;
    entry.charges.other = charges;
    harness_.input(StreamId::ExecutionLedger, entry, now_);
}

void RiskBench::group(const Intent& intent, GroupEventKind kind, GroupState state) {
    GroupEvent event;
    event.kind = kind;
    event.state = state;
    event.group = intent.id;
    event.account = intent.account;
    event.bot = intent.bot;
    harness_.input(StreamId::ExecutionReport, event, now_);
}

void RiskBench::order(const Intent& intent, ContractId contract, Side side, int64_t quantity,
                      OrderEventKind kind, OrderState state, bool is_exit, uint16_t slice) {
    OrderEvent event;
    event.kind = kind;
    event.state = state;
    event.child = {intent.id, 0, slice, 0, is_exit};
    event.account = intent.account;
    event.bot = intent.bot;
    event.product = intent.product;
    event.contract = contract;
    event.side = side;
    event.quantity = units(quantity);
    event.leaves = units(quantity);
    if (kind == OrderEventKind::Fill || kind == OrderEventKind::PartialFill) {
        event.last_quantity = units(kind == OrderEventKind::Fill ? quantity : 1);
        event.last_price = rupees(100);
        event.cumulative = event.last_quantity;
        event.leaves -= event.last_quantity;
    }
    harness_.input(StreamId::ExecutionReport, event, now_);
}

Intent RiskBench::reduce(const Intent& opened) {
    Intent leaving = intent({}, opened.account);
    leaving.purpose = Purpose::Reduce;
    leaving.bot = opened.bot;
    leaving.group = opened.id;
    for (auto out : opened.legs) {
        out.side = opposite(out.side);
        leaving.legs.push_back(out);
    }
    return leaving;
}

void RiskBench::close(const Intent& opened, Price price) {
    group(opened, GroupEventKind::ExitStarted, GroupState::Exiting);
    for (const auto& out : opened.legs) {
        fill(opened, out.contract, opposite(out.side), out.quantity.raw(), price);
    }
    group(opened, GroupEventKind::Flattened, GroupState::Closed);
}

void RiskBench::command(OperatorAct act, const std::string& note, const std::string& target) {
    OperatorCommand command;
    command.act = act;
    command.by = "asha";
    command.note = note;
    command.target = target;
    harness_.input(operator_stream(Service::Risk), command, now_);
}

int64_t RiskBench::metric(const std::string& name) const {
    std::vector<Metric> metrics;
    core().metrics(metrics);
    for (const auto& metric : metrics) {
        if (metric.name == name) {
            return metric.value;
        }
    }
    FAIL("no metric " << name);
    return 0;
}

CheckResult check_of(const Decision& decision, ReasonCode code) {
    for (const auto& check : decision.checks) {
        if (check.check == code) {
            return check;
        }
    }
    FAIL("check " << static_cast<int>(code) << " was not made");
    return {};
}

bool was_made(const Decision& decision, ReasonCode code) {
    return std::any_of(decision.checks.begin(), decision.checks.end(),
                       [&](const CheckResult& check) { return check.check == code; });
}

int64_t number_of(const Reason& reason, const std::string& name) {
    for (const auto& number : reason.numbers) {
        if (number.name == name) {
            return number.value;
        }
    }
    FAIL("no number " << name << " in reason " << static_cast<int>(reason.code));
    return 0;
}

void require_denied(const Decision& decision, ReasonCode code, int64_t value, int64_t limit) {
    CAPTURE(static_cast<int>(decision.reason.code), static_cast<int>(code));
    REQUIRE(decision.verdict == Verdict::Denied);
    REQUIRE(decision.reason.code == code);
    REQUIRE(decision.reason.numbers.size() >= 2);
    CHECK(decision.reason.numbers[0].value == value);
    CHECK(decision.reason.numbers[1].value == limit);
    const CheckResult check = check_of(decision, code);
    CHECK_FALSE(check.passed);
    CHECK(check.value == value);
    CHECK(check.limit == limit);
    CHECK(decision.bounds.empty());
    CHECK(decision.margin_reserved.is_zero());
    CHECK(decision.risk_reserved.is_zero());
}

}  // namespace sauda::risk::test
