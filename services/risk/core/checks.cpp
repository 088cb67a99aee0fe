#include "services/risk/core/checks.h"

#include "services/risk/core/check_functions.h"

#include <array>

namespace sauda::risk {

using namespace domain;

namespace {

using R = ReasonCode;
using enum Applies;
constexpr bool kByQuantity = true;
constexpr bool kNo = false;

constexpr std::array kChecks{
    Check{R::IntentInvalid, Both, kNo, "faulty_part", "the intent is well formed",
          check::intent_valid},
    Check{R::ExecutorUnknown, Open, kNo, "executors", "execution has named itself",
          check::executor_known},
    Check{R::AccountUnknown, Open, kNo, "accounts", "the account is configured",
          check::account_known},
    Check{R::BotUnknown, Open, kNo, "bots", "the bot may trade", check::bot_known},
    Check{R::DuplicateGroup, Open, kNo, "group", "the group's id was never used", check::group_new},
    Check{R::IntentExpired, Open, kNo, "now", "the intent came in time", check::intent_in_time},
    Check{R::TradingHalted, Open, kNo, "trading_state", "trading is not halted", check::not_halted},
    Check{R::TradingReducing, Open, kNo, "trading_state", "trading is not reducing only",
          check::not_reducing},
    Check{R::SessionHoliday, Both, kNo, "date", "the exchange trades today", check::no_holiday},
    Check{R::SessionClosed, Both, kNo, "now", "the exchange is open", check::session_open},
    Check{R::SessionOpeningMinutes, Open, kNo, "now", "the first minutes are over",
          check::opening_minutes_over},
    Check{R::SessionEntriesOver, Open, kNo, "now", "entries are not over for the day",
          check::entries_not_over},
    Check{R::ContractUnknown, Both, kNo, "unknown_legs", "the contract is known",
          check::contract_known},
    Check{R::ContractExpired, Both, kNo, "now", "the contract has not expired",
          check::contract_alive},
    Check{R::ContractNotTraded, Open, kNo, "untraded_legs", "the contract can be traded",
          check::contract_traded},
    Check{R::ContractPhysical, Open, kNo, "physical_legs", "no option ends in delivery of shares",
          check::not_physical},
    Check{R::ContractDevolving, Open, kNo, "devolving_legs",
          "no option becomes a future before it can be closed", check::not_devolving},
    Check{R::LotMultiple, Both, kNo, "quantity", "the quantity is a multiple of the lot",
          check::lot_multiple},
    Check{R::TickMultiple, Both, kNo, "price", "the price is a multiple of the tick",
          check::tick_multiple},
    Check{R::QuantityMaximum, Open, kByQuantity, "quantity",
          "the quantity is within the exchange's maximum", check::quantity_maximum},
    Check{R::QuantityAboveOpen, Reduce, kNo, "quantity",
          "the quantity is within what is open less working exits", check::quantity_open},
    Check{R::DataStale, Open, kNo, "age", "market data is fresh", check::data_fresh},
    Check{R::DataOneSided, Open, kNo, "missing_sides", "every leg has a bid and an ask",
          check::data_two_sided},
    Check{R::DataSpreadWide, Open, kNo, "spread", "every leg's spread is narrow enough",
          check::spread_narrow},
    Check{R::PriceCollar, Open, kNo, "price", "the price stands near the touch",
          check::price_in_collar},
    Check{R::ContractBlocked, Open, kNo, "unknown_orders",
          "no order of unknown state is out in the contract", check::contract_not_blocked},
    Check{R::OppositeOrder, Open, kNo, "opposite_orders",
          "no other bot works the other side of the contract", check::no_opposite_order},
    Check{R::LotsMaximum, Open, kByQuantity, "lots", "the lots of a leg are within the limit",
          check::lots_maximum},
    Check{R::OrderValueMaximum, Open, kByQuantity, "value",
          "the value of a leg is within the limit", check::order_value_maximum},
    Check{R::PositionsMaximum, Open, kNo, "positions", "not too many groups are open",
          check::positions_maximum},
    Check{R::TradesPerDayMaximum, Open, kNo, "trades", "not too many trades were made today",
          check::trades_maximum},
    Check{R::PositionCap, Open, kByQuantity, "used",
          "the margin or premium of the position is within its cap", check::position_cap},
    Check{R::MarginTotal, Open, kByQuantity, "used", "the margin of everything is within its cap",
          check::margin_total},
    Check{R::CapitalAvailable, Open, kByQuantity, "needed", "the free equity covers the margin",
          check::capital_available},
    Check{R::TradeRiskMaximum, Open, kByQuantity, "risk",
          "the loss at the stop is within the limit", check::trade_risk},
    Check{R::DailyLoss, Open, kNo, "loss", "the day's loss is below its limit", check::daily_loss},
    Check{R::Drawdown, Open, kNo, "drawdown", "the fall from the day's high is below its limit",
          check::drawdown},
    Check{R::RateSecond, Open, kNo, "used", "orders of this second leave room for exits",
          check::rate_second},
    Check{R::RateMinute, Open, kNo, "used", "orders of this minute leave room for exits",
          check::rate_minute},
    Check{R::RateHour, Open, kNo, "used", "orders of this hour leave room for exits",
          check::rate_hour},
    Check{R::CostGate, Open, kNo, "target", "the target is worth its costs", check::cost_gate},
};

}  // namespace

std::span<const Check> all_checks() { return kChecks; }

bool applies_to(const Check& check, Purpose purpose) {
    switch (check.applies) {
        case Both:
            return true;
        case Open:
            return purpose != Purpose::Reduce;
        case Reduce:
            return purpose == Purpose::Reduce;
    }
    return true;
}

CheckRun run_checks(const Request& request) {
    CheckRun run;
    run.results.reserve(kChecks.size());
    for (const auto& check : kChecks) {
        if (!applies_to(check, request.intent.purpose)) {
            continue;
        }
        MaybeOutcome outcome = check.run(request);
        if (!outcome) {
            continue;
        }
        run.results.push_back({check.code, outcome->value, outcome->limit, outcome->unit,
                               outcome->passed, outcome->estimated});
        if (outcome->passed) {
            continue;
        }
        if (run.passed) {
            run.reason = {check.code,
                          {{check.value_name, outcome->value, outcome->unit},
                           {"limit", outcome->limit, outcome->unit}}};
            run.reason.numbers.insert(run.reason.numbers.end(), outcome->more.begin(),
                                      outcome->more.end());
        }
        run.passed = false;
        run.is_only_quantity = run.is_only_quantity && check.is_by_quantity;
    }
    return run;
}

}  // namespace sauda::risk
