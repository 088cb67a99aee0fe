#include "tests/support/documented_table.h"
#include "tests/unit/common/margin/margin_cases.h"

// What usual positions need, as the page of margin shows it.
using namespace sauda::margin;
using namespace sauda::margin::test;

namespace {

struct Shape {
    const char* name;
    std::vector<PlannedLeg> legs;
};

// Lots of 75, at about 10 % of volatility and four days.
std::vector<Shape> shapes(Date expiry) {
    const auto sold_call = [&](int64_t strike, double mark) {
        return PlannedLeg{call(strike, -75, mark, expiry), false};
    };
    const auto sold_put = [&](int64_t strike, double mark) {
        return PlannedLeg{put(strike, -75, mark, expiry), false};
    };
    const auto bought_call = [&](int64_t strike, double mark) {
        return PlannedLeg{call(strike, 75, mark, expiry), true};
    };
    const auto bought_put = [&](int64_t strike, double mark) {
        return PlannedLeg{put(strike, 75, mark, expiry), true};
    };
    return {
        {"bought call 24,500", {bought_call(24'500, 118.5)}},
        {"sold put 24,500", {sold_put(24'500, 95.3)}},
        {"sold straddle 24,500", {sold_call(24'500, 118.5), sold_put(24'500, 95.3)}},
        {"sold strangle 24,300 / 24,700", {sold_call(24'700, 42.0), sold_put(24'300, 38.0)}},
        {"sold put 24,500, bought put 24,300", {sold_put(24'500, 95.3), bought_put(24'300, 38.0)}},
        {"iron condor 24,100 / 24,300 / 24,700 / 24,900",
         {sold_call(24'700, 42.0), sold_put(24'300, 38.0), bought_call(24'900, 14.0),
          bought_put(24'100, 15.0)}},
        {"iron butterfly 24,200 / 24,500 / 24,800",
         {sold_call(24'500, 118.5), sold_put(24'500, 95.3), bought_call(24'800, 25.0),
          bought_put(24'200, 24.0)}},
    };
}

std::string lakh(Money amount) {
    const int64_t hundredths = sauda::base::scale_half_up(amount.raw(), 1, int64_t{10'000} * 1'000);
    std::string digits = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + "." + (digits.size() < 2 ? "0" : "") + digits;
}

Money peak_of(const std::vector<MarginStep>& steps) {
    Money peak;
    for (const auto& step : steps) {
        peak = std::max(peak, step.after.total);
    }
    return peak;
}

std::vector<PlannedLeg> without_hedges(std::vector<PlannedLeg> plan) {
    for (auto& planned : plan) {
        planned.is_hedge = false;
    }
    return plan;
}

}  // namespace

TEST_CASE("what usual positions need is what the page says") {
    std::string table =
        "| one lot of 75 | legs alone | together | on expiry day | entered hedges first, at most | "
        "entered short legs first, at most |\n|---|---|---|---|---|---|\n";
    const auto last_day = shapes(kToday);
    auto engine = engine_on();
    std::size_t i = 0;
    for (const auto& shape : shapes(kExpiry)) {
        std::vector<MarginLeg> legs;
        for (const auto& planned : shape.legs) {
            legs.push_back(planned.leg);
        }
        const Money together = engine.margin(legs).total;
        const Money hedged_way = peak_of(engine.entry({}, shape.legs));
        // The shapes list what is sold first.
        const Money other_way = peak_of(engine.entry({}, without_hedges(shape.legs)));
        table += std::string("| ") + shape.name + " | " + lakh(engine.sum_alone(legs)) + " | " +
                 lakh(together) + " | " + lakh(engine.what_if({}, last_day[i++].legs).total) +
                 " | " + lakh(hedged_way) + " | " + lakh(other_way) + " |\n";
        CHECK(hedged_way <= engine.worst_on_the_way(shape.legs).total);
        CHECK(other_way <= engine.worst_on_the_way(without_hedges(shape.legs)).total);
        CHECK(together <= hedged_way);
        CHECK(hedged_way <= other_way);
    }
    CHECK(sauda::test::documented_table("docs/accuracy/margin.md", "shapes", table) == "");
}
