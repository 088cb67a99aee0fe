#pragma once

#include "common/margin/risk_array.h"

#include <map>
#include <span>
#include <unordered_map>
#include <vector>

namespace sauda::margin {

// What positions need. Over several commodities the figures are sums.
// total = max(max(scan + calendar, minimum), option_value) + exposure: what the equity (cash and
// positions at their marks) must carry, so a bought option needs its price and a short one the loss
// it is exposed to. span is the exchange's own figure, max(max(scan + calendar, minimum) -
// option_value, 0): cash beside what the sold options brought in. total <= equity says the same as
// span + exposure <= cash.
struct Margin {
    domain::Money total;
    domain::Money scan;          // largest loss over the scenarios, >= 0
    domain::Money calendar;      // charge on spreads between expiries
    domain::Money minimum;       // of short options
    domain::Money option_value;  // long less short options at their marks; may be negative
    domain::Money span;
    domain::Money exposure;    // of futures and short options, with the expiry day's extra
    int worst_scenario = 0;    // 1 to 16, of the first commodity that has one; 0: none
    bool is_estimate = false;  // some commodity's volatility is unknown: flat_margin stands in

    Margin& operator+=(const Margin& other);
    friend bool operator==(const Margin&, const Margin&) = default;
};

// A leg of a plan. Hedges go in first and out last.
struct PlannedLeg {
    MarginLeg leg;
    bool is_hedge = false;
};

// One step of a plan carried out leg by leg: what is needed after it.
struct MarginStep {
    std::size_t leg = 0;  // index into the plan
    Margin after;
};

// Margin of portfolios, deterministic and exact in integers once the arrays are made: the order of
// legs does not matter. Keeps the arrays made under the conditions of the moment; they are nothing
// but memory, so an engine is never saved. Not thread safe.
// Every leg's commodity must have its conditions; expired legs need nothing.
class SpanEngine {
 public:
    // The market as it is now; arrays made under other conditions are forgotten.
    void set(Commodity commodity, const Conditions& conditions);
    [[nodiscard]] const Conditions* conditions(Commodity commodity) const;

    // Legs of the same contract are netted, at the larger of their marks.
    [[nodiscard]] Margin margin(std::span<const MarginLeg> legs);
    // The same with a plan carried out whole.
    [[nodiscard]] Margin what_if(std::span<const MarginLeg> held, std::span<const PlannedLeg> plan);
    // Each leg on its own, added up: less margin() is what they save each other.
    [[nodiscard]] domain::Money sum_alone(std::span<const MarginLeg> legs);
    // After each leg: hedges first, otherwise in the order given.
    [[nodiscard]] std::vector<MarginStep> entry(std::span<const MarginLeg> held,
                                                std::span<const PlannedLeg> plan);
    // After each leg of `plan` has left `held` again: hedges last, otherwise in the order given.
    [[nodiscard]] std::vector<MarginStep> exit(std::span<const MarginLeg> held,
                                               std::span<const PlannedLeg> plan);
    // The largest total of any state between nothing and the whole plan, whatever has been filled
    // so far in part: some of the hedges, or all of them and some of the rest. It bounds the way in
    // and, the hedges leaving last, the way out. At most kLegsMax
    // legs.
    [[nodiscard]] Margin worst_on_the_way(std::span<const PlannedLeg> plan);

 private:
    struct Page {
        Conditions conditions;
        std::unordered_map<uint64_t, uint32_t> slots;  // by contract; never iterated
        std::vector<RiskArray> arrays;
        std::map<domain::Date, ExpiryScan> expiries;
    };
    using Part = std::pair<Commodity, std::vector<MarginLeg>>;  // net, by contract, none flat

    Page& page(Commodity commodity);
    static const RiskArray& array_of(Page& page, domain::ContractId contract);
    static std::vector<Part> parts_of(std::span<const MarginLeg> legs);
    Margin margin_of(const Part& part);
    Margin worst_of(Commodity commodity, const std::vector<PlannedLeg>& plan);

    std::map<Commodity, Page> pages_;
};

}  // namespace sauda::margin
