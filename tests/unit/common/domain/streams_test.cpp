#include "common/domain/streams.h"

#include "common/domain/core.h"

#include <catch2/catch.hpp>

#include <set>

using namespace sauda::domain;

TEST_CASE("streams: topic and number go both ways for every known stream", "[unit][domain]") {
    std::set<std::string> topics;
    for (unsigned n = 0; n <= UINT16_MAX; ++n) {
        const auto stream = static_cast<StreamId>(n);
        if (!is_known(stream)) {
            continue;
        }
        const auto topic = topic_of(stream);
        INFO(topic);
        CHECK(topic.ends_with('/'));
        CHECK(topics.insert(topic).second);
        CHECK(parse_topic(topic) == stream);
    }
    // 18 durable, 10 underlyings, 5 families of 9 services.
    CHECK(topics.size() == all_durable_streams().size() + 10 + 5 * 9);
}

TEST_CASE("streams: no topic is the beginning of another", "[unit][domain]") {
    std::vector<std::string> topics;
    for (unsigned n = 0; n <= UINT16_MAX; ++n) {
        if (is_known(static_cast<StreamId>(n))) {
            topics.push_back(topic_of(static_cast<StreamId>(n)));
        }
    }
    for (const auto& a : topics) {
        for (const auto& b : topics) {
            REQUIRE((a == b || !b.starts_with(a)));
        }
    }
}

TEST_CASE("streams: topics read as documented", "[unit][domain]") {
    CHECK(topic_of(StreamId::RiskDecision) == "D/risk/decision/");
    CHECK(topic_of(market_data_stream(Underlying::NIFTY)) == "J/feed/md/NIFTY/");
    CHECK(topic_of(heartbeat_stream(Service::Feed)) == "E/feed/heartbeat/");
    CHECK(topic_of(operator_stream(Service::Risk)) == "L/risk/operator/");
    for (const auto* text : {"", "D/", "D/risk/decision", "D/feed/decision/", "J/feed/md/",
                             "J/feed/md/FTSE/", "X/feed/heartbeat/", "d/risk/decision/"}) {
        INFO(text);
        CHECK_FALSE(parse_topic(text).has_value());
    }
}

TEST_CASE("streams: class and owner follow from the number", "[unit][domain]") {
    CHECK(class_of(StreamId::ExecutionLedger) == StreamClass::Durable);
    CHECK(owner_of(StreamId::ExecutionLedger) == Service::Execution);
    CHECK(class_of(market_data_stream(Underlying::SENSEX)) == StreamClass::Journaled);
    CHECK(owner_of(market_data_stream(Underlying::SENSEX)) == Service::Feed);
    CHECK(class_of(done_stream(Service::Risk)) == StreamClass::Ephemeral);
    CHECK(owner_of(done_stream(Service::Risk)) == Service::Risk);
    CHECK(class_of(health_stream(Service::Strategy)) == StreamClass::Local);
    CHECK(owner_of(health_stream(Service::Strategy)) == Service::Strategy);
}

TEST_CASE("streams: numbers nobody gave out are unknown", "[unit][domain]") {
    CHECK_FALSE(is_known(StreamId::None));
    CHECK_FALSE(is_known(static_cast<StreamId>(0x0199)));
    CHECK_FALSE(is_known(StreamId::MarketDataBase));
    CHECK_FALSE(is_known(static_cast<StreamId>(0x1000 + 11)));
    CHECK_FALSE(is_known(StreamId::HeartbeatBase));
    CHECK_FALSE(is_known(static_cast<StreamId>(0x2000 + 10)));
    CHECK_FALSE(is_known(static_cast<StreamId>(0x2300 + 1)));
    CHECK_FALSE(is_known(static_cast<StreamId>(0xFFFF)));
}

TEST_CASE("streams: each durable stream belongs to the service that lists it", "[unit][domain]") {
    std::size_t count = 0;
    for (unsigned s = 1; s <= static_cast<unsigned>(Service::Operator); ++s) {
        StreamId last = StreamId::None;
        for (const auto stream : durable_streams_of(static_cast<Service>(s))) {
            CHECK(owner_of(stream) == static_cast<Service>(s));
            CHECK(stream > last);
            last = stream;
            ++count;
        }
    }
    CHECK(count == all_durable_streams().size());
}

TEST_CASE("streams: service names go both ways", "[unit][domain]") {
    for (unsigned s = 1; s <= static_cast<unsigned>(Service::Operator); ++s) {
        CHECK(parse_service(to_text(static_cast<Service>(s))) == static_cast<Service>(s));
    }
    CHECK(to_text(Service::MlSignal) == "ml_signal");
    CHECK_FALSE(parse_service("").has_value());
    CHECK_FALSE(parse_service("Feed").has_value());
}

TEST_CASE("streams: soft state comes from the feed, ml_signal and health alone", "[unit][domain]") {
    CHECK(is_market_derived(StreamId::FeedBar));
    CHECK(is_market_derived(market_data_stream(Underlying::NIFTY)));
    CHECK(is_market_derived(StreamId::MlSignal));
    CHECK(is_market_derived(health_stream(Service::Risk)));
    CHECK_FALSE(is_market_derived(operator_stream(Service::Feed)));
    CHECK_FALSE(is_market_derived(StreamId::ExecutionReport));
    CHECK_FALSE(is_market_derived(StreamId::RiskState));
}
