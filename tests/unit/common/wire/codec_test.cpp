#include "common/wire/codec.h"

#include "common/wire/field_kinds.h"
#include "tests/unit/common/wire/arity.h"
#include "tests/unit/common/wire/filler.h"
#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>
#include <google/protobuf/message.h>

using namespace sauda;
namespace pb = google::protobuf;

namespace {

// What the classes protoc generated make of a message of ours.
std::unique_ptr<pb::Message> generated(uint16_t schema) {
    const auto* descriptor = pb::DescriptorPool::generated_pool()->FindMessageTypeByName(
        std::string(wire::message_name(schema)));
    return std::unique_ptr<pb::Message>(
        pb::MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
}

// Paths of fields that are absent, at any depth. The meta of a message within another is not sent.
void collect_absent(const pb::Message& message, const std::string& path, bool is_root,
                    std::vector<std::string>& absent) {
    const auto& descriptor = *message.GetDescriptor();
    const auto& reflection = *message.GetReflection();
    for (int i = 0; i < descriptor.field_count(); ++i) {
        const auto* field = descriptor.field(i);
        const std::string here = path + "." + field->name();
        if (field->is_repeated()) {
            if (reflection.FieldSize(message, field) != 2) {
                absent.push_back(here);
                continue;
            }
            collect_absent(reflection.GetRepeatedMessage(message, field, 1), here, false, absent);
        } else if (!reflection.HasField(message, field)) {
            if (is_root || field->name() != "meta") {
                absent.push_back(here);
            }
        } else if (field->type() == pb::FieldDescriptor::TYPE_MESSAGE) {
            collect_absent(reflection.GetMessage(message, field), here, false, absent);
        }
    }
}

// Archive that holds the number of names against the number of members.
template <class Owner>
struct MemberCount {
    template <class... Ts>
    void fields(std::string_view names, Ts&... values) {
        INFO(names);
        CHECK(sizeof...(Ts) == arity_of<Owner>());
        (descend(values), ...);
    }
    template <class T>
    void descend(T& value) {
        if constexpr (wire::kIsVector<T> || wire::kIsOptional<T>) {
            typename T::value_type element{};
            descend(element);
        } else if constexpr (wire::kind_of<T>(false) == wire::FieldKind::Message) {
            MemberCount<T> inner;
            value.visit_fields(inner);
        }
    }
};

base::Expected<void> parse(uint16_t schema, std::string_view bytes, domain::Payload& payload) {
    domain::Meta meta;
    return wire::parse_to(schema, bytes, meta, payload);
}

// The error of parsing `bytes` as T.
template <class T>
std::string parse_error(std::string_view bytes) {
    domain::Payload payload;
    const auto parsed = parse(wire::schema_of(T{}), bytes, payload);
    return parsed ? "" : parsed.error().text;
}

std::string bytes(std::initializer_list<int> list) {
    std::string text;
    for (const int b : list) {
        text += static_cast<char>(b);
    }
    return text;
}

}  // namespace

TEST_CASE("codec: no member of a message is missing from its list of fields", "[unit][wire]") {
    for_each_payload([](auto payload) {
        MemberCount<decltype(payload)> archive;
        payload.visit_fields(archive);
    });
    domain::Meta meta;
    MemberCount<domain::Meta> archive;
    meta.visit_fields(archive);
}

TEST_CASE("codec: every payload with every field set comes back equal", "[unit][wire]") {
    const auto meta = filled<domain::Meta>();
    for_each_payload([&](const auto& payload) {
        const domain::Payload sent = payload;
        const auto schema = wire::schema_of(sent);
        INFO(wire::message_name(schema));
        domain::Meta meta_back;
        domain::Payload back;
        const auto parsed = wire::parse_to(schema, wire::encode(meta, sent), meta_back, back);
        if (!parsed) {
            FAIL(parsed.error().text);
        }
        CHECK(back == sent);
        CHECK(meta_back == meta);
    });
}

TEST_CASE("codec: the bytes are those of the generated classes, and no field is left out",
          "[unit][wire]") {
    const auto meta = filled<domain::Meta>();
    for_each_payload([&](const auto& payload) {
        const auto schema = wire::schema_of(payload);
        const auto sent = wire::encode(meta, payload);
        auto message = generated(schema);
        REQUIRE(message->ParseFromString(sent));
        CHECK(message->SerializeAsString() == sent);
        std::vector<std::string> absent;
        collect_absent(*message, message->GetTypeName(), true, absent);
        CHECK(absent == std::vector<std::string>{});
    });
}

TEST_CASE("codec: an empty payload and empty lists come back equal too", "[unit][wire]") {
    for_each_payload([&](const auto& payload) {
        const domain::Payload sent = std::decay_t<decltype(payload)>{};
        const auto text = wire::encode({}, sent);
        domain::Payload back;
        REQUIRE(parse(wire::schema_of(sent), text, back));
        // A default that is not zero comes back as zero would, so it must have been sent.
        domain::Payload again;
        REQUIRE(parse(wire::schema_of(sent), wire::encode({}, back), again));
        CHECK(back == again);
    });
    domain::GroupEvent group;
    group.approval.emplace();  // present, and empty
    domain::Payload back;
    REQUIRE(parse(wire::schema_of(group), wire::encode({}, group), back));
    CHECK(back == domain::Payload(group));
}

TEST_CASE("codec: a message of the services passes the gate and comes back equal", "[unit][wire]") {
    const auto all = samples::all();
    REQUIRE(all.size() == wire::kSchemaMax);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& [stream, payload] = all[i];
        REQUIRE(payload.index() == i);
        const auto decoded =
            wire::decode(stream, wire::schema_of(payload), wire::encode(samples::meta(), payload));
        if (!decoded) {
            FAIL(decoded.error().text);
        }
        CHECK(decoded->payload == payload);
        CHECK(decoded->meta == samples::meta());
        CHECK(decoded->refusals.empty());
    }
}

TEST_CASE("codec: a value decoded into forgets what it held", "[unit][wire]") {
    wire::Decoded out;
    const auto stream = domain::market_data_stream(domain::Underlying::NIFTY);
    auto bad = samples::quotes();
    bad.quotes[0].bid = bad.quotes[0].ask;
    REQUIRE(wire::decode_to(stream, 1, wire::encode(filled<domain::Meta>(), bad), out));
    CHECK(out.refusals.size() == 1);
    auto meta = samples::meta();
    meta.causes.clear();
    REQUIRE(wire::decode_to(stream, 1, wire::encode(meta, samples::quotes()), out));
    CHECK(out.meta == meta);
    CHECK(out.payload == domain::Payload(samples::quotes()));
    CHECK(out.refusals.empty());
}

TEST_CASE("codec: a buffer written to again holds the new message alone", "[unit][wire]") {
    std::string buffer = "what was there";
    wire::encode_to(samples::meta(), samples::quotes(), buffer);
    wire::encode_to(samples::meta(), samples::alert(), buffer);
    CHECK(buffer == wire::encode(samples::meta(), samples::alert()));
}

TEST_CASE("codec: lengths of nested messages are right around the sizes of their varints",
          "[unit][wire]") {
    for (const std::size_t rows : {1U, 2U, 5U, 6U, 7U, 300U, 2000U, 8192U}) {
        domain::Signal signal = samples::signal();
        signal.contributions.assign(rows, {"f", 1, 1});
        for (std::size_t pad : {0U, 100U, 107U, 108U, 109U, 110U, 111U, 112U, 113U, 200U, 256U}) {
            signal.contributions.back().feature.assign(pad, 'x');
            domain::Payload back;
            REQUIRE(parse(wire::schema_of(signal), wire::encode(samples::meta(), signal), back));
            REQUIRE(back == domain::Payload(signal));
        }
    }
    domain::Decision decision = samples::decision();
    decision.intent.why.numbers.assign(400, {"number", 1, domain::Unit::Count});
    domain::GroupEvent group = samples::group_event();
    group.approval = decision;
    domain::Payload back;
    REQUIRE(parse(wire::schema_of(group), wire::encode(samples::meta(), group), back));
    CHECK(back == domain::Payload(group));
}

TEST_CASE("codec: fields may come in any order, the last of one counts, unknown ones are skipped",
          "[unit][wire]") {
    // ExecutorEvent: database_id "ab", an unknown varint, fixed64, fixed32 and text, meta with
    // step 5, then database_id "c".
    const auto text = bytes({0x12, 2,    'a',  'b',                         //
                             0x98, 0x06, 0x96, 0x01,                        // field 99 varint
                             0x99, 0x06, 1,    2,    3,   4,   5, 6, 7, 8,  // field 99 fixed64
                             0x9D, 0x06, 1,    2,    3,   4,                // field 99 fixed32
                             0x9A, 0x06, 3,    'x',  'y', 'z',              // field 99 text
                             0x0A, 2,    0x20, 5,                           // meta.step = 5
                             0x12, 1,    'c'});
    domain::Meta meta;
    domain::Payload payload;
    REQUIRE(wire::parse_to(wire::schema_of(domain::ExecutorEvent{}), text, meta, payload));
    CHECK(payload == domain::Payload(domain::ExecutorEvent{"c"}));
    CHECK(meta.step == 5);
}

TEST_CASE("codec: bytes that are no message are refused by name", "[unit][wire]") {
    using domain::ExecutorEvent;
    using domain::HealthChange;
    CHECK(parse_error<ExecutorEvent>(bytes({0x12, 3, 'a'})) ==
          "ExecutorEvent.database_id: the bytes end inside it");
    CHECK(parse_error<ExecutorEvent>(bytes({0x10, 3})) ==
          "ExecutorEvent.database_id: its wire type is wrong");
    CHECK(parse_error<ExecutorEvent>(bytes({0x12, 2, 0xC0, 0x80})) ==
          "ExecutorEvent.database_id: it is not UTF-8 text");
    CHECK(parse_error<ExecutorEvent>(bytes({0x00})) == "ExecutorEvent: the bytes are not protobuf");
    CHECK(parse_error<ExecutorEvent>(bytes({0x9B, 0x06})) ==
          "ExecutorEvent: an unknown field is not protobuf");
    CHECK(parse_error<HealthChange>(bytes({0x10, 0xFF, 0x7F})) ==
          "HealthChange.service: 16383 does not fit");
    CHECK(parse_error<HealthChange>(
              bytes({0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02})) ==
          "HealthChange.service: the bytes end inside it");
    CHECK(parse_error<ExecutorEvent>(bytes({0x0A, 2, 0x09, 1})) ==
          "ExecutorEvent.meta.event_time: the bytes end inside it");
}

TEST_CASE("codec: numbers that are no value of an enum are refused by name, at any depth",
          "[unit][wire]") {
    auto decision = samples::decision();
    decision.intent.legs[1].side = static_cast<domain::Side>(7);
    CHECK(parse_error<domain::Decision>(wire::encode(samples::meta(), decision)) ==
          "Decision.intent.legs[1].side: 7 is no value of it");
    auto alert = samples::alert();
    alert.reason.code = static_cast<domain::ReasonCode>(99);
    CHECK(parse_error<domain::Alert>(wire::encode(samples::meta(), alert)) ==
          "Alert.reason.code: 99 is no value of it");
    auto meta = samples::meta();
    meta.causes.push_back({static_cast<domain::StreamId>(0x7777), 1});
    CHECK(parse_error<domain::Alert>(wire::encode(meta, samples::alert())) ==
          "Alert.meta.causes[1].stream: 30583 is no value of it");
    // 257 would be 1 in eight bits.
    CHECK(parse_error<domain::Alert>(bytes({0x10, 0x81, 0x02})) ==
          "Alert.severity: 257 is no value of it");
}

TEST_CASE("codec: texts hold 256 bytes and no more", "[unit][wire]") {
    domain::ExecutorEvent event{std::string(256, 'x')};
    CHECK(parse_error<domain::ExecutorEvent>(wire::encode({}, event)).empty());
    event.database_id += 'x';
    CHECK(parse_error<domain::ExecutorEvent>(wire::encode({}, event)) ==
          "ExecutorEvent.database_id: 257 bytes are more than 256");
}

TEST_CASE("codec: lists end at 8192 rows", "[unit][wire]") {
    domain::BarBatch batch = samples::bars();
    batch.bars.assign(8193, samples::bar());
    CHECK(parse_error<domain::BarBatch>(wire::encode({}, batch)) ==
          "BarBatch.bars: more than 8192");
}

TEST_CASE("codec: a schema nobody knows is refused", "[unit][wire]") {
    domain::Payload payload;
    for (const uint16_t schema : {uint16_t{0}, uint16_t{wire::kSchemaMax + 1}, uint16_t{0xE001}}) {
        const auto parsed = parse(schema, "", payload);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().text == "schema " + std::to_string(schema) + " is unknown");
    }
}
