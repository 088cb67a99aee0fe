#include "common/base/rng.h"
#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

namespace {

// A random walk of a small chain with random approvals, exits, halts and stale periods.
class RandomSession {
 public:
    RandomSession(uint64_t seed, Duration interval)
        : rng_(seed), desk_(default_config(), interval) {
        desk_.open_session();
        for (int strike = 24'400; strike <= 24'700; strike += 50) {
            walks_.push_back({call(strike), rng_.between(400, 4000)});
            walks_.push_back({put(strike), rng_.between(400, 4000)});
        }
        now_ = at(9, 20);
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            now_ = now_ + milliseconds(rng_.between(1, 60) * 10);
            step();
            if (i % 50 == 0) {
                check_invariants(desk_);
            }
            if (i % 97 == 0) {
                desk_.restart();
            }
        }
    }
    Desktop& desk() { return desk_; }
    Timestamp now() const { return now_; }

 private:
    struct Walk {
        ContractId contract;
        int64_t ticks;
    };

    void step() {
        const uint64_t what = rng_.below(100);
        if (what < 80) {
            quote_some();
        } else if (what < 90) {
            enter();
        } else if (what < 94) {
            desk_.reduce(rng_.below(std::max<uint64_t>(last_group_, 1)) + 1,
                         ReasonCode::ExitStrategy, now_);
        } else if (what < 95) {
            desk_.command(domain::OperatorAct::Halt, now_);
        } else if (what < 98) {
            desk_.command(domain::OperatorAct::Resume, now_);
        } else {
            desk_.session(
                rng_.chance(0.5) ? domain::SessionKind::StaleBegin : domain::SessionKind::StaleEnd,
                now_);
        }
    }

    void quote_some() {
        std::vector<domain::Quote> list;
        for (auto& walk : walks_) {
            if (!rng_.chance(0.6)) {
                continue;
            }
            walk.ticks = std::clamp<int64_t>(walk.ticks + rng_.between(-30, 30), 20, 8000);
            domain::Quote q;
            q.contract = walk.contract;
            q.bid = Price::from_paise(5 * walk.ticks);
            q.ask = Price::from_paise(5 * (walk.ticks + rng_.between(1, 6)));
            q.last = rng_.chance(0.5) ? q.bid : q.ask;
            q.bid_size = units(75 * rng_.between(0, 4));
            q.ask_size = units(75 * rng_.between(0, 4) / 2);
            q.volume = units(volume_ += rng_.between(0, 500));
            if (rng_.chance(0.03)) {
                (rng_.chance(0.5) ? q.bid : q.ask) = Price{};
            }
            list.push_back(q);
        }
        desk_.quotes(now_, std::move(list));
    }

    void enter() {
        std::vector<domain::Leg> legs;
        const std::size_t first = rng_.below(walks_.size());
        const std::size_t count = 1 + rng_.below(3);
        for (std::size_t i = 0; i < count; ++i) {
            const Walk& walk = walks_[(first + i * 3) % walks_.size()];
            const Side side = rng_.chance(0.5) ? Side::Buy : Side::Sell;
            const int64_t offset = rng_.between(-10, 20);
            domain::Leg l = leg(walk.contract, side, 75 * rng_.between(1, 40), 1.0,
                                side == Side::Buy && rng_.chance(0.3));
            const int64_t limit = walk.ticks + (side == Side::Buy ? offset : -offset);
            l.limit = Price::from_paise(5 * std::max<int64_t>(limit, 1));
            legs.push_back(l);
        }
        auto decision = desk_.approval(std::move(legs), static_cast<LegPolicy>(1 + rng_.below(3)));
        decision.intent.entry_timeout = seconds(rng_.between(1, 8));
        domain::ExitPlan& plan = decision.intent.exits;
        plan.stop_loss = Money::from_rupees(rng_.between(0, 3000));
        plan.target = Money::from_rupees(rng_.between(0, 3000));
        plan.trailing_trigger = Money::from_rupees(rng_.between(100, 500));
        plan.trailing_distance = Money::from_rupees(rng_.between(0, 400));
        plan.square_off_at = now_ + seconds(rng_.between(5, 60));
        last_group_ = desk_.decide(decision, now_);
    }

    base::Rng rng_;
    Desktop desk_;
    std::vector<Walk> walks_;
    Timestamp now_;
    int64_t volume_ = 0;
    uint64_t last_group_ = 0;
};

void run_seed(uint64_t seed, Duration interval) {
    RandomSession session(seed, interval);
    session.run(400);
    Desktop& desk = session.desk();
    REQUIRE(desk.orders(OrderEventKind::Fill).size() > 10);
    REQUIRE(desk.orders(OrderEventKind::PartialFill).size() > 3);
    REQUIRE(desk.orders(OrderEventKind::Cancelled).size() > 5);
    desk.check_recovery();
}

}  // namespace

TEST_CASE("random sessions keep the books, never flip, and are rebuilt bit for bit") {
    for (uint64_t seed = 1; seed <= 6; ++seed) {
        run_seed(seed, milliseconds(250));
    }
}

TEST_CASE("random sessions of snapshots do too") {
    for (uint64_t seed = 11; seed <= 14; ++seed) {
        run_seed(seed, seconds(3));
    }
}

TEST_CASE("a random session that is flattened and left alone ends flat") {
    for (uint64_t seed = 21; seed <= 24; ++seed) {
        RandomSession session(seed, milliseconds(250));
        session.run(200);
        Desktop& desk = session.desk();
        desk.command(domain::OperatorAct::Flatten, session.now());
        for (int i = 1; i < 200; ++i) {
            std::vector<domain::Quote> list;
            for (int strike = 24'400; strike <= 24'700; strike += 50) {
                list.push_back(quote(call(strike), 50, 50.1));
                list.push_back(quote(put(strike), 50, 50.1));
            }
            desk.quotes(session.now() + seconds(i), list);
        }
        REQUIRE(desk.core().state().active().empty());
        desk.check_recovery();
    }
}

TEST_CASE("bytes that do not fit are refused and leave a fresh core") {
    Desktop desk;
    const std::string fresh = desk.core().save();
    desk.open_session();
    desk.open_straddle();
    const std::string bytes = desk.core().save();
    ExecutionCore other(default_config(), rules_of_2025());
    REQUIRE_FALSE(other.load(std::string_view(bytes).substr(0, bytes.size() - 3)));
    const bool is_fresh = other.save() == fresh;
    REQUIRE(is_fresh);
}

}  // namespace sauda::execution::test
