#include "services/risk/core/check_functions.h"

// The contract, and the units the exchange trades it in.
namespace sauda::risk::check {

using namespace domain;

namespace {

// Legs of which `is_bad` holds, against none; the first one is named.
template <class Bad>
Outcome none_may(const Request& request, Bad is_bad) {
    Outcome outcome{0, 0, Unit::Count, true, false, {}};
    for (const auto& view : request.legs) {
        if (!is_bad(view)) {
            continue;
        }
        if (outcome.passed) {
            outcome.more.push_back(contract_number(view.leg->contract));
        }
        outcome.passed = false;
        ++outcome.value;
    }
    return outcome;
}

}  // namespace

MaybeOutcome contract_known(const Request& request) {
    return none_may(request, [](const LegView& view) { return view.instrument == nullptr; });
}

MaybeOutcome contract_alive(const Request& request) {
    return worst_leg(request, [&](const LegView& view) -> MaybeOutcome {
        const Date expiry = view.leg->contract.is_valid() ? view.leg->contract.expiry() : Date{};
        if (view.instrument == nullptr || expiry.days == 0) {
            return std::nullopt;
        }
        const Timestamp end = view.instrument->expires_at.is_set()
                                  ? view.instrument->expires_at
                                  : base::ist({expiry.days + 1}, {});
        Outcome outcome{request.now.ns, end.ns, Unit::Time, request.now < end, false, {}};
        if (!outcome.passed) {
            outcome.more.push_back({"expiry", expiry.days, Unit::Date});
        }
        return outcome;
    });
}

MaybeOutcome contract_traded(const Request& request) {
    return none_may(request, [](const LegView& view) {
        const auto kind = view.leg->contract.kind();
        return kind != ContractKind::Call && kind != ContractKind::Put &&
               kind != ContractKind::Future;
    });
}

MaybeOutcome lot_multiple(const Request& request) {
    return worst_leg(request, [](const LegView& view) -> MaybeOutcome {
        if (view.instrument == nullptr || !view.instrument->lot.is_positive()) {
            return std::nullopt;
        }
        const int64_t quantity = view.leg->quantity.raw();
        const int64_t lot = view.instrument->lot.raw();
        return Outcome{quantity, lot, Unit::Units, quantity % lot == 0, false, {}};
    });
}

MaybeOutcome tick_multiple(const Request& request) {
    return worst_leg(request, [](const LegView& view) -> MaybeOutcome {
        if (view.instrument == nullptr || !view.instrument->tick.is_positive()) {
            return std::nullopt;
        }
        const int64_t price = view.leg->limit.raw();
        const int64_t tick = view.instrument->tick.raw();
        return Outcome{price, tick, Unit::PricePoints, price % tick == 0, false, {}};
    });
}

MaybeOutcome quantity_maximum(const Request& request) {
    return worst_leg(request, [](const LegView& view) -> MaybeOutcome {
        if (view.instrument == nullptr || !view.instrument->order_max.is_positive()) {
            return std::nullopt;
        }
        return at_most(view.leg->quantity.raw(), view.instrument->order_max.raw(), Unit::Units);
    });
}

}  // namespace sauda::risk::check
