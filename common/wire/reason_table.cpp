#include "common/wire/reason_table.h"

namespace sauda::wire {

// A switch, so that a code without a row does not compile.
ReasonRow reason_row(domain::ReasonCode code) {
    using enum domain::ReasonCode;
    switch (code) {
        case None:
            return {code, "NONE", "No reason was given.", ""};
        case TradingHalted:
            return {code, "TRADING_HALTED", "Trading is halted.", ""};
        case TradingReducing:
            return {code, "TRADING_REDUCING", "Only orders that reduce a position are allowed now.",
                    ""};
        case SessionClosed:
            return {code, "SESSION_CLOSED", "The exchange is closed.", ""};
        case SessionHoliday:
            return {code, "SESSION_HOLIDAY", "The exchange has a holiday today.",
                    "The exchange has a holiday on {date}."};
        case SessionOpeningMinutes:
            return {
                code, "SESSION_OPENING_MINUTES", "No entries in the first minutes of the session.",
                "No entries before {entry_time|until|limit}, the first minutes of the session."};
        case SessionEntriesOver:
            return {code, "SESSION_ENTRIES_OVER", "It is after the last time for entries.",
                    "It is after {entry_until|limit|until}, the last time for entries."};
        case DataStale:
            return {code, "DATA_STALE", "The market data is stale.",
                    "The market data is {age|value} old, the limit is {limit}."};
        case DataOneSided:
            return {code, "DATA_ONE_SIDED", "The contract has no buyer or no seller right now.",
                    "The contract has no buyer or no seller right now: bid {bid}, ask {ask}."};
        case DataSpreadWide:
            return {code, "DATA_SPREAD_WIDE", "The spread between bid and ask is too wide.",
                    "The spread between bid and ask is {spread|value}, the limit is {limit}."};
        case ContractUnknown:
            return {code, "CONTRACT_UNKNOWN", "The contract is not known.", ""};
        case ContractExpired:
            return {code, "CONTRACT_EXPIRED", "The contract has expired.",
                    "The contract expired on {expiry}."};
        case ContractNotTraded:
            return {code, "CONTRACT_NOT_TRADED", "The contract cannot be traded.", ""};
        case LotMultiple:
            return {
                code, "LOT_MULTIPLE", "The quantity is not a whole number of lots.",
                "The quantity of {quantity|value} is not a multiple of the lot of {lot|limit}."};
        case TickMultiple:
            return {code, "TICK_MULTIPLE", "The price is not a multiple of the tick.",
                    "The price {price|value} is not a multiple of the tick of {tick|limit}."};
        case QuantityMaximum:
            return {
                code, "QUANTITY_MAXIMUM", "The quantity is above the largest order allowed.",
                "The quantity of {quantity|value} is above the largest order allowed, {limit}."};
        case QuantityAboveOpen:
            return {code, "QUANTITY_ABOVE_OPEN", "The order would close more than is open.",
                    "The order would close {quantity|value}, but only {open|limit} is open."};
        case ContractPhysical:
            return {code, "CONTRACT_PHYSICAL",
                    "The option expires into delivery of shares, which is not allowed here.", ""};
        case ContractDevolving:
            return {code, "CONTRACT_DEVOLVING",
                    "The option expires into a future too soon to be opened.",
                    "The option expires into a future on {expiry}: the last time to open it was "
                    "{until|limit}."};
        case PriceCollar:
            return {code, "PRICE_COLLAR", "The price is outside of the band the exchange accepts.",
                    "The price {price|value} is outside of the band the exchange accepts, {low} to "
                    "{high}."};
        case OrderValueMaximum:
            return {code, "ORDER_VALUE_MAXIMUM", "The order is worth more than one order may be.",
                    "The order is worth {value|used}, above the {limit} limit for one order."};
        case PositionsMaximum:
            return {code, "POSITIONS_MAXIMUM", "There are as many open positions as allowed.",
                    "There would be {value|used|positions} open positions, above the limit of "
                    "{limit}."};
        case PositionCap:
            return {
                code, "POSITION_CAP", "The position would take more than one position may.",
                "The position would take {used|value}, above the {limit} cap for one position."};
        case MarginTotal:
            return {code, "MARGIN_TOTAL", "Total margin would be above the limit.",
                    "Total margin would be {used|value}, above the {limit} limit."};
        case CapitalAvailable:
            return {code, "CAPITAL_AVAILABLE", "There is not enough free capital.",
                    "The trade needs {needed|used|value}, but only {available|limit} is free."};
        case TradeRiskMaximum:
            return {
                code, "TRADE_RISK_MAXIMUM", "The trade could lose more than one trade may.",
                "The trade could lose {risk|used|value}, above the {limit} limit for one trade."};
        case TradesPerDayMaximum:
            return {code, "TRADES_PER_DAY_MAXIMUM", "The number of trades for today is used up.",
                    "The number of trades today would be {used|trades|value}, above the limit of "
                    "{limit}."};
        case DailyLoss:
            return {code, "DAILY_LOSS", "The loss limit of the day is reached.",
                    "The loss of the day is {loss|used|value}, the limit is {limit}."};
        case DailyLossWarning:
            return {code, "DAILY_LOSS_WARNING", "The loss of the day comes close to its limit.",
                    "The loss of the day is {loss|used|value}, close to the {limit} limit."};
        case Drawdown:
            return {code, "DRAWDOWN", "The account has fallen too far from its best.",
                    "The account has fallen {drawdown|used|value} from its best, the limit is "
                    "{limit}."};
        case RateSecond:
            return {
                code, "RATE_SECOND", "Too many orders within a second.",
                "There would be {used|value} orders within a second, above the limit of {limit}."};
        case RateMinute:
            return {
                code, "RATE_MINUTE", "Too many orders within a minute.",
                "There would be {used|value} orders within a minute, above the limit of {limit}."};
        case RateHour:
            return {
                code, "RATE_HOUR", "Too many orders within an hour.",
                "There would be {used|value} orders within an hour, above the limit of {limit}."};
        case CostGate:
            return {
                code, "COST_GATE", "The target is too small for what the trade costs.",
                "The target of {target|value} is too small for what the trade costs, it should be "
                "{limit|needed} at least."};
        case IntentExpired:
            return {code, "INTENT_EXPIRED", "The request came too late.",
                    "The request came too late, it was good until {valid_until|limit}."};
        case OppositeOrder:
            return {code, "OPPOSITE_ORDER",
                    "Another bot has the opposite order working in this contract.", ""};
        case DuplicateGroup:
            return {code, "DUPLICATE_GROUP", "This trade was decided before.",
                    "Trade {group} was decided before."};
        case BotUnknown:
            return {code, "BOT_UNKNOWN", "The bot is not known.", ""};
        case AccountUnknown:
            return {code, "ACCOUNT_UNKNOWN", "The account is not known.", ""};
        case LotsMaximum:
            return {code, "LOTS_MAXIMUM", "The trade has more lots than allowed.",
                    "The trade has {lots|used|value}, more than the {limit} allowed."};
        case ContractBlocked:
            return {code, "CONTRACT_BLOCKED",
                    "An order of unknown state blocks this contract and side.", ""};
        case IntentInvalid:
            return {code, "INTENT_INVALID", "The request is not well formed.", ""};
        case ExecutorUnknown:
            return {code, "EXECUTOR_UNKNOWN", "The execution service has not named itself yet.",
                    ""};
        case GateHalted:
            return {code, "GATE_HALTED", "Trading was halted before the order could go out.", ""};
        case GateExpired:
            return {code, "GATE_EXPIRED", "The approval ran out before the order could go out.",
                    "The approval ran out at {valid_until|limit}, before the order could go out."};
        case GatePriceBound:
            return {code, "GATE_PRICE_BOUND", "The price is outside of what was approved.",
                    "The price {price|value} is outside of what was approved, {low} to {high}."};
        case GateQuantityBound:
            return {code, "GATE_QUANTITY_BOUND", "The quantity is above what was approved.",
                    "The quantity of {quantity|value} is above the approved {limit}."};
        case GateRate:
            return {code, "GATE_RATE", "The order rate is used up at the last gate.", ""};
        case GateExecutor:
            return {code, "GATE_EXECUTOR", "The approval is for another execution database.", ""};
        case VenueRejected:
            return {code, "VENUE_REJECTED", "The venue rejected the order.", ""};
        case EntryTimedOut:
            return {code, "ENTRY_TIMED_OUT", "The entry was not filled in time.",
                    "The entry was not filled within {timeout|limit|value}."};
        case LegFailed:
            return {code, "LEG_FAILED", "A leg could not be filled.",
                    "Leg {leg} could not be filled."};
        case DryRun:
            return {code, "DRY_RUN", "Dry run, the order was not sent.", ""};
        case ExitStop:
            return {code, "EXIT_STOP", "The stop was hit.",
                    "The stop at {stop|limit} was hit with a P&L of {pnl|value}."};
        case ExitTarget:
            return {code, "EXIT_TARGET", "The target was reached.",
                    "The target of {target|limit} was reached with a P&L of {pnl|value}."};
        case ExitTrailing:
            return {code, "EXIT_TRAILING", "The trailing stop was hit.",
                    "The trailing stop was hit: the P&L fell to {pnl|value} from its best of "
                    "{best|best_pnl}."};
        case ExitSquareOff:
            return {code, "EXIT_SQUARE_OFF", "Closed at the square-off time.",
                    "Closed at the square-off time, {square_off_at|time|limit}."};
        case ExitStrategy:
            return {code, "EXIT_STRATEGY", "The bot closed the trade.", ""};
        case ExitFlatten:
            return {code, "EXIT_FLATTEN", "Closed because everything is being closed.", ""};
        case ExitUnwind:
            return {code, "EXIT_UNWIND",
                    "Closed because a leg of the trade could not be completed.", ""};
        case ExitExpiry:
            return {code, "EXIT_EXPIRY", "Closed because the contract expired.", ""};
        case ExitDailyLoss:
            return {code, "EXIT_DAILY_LOSS",
                    "Closed because the loss limit of the day was reached.", ""};
        case StrikeUnaffordable:
            return {code, "STRIKE_UNAFFORDABLE", "No strike fits the money one trade may take.",
                    "One lot of the cheapest strike costs {cost|premium|value}, above the "
                    "{cap|limit} "
                    "one trade may take."};
        case SignalMissing:
            return {code, "SIGNAL_MISSING", "No signal came in time.", ""};
        case SignalAgainst:
            return {code, "SIGNAL_AGAINST", "The signal points the other way.", ""};
        case BotStopped:
            return {code, "BOT_STOPPED", "The bot is stopped.", ""};
        case BotPaused:
            return {code, "BOT_PAUSED", "The bot is paused.", ""};
        case NoQuotes:
            return {code, "NO_QUOTES", "There are no usable quotes.", ""};
        case OperatorAct:
            return {code, "OPERATOR_ACT", "The operator asked for it.", ""};
        case FeedSilent:
            return {code, "FEED_SILENT", "The market data has stopped.",
                    "No market data has come for {duration|age|value}."};
        case FeedResumed:
            return {code, "FEED_RESUMED", "The market data has come back.",
                    "The market data has come back after {duration|age|value}."};
        case ExitChasing:
            return {
                code, "EXIT_CHASING", "An exit is not filled yet and is being re-priced.",
                "An exit is not filled yet and is being re-priced, attempt {attempt|attempts}."};
        case ServiceRestarted:
            return {code, "SERVICE_RESTARTED", "A service was started again.", ""};
        case ConfigurationChanged:
            return {code, "CONFIGURATION_CHANGED", "The configuration has changed.", ""};
        case TomorrowMargin:
            return {
                code, "TOMORROW_MARGIN", "Tomorrow's margin was worked out.",
                "Tomorrow's margin will be {used|margin|value}, the limit is {limit|available}."};
        case LotChanged:
            return {code, "LOT_CHANGED", "The lot of an open contract has changed.",
                    "The lot of an open contract has changed from {before} to {lot|after}: correct "
                    "the dated rules, or the quantities of its orders are wrong."};
        case Devolved:
            return {code, "DEVOLVED", "An option has expired into a future.",
                    "An option has expired into a future at {strike}: the future stays open until "
                    "it is closed."};
        case ServiceLost:
            return {code, "SERVICE_LOST", "A service has fallen silent.",
                    "A service has been silent for {silence|value}."};
        case StrangerCommand:
            return {code, "STRANGER_COMMAND",
                    "Somebody who is not on the list sent a command; he got no answer.", ""};
        case WrongCodes:
            return {code, "WRONG_CODES",
                    "Too many wrong one-time codes: none is taken for a while.",
                    "{wrong|value} wrong one-time codes: none is taken for {pause|limit}."};
        case ChannelGaveUp:
            return {code, "CHANNEL_GAVE_UP", "A message could not be delivered and was given up.",
                    "A message could not be delivered and was given up after {tries|value} tries; "
                    "the notifier's log says why."};
        case ServiceReturned:
            return {code, "SERVICE_RETURNED", "A service that was silent is heard again.", ""};
        case ModelRefused:
            return {code, "MODEL_REFUSED",
                    "The configured model is not used: signals come from the rules alone.", ""};
        case ModelDrifted:
            return {code, "MODEL_DRIFTED",
                    "The market looks unlike the days the model learned from.",
                    "The market looks unlike the days the model learned from: a stability index "
                    "of {index}, at most {usual} on those days."};
    }
    return {code, "", "", ""};
}

const std::vector<ReasonRow>& reason_rows() {
    static const std::vector<ReasonRow> kRows = [] {
        std::vector<ReasonRow> rows;
        for (unsigned n = 0; n <= UINT16_MAX; ++n) {
            const auto row = reason_row(static_cast<domain::ReasonCode>(n));
            if (!row.text.empty()) {
                rows.push_back(row);
            }
        }
        return rows;
    }();
    return kRows;
}

}  // namespace sauda::wire
