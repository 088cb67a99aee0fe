#include "common/recording/session_recording.h"

#include "common/recording/source_recording.h"
#include "common/wire/codec.h"
#include "tests/unit/common/recording/recording_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::recording;
using domain::ContractId;
using domain::ContractKind;
using domain::StreamId;
using domain::Underlying;

namespace {

const base::Date kDate = base::date_of(2025, 8, 29);
const auto kNifty = domain::market_data_stream(Underlying::NIFTY);
const auto kBankNifty = domain::market_data_stream(Underlying::BANKNIFTY);

base::Timestamp at(int64_t second) { return base::ist(kDate, base::seconds(33'300 + second)); }

domain::Message batch(Underlying underlying, uint64_t seq, int64_t second, int quotes = 3) {
    domain::Message message;
    message.stream = domain::market_data_stream(underlying);
    message.seq = seq;
    message.meta.event_time = at(second - 1);
    message.meta.known_time = at(second);
    domain::QuoteBatch content;
    content.underlying = underlying;
    for (int i = 0; i < quotes; ++i) {
        domain::Quote quote;
        quote.contract = ContractId::option(domain::Exchange::NSE, underlying, ContractKind::Call,
                                            base::date_of(2025, 9, 2),
                                            base::Price::from_rupees(25'000 + 50 * i));
        quote.bid = base::Price::from_rupees(100 + static_cast<int64_t>(seq));
        quote.ask = quote.bid + base::Price::from_paise(5);
        quote.bid_size = base::units(75);
        quote.ask_size = base::units(150);
        quote.event_time = at(second - 1);
        content.quotes.push_back(quote);
    }
    message.payload = content;
    return message;
}

SourceDescription description() {
    SourceDescription source;
    source.name = "a test";
    source.origin = domain::Origin::Simulated;
    source.exchange = domain::Exchange::NSE;
    source.underlying = Underlying::NIFTY;
    source.date = kDate;
    source.interval = base::seconds(5);
    source.extra = {{"seed", "7"}};
    return source;
}

void write_all(const std::string& path, const std::vector<domain::Message>& messages,
               WriterOptions options = {}, bool is_closed = true) {
    auto writer = RecordingWriter::open(path, description(), options);
    REQUIRE(writer);
    for (const auto& message : messages) {
        REQUIRE(writer->write(message));
    }
    if (is_closed) {
        REQUIRE(writer->close());
    }
}

std::vector<domain::Message> session(uint64_t count) {
    std::vector<domain::Message> messages;
    for (uint64_t n = 1; n <= count; ++n) {
        messages.push_back(batch(Underlying::NIFTY, n, static_cast<int64_t>(n)));
    }
    return messages;
}

}  // namespace

TEST_CASE("a source description survives its metadata record") {
    auto source = description();
    source.first = at(1);
    source.last = at(9);
    source.quotes = 12;
    source.content_hash = 0xFEDCBA9876543210ULL;
    source.has_depth = false;
    CHECK(parse_metadata(to_metadata(source)) == source);
    for (const char* key : {"origin", "underlying", "date", "interval_ns", "content_hash"}) {
        auto values = to_metadata(source);
        values[key] = "nonsense";
        CHECK_FALSE(parse_metadata(values));
        values.erase(key);
        CHECK_FALSE(parse_metadata(values));
    }
}

TEST_CASE("the stale limit is three times the declared interval and at least three seconds") {
    auto source = description();
    CHECK(stale_limit_of(source) == base::seconds(15));
    source.interval = base::milliseconds(250);
    CHECK(stale_limit_of(source) == base::seconds(3));
    source.interval = base::seconds(65);
    CHECK(source_info(source).stale_limit == base::seconds(195));
}

TEST_CASE("a recording keeps messages as they were, with topic, schema, times and full numbers") {
    TestFile file;
    auto messages = session(3);
    messages[1].seq = 0x1'0000'0001ULL - 1;  // over the 32 bits MCAP has
    messages[0].seq = messages[1].seq - 1;
    messages[2].seq = messages[1].seq + 1;
    domain::Message start;
    start.stream = StreamId::FeedSession;
    start.seq = 9;
    start.meta.event_time = at(1);
    start.meta.known_time = at(1);
    start.payload = source_info(description());
    messages.insert(messages.begin(), start);
    write_all(file.path(), messages);

    auto reader = RecordingReader::open(file.path());
    REQUIRE(reader);
    CHECK(reader->streams() == std::vector<StreamId>{StreamId::FeedSession, kNifty});
    const auto channel = reader->channels_of(kNifty).at(0);
    CHECK(reader->file().channels().at(channel).topic == "J/feed/md/NIFTY/");
    CHECK(reader->file().channels().at(channel).message_encoding == "protobuf");
    const auto schema = reader->file().channels().at(channel).schema;
    CHECK(reader->file().schemas().at(schema).name == "sauda.v1.QuoteBatch");
    CHECK(reader->file().schemas().at(schema).encoding == "protobuf");
    RawMessage raw;
    for (const auto& message : messages) {
        REQUIRE(*reader->next(raw));
        CHECK(raw.stream == message.stream);
        CHECK(raw.seq == message.seq);
        CHECK(raw.known_time == message.meta.known_time);
        CHECK(raw.event_time == message.meta.event_time);
        CHECK(raw.bytes == wire::encode(message.meta, message.payload));
        const auto decoded = wire::decode(raw.stream, raw.schema, raw.bytes);
        REQUIRE(decoded);
        CHECK(decoded->payload == message.payload);
    }
    CHECK_FALSE(*reader->next(raw));
    const auto& source = reader->source();
    REQUIRE(source);
    CHECK(source->quotes == 9);
    CHECK(source->first == at(1));
    CHECK(source->last == at(3));
    CHECK(source->extra == description().extra);
}

TEST_CASE("the content hash is the recording's identity: one changed byte is another recording") {
    TestFile one;
    TestFile two;
    TestFile other;
    auto messages = session(20);
    write_all(one.path(), messages);
    WriterOptions options;
    options.compression = Compression::None;
    write_all(two.path(), messages, options);
    messages[11].meta.round = 1;
    write_all(other.path(), messages);
    const auto hash = [](const TestFile& file) {
        return SourceRecording::open(file.path())->source().content_hash;
    };
    CHECK(hash(one) != 0);
    CHECK(hash(one) == hash(two));  // packed otherwise, but the same messages
    CHECK(hash(one) != hash(other));
    CHECK(*SourceRecording::open(one.path())->compute_content_hash() == hash(one));
}

TEST_CASE("a torn recording still says what it is, without a content hash") {
    TestFile file;
    write_all(file.path(), session(20), {}, false);
    auto source = SourceRecording::open(file.path());
    REQUIRE(source);
    CHECK_FALSE(source->is_complete());
    CHECK(source->source().name == "a test");
    CHECK(source->source().content_hash == 0);
    SourceMessage message;
    uint64_t n = 0;
    while (*source->next(message)) {
        CHECK(message.ordinal == ++n);
    }
    CHECK(n == 20);
}

TEST_CASE("the source gives market data of all streams in the order it became known") {
    TestFile file;
    WriterOptions options;
    options.chunk_span_max_ns = 4'000'000'000;
    // Two streams, the second written late: 3 s behind the first in the file.
    std::vector<domain::Message> messages;
    for (int64_t n = 1; n <= 30; ++n) {
        messages.push_back(batch(Underlying::NIFTY, static_cast<uint64_t>(n), n));
        if (n > 3) {
            messages.push_back(batch(Underlying::BANKNIFTY, static_cast<uint64_t>(n - 3), n - 3));
        }
    }
    write_all(file.path(), messages, options);
    auto source = SourceRecording::open(file.path());
    REQUIRE(source);
    CHECK(source->streams() == std::vector<StreamId>{kNifty, kBankNifty});
    CHECK(source->count(kNifty) == 30);
    CHECK(source->count(kBankNifty) == 27);
    SourceMessage message;
    base::Timestamp last;
    std::map<StreamId, uint64_t> seen;
    while (true) {
        const auto more = source->next(message);
        REQUIRE(more);
        if (!*more) {
            break;
        }
        REQUIRE(message.known_time >= last);
        last = message.known_time;
        REQUIRE(message.ordinal == ++seen[message.stream]);
        REQUIRE(message.refused.empty());
        REQUIRE(message.known_time == message.decoded.meta.known_time);
        REQUIRE(message.known_time == at(static_cast<int64_t>(message.ordinal)));
        REQUIRE(std::get<domain::QuoteBatch>(message.decoded.payload).quotes.size() == 3);
    }
    CHECK(seen == std::map<StreamId, uint64_t>{{kNifty, 30}, {kBankNifty, 27}});
}

TEST_CASE("a known time that steps back within a stream never makes the source step back") {
    TestFile file;
    auto messages = session(6);
    messages[3].meta.known_time = at(2);
    write_all(file.path(), messages);
    auto source = SourceRecording::open(file.path());
    SourceMessage message;
    std::vector<base::Timestamp> times;
    for (uint64_t n = 1; *source->next(message); ++n) {
        CHECK(message.ordinal == n);
        times.push_back(message.known_time);
    }
    CHECK(times == std::vector<base::Timestamp>{at(1), at(2), at(3), at(3), at(5), at(6)});
}

TEST_CASE("a stretch of a stream is found by ordinals and does not disturb the reading") {
    TestFile file;
    const auto messages = session(50);
    write_all(file.path(), messages);
    auto source = SourceRecording::open(file.path());
    SourceMessage message;
    REQUIRE(*source->next(message));
    const auto some = source->range(kNifty, 7, 20);
    REQUIRE(some);
    REQUIRE(some->size() == 20);
    for (uint64_t i = 0; i < 20; ++i) {
        const auto& stored = some->at(i);
        CHECK(stored.ordinal == 7 + i);
        CHECK(stored.known_time == at(static_cast<int64_t>(7 + i)));
        CHECK(stored.bytes == wire::encode(messages[6 + i].meta, messages[6 + i].payload));
    }
    CHECK(source->range(kNifty, 45, 100)->size() == 6);
    CHECK(source->range(kNifty, 51, 1)->empty());
    CHECK(source->range(kNifty, 0, 1)->empty());
    CHECK(source->range(kBankNifty, 1, 1)->empty());
    REQUIRE(*source->next(message));
    CHECK(message.ordinal == 2);
}

TEST_CASE("the source goes on from an instant, as after a restart") {
    TestFile file;
    write_all(file.path(), session(50));
    auto source = SourceRecording::open(file.path());
    SourceMessage message;
    source->seek(at(31));
    REQUIRE(*source->next(message));
    CHECK(message.ordinal == 31);
    CHECK(message.known_time == at(31));
    source->seek(at(1));
    REQUIRE(*source->next(message));
    CHECK(message.ordinal == 1);
    source->seek(at(51));
    CHECK_FALSE(*source->next(message));
}

TEST_CASE("an archive without a description takes it from the recorded SourceInfo") {
    TestFile file;
    auto writer = McapWriter::open(file.path());
    REQUIRE(writer);
    const auto schema = [&](uint16_t n) {
        return *writer->add_schema(wire::message_name(n), "protobuf", wire::file_descriptor_set(n));
    };
    const domain::Payload info = source_info(description());
    const auto quotes = batch(Underlying::NIFTY, 1, 1);
    const auto a =
        *writer->add_channel("D/feed/session/", schema(wire::schema_of(info)), "protobuf");
    const auto b = *writer->add_channel("J/feed/md/NIFTY/", schema(1), "protobuf");
    const auto time = static_cast<uint64_t>(at(1).ns);
    REQUIRE(writer->write(a, 1, time, time, wire::encode(quotes.meta, info)));
    REQUIRE(writer->write(b, 1, time, time, wire::encode(quotes.meta, quotes.payload)));
    REQUIRE(writer->close());
    auto source = SourceRecording::open(file.path());
    REQUIRE(source);
    CHECK(source->source().name == "a test");
    CHECK(source->source().interval == base::seconds(5));
    CHECK(source->source().exchange == domain::Exchange::NSE);
    SourceMessage message;
    CHECK(*source->next(message));
    CHECK_FALSE(*source->next(message));
}

TEST_CASE("a recording without market data, or of unknown origin, is refused as a source") {
    TestFile empty;
    write_all(empty.path(), {});
    CHECK_THAT(SourceRecording::open(empty.path()).error().text, Catch::Contains("no market data"));
    TestFile nameless;
    auto writer = McapWriter::open(nameless.path());
    const auto channel = *writer->add_channel("J/feed/md/NIFTY/", 0, "protobuf");
    REQUIRE(writer->write(channel, 1, 1, 1, "x"));
    REQUIRE(writer->close());
    CHECK_THAT(SourceRecording::open(nameless.path()).error().text,
               Catch::Contains("does not say what it is a recording of"));
}

TEST_CASE("a message that does not decode is given with the reason, and the next one follows") {
    TestFile file;
    auto writer = RecordingWriter::open(file.path(), description());
    REQUIRE(writer);
    REQUIRE(writer->write_raw({kNifty, 1, 1, at(1), at(1), "\xFF\xFF\xFF nonsense"}));
    REQUIRE(writer->write(batch(Underlying::NIFTY, 2, 2)));
    REQUIRE(writer->close());
    auto source = SourceRecording::open(file.path());
    REQUIRE(source);
    SourceMessage message;
    REQUIRE(*source->next(message));
    CHECK_FALSE(message.refused.empty());
    REQUIRE(*source->next(message));
    CHECK(message.refused.empty());
    CHECK(message.ordinal == 2);
}
