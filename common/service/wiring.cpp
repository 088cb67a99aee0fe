#include "common/service/wiring.h"

#include <algorithm>
#include <set>

namespace sauda::service {

using domain::Service;
using domain::StreamId;

std::vector<StreamId> inputs_of(Service service,
                                const std::vector<domain::Underlying>& underlyings) {
    std::vector<StreamId> inputs;
    const auto market_data = [&] {
        for (const auto underlying : underlyings) {
            inputs.push_back(domain::market_data_stream(underlying));
        }
    };
    const auto add = [&](std::initializer_list<StreamId> streams) {
        inputs.insert(inputs.end(), streams);
    };
    switch (service) {
        case Service::MlSignal:
            add({StreamId::FeedSession, StreamId::FeedInstrument, StreamId::FeedBar});
            break;
        case Service::Strategy:
            market_data();
            add({StreamId::FeedSession, StreamId::FeedInstrument, StreamId::FeedBar,
                 StreamId::MlSignal, StreamId::RiskDecision, StreamId::RiskState,
                 StreamId::ExecutionReport});
            break;
        case Service::Risk:
            market_data();
            add({StreamId::FeedSession, StreamId::FeedInstrument, StreamId::StrategyIntent,
                 StreamId::ExecutionReport, StreamId::ExecutionLedger});
            break;
        case Service::Execution:
            market_data();
            add({StreamId::FeedSession, StreamId::FeedInstrument, StreamId::RiskDecision,
                 StreamId::RiskState});
            break;
        case Service::Notifier:
            add({StreamId::FeedSession, StreamId::FeedAlert, StreamId::MlSignal,
                 StreamId::MlSignalAlert, StreamId::StrategyBot, StreamId::StrategyAlert,
                 StreamId::RiskDecision, StreamId::RiskState, StreamId::RiskAlert,
                 StreamId::ExecutionReport, StreamId::ExecutionLedger, StreamId::ExecutionAlert});
            break;
        case Service::Recorder:
            market_data();
            for (const auto stream : domain::all_durable_streams()) {
                inputs.push_back(stream);
            }
            break;
        case Service::Feed:
        case Service::Gateway:
        case Service::Operator:
        case Service::Unspecified:
            break;
    }
    return inputs;
}

std::map<Service, std::vector<StreamId>> subscriptions_of(Service service,
                                                          const std::vector<StreamId>& inputs) {
    std::map<Service, std::vector<StreamId>> subscriptions;
    for (const auto stream : inputs) {
        subscriptions[domain::owner_of(stream)].push_back(stream);
    }
    const bool is_participant =
        std::find(std::begin(domain::kParticipants), std::end(domain::kParticipants), service) !=
        std::end(domain::kParticipants);
    if (service == Service::Feed) {
        for (const auto other : domain::kParticipants) {
            if (other != service) {
                subscriptions[other].push_back(domain::done_stream(other));
            }
        }
    } else if (is_participant) {
        subscriptions[Service::Feed].push_back(domain::advance_stream(Service::Feed));
    }
    if (service == Service::Notifier) {
        subscriptions[Service::Recorder];  // its heartbeats alone: it is missed, too, when it dies
    }
    for (auto& [owner, streams] : subscriptions) {
        streams.push_back(domain::heartbeat_stream(owner));
    }
    return subscriptions;
}

}  // namespace sauda::service
