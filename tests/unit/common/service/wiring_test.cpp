#include "common/service/wiring.h"

#include "common/domain/core.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace sauda;
using namespace sauda::domain;

namespace {

constexpr Underlying kUnderlyings[] = {Underlying::NIFTY, Underlying::BANKNIFTY};

std::vector<StreamId> inputs(Service service) {
    return service::inputs_of(service, {std::begin(kUnderlyings), std::end(kUnderlyings)});
}
bool has(const std::vector<StreamId>& streams, StreamId stream) {
    return std::find(streams.begin(), streams.end(), stream) != streams.end();
}

}  // namespace

TEST_CASE("who consumes what") {
    struct Row {
        Service service;
        bool takes_market_data;
        std::set<StreamId> facts;
    };
    using enum StreamId;
    const Row table[] = {
        {Service::Feed, false, {}},
        {Service::MlSignal, false, {FeedSession, FeedInstrument, FeedBar}},
        {Service::Strategy,
         true,
         {FeedSession, FeedInstrument, FeedBar, MlSignal, RiskDecision, RiskState,
          ExecutionReport}},
        {Service::Risk,
         true,
         {FeedSession, FeedInstrument, StrategyIntent, ExecutionReport, ExecutionLedger}},
        {Service::Execution, true, {FeedSession, FeedInstrument, RiskDecision, RiskState}},
    };
    for (const auto& row : table) {
        INFO(to_text(row.service));
        std::set<StreamId> facts;
        for (const auto stream : inputs(row.service)) {
            if (class_of(stream) == StreamClass::Durable) {
                facts.insert(stream);
            }
        }
        CHECK(facts == row.facts);
        for (const auto underlying : kUnderlyings) {
            CHECK(has(inputs(row.service), market_data_stream(underlying)) ==
                  row.takes_market_data);
        }
    }
}

TEST_CASE("each input is known, published by another and subscribed to at its owner") {
    for (const auto service : service::kServices) {
        const auto wanted = inputs(service);
        const auto subscriptions = service::subscriptions_of(service, wanted);
        CHECK(std::set(wanted.begin(), wanted.end()).size() == wanted.size());
        for (const auto stream : wanted) {
            INFO(to_text(service) << " " << topic_of(stream));
            CHECK(is_known(stream));
            CHECK(owner_of(stream) != service);
            const bool is_fact = class_of(stream) == StreamClass::Durable ||
                                 class_of(stream) == StreamClass::Journaled;
            CHECK(is_fact);
            REQUIRE(subscriptions.contains(owner_of(stream)));
            CHECK(has(subscriptions.at(owner_of(stream)), stream));
        }
        for (const auto& [owner, streams] : subscriptions) {
            INFO(to_text(service) << " hears " << to_text(owner));
            CHECK(has(streams, heartbeat_stream(owner)));
            for (const auto stream : streams) {
                CHECK(owner_of(stream) == owner);
            }
        }
    }
}

TEST_CASE("the barrier reaches everybody: the feed hears each Done, the others each Advance") {
    const auto feed = service::subscriptions_of(Service::Feed, inputs(Service::Feed));
    for (const auto service : kParticipants) {
        if (service == Service::Feed) {
            continue;
        }
        REQUIRE(feed.contains(service));
        CHECK(has(feed.at(service), done_stream(service)));
        const auto own = service::subscriptions_of(service, inputs(service));
        CHECK(has(own.at(Service::Feed), advance_stream(Service::Feed)));
    }
    const auto notifier = service::subscriptions_of(Service::Notifier, inputs(Service::Notifier));
    CHECK_FALSE(has(notifier.at(Service::Feed), advance_stream(Service::Feed)));
}

TEST_CASE("the recorder misses no fact") {
    const auto recorded = inputs(Service::Recorder);
    for (const auto stream : all_durable_streams()) {
        INFO(topic_of(stream));
        CHECK(has(recorded, stream));
    }
}
