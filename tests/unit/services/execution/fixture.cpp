#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

std::shared_ptr<const domain::MarketRules> rules_of_2025() {
    using domain::Exchange;
    using domain::Underlying;
    const Date from = base::date_of(2024, 10, 1);
    auto rules = std::make_shared<domain::MarketRules>();
    const Duration open = minutes(9 * 60 + 15);
    const Duration close = minutes(15 * 60 + 30);
    rules->sessions = {{Exchange::NSE, from, open, close, close}};
    rules->lots = {{Underlying::NIFTY, from, units(75)}};
    rules->freezes = {{Underlying::NIFTY, from, units(1800)}};
    rules->ticks = {{Underlying::NIFTY, ContractKind::Call, from, Price::from_paise(5)}};
    domain::ChargeRates rates;
    rates.brokerage_per_order = Money::from_rupees(20);
    rates.stt_sell = 1'000'000;
    rates.stt_exercise = 1'250'000;
    rates.exchange = 355'300;
    rates.sebi = 1'000;
    rates.stamp_buy = 30'000;
    rates.gst = 180'000'000;
    rules->charges = {{Exchange::NSE, ContractKind::Call, from, rates}};
    rules->protections = {
        {Exchange::NSE, ContractKind::Call, from, {Price::from_rupees(20), 400'000}}};
    rules->underlyings = {{Underlying::NIFTY, Exchange::NSE, domain::OptionSettlement::Cash},
                          {Underlying::CRUDEOIL, Exchange::MCX, domain::OptionSettlement::Future}};
    rules->sessions.push_back(
        {Exchange::MCX, from, minutes(9 * 60), minutes(23 * 60 + 30), minutes(23 * 60 + 30)});
    rules->lots.push_back({Underlying::CRUDEOIL, from, units(100)});
    rules->freezes.push_back({Underlying::CRUDEOIL, from, units(10'000)});
    rules->ticks.push_back({Underlying::CRUDEOIL, ContractKind::Call, from, Price::from_paise(5)});
    rules->ticks.push_back({Underlying::CRUDEOIL, ContractKind::Future, from, rupees(1)});
    rates.stt_sell = 500'000;    // 0.05 %
    rates.stt_exercise = 1'000;  // 0.0001 %
    rules->charges.push_back({Exchange::MCX, ContractKind::Call, from, rates});
    rates.stt_sell = 100'000;
    rules->charges.push_back({Exchange::MCX, ContractKind::Future, from, rates});
    return rules;
}

ExecutionConfig default_config() {
    ExecutionConfig config;
    config.accounts = {{kAccount, Money::from_rupees(1'000'000)}};
    config.database_id = kDatabase;
    return config;
}

domain::Quote quote(ContractId contract, double bid, double ask, int64_t size) {
    domain::Quote q;
    q.contract = contract;
    q.bid = bid > 0 ? rupees(bid) : Price{};
    q.ask = ask > 0 ? rupees(ask) : Price{};
    q.last = q.is_two_sided() ? q.mid() : (bid > 0 ? q.bid : q.ask);
    q.bid_size = q.ask_size = units(size);
    return q;
}

domain::Leg leg(ContractId contract, Side side, int64_t quantity, double limit, bool is_hedge) {
    domain::Leg l;
    l.contract = contract;
    l.side = side;
    l.quantity = units(quantity);
    l.limit = rupees(limit);
    l.is_hedge = is_hedge;
    return l;
}

Desktop::Desktop(const ExecutionConfig& config, Duration interval, bool has_depth)
    : CoreHarness([config] { return std::make_unique<ExecutionCore>(config, rules_of_2025()); }),
      interval_(interval),
      has_depth_(has_depth) {}

void Desktop::open_session() {
    domain::SourceInfo source;
    source.name = "test";
    source.underlying = domain::Underlying::NIFTY;
    source.interval = interval_;
    source.has_depth = has_depth_;
    input(StreamId::FeedSession, source, at(9, 0));
    session(domain::SessionKind::DayStart, at(9, 0));
    session(domain::SessionKind::Open, at(9, 15));
    advance_to(at(9, 20));
}

void Desktop::session(domain::SessionKind kind, Timestamp when) {
    domain::SessionEvent event;
    event.kind = kind;
    event.exchange = domain::Exchange::NSE;
    event.underlying = domain::Underlying::NIFTY;
    event.date = base::ist_date(when);
    input(StreamId::FeedSession, event, when);
}

void Desktop::settle(double price, Timestamp when) {
    domain::SessionEvent event;
    event.kind = domain::SessionKind::Settlement;
    event.exchange = domain::Exchange::NSE;
    event.underlying = domain::Underlying::NIFTY;
    event.date = base::ist_date(when);
    event.expiry = kExpiry;
    event.price = rupees(price);
    input(StreamId::FeedSession, event, when);
}

void Desktop::quotes(Timestamp when, std::vector<domain::Quote> list) {
    domain::QuoteBatch batch;
    batch.underlying = domain::Underlying::NIFTY;
    batch.quotes = std::move(list);
    input(domain::market_data_stream(batch.underlying), batch, when);
    check_invariants(*this);
}

domain::Decision Desktop::approval(std::vector<domain::Leg> legs, LegPolicy policy) {
    domain::Decision decision;
    decision.verdict = domain::Verdict::Approved;
    decision.executor = kDatabase;
    domain::Intent& intent = decision.intent;
    intent.bot = "tester";
    intent.account = kAccount;
    intent.product = domain::Product::Carryforward;
    intent.purpose = domain::Purpose::Open;
    intent.kind = domain::StrategyKind::ShortPremium;
    intent.policy = policy;
    for (const auto& l : legs) {
        decision.bounds.push_back({rupees(0.05), rupees(1000), l.quantity});
    }
    intent.legs = std::move(legs);
    return decision;
}

uint64_t Desktop::decide(const domain::Decision& decision, Timestamp when) {
    domain::Decision sent = decision;
    if (sent.id == 0) {
        sent.id = next_decision_++;
    }
    if (sent.intent.id == 0) {
        sent.intent.id = next_intent_++;
    }
    if (!sent.intent.valid_until.is_set()) {
        sent.intent.valid_until = when + seconds(5);
    }
    input(StreamId::RiskDecision, sent, when);
    check_invariants(*this);
    return sent.intent.id;
}

void Desktop::reduce(uint64_t group, ReasonCode why, Timestamp when) {
    domain::Decision decision;
    decision.verdict = domain::Verdict::Approved;
    decision.executor = kDatabase;
    decision.intent.purpose = domain::Purpose::Reduce;
    decision.intent.bot = "tester";
    decision.intent.account = kAccount;
    decision.intent.group = group;
    decision.intent.why.code = why;
    decide(decision, when);
}

void Desktop::risk_state(domain::TradingState state, Timestamp when) {
    domain::TradingStateEvent event;
    event.state = state;
    event.by = "risk";
    input(StreamId::RiskState, event, when);
    check_invariants(*this);
}

void Desktop::command(domain::OperatorAct act, Timestamp when) {
    domain::OperatorCommand command;
    command.act = act;
    command.by = "owner";
    input(domain::operator_stream(domain::Service::Execution), command, when);
    check_invariants(*this);
}

void Desktop::report(const VenueReport& report, Timestamp when) {
    act(when, [&](ExecutionCore& core, domain::Emitter& out) {
        core.on_venue_report(report, when, out);
    });
}

std::vector<GroupEventKind> Desktop::steps(uint64_t group) const {
    std::vector<GroupEventKind> kinds;
    for (const auto& event : sauda::test::payloads_of<GroupEvent>(events())) {
        if (event.group == group) {
            kinds.push_back(event.kind);
        }
    }
    return kinds;
}

std::vector<OrderEvent> Desktop::orders(OrderEventKind kind) const {
    auto found = sauda::test::payloads_of<OrderEvent>(events());
    std::erase_if(found, [&](const OrderEvent& event) { return event.kind != kind; });
    return found;
}

std::vector<domain::LedgerEntry> Desktop::ledger(domain::LedgerKind kind) const {
    auto found = sauda::test::payloads_of<domain::LedgerEntry>(events());
    std::erase_if(found, [&](const auto& entry) { return entry.kind != kind; });
    return found;
}

std::vector<domain::Alert> Desktop::alerts(ReasonCode code) const {
    auto found = sauda::test::payloads_of<domain::Alert>(events());
    std::erase_if(found, [&](const auto& alert) { return alert.reason.code != code; });
    return found;
}

GroupEvent Desktop::last_step(uint64_t group) const {
    GroupEvent last;
    for (const auto& event : sauda::test::payloads_of<GroupEvent>(events())) {
        last = event.group == group ? event : last;
    }
    return last;
}

uint64_t Desktop::open_straddle(const domain::ExitPlan& exits) {
    quotes(at(9, 20), {quote(call(24550), 118.60, 118.70), quote(put(24550), 95.30, 95.40)});
    auto decision = approval(
        {leg(call(24550), Side::Sell, 75, 118.00), leg(put(24550), Side::Sell, 75, 95.00)});
    decision.intent.exits = exits;
    const uint64_t id = decide(decision, at(9, 20));
    quotes(at(9, 20, 1), {quote(call(24550), 118.60, 118.70), quote(put(24550), 95.30, 95.40)});
    REQUIRE(group(id).state == GroupState::Open);
    return id;
}

uint64_t Desktop::open_call(const domain::ExitPlan& exits, int64_t quantity) {
    quotes(at(9, 20), {quote(call(24550), 99.90, 100.00)});
    auto decision = approval({leg(call(24550), Side::Buy, quantity, 100.50)});
    decision.intent.exits = exits;
    const uint64_t id = decide(decision, at(9, 20));
    quotes(at(9, 20, 1), {quote(call(24550), 99.90, 100.00)});
    REQUIRE(group(id).state == GroupState::Open);
    return id;
}

void check_invariants(const Desktop& desk) {
    domain::PositionBook folded;
    std::map<uint64_t, bool> approved;
    for (const auto& message : desk.events()) {
        if (const auto* entry = std::get_if<domain::LedgerEntry>(&message.payload)) {
            folded.apply(*entry);
        } else if (const auto* step = std::get_if<GroupEvent>(&message.payload)) {
            approved[step->group] = approved[step->group] || step->approval.has_value();
        } else if (const auto* order = std::get_if<OrderEvent>(&message.payload)) {
            const bool child_has_approval = approved[order->child.group];
            REQUIRE(child_has_approval);
        }
    }
    const State& state = desk.core().state();
    const bool book_is_the_fold_of_the_ledger = folded == state.book;
    REQUIRE(book_is_the_fold_of_the_ledger);
    for (const auto& [id, group] : state.groups) {
        for (uint8_t i = 0; i < group.legs.size(); ++i) {
            const GroupLeg& leg = group.legs[i];
            const auto position =
                folded.find({group.account, group.product, group.bot, group.id, leg.leg.contract});
            REQUIRE(position.net == leg.net);
            REQUIRE(group.working(i, true) <= leg.net.abs());
            REQUIRE(leg.entered + group.working(i, false) <= leg.leg.quantity);
            const bool flipped =
                leg.leg.side == Side::Buy ? leg.net.is_negative() : leg.net.is_positive();
            REQUIRE_FALSE(flipped);
        }
    }
}

}  // namespace sauda::execution::test
