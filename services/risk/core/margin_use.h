#pragma once

#include "services/risk/core/exposure.h"

#include <vector>

// What positions and wishes need of an account's money: the exchange's model by common/margin,
// under the market of the moment.
namespace sauda::risk {

// A view; the caller keeps what it refers to.
struct MarginView {
    const State& state;
    const Market& market;
    const domain::MarketRules& rules;
    domain::Date today;
};

struct MarginFigure {
    domain::Money money;
    bool is_estimate = false;  // no volatility is known, so the flat rule stands in
    MarginFigure& operator+=(const MarginFigure& other);
};

// Margin of legs that stand together. `forward` is used where the market tells no underlying price.
MarginFigure margin_of(const MarginView& view, const std::vector<margin::MarginLeg>& legs,
                       domain::Price forward);
// The largest margin on the way in and, hedges leaving last, on the way out: whatever part of the
// legs is filled, all hedges before the first of the others. Bought legs at their limit, the most
// they can cost.
MarginFigure margin_of_entry(const MarginView& view, const domain::Intent& intent);
// What an account's positions and approved groups hold. A group counts by its reservation until
// all its legs are in, then by its positions; never by less than its positions. Groups do not cover
// each other, because any of them may leave first; but all together never count by less than the
// exchange asks for the whole.
MarginFigure margin_used(const MarginView& view, const std::string& account);
// What the exchange asks for the account's positions as one portfolio, groups covering each other.
MarginFigure margin_asked(const MarginView& view, const std::string& account);
// Margin of the positions that are left on `date`.
MarginFigure margin_on(const MarginView& view, const std::string& account, domain::Date date);

}  // namespace sauda::risk
