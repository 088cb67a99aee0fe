#include "services/risk/core/check_functions.h"
#include "services/risk/core/loss.h"

namespace sauda::risk::check {

using namespace domain;

namespace {

MaybeOutcome below(Money value, Money limit) {
    return Outcome{value.raw(), limit.raw(), Unit::Rupees, value < limit, false, {}};
}

}  // namespace

MaybeOutcome daily_loss(const Request& request) {
    if (!request.is_priced || !request.account->day_open) {
        return std::nullopt;
    }
    const auto losses = losses_of(*request.limits, *request.account, request.figures);
    return below(losses.day, losses.day_limit);
}

MaybeOutcome drawdown(const Request& request) {
    if (!request.is_priced || !request.account->day_open || request.limits->limits.drawdown <= 0) {
        return std::nullopt;
    }
    const auto losses = losses_of(*request.limits, *request.account, request.figures);
    return below(losses.drawdown, losses.drawdown_limit);
}

}  // namespace sauda::risk::check
