#include "common/base/rng.h"
#include "tests/unit/common/margin/margin_cases.h"

#include <algorithm>
#include <map>
#include <set>

// What must hold for any portfolio, and a twin that computes the same without a single shared line
// of aggregation.
using namespace sauda::margin;
using namespace sauda::margin::test;
using sauda::base::Rng;

namespace {

MarginLeg random_leg(Rng& rng, bool with_futures = true) {
    const Date expiries[] = {kToday, kExpiry, kLater, kOctober};
    const Date expiry = expiries[rng.below(4)];
    int64_t net = 75 * rng.between(-6, 6);
    net = net == 0 ? 75 : net;
    if (with_futures && rng.chance(0.15)) {
        return future(net, expiry);
    }
    const int64_t strike = 24'500 + 50 * rng.between(-30, 30);
    const auto kind = rng.chance(0.5) ? ContractKind::Call : ContractKind::Put;
    const auto id = option_of(kind, strike, expiry);
    // Around the model's value, often a little off, sometimes unknown.
    const Price value = risk_array(id, nifty()).value;
    Price mark = value.scaled(rng.between(60, 140), 100);
    if (rng.chance(0.1)) {
        mark = Price{};
    }
    return {id, units(net), mark};
}

// Legs of different contracts.
std::vector<MarginLeg> random_legs(Rng& rng, int64_t most = 12) {
    std::vector<MarginLeg> legs;
    std::set<uint64_t> seen;
    for (int64_t n = rng.between(1, most); n > 0; --n) {
        const auto leg = random_leg(rng);
        if (seen.insert(leg.contract.raw()).second) {
            legs.push_back(leg);
        }
    }
    return legs;
}

Conditions random_conditions(Rng& rng) {
    auto conditions = nifty();
    conditions.underlying = Price::from_rupees(24'500 + rng.between(-400, 400));
    conditions.volatility = rng.between(60'000, 400'000);
    conditions.parameters.short_option_minimum = rng.chance(0.3) ? 30'000 : 0;
    conditions.parameters.calendar_on_expiry = rng.chance(0.5);
    return conditions;
}

// ---- the twin: per commodity, in doubles and maps, unit by unit of the definition ----

double rupees(Money m) { return m.rupees(); }

struct Twin {
    double scan = 0, calendar = 0, minimum = 0, option_value = 0, exposure = 0, span = 0, total = 0;
};

double scan_of(const std::vector<MarginLeg>& legs, const Conditions& c) {
    double most = 0;
    for (std::size_t s = 0; s < 16; ++s) {
        double sum = 0;
        for (const auto& leg : legs) {
            const auto array = risk_array(leg.contract, c);
            const double mark = leg.mark.is_positive() ? leg.mark.rupees() : array.value.rupees();
            const double loss = array.loss[s].rupees();
            sum += (leg.contract.is_option() ? std::min(loss, mark) : loss) *
                   static_cast<double>(leg.net.raw());
        }
        most = std::max(most, sum);
    }
    return most;
}

double calendar_of(const std::vector<MarginLeg>& legs, const Conditions& c) {
    std::map<int32_t, double> deltas;
    for (const auto& leg : legs) {
        deltas[leg.contract.expiry().days] +=
            static_cast<double>(leg.net.raw()) *
            static_cast<double>(risk_array(leg.contract, c).delta) / 1e6;
    }
    double charge = 0;
    for (auto far = deltas.begin(); far != deltas.end(); ++far) {
        for (auto near = std::make_reverse_iterator(far); near != deltas.rend(); ++near) {
            if (near->second * far->second < 0) {
                const double spread = std::min(std::abs(near->second), std::abs(far->second));
                near->second -= near->second > 0 ? spread : -spread;
                far->second -= far->second > 0 ? spread : -spread;
                charge += spread * c.underlying.rupees() *
                          static_cast<double>(c.parameters.calendar_charge) / 1e6;
            }
        }
    }
    return charge;
}

Twin twin_of(const std::vector<MarginLeg>& legs, const Conditions& c) {
    Twin twin;
    std::vector<MarginLeg> together;
    std::vector<MarginLeg> last_day;
    for (const auto& leg : legs) {
        const bool is_last = leg.contract.expiry() == c.today;
        (is_last && !c.parameters.calendar_on_expiry ? last_day : together).push_back(leg);
        const double value = c.underlying.rupees() * static_cast<double>(leg.net.abs().raw());
        const bool is_short_option = leg.contract.is_option() && leg.net.is_negative();
        if (is_short_option || !leg.contract.is_option()) {
            twin.exposure += value * 0.02;
        }
        if (is_short_option) {
            twin.exposure += is_last ? value * 0.02 : 0;
            twin.minimum += value * static_cast<double>(c.parameters.short_option_minimum) / 1e6;
        }
        if (leg.contract.is_option()) {
            const double mark = leg.mark.is_positive() ? leg.mark.rupees()
                                                       : risk_array(leg.contract, c).value.rupees();
            twin.option_value += mark * static_cast<double>(leg.net.raw());
        }
    }
    twin.scan = scan_of(together, c) + scan_of(last_day, c);
    twin.calendar = calendar_of(together, c);
    const double risk = std::max(twin.scan + twin.calendar, twin.minimum);
    twin.span = std::max(risk - twin.option_value, 0.0);
    twin.total = std::max(risk, twin.option_value) + twin.exposure;
    return twin;
}

}  // namespace

TEST_CASE("margin agrees with a naive twin") {
    Rng rng(5);
    for (int i = 0; i < 400; ++i) {
        CAPTURE(i);
        const auto conditions = random_conditions(rng);
        const auto legs = random_legs(rng);
        SpanEngine engine;
        engine.set(kNifty, conditions);
        const auto margin = engine.margin(legs);
        const auto twin = twin_of(legs, conditions);
        CHECK(rupees(margin.scan) == Approx(twin.scan).margin(0.05));
        CHECK(rupees(margin.calendar) == Approx(twin.calendar).margin(0.05));
        CHECK(rupees(margin.minimum) == Approx(twin.minimum).margin(0.5));
        CHECK(rupees(margin.option_value) == Approx(twin.option_value).margin(0.05));
        CHECK(rupees(margin.exposure) == Approx(twin.exposure).margin(0.5));
        CHECK(rupees(margin.span) == Approx(twin.span).margin(0.5));
        CHECK(rupees(margin.total) == Approx(twin.total).margin(0.5));
    }
}

TEST_CASE("together never needs more than apart, but for the calendar charge") {
    Rng rng(6);
    for (int i = 0; i < 300; ++i) {
        CAPTURE(i);
        SpanEngine engine;
        engine.set(kNifty, random_conditions(rng));
        const auto all = random_legs(rng);
        const auto cut = static_cast<std::ptrdiff_t>(rng.below(all.size() + 1));
        const std::vector<MarginLeg> one(all.begin(), all.begin() + cut);
        const std::vector<MarginLeg> two(all.begin() + cut, all.end());
        const auto together = engine.margin(all);
        CHECK(together.total <=
              engine.margin(one).total + engine.margin(two).total + together.calendar);
        CHECK(together.total - together.calendar <= engine.sum_alone(all));
    }
}

TEST_CASE("a bought option never raises what the exchange asks beside its price") {
    Rng rng(7);
    for (int i = 0; i < 300; ++i) {
        CAPTURE(i);
        SpanEngine engine;
        engine.set(kNifty, random_conditions(rng));
        auto legs = random_legs(rng);
        const auto before = engine.margin(legs);
        auto bought = random_leg(rng, false);
        bought.net = bought.net.abs();
        if (std::any_of(legs.begin(), legs.end(),
                        [&](const auto& leg) { return leg.contract == bought.contract; })) {
            continue;  // at another mark it would revalue what is held
        }
        legs.push_back(bought);
        const auto after = engine.margin(legs);
        const Money price = after.option_value - before.option_value;
        CHECK(after.scan - after.option_value <= before.scan - before.option_value);
        CHECK(after.scan <= before.scan + price);
        CHECK(after.exposure == before.exposure);
        CHECK(after.total <= before.total + price + after.calendar);
    }
}

TEST_CASE("twice the position needs twice the margin") {
    Rng rng(8);
    for (int i = 0; i < 200; ++i) {
        SpanEngine engine;
        engine.set(kNifty, random_conditions(rng));
        auto legs = random_legs(rng);
        const auto once = engine.margin(legs);
        for (auto& leg : legs) {
            leg.net = leg.net + leg.net + leg.net;
        }
        const auto thrice = engine.margin(legs);
        CHECK(thrice.scan == once.scan * 3);
        CHECK(thrice.exposure == once.exposure * 3);
        CHECK(thrice.option_value == once.option_value * 3);
        CHECK((thrice.calendar - once.calendar * 3).abs() < Money::from_paise(1));
        CHECK((thrice.total - once.total * 3).abs() < Money::from_paise(1));
    }
}

TEST_CASE("the order of the legs does not matter, nor what was asked before") {
    Rng rng(9);
    for (int i = 0; i < 200; ++i) {
        const auto conditions = random_conditions(rng);
        SpanEngine used;
        used.set(kNifty, random_conditions(rng));
        static_cast<void>(used.margin(random_legs(rng)));
        used.set(kNifty, conditions);
        auto legs = random_legs(rng);
        const auto first = used.margin(legs);
        for (std::size_t n = legs.size(); n > 1; --n) {
            std::swap(legs[n - 1], legs[rng.below(n)]);
        }
        SpanEngine fresh;
        fresh.set(kNifty, conditions);
        CHECK(fresh.margin(legs) == first);
        std::vector<PlannedLeg> plan;
        for (const auto& leg : legs) {
            plan.push_back({leg, rng.chance(0.5)});
        }
        CHECK(fresh.entry({}, plan).back().after == first);
        CHECK(fresh.exit(legs, plan).back().after == Margin{});
    }
}

TEST_CASE("nothing needs nothing") {
    SpanEngine engine;
    CHECK(engine.margin({}) == Margin{});
    CHECK(engine.worst_on_the_way({}) == Margin{});
    CHECK(engine.sum_alone({}).is_zero());
    engine.set(kNifty, nifty());
    const MarginLeg flat = call(24'500, 0, 100);
    CHECK(engine.margin({&flat, 1}) == Margin{});
    const MarginLeg spot{ContractId::spot(Exchange::NSE, Underlying::NIFTY), units(75), kSpot};
    CHECK(engine.margin({&spot, 1}) == Margin{});
    const MarginLeg expired = call(24'500, -75, 100, {kToday.days - 1});
    CHECK(engine.margin({&expired, 1}) == Margin{});
}

TEST_CASE("no state on the way, partly filled or not, needs more than the worst one told") {
    Rng rng(10);
    for (int i = 0; i < 150; ++i) {
        CAPTURE(i);
        SpanEngine engine;
        engine.set(kNifty, random_conditions(rng));
        std::vector<PlannedLeg> plan;
        for (const auto& leg : random_legs(rng, 5)) {
            plan.push_back({leg, leg.net.is_positive() && leg.contract.is_option()});
        }
        const Money worst = engine.worst_on_the_way(plan).total;
        for (int trial = 0; trial < 20; ++trial) {
            const bool hedges_are_in = rng.chance(0.7);
            std::vector<MarginLeg> state;
            for (const auto& planned : plan) {
                MarginLeg part = planned.leg;
                const int64_t whole = part.net.abs().raw() / 75;
                const int64_t in = planned.is_hedge
                                       ? (hedges_are_in ? whole : rng.between(0, whole))
                                       : (hedges_are_in ? rng.between(0, whole) : 0);
                part.net = units(part.net.is_negative() ? -75 * in : 75 * in);
                state.push_back(part);
            }
            const auto margin = engine.margin(state);
            CHECK(margin.total <= worst + margin.calendar);
        }
        for (const auto& step : engine.entry({}, plan)) {
            CHECK(step.after.total <= worst);
        }
    }
}
