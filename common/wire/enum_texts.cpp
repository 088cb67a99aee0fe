#include "common/wire/format.h"

// The words for the values of each enum.
namespace sauda::wire {

std::string_view text_of(domain::Side side) {
    switch (side) {
        case domain::Side::Unspecified:
            return "unspecified";
        case domain::Side::Buy:
            return "buy";
        case domain::Side::Sell:
            return "sell";
    }
    return "?";
}

std::string_view text_of(domain::Verdict verdict) {
    switch (verdict) {
        case domain::Verdict::Unspecified:
            return "unspecified";
        case domain::Verdict::Approved:
            return "approved";
        case domain::Verdict::Reduced:
            return "reduced";
        case domain::Verdict::Denied:
            return "denied";
    }
    return "?";
}

std::string_view text_of(domain::OrderState state) {
    switch (state) {
        case domain::OrderState::Unspecified:
            return "unspecified";
        case domain::OrderState::Pending:
            return "pending";
        case domain::OrderState::Sent:
            return "sent";
        case domain::OrderState::Working:
            return "working";
        case domain::OrderState::PartiallyFilled:
            return "partly filled";
        case domain::OrderState::PendingCancel:
            return "being cancelled";
        case domain::OrderState::Filled:
            return "filled";
        case domain::OrderState::Cancelled:
            return "cancelled";
        case domain::OrderState::Rejected:
            return "rejected";
        case domain::OrderState::Denied:
            return "denied";
        case domain::OrderState::Unknown:
            return "unknown";
    }
    return "?";
}

std::string_view text_of(domain::OrderEventKind kind) {
    switch (kind) {
        case domain::OrderEventKind::Unspecified:
            return "unspecified";
        case domain::OrderEventKind::Placed:
            return "placed";
        case domain::OrderEventKind::Sent:
            return "sent";
        case domain::OrderEventKind::Accepted:
            return "accepted";
        case domain::OrderEventKind::PartialFill:
            return "partly filled";
        case domain::OrderEventKind::Fill:
            return "filled";
        case domain::OrderEventKind::CancelRequested:
            return "cancel requested";
        case domain::OrderEventKind::Cancelled:
            return "cancelled";
        case domain::OrderEventKind::Rejected:
            return "rejected by the venue";
        case domain::OrderEventKind::Denied:
            return "denied at the last gate";
        case domain::OrderEventKind::TimedOut:
            return "timed out";
        case domain::OrderEventKind::Found:
            return "found in the broker's book";
        case domain::OrderEventKind::NotFound:
            return "not in the broker's book";
        case domain::OrderEventKind::CancelRejected:
            return "cancel rejected";
    }
    return "?";
}

std::string_view text_of(domain::GroupState state) {
    switch (state) {
        case domain::GroupState::Unspecified:
            return "unspecified";
        case domain::GroupState::Approved:
            return "approved";
        case domain::GroupState::Entering:
            return "entering";
        case domain::GroupState::Open:
            return "open";
        case domain::GroupState::Exiting:
            return "exiting";
        case domain::GroupState::Unwinding:
            return "unwinding";
        case domain::GroupState::Closed:
            return "closed";
        case domain::GroupState::Abandoned:
            return "abandoned";
    }
    return "?";
}

std::string_view text_of(domain::GroupEventKind kind) {
    switch (kind) {
        case domain::GroupEventKind::Unspecified:
            return "unspecified";
        case domain::GroupEventKind::Accepted:
            return "accepted";
        case domain::GroupEventKind::EntryStarted:
            return "entry started";
        case domain::GroupEventKind::LegFilled:
            return "leg filled";
        case domain::GroupEventKind::Opened:
            return "opened";
        case domain::GroupEventKind::LegFailed:
            return "leg failed";
        case domain::GroupEventKind::ExitStarted:
            return "exit started";
        case domain::GroupEventKind::TrailRaised:
            return "trailing level raised";
        case domain::GroupEventKind::Flattened:
            return "flat";
        case domain::GroupEventKind::Refused:
            return "refused";
    }
    return "?";
}

std::string_view text_of(domain::SessionKind kind) {
    switch (kind) {
        case domain::SessionKind::Unspecified:
            return "unspecified";
        case domain::SessionKind::DayStart:
            return "day begins";
        case domain::SessionKind::PreOpen:
            return "pre-open";
        case domain::SessionKind::Open:
            return "market open";
        case domain::SessionKind::Close:
            return "market closed";
        case domain::SessionKind::Settlement:
            return "settlement";
        case domain::SessionKind::DayEnd:
            return "day ends";
        case domain::SessionKind::Holiday:
            return "holiday";
        case domain::SessionKind::StaleBegin:
            return "data stale";
        case domain::SessionKind::StaleEnd:
            return "data fresh again";
        case domain::SessionKind::RunEnd:
            return "end of the source";
    }
    return "?";
}

std::string_view text_of(domain::TradingState state) {
    switch (state) {
        case domain::TradingState::Unspecified:
            return "unspecified";
        case domain::TradingState::Active:
            return "active";
        case domain::TradingState::Reducing:
            return "reducing only";
        case domain::TradingState::Halted:
            return "halted";
    }
    return "?";
}

std::string_view text_of(domain::FlattenPhase phase) {
    switch (phase) {
        case domain::FlattenPhase::None:
            return "not flattening";
        case domain::FlattenPhase::Cancelling:
            return "cancelling orders";
        case domain::FlattenPhase::Closing:
            return "closing positions";
        case domain::FlattenPhase::Done:
            return "flat";
    }
    return "?";
}

std::string_view text_of(domain::Severity severity) {
    switch (severity) {
        case domain::Severity::Unspecified:
            return "unspecified";
        case domain::Severity::Info:
            return "info";
        case domain::Severity::Warning:
            return "warning";
        case domain::Severity::Critical:
            return "critical";
    }
    return "?";
}

std::string_view text_of(domain::BotEventKind kind) {
    switch (kind) {
        case domain::BotEventKind::Unspecified:
            return "unspecified";
        case domain::BotEventKind::Started:
            return "started";
        case domain::BotEventKind::Stopped:
            return "stopped";
        case domain::BotEventKind::Paused:
            return "paused";
        case domain::BotEventKind::Remembered:
            return "remembered";
        case domain::BotEventKind::Skipped:
            return "skipped a trade";
        case domain::BotEventKind::GroupUpdate:
            return "trade update";
        case domain::BotEventKind::SignalUsed:
            return "used a signal";
        case domain::BotEventKind::ParameterChanged:
            return "parameter changed";
    }
    return "?";
}

std::string_view text_of(domain::LedgerKind kind) {
    switch (kind) {
        case domain::LedgerKind::Unspecified:
            return "unspecified";
        case domain::LedgerKind::Fill:
            return "fill";
        case domain::LedgerKind::Charge:
            return "charge";
        case domain::LedgerKind::Settlement:
            return "settlement";
        case domain::LedgerKind::Exercise:
            return "exercise";
        case domain::LedgerKind::Correction:
            return "correction";
        case domain::LedgerKind::Foreign:
            return "foreign trade";
        case domain::LedgerKind::Deposit:
            return "deposit";
    }
    return "?";
}

std::string_view text_of(domain::StrategyKind kind) {
    switch (kind) {
        case domain::StrategyKind::Unspecified:
            return "unspecified";
        case domain::StrategyKind::Directional:
            return "directional";
        case domain::StrategyKind::ShortPremium:
            return "short premium";
        case domain::StrategyKind::Hedged:
            return "hedged";
    }
    return "?";
}

std::string_view text_of(domain::LegPolicy policy) {
    switch (policy) {
        case domain::LegPolicy::Unspecified:
            return "unspecified";
        case domain::LegPolicy::Complete:
            return "complete";
        case domain::LegPolicy::Unwind:
            return "unwind";
        case domain::LegPolicy::Hold:
            return "hold";
    }
    return "?";
}

std::string_view text_of(domain::Purpose purpose) {
    switch (purpose) {
        case domain::Purpose::Unspecified:
            return "unspecified";
        case domain::Purpose::Open:
            return "open";
        case domain::Purpose::Reduce:
            return "reduce";
    }
    return "?";
}

std::string_view text_of(domain::Product product) {
    switch (product) {
        case domain::Product::Unspecified:
            return "unspecified";
        case domain::Product::Carryforward:
            return "carryforward";
        case domain::Product::Intraday:
            return "intraday";
    }
    return "?";
}

std::string_view text_of(domain::Origin origin) {
    switch (origin) {
        case domain::Origin::Unspecified:
            return "unspecified";
        case domain::Origin::Real:
            return "real";
        case domain::Origin::Simulated:
            return "simulated";
    }
    return "?";
}

std::string_view text_of(domain::SignalOrigin origin) {
    switch (origin) {
        case domain::SignalOrigin::Unspecified:
            return "unspecified";
        case domain::SignalOrigin::RulesOnly:
            return "rules only";
        case domain::SignalOrigin::Model:
            return "model";
    }
    return "?";
}

std::string_view text_of(domain::OperatorAct act) {
    switch (act) {
        case domain::OperatorAct::Unspecified:
            return "unspecified";
        case domain::OperatorAct::Halt:
            return "halt";
        case domain::OperatorAct::Resume:
            return "resume";
        case domain::OperatorAct::Flatten:
            return "flatten";
        case domain::OperatorAct::StartBot:
            return "start bot";
        case domain::OperatorAct::StopBot:
            return "stop bot";
        case domain::OperatorAct::SetParameter:
            return "set parameter";
    }
    return "?";
}

std::string_view text_of(domain::AccountEventKind kind) {
    switch (kind) {
        case domain::AccountEventKind::Unspecified:
            return "unspecified";
        case domain::AccountEventKind::DayStarted:
            return "day started";
        case domain::AccountEventKind::DayEnded:
            return "day ended";
        case domain::AccountEventKind::Deposited:
            return "capital changed";
        case domain::AccountEventKind::PeakRaised:
            return "new high of the day";
    }
    return "?";
}

}  // namespace sauda::wire
