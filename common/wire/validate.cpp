#include "common/wire/validate.h"

#include "common/wire/codec.h"
#include "common/wire/message_checks.h"

namespace sauda::wire {

namespace {

using namespace domain;

template <class... Ts>
bool is_one_of(const Payload& payload) {
    return (std::holds_alternative<Ts>(payload) || ...);
}

bool is_allowed_durable(StreamId stream, const Payload& payload) {
    switch (stream) {
        case StreamId::FeedSession:
            return is_one_of<SourceInfo, SessionEvent>(payload);
        case StreamId::FeedInstrument:
            return is_one_of<InstrumentBatch>(payload);
        case StreamId::FeedBar:
            return is_one_of<BarBatch>(payload);
        case StreamId::MlSignal:
            return is_one_of<Signal>(payload);
        case StreamId::StrategyIntent:
            return is_one_of<Intent>(payload);
        case StreamId::StrategyBot:
            return is_one_of<BotEvent>(payload);
        case StreamId::RiskDecision:
            return is_one_of<Decision>(payload);
        case StreamId::RiskState:
            return is_one_of<TradingStateEvent, AccountEvent>(payload);
        case StreamId::RiskPosition:
            return is_one_of<PositionEvent>(payload);
        case StreamId::RiskExposure:
            return is_one_of<OrderEvent, GroupEvent, ExecutorEvent>(payload);
        case StreamId::ExecutionReport:
            return is_one_of<OrderEvent, GroupEvent, ExecutorEvent, TradingStateEvent>(payload);
        case StreamId::ExecutionLedger:
            return is_one_of<LedgerEntry>(payload);
        case StreamId::NotifierDelivery:
            return is_one_of<Delivery>(payload);
        case StreamId::FeedAlert:
        case StreamId::MlSignalAlert:
        case StreamId::StrategyAlert:
        case StreamId::RiskAlert:
        case StreamId::ExecutionAlert:
            return is_one_of<Alert>(payload);
        case StreamId::None:
        case StreamId::MarketDataBase:
        case StreamId::HeartbeatBase:
        case StreamId::AdvanceBase:
        case StreamId::DoneBase:
        case StreamId::OperatorBase:
        case StreamId::HealthBase:
            break;
    }
    return false;
}

// "Intent.legs[1].side: it is not set"
base::Expected<void> refuse(const Payload& payload, const std::string& text) {
    const auto name = message_name(schema_of(payload));
    return base::fail(base::ErrorKind::Invalid,
                      std::string(name.substr(name.rfind('.') + 1)) + text);
}

}  // namespace

bool is_allowed(StreamId stream, const Payload& payload) {
    if (!is_known(stream)) {
        return false;
    }
    switch (class_of(stream)) {
        case StreamClass::Durable:
            return is_allowed_durable(stream, payload);
        case StreamClass::Journaled: {
            const auto* batch = std::get_if<QuoteBatch>(&payload);
            return batch != nullptr && market_data_stream(batch->underlying) == stream;
        }
        case StreamClass::Ephemeral:
            return false;
        case StreamClass::Local:
            if (stream == operator_stream(owner_of(stream))) {
                return is_one_of<OperatorCommand>(payload);
            }
            // The notifier has no alert stream of its own: what its shell sees it tells itself.
            return is_one_of<HealthChange>(payload) ||
                   (stream == health_stream(Service::Notifier) && is_one_of<Alert>(payload));
    }
    return false;
}

base::Expected<void> validate(StreamId stream, const Meta& meta, Payload& payload,
                              std::vector<Refusal>& refusals) {
    return std::visit(
        [&](auto& value) -> base::Expected<void> {
            if (!is_allowed(stream, payload)) [[unlikely]] {
                const auto topic = is_known(stream) ? topic_of(stream) : "an unknown stream";
                return refuse(payload, ": it is not allowed on " + topic);
            }
            Checker checker;
            checker.nested("meta", check(meta));
            if (checker.is_clean()) {
                checker = check(std::as_const(value));
            }
            if (!checker.is_clean()) [[unlikely]] {
                return refuse(payload, "." + checker.path() + ": " + checker.what());
            }
            if constexpr (requires { sift(value, refusals); }) {
                sift(value, refusals);
            }
            return {};
        },
        payload);
}

}  // namespace sauda::wire
