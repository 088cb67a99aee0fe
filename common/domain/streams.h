#pragma once

#include "common/domain/contract_id.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::domain {

enum class Service : uint8_t {
    Unspecified = 0,
    Feed = 1,
    MlSignal = 2,
    Strategy = 3,
    Risk = 4,
    Execution = 5,
    Notifier = 6,
    Recorder = 7,
    Gateway = 8,
    Operator = 9,  // whoever sits at `sauda`
};

// D: durable, in the owner's outbox before it is published. J: journaled by the feed, quotes only.
// E: ephemeral. Local: inputs a host makes for its own core (operator acts, health); never
// published.
enum class StreamClass : uint8_t { Durable, Journaled, Ephemeral, Local };

// The unit of sequencing and of subscription. Numbers order the messages of one round, so they
// are append only. High byte = owning service for durable streams.
enum class StreamId : uint16_t {
    None = 0,
    FeedSession = 0x0101,     // SourceInfo, SessionEvent
    FeedInstrument = 0x0102,  // InstrumentBatch
    FeedBar = 0x0103,         // BarBatch
    FeedAlert = 0x010E,
    MlSignal = 0x0201,  // Signal
    MlSignalAlert = 0x020E,
    StrategyIntent = 0x0301,  // Intent
    StrategyBot = 0x0302,     // BotEvent
    StrategyAlert = 0x030E,
    RiskDecision = 0x0401,  // Decision
    RiskState = 0x0402,     // TradingStateEvent, AccountEvent
    RiskPosition = 0x0403,  // PositionEvent
    // What risk took note of from ExecutionReport (ExecutorEvent, GroupEvent, OrderEvent), so that
    // its own outbox is enough to recover from. Nobody in the trading path consumes it.
    RiskExposure = 0x0404,
    RiskAlert = 0x040E,
    ExecutionReport =
        0x0501,  // OrderEvent, GroupEvent, ExecutorEvent, TradingStateEvent (its latch)
    ExecutionLedger = 0x0502,  // LedgerEntry
    ExecutionAlert = 0x050E,
    NotifierDelivery = 0x0601,  // Delivery
    // 0x1000 + underlying: market data of one underlying (QuoteBatch).
    MarketDataBase = 0x1000,
    // 0x2000 + 0x100 x kind + service: ephemeral.
    HeartbeatBase = 0x2000,
    AdvanceBase = 0x2100,
    DoneBase = 0x2200,
    // 0x3000 + service: local inputs of that service.
    OperatorBase = 0x3000,
    HealthBase = 0x3100,
};

StreamId market_data_stream(Underlying underlying);
StreamId heartbeat_stream(Service service);
StreamId advance_stream(Service service);
StreamId done_stream(Service service);
StreamId operator_stream(Service service);
StreamId health_stream(Service service);

StreamClass class_of(StreamId stream);
Service owner_of(StreamId stream);
// Known durable stream, or market data of a known underlying, or ephemeral/local of a known
// service.
bool is_known(StreamId stream);

// '/'-terminated ASCII topic: "D/risk/decision/", "J/feed/md/NIFTY/", "E/feed/heartbeat/".
std::string topic_of(StreamId stream);
std::optional<StreamId> parse_topic(std::string_view topic);

// All durable streams a service owns, ascending.
std::vector<StreamId> durable_streams_of(Service service);
std::vector<StreamId> all_durable_streams();

// "feed", "ml_signal", ... as used in program names and paths.
std::string_view to_text(Service service);
std::optional<Service> parse_service(std::string_view text);

// The services that take part in a lockstep barrier, in order.
inline constexpr Service kParticipants[] = {Service::Feed, Service::MlSignal, Service::Strategy,
                                            Service::Risk, Service::Execution};

}  // namespace sauda::domain
