#include "services/risk/core/check_functions.h"

// Trading state of the account, and the day of the exchange.
namespace sauda::risk::check {

using namespace domain;

namespace {

Outcome state_is_not(const Request& request, TradingState refused) {
    const auto state = request.account->trading;
    return {static_cast<int64_t>(state),
            static_cast<int64_t>(TradingState::Active),
            Unit::Count,
            state != refused,
            false,
            {}};
}

bool is_session_open(const Request& request) {
    const auto& session = request.session();
    return session.phase == Phase::Open &&
           (!session.close_at.is_set() || request.now < session.close_at);
}

}  // namespace

MaybeOutcome not_halted(const Request& request) {
    return state_is_not(request, TradingState::Halted);
}

MaybeOutcome not_reducing(const Request& request) {
    return state_is_not(request, TradingState::Reducing);
}

MaybeOutcome no_holiday(const Request& request) {
    const auto& session = request.session();
    std::string holiday;
    if (session.phase == Phase::Holiday && session.date == request.today) {
        holiday = session.holiday.empty() ? "holiday" : session.holiday;
    } else if (session.phase != Phase::Open && !request.intent.legs.empty()) {
        // The feed did not say; a day the calendar closes is a holiday unless the feed opens it.
        const auto day =
            request.rules.day(request.intent.legs.front().contract.exchange(), request.today);
        holiday = day.is_open ? "" : day.holiday;
    }
    Outcome outcome{request.today.days, 0, Unit::Date, holiday.empty(), false, {}};
    if (!outcome.passed) {
        outcome.more.push_back({holiday, request.today.days, Unit::Date});
    }
    return outcome;
}

MaybeOutcome session_open(const Request& request) {
    const auto& session = request.session();
    return Outcome{
        request.now.ns, session.close_at.ns, Unit::Time, is_session_open(request), false, {}};
}

MaybeOutcome opening_minutes_over(const Request& request) {
    if (!is_session_open(request)) {
        return std::nullopt;
    }
    const auto day =
        request.rules.day(request.intent.legs.front().contract.exchange(), request.today);
    const Timestamp opened = day.is_open ? day.open : request.session().opened_at;
    const Timestamp from = opened + request.config.entry_start;
    return Outcome{request.now.ns, from.ns, Unit::Time, request.now >= from, false, {}};
}

MaybeOutcome entries_not_over(const Request& request) {
    const Timestamp until = base::ist(request.today, request.config.entries_until);
    return at_most(request.now.ns, until.ns, Unit::Time);
}

}  // namespace sauda::risk::check
