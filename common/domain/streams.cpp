#include "common/domain/streams.h"

#include <array>

namespace sauda::domain {

namespace {

StreamId offset(StreamId first, unsigned by) {
    return static_cast<StreamId>(static_cast<unsigned>(first) + by);
}
unsigned number(StreamId stream) { return static_cast<unsigned>(stream); }

struct Named {
    StreamId id;
    std::string_view name;
};
constexpr std::array<Named, 18> kDurable{{{StreamId::FeedSession, "session"},
                                          {StreamId::FeedInstrument, "instrument"},
                                          {StreamId::FeedBar, "bar"},
                                          {StreamId::FeedAlert, "alert"},
                                          {StreamId::MlSignal, "signal"},
                                          {StreamId::MlSignalAlert, "alert"},
                                          {StreamId::StrategyIntent, "intent"},
                                          {StreamId::StrategyBot, "bot"},
                                          {StreamId::StrategyAlert, "alert"},
                                          {StreamId::RiskDecision, "decision"},
                                          {StreamId::RiskState, "state"},
                                          {StreamId::RiskPosition, "position"},
                                          {StreamId::RiskExposure, "exposure"},
                                          {StreamId::RiskAlert, "alert"},
                                          {StreamId::ExecutionReport, "report"},
                                          {StreamId::ExecutionLedger, "ledger"},
                                          {StreamId::ExecutionAlert, "alert"},
                                          {StreamId::NotifierDelivery, "delivery"}}};

constexpr std::array<std::string_view, 10> kServices{
    "",          "feed",     "ml_signal", "strategy", "risk",
    "execution", "notifier", "recorder",  "gateway",  "operator"};

struct Family {
    StreamId base;
    std::string_view name;
    StreamClass kind;
};
constexpr std::array<Family, 5> kFamilies{
    {{StreamId::HeartbeatBase, "heartbeat", StreamClass::Ephemeral},
     {StreamId::AdvanceBase, "advance", StreamClass::Ephemeral},
     {StreamId::DoneBase, "done", StreamClass::Ephemeral},
     {StreamId::OperatorBase, "operator", StreamClass::Local},
     {StreamId::HealthBase, "health", StreamClass::Local}}};

const Family* family_of(StreamId stream) {
    for (const auto& family : kFamilies) {
        if ((number(stream) & 0xFF00U) == number(family.base)) {
            return &family;
        }
    }
    return nullptr;
}

}  // namespace

StreamId market_data_stream(Underlying u) {
    return offset(StreamId::MarketDataBase, static_cast<unsigned>(u));
}
StreamId heartbeat_stream(Service s) {
    return offset(StreamId::HeartbeatBase, static_cast<unsigned>(s));
}
StreamId advance_stream(Service s) {
    return offset(StreamId::AdvanceBase, static_cast<unsigned>(s));
}
StreamId done_stream(Service s) { return offset(StreamId::DoneBase, static_cast<unsigned>(s)); }
StreamId operator_stream(Service s) {
    return offset(StreamId::OperatorBase, static_cast<unsigned>(s));
}
StreamId health_stream(Service s) { return offset(StreamId::HealthBase, static_cast<unsigned>(s)); }

StreamClass class_of(StreamId stream) {
    if (number(stream) < number(StreamId::MarketDataBase)) {
        return StreamClass::Durable;
    }
    if (number(stream) < number(StreamId::HeartbeatBase)) {
        return StreamClass::Journaled;
    }
    const auto* family = family_of(stream);
    return family != nullptr ? family->kind : StreamClass::Ephemeral;
}

Service owner_of(StreamId stream) {
    const auto kind = class_of(stream);
    if (kind == StreamClass::Durable) {
        return static_cast<Service>(number(stream) >> 8U);
    }
    if (kind == StreamClass::Journaled) {
        return Service::Feed;
    }
    return static_cast<Service>(number(stream) & 0xFFU);
}

bool is_known(StreamId stream) {
    switch (class_of(stream)) {
        case StreamClass::Durable:
            for (const auto& entry : kDurable) {
                if (entry.id == stream) {
                    return true;
                }
            }
            return false;
        case StreamClass::Journaled:
            return !to_text(
                        static_cast<Underlying>(number(stream) - number(StreamId::MarketDataBase)))
                        .empty();
        case StreamClass::Ephemeral:
        case StreamClass::Local:
            return family_of(stream) != nullptr && (number(stream) & 0xFFU) != 0 &&
                   (number(stream) & 0xFFU) < kServices.size();
    }
    return false;
}

std::string topic_of(StreamId stream) {
    const auto owner = std::string(to_text(owner_of(stream)));
    switch (class_of(stream)) {
        case StreamClass::Durable:
            for (const auto& entry : kDurable) {
                if (entry.id == stream) {
                    return "D/" + owner + "/" + std::string(entry.name) + "/";
                }
            }
            break;
        case StreamClass::Journaled:
            return "J/feed/md/" +
                   std::string(to_text(static_cast<Underlying>(number(stream) -
                                                               number(StreamId::MarketDataBase)))) +
                   "/";
        case StreamClass::Ephemeral:
            return "E/" + owner + "/" + std::string(family_of(stream)->name) + "/";
        case StreamClass::Local:
            return "L/" + owner + "/" + std::string(family_of(stream)->name) + "/";
    }
    return "";
}

std::optional<StreamId> parse_topic(std::string_view topic) {
    for (const auto& entry : kDurable) {
        if (topic_of(entry.id) == topic) {
            return entry.id;
        }
    }
    constexpr std::string_view kMarketData = "J/feed/md/";
    if (topic.starts_with(kMarketData) && topic.ends_with('/')) {
        topic.remove_prefix(kMarketData.size());
        topic.remove_suffix(1);
        const auto underlying = parse_underlying(topic);
        return underlying ? std::optional(market_data_stream(*underlying)) : std::nullopt;
    }
    for (const auto& family : kFamilies) {
        for (unsigned s = 1; s < kServices.size(); ++s) {
            if (topic_of(offset(family.base, s)) == topic) {
                return offset(family.base, s);
            }
        }
    }
    return std::nullopt;
}

std::vector<StreamId> durable_streams_of(Service service) {
    std::vector<StreamId> streams;
    for (const auto& entry : kDurable) {
        if (owner_of(entry.id) == service) {
            streams.push_back(entry.id);
        }
    }
    return streams;
}

std::vector<StreamId> all_durable_streams() {
    std::vector<StreamId> streams;
    for (const auto& entry : kDurable) {
        streams.push_back(entry.id);
    }
    return streams;
}

std::string_view to_text(Service service) {
    const auto n = static_cast<std::size_t>(service);
    return n < kServices.size() ? kServices[n] : "";
}

std::optional<Service> parse_service(std::string_view text) {
    for (std::size_t n = 1; n < kServices.size(); ++n) {
        if (kServices[n] == text) {
            return static_cast<Service>(n);
        }
    }
    return std::nullopt;
}

}  // namespace sauda::domain
