#include "common/base/rng.h"
#include "common/wire/codec.h"
#include "tests/unit/services/risk/risk_bench.h"

using namespace sauda::risk;
using namespace sauda::risk::test;
using sauda::base::Rng;

namespace {

// Throws everything risk can meet at it, sensible or not.
class Storm {
 public:
    Storm(RiskBench& bench, uint64_t seed) : bench_(bench), rng_(seed) {}

    void step() {
        bench_.later(sauda::base::milliseconds(rng_.between(0, 4'000)));
        switch (rng_.below(10)) {
            case 0:
            case 1:
            case 2:
                move_market();
                break;
            case 3:
            case 4:
                ask();
                break;
            case 5:
            case 6:
                report();
                break;
            case 7:
                order();
                break;
            case 8:
                leave();
                break;
            default:
                disturb();
                break;
        }
    }

 private:
    void move_market() {
        const int64_t drift = rng_.between(-20, 20);
        bench_.quote(spot(), {}, {}, rupees(static_cast<double>(24'500 + drift)));
        const auto contract = rng_.chance(0.5) ? call(24'500) : put(24'500);
        const double price = static_cast<double>(rng_.between(40, 300));
        const bool one_sided = rng_.chance(0.1);
        bench_.quote(contract, rupees(price), one_sided ? Price{} : rupees(price + 0.5),
                     rupees(price));
        bench_.quote(call(25'000), rupees(20.00), rupees(20.10));
    }

    void ask() {
        auto intent = rng_.chance(0.5) ? bench_.straddle(rng_.between(1, 3))
                                       : bench_.long_call(rng_.between(1, 30));
        for (auto& leg : intent.legs) {
            if (const auto* quote = bench_.core().market().quote(leg.contract)) {
                const Price touch = leg.side == Side::Buy ? quote->ask : quote->bid;
                leg.limit = touch.is_positive() ? touch : leg.limit;
            }
        }
        intent.bot = rng_.chance(0.7) ? "bot" : "other";
        if (rng_.chance(0.1)) {
            intent.legs[0].quantity += units(1);
        }
        if (bench_.ask(intent).verdict != Verdict::Denied) {
            groups_.push_back(intent);
        }
    }

    const Intent* any_group() {
        return groups_.empty() ? nullptr : &groups_[rng_.below(groups_.size())];
    }

    void report() {
        const auto* intent = any_group();
        if (intent == nullptr) {
            return;
        }
        const auto* group = bench_.core().state().group(intent->account, intent->id);
        const auto kind = static_cast<GroupEventKind>(rng_.between(1, 9));
        const auto from = group != nullptr ? group->state : GroupState::Closed;
        if (const auto next = next_state(from, kind)) {
            bench_.group(*intent, kind, *next);
        }
        const auto& leg = intent->legs[rng_.below(intent->legs.size())];
        bench_.fill(*intent, leg.contract, rng_.chance(0.5) ? leg.side : opposite(leg.side), 75,
                    leg.limit, Money::from_paise(rng_.between(0, 5'000)));
    }

    void order() {
        const auto* intent = any_group();
        if (intent == nullptr) {
            return;
        }
        const auto kind = static_cast<OrderEventKind>(rng_.between(1, 13));
        const auto state = static_cast<OrderState>(rng_.between(1, 10));
        const auto& leg = intent->legs.front();
        bench_.order(*intent, leg.contract, rng_.chance(0.5) ? leg.side : opposite(leg.side), 75,
                     kind, state, rng_.chance(0.5), static_cast<uint16_t>(rng_.below(3)));
    }

    void leave() {
        if (const auto* intent = any_group()) {
            bench_.ask(bench_.reduce(*intent));
        }
    }

    void disturb() {
        switch (rng_.below(8)) {
            case 0:
                bench_.command(OperatorAct::Halt);
                break;
            case 1:
                bench_.command(OperatorAct::Flatten, {}, "standard");
                break;
            case 2:
            case 3:
            case 4:
                bench_.command(OperatorAct::Resume, "again");
                break;
            case 5:
                bench_.session(rng_.chance(0.5) ? SessionKind::StaleBegin : SessionKind::StaleEnd);
                break;
            case 6:
                bench_.deposit("standard", money(rng_.between(0, 50'000)));
                break;
            default:
                bench_.executor("executor-" + std::to_string(rng_.below(3)));
                break;
        }
    }

    RiskBench& bench_;
    Rng rng_;
    std::vector<Intent> groups_;
};

// What risk says passes the gate of the bus and comes out of its bytes as it was.
void require_on_the_bus(const Message& event) {
    const auto decoded = sauda::wire::decode(event.stream, sauda::wire::schema_of(event.payload),
                                             sauda::wire::encode(event.meta, event.payload));
    if (!decoded) {
        FAIL(decoded.error().text);
        return;
    }
    const bool is_same = decoded->payload == event.payload;
    REQUIRE(is_same);
}

}  // namespace

TEST_CASE("a core rebuilt from its events is equal, whatever happened") {
    for (uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        auto config = default_config();
        config.accounts[1].limits.trades_per_day = 100;
        config.accounts[1].limits.positions_max = 100;
        config.accounts[1].limits.flatten_on_daily_loss = seed % 2 == 0;
        RiskBench bench(config);
        Storm storm(bench, seed);
        for (const Date date : {kFriday, kMonday}) {
            if (date == kMonday) {
                bench.end_day();
                bench.begin_day(kMonday);
                bench.at(9, 30);
                bench.quote_all();
            }
            for (int i = 0; i < 150; ++i) {
                storm.step();
                if (i % 50 == 25) {
                    bench.harness().restart();
                }
            }
        }
        bench.harness().check_recovery();
        CHECK(bench.harness().events().size() > 100);
        for (const auto& event : bench.harness().events()) {
            require_on_the_bus(event);
        }
    }
}

TEST_CASE("bytes that do not fit leave a fresh core") {
    RiskBench bench;
    bench.open(bench.straddle());
    const auto saved = bench.core().save();
    RiskCore fresh(default_config(), test_rules());
    const auto empty = fresh.save();
    RiskCore other(default_config(), test_rules());
    REQUIRE(other.load(saved));
    REQUIRE(other.save() == saved);
    CHECK_FALSE(other.load(saved.substr(0, saved.size() / 2)));
    CHECK(other.save() == empty);
    CHECK_FALSE(other.load(saved + "x"));
    CHECK(other.save() == empty);
}
