#pragma once

#include "common/base/rng.h"
#include "tests/unit/services/strategy/scene.h"

namespace sauda::test {

struct Input {
    StreamId stream = StreamId::None;
    Payload payload;
};

// Market data, bars and session events of a random walk, one thing after another.
inline std::vector<Input> random_inputs(uint64_t seed, int n) {
    base::Rng rng(seed);
    std::vector<Input> inputs;
    Timestamp now = at(9, 15);
    int64_t price = 24'500;
    for (int i = 0; i < n; ++i) {
        now = now + base::minutes(1);
        price += rng.between(-15, 15);
        if (rng.chance(0.01)) {
            SessionEvent event;
            event.kind = SessionKind::DayStart;
            event.exchange = Exchange::NSE;
            event.date = day();
            inputs.push_back({StreamId::FeedSession, event});
        } else if (rng.chance(0.2)) {
            const Quote quote = quote_of(ContractKind::Call, 24'500, price, now);
            inputs.push_back(
                {market_data_stream(Underlying::NIFTY), QuoteBatch{Underlying::NIFTY, {quote}}});
        } else {
            BarBatch batch;
            batch.underlying = Underlying::NIFTY;
            batch.start = now - base::minutes(1);
            batch.length = base::minutes(1);
            for (const auto contract :
                 {forward_id(), ContractId::spot(Exchange::NSE, Underlying::NIFTY)}) {
                Bar bar;
                bar.contract = contract;
                bar.close = bar.open = Price::from_rupees(price);
                bar.high = Price::from_rupees(price + rng.between(0, 9));
                bar.low = Price::from_rupees(price - rng.between(0, 9));
                if (rng.chance(0.9)) {
                    batch.bars.push_back(bar);
                }
            }
            inputs.push_back({StreamId::FeedBar, batch});
        }
    }
    return inputs;
}

// A whole strategy with both bots under everything that can happen to it, by seed. Answers of
// risk and execution are drawn: denials, silence, partial lives, late reports.
class RandomDay : public Scene {
 public:
    explicit RandomDay(uint64_t seed) : Scene(config()), rng_(seed) { open_day(); }

    void step() {
        now = now + base::milliseconds(rng_.between(50, 20'000));
        bench.advance_to(now);
        market();
        const auto made = bench.all<Intent>();
        for (; answered_ < made.size(); ++answered_) {
            if (rng_.chance(0.85)) {
                take(made[answered_]);
            }
        }
        move_groups();
        disturb();
    }
    void restart() { bench.restart(); }

 private:
    static StrategyConfig config() {
        auto config = config_of(bot_of("straddle", "short_straddle"));
        config.bots.front().parameters["reentries"] = int64_t{5};
        config.bots.front().parameters["reentry_wait"] = int64_t{60};
        for (const auto gating : {Gating::Off, Gating::Veto, Gating::Trade}) {
            auto bot = bot_of("cross" + std::to_string(static_cast<int>(gating)), "sma_crossover",
                              "small");
            bot.gating = gating;
            bot.parameters["fast"] = int64_t{2};
            bot.parameters["slow"] = int64_t{5};
            config.bots.push_back(bot);
        }
        return config;
    }

    void market() {
        forward = std::clamp<int64_t>(forward + rng_.between(-12, 12), 24'200, 24'800);
        if (rng_.chance(0.7)) {
            chain();
        }
        if (now - last_bar_ >= base::minutes(1)) {
            const Timestamp moment = now;
            bar(rng_.chance(0.9) ? forward : 0, forward - 20);
            last_bar_ = moment;
            if (rng_.chance(0.7)) {
                now = now + base::milliseconds(rng_.between(0, 3'000));
                signal(rng_.between(-1'000'000, 1'000'000), rng_.between(0, 1'000'000),
                       moment - base::minutes(1));
            }
        }
    }

    void take(const Intent& intent) {
        if (rng_.chance(0.25)) {
            answer(intent, Verdict::Denied, ReasonCode::CostGate);
            return;
        }
        answer(intent, rng_.chance(0.1) ? Verdict::Reduced : Verdict::Approved);
        if (intent.purpose == Purpose::Open) {
            live_.push_back({intent, GroupState::Approved});
        } else if (rng_.chance(0.8)) {
            for (auto& [open, state] : live_) {
                if (open.id == intent.group) {
                    close(open, ReasonCode::ExitStrategy, rng_.between(-500, 500));
                    state = GroupState::Closed;
                }
            }
        }
    }

    void move_groups() {
        for (auto& [intent, state] : live_) {
            if (state == GroupState::Approved && rng_.chance(0.5)) {
                state = rng_.chance(0.85) ? GroupState::Open : GroupState::Abandoned;
                group(intent.id, GroupEventKind::EntryStarted, GroupState::Entering, intent.bot);
                group(
                    intent.id,
                    state == GroupState::Open ? GroupEventKind::Opened : GroupEventKind::Flattened,
                    state, intent.bot,
                    state == GroupState::Open ? ReasonCode::None : ReasonCode::EntryTimedOut);
            } else if (state == GroupState::Open && rng_.chance(0.05)) {
                close(intent, rng_.chance(0.5) ? ReasonCode::ExitStop : ReasonCode::ExitTarget,
                      rng_.between(-900, 900));
                state = GroupState::Closed;
            }
        }
        std::erase_if(live_, [](const auto& entry) { return is_terminal(entry.second); });
    }

    void disturb() {
        if (rng_.chance(is_stale_ ? 0.3 : 0.02)) {
            is_stale_ = !is_stale_;
            session(is_stale_ ? SessionKind::StaleBegin : SessionKind::StaleEnd, Underlying::NIFTY);
        }
        if (rng_.chance(is_alone_ ? 0.3 : 0.02)) {
            is_alone_ = !is_alone_;
            health(Service::Execution, !is_alone_);
        }
        if (rng_.chance(0.02)) {
            command(rng_.chance(0.3) ? OperatorAct::StopBot : OperatorAct::StartBot,
                    rng_.chance(0.5) ? "straddle" : "cross0");
        }
        if (rng_.chance(0.02)) {
            command(OperatorAct::SetParameter, "cross3", "fast", rng_.between(0, 6));
        }
        if (rng_.chance(is_halted_ ? 0.3 : 0.02)) {
            is_halted_ = !is_halted_;
            TradingStateEvent event;
            event.state = is_halted_ ? TradingState::Halted : TradingState::Active;
            event.account = "standard";
            bench.input(StreamId::RiskState, event, now);
        }
    }

    base::Rng rng_;
    Timestamp last_bar_ = at(9, 15);
    bool is_stale_ = false;
    bool is_alone_ = false;
    bool is_halted_ = false;
    std::size_t answered_ = 0;
    std::vector<std::pair<Intent, GroupState>> live_;
};

}  // namespace sauda::test
