#include "services/risk/core/check_functions.h"

namespace sauda::risk::check {

using namespace domain;

MaybeOutcome cost_gate(const Request& request) {
    const Money target = request.intent.exits.target;
    if (!request.is_priced || !target.is_positive()) {
        return std::nullopt;
    }
    const Money least = request.round_trip * request.config.cost_multiple;
    Outcome outcome{target.raw(), least.raw(), Unit::Rupees, target >= least, false, {}};
    if (!outcome.passed) {
        outcome.more.push_back({"round_trip", request.round_trip.raw(), Unit::Rupees});
        outcome.more.push_back({"multiple", request.config.cost_multiple, Unit::Count});
    }
    return outcome;
}

}  // namespace sauda::risk::check
