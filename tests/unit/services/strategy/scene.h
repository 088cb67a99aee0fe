#pragma once

#include "services/strategy/core/strategy_core.h"
#include "tests/unit/services/strategy/core_bench.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sauda::test {

using namespace domain;
using strategy::AccountConfig;
using strategy::BotConfig;
using strategy::BotKind;
using strategy::Gating;
using strategy::ParameterUnit;
using strategy::StrategyConfig;
using strategy::StrategyCore;

// A NIFTY day, 2025-08-29, weekly expiry 2025-09-02, lot 75, tick 0.05; strikes each 50 rupees.
inline Date day() { return base::date_of(2025, 8, 29); }
inline Date expiry() { return base::date_of(2025, 9, 2); }
inline Timestamp at(int hour, int minute, int second = 0) {
    return base::ist(day(), base::seconds((hour * 60 + minute) * 60 + second));
}

inline std::shared_ptr<const MarketRules> rules() {
    auto rules = std::make_shared<MarketRules>();
    const Date from = base::date_of(2020, 1, 1);
    rules->sessions.push_back({Exchange::NSE, from, base::minutes(555), base::minutes(930),
                               base::minutes(930), base::minutes(945)});
    rules->lots.push_back({Underlying::NIFTY, from, units(75)});
    rules->ticks.push_back({Underlying::NIFTY, ContractKind::Call, from, Price::from_paise(5)});
    rules->freezes.push_back({Underlying::NIFTY, from, units(1800)});
    return rules;
}

inline ContractId option(ContractKind kind, int64_t strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry(),
                              Price::from_rupees(strike));
}
inline ContractId forward_id() {
    return ContractId::synthetic(Exchange::NSE, Underlying::NIFTY, expiry());
}

// Premium of a strike in paise: intrinsic value and a time value that falls with the distance.
inline int64_t premium_paise(ContractKind kind, int64_t strike, int64_t forward) {
    const int64_t inner = kind == ContractKind::Call ? forward - strike : strike - forward;
    const int64_t away = std::abs(forward - strike);
    return std::max<int64_t>(inner, 0) * 100 + std::max<int64_t>(500, 11'800 - away * 25);
}

inline Quote quote_of(ContractKind kind, int64_t strike, int64_t forward, Timestamp stamp) {
    const int64_t mid = premium_paise(kind, strike, forward);
    Quote quote;
    quote.contract = option(kind, strike);
    quote.bid = Price::from_paise(mid - 25);
    quote.ask = Price::from_paise(mid + 25);
    quote.last = Price::from_paise(mid);
    quote.bid_size = quote.ask_size = units(750);
    quote.event_time = stamp;
    return quote;
}

// Answers of risk and execution are given by hand; everything else is a core on a bench.
class Scene {
 public:
    explicit Scene(StrategyConfig config, const std::vector<BotKind>& kinds = strategy::bot_kinds())
        : bench([config, &kinds] {
              return std::make_unique<StrategyCore>(config, rules(), kinds);
          }) {}

    CoreBench<StrategyCore> bench;
    Timestamp now = at(9, 0);
    int64_t forward = 24'500;

    void source(int64_t interval_seconds = 1) {
        SourceInfo info;
        info.underlying = Underlying::NIFTY;
        info.date = day();
        info.interval = base::seconds(interval_seconds);
        info.stale_limit = base::seconds(std::max<int64_t>(3, 3 * interval_seconds));
        bench.input(StreamId::FeedSession, info, now);
    }
    void session(SessionKind kind, Underlying underlying = Underlying::Unspecified) {
        SessionEvent event;
        event.kind = kind;
        event.exchange = Exchange::NSE;
        event.underlying = underlying;
        event.date = day();
        event.close_at = at(15, 30);
        bench.input(StreamId::FeedSession, event, now);
    }
    void open_day() {
        source();
        session(SessionKind::DayStart);
        now = at(9, 15);
        session(SessionKind::Open);
    }
    void quotes(std::vector<Quote> list) {
        bench.input(market_data_stream(Underlying::NIFTY),
                    QuoteBatch{Underlying::NIFTY, std::move(list)}, now);
    }
    // Every strike of the chain around 24,500.
    void chain() {
        std::vector<Quote> list;
        for (int64_t strike = 24'000; strike <= 25'000; strike += 50) {
            list.push_back(quote_of(ContractKind::Call, strike, forward, now));
            list.push_back(quote_of(ContractKind::Put, strike, forward, now));
        }
        quotes(std::move(list));
    }
    // The 1-minute bar that ends now, of the forward (and of the index if `spot` is given).
    void bar(int64_t close, int64_t spot = 0) {
        BarBatch batch;
        batch.underlying = Underlying::NIFTY;
        batch.length = base::minutes(1);
        batch.start = now - batch.length;
        const auto add = [&](ContractId contract, int64_t rupees) {
            Bar bar;
            bar.contract = contract;
            bar.open = bar.close = Price::from_rupees(rupees);
            bar.high = Price::from_rupees(rupees + 4);
            bar.low = Price::from_rupees(rupees - 4);
            bar.updates = 60;
            batch.bars.push_back(bar);
        };
        if (spot != 0) {
            add(ContractId::spot(Exchange::NSE, Underlying::NIFTY), spot);
        }
        if (close != 0) {
            add(forward_id(), close);
        }
        bench.input(StreamId::FeedBar, batch, now);
    }
    void signal(int64_t score, int64_t confidence, Timestamp bar_start) {
        Signal signal;
        signal.id = ++signals_;
        signal.underlying = Underlying::NIFTY;
        signal.bar_start = bar_start;
        signal.bar_length = base::minutes(1);
        signal.horizon = base::minutes(15);
        signal.score = score;
        signal.confidence = confidence;
        signal.origin = SignalOrigin::RulesOnly;
        bench.input(StreamId::MlSignal, signal, now);
    }
    void answer(const Intent& intent, Verdict verdict, ReasonCode why = ReasonCode::None) {
        Decision decision;
        decision.id = ++decisions_;
        decision.verdict = verdict;
        decision.intent = intent;
        decision.reason.code = why;
        bench.input(StreamId::RiskDecision, decision, now);
    }
    void group(uint64_t id, GroupEventKind kind, GroupState state, const std::string& bot,
               ReasonCode why = ReasonCode::None, int64_t pnl_rupees = 0) {
        GroupEvent event;
        event.kind = kind;
        event.state = state;
        event.group = id;
        event.bot = bot;
        event.account = "small";
        event.reason.code = why;
        event.pnl = Money::from_rupees(pnl_rupees);
        bench.input(StreamId::ExecutionReport, event, now);
    }
    // Approved, filled, in.
    void fill(const Intent& intent) {
        answer(intent, Verdict::Approved);
        group(intent.id, GroupEventKind::EntryStarted, GroupState::Entering, intent.bot);
        group(intent.id, GroupEventKind::Opened, GroupState::Open, intent.bot);
    }
    void close(const Intent& intent, ReasonCode why, int64_t pnl_rupees) {
        group(intent.id, GroupEventKind::ExitStarted, GroupState::Exiting, intent.bot, why);
        group(intent.id, GroupEventKind::Flattened, GroupState::Closed, intent.bot, why,
              pnl_rupees);
    }
    void command(OperatorAct act, const std::string& bot, const std::string& parameter = "",
                 int64_t value = 0) {
        OperatorCommand command;
        command.act = act;
        command.by = "test";
        command.target = bot;
        command.parameter = parameter;
        command.value = value;
        bench.input(operator_stream(Service::Strategy), command, now);
    }
    void health(Service service, bool is_followed, int64_t offset_ns = 0) {
        HealthChange change;
        change.service = static_cast<uint8_t>(service);
        change.is_followed = is_followed;
        change.clock_offset_ns = offset_ns;
        bench.input(health_stream(Service::Strategy), change, now);
    }

    std::vector<Intent> intents() const { return bench.all<Intent>(); }
    std::vector<BotEvent> events(BotEventKind kind) const {
        auto found = bench.all<BotEvent>();
        std::erase_if(found, [kind](const BotEvent& event) { return event.kind != kind; });
        return found;
    }
    std::vector<ReasonCode> skips() const {
        std::vector<ReasonCode> codes;
        for (const auto& event : events(BotEventKind::Skipped)) {
            codes.push_back(event.reason.code);
        }
        return codes;
    }

 private:
    uint64_t signals_ = 0;
    uint64_t decisions_ = 0;
};

inline StrategyConfig config_of(BotConfig bot) {
    StrategyConfig config;
    config.accounts.push_back({"small", Money::from_rupees(17'000), Money::from_rupees(3'400)});
    config.accounts.push_back(
        {"standard", Money::from_rupees(1'000'000), Money::from_rupees(350'000)});
    config.bots.push_back(std::move(bot));
    return config;
}

inline BotConfig bot_of(std::string name, std::string kind, std::string account = "standard") {
    BotConfig bot;
    bot.name = std::move(name);
    bot.kind = std::move(kind);
    bot.account = std::move(account);
    bot.underlying = Underlying::NIFTY;
    return bot;
}

}  // namespace sauda::test
