#include "common/recording/mcap_reader.h"
#include "common/recording/mcap_writer.h"
#include "tests/unit/common/recording/recording_files.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace sauda::recording;

namespace {

constexpr uint64_t kSecond = 1'000'000'000;

std::string payload_of(uint64_t n) {
    return "payload " + std::to_string(n) + std::string(n % 50, 'x');
}

// `count` messages, half a second apart, alternating over two channels.
void write_file(const std::string& path, uint64_t count, WriterOptions options = {},
                bool is_closed = true) {
    auto writer = McapWriter::open(path, options);
    REQUIRE(writer);
    const auto schema = writer->add_schema("test.Thing", "text", "about things");
    const auto a = writer->add_channel("a/", *schema, "text", {{"key", "value"}});
    const auto b = writer->add_channel("b/", 0, "text");
    for (uint64_t n = 0; n < count; ++n) {
        REQUIRE(writer->write(n % 2 == 0 ? *a : *b, static_cast<uint32_t>(n),
                              100 * kSecond + n * kSecond / 2, n, payload_of(n)));
    }
    REQUIRE(writer->write_metadata("about", {{"one", "1"}, {"two", "2"}}));
    if (is_closed) {
        REQUIRE(writer->close());
    }
}

// Reads everything; the messages must be 0, 1, 2 ... as write_file made them. Returns how many.
uint64_t read_all(McapReader& reader) {
    uint64_t n = 0;
    McapMessage message;
    reader.rewind();
    while (true) {
        const auto more = reader.next(message);
        REQUIRE(more);
        if (!*more) {
            return n;
        }
        REQUIRE(message.sequence == n);
        REQUIRE(message.channel == n % 2);
        REQUIRE(message.log_time == 100 * kSecond + n * kSecond / 2);
        REQUIRE(message.publish_time == n);
        REQUIRE(message.data == payload_of(n));
        ++n;
    }
}

}  // namespace

TEST_CASE("what is written is read back, with schemas, channels, metadata and statistics") {
    const auto compression = GENERATE(Compression::None, Compression::Zstd, Compression::Lz4);
    TestFile file;
    WriterOptions options;
    options.compression = compression;
    options.chunk_span_max_ns = 0;
    write_file(file.path(), 1000, options);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK(reader->is_complete());
    CHECK(reader->is_indexed());
    REQUIRE(reader->schemas().size() == 1);
    CHECK(reader->schemas().at(1) == McapSchema{1, "test.Thing", "text", "about things"});
    REQUIRE(reader->channels().size() == 2);
    CHECK(reader->channels().at(0) == McapChannel{0, 1, "a/", "text", {{"key", "value"}}});
    CHECK(reader->metadata("about") ==
          std::map<std::string, std::string>{{"one", "1"}, {"two", "2"}});
    CHECK_FALSE(reader->metadata("other"));
    CHECK(reader->statistics().messages == 1000);
    CHECK(reader->statistics().start == 100 * kSecond);
    CHECK(reader->statistics().end == 100 * kSecond + 999 * kSecond / 2);
    CHECK(reader->statistics().counts == std::map<uint16_t, uint64_t>{{0, 500}, {1, 500}});
    CHECK(reader->chunks().at(0).compression == to_text(compression));
    CHECK(read_all(*reader) == 1000);
}

TEST_CASE("a file without messages is complete and empty") {
    TestFile file;
    write_file(file.path(), 0);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK(reader->is_complete());
    CHECK(read_all(*reader) == 0);
}

TEST_CASE("writing the same twice gives the same bytes") {
    TestFile one;
    TestFile two;
    write_file(one.path(), 300);
    write_file(two.path(), 300);
    CHECK(one.bytes() == two.bytes());
}

TEST_CASE("chunks are bounded by log time") {
    TestFile file;
    write_file(file.path(), 21);  // half a second apart, span 2 s: four messages a chunk
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    REQUIRE(reader->chunks().size() == 6);
    for (const auto& chunk : reader->chunks()) {
        CHECK(chunk.end - chunk.start < 2 * kSecond);
    }
    CHECK(reader->chunks()[0].counts == std::map<uint16_t, uint64_t>{{0, 2}, {1, 2}});
    CHECK(reader->chunks()[5].counts == std::map<uint16_t, uint64_t>{{0, 1}});
}

TEST_CASE("chunks are bounded by size, and a message larger than a chunk is alone") {
    TestFile file;
    WriterOptions options;
    options.chunk_bytes_max = 1000;
    options.chunk_span_max_ns = 0;
    auto writer = McapWriter::open(file.path(), options);
    REQUIRE(writer);
    const auto channel = writer->add_channel("a/", 0, "text");
    for (const std::size_t size : {300U, 300U, 300U, 5000U, 10U}) {
        REQUIRE(writer->write(*channel, 0, 1, 1, std::string(size, 'q')));
    }
    REQUIRE(writer->close());
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    REQUIRE(reader->chunks().size() == 3);
    CHECK(reader->chunks()[0].counts.at(0) == 3);
    CHECK(reader->chunks()[1].counts.at(0) == 1);
    CHECK(reader->chunks()[1].compression == "zstd");
    CHECK(reader->chunks()[2].compression.empty());  // too small to be worth it
}

TEST_CASE("flush_chunk makes what was written readable while the file is still open") {
    TestFile file;
    auto writer = McapWriter::open(file.path());
    REQUIRE(writer);
    const auto channel = writer->add_channel("a/", 0, "text");
    REQUIRE(writer->write(*channel, 0, 100 * kSecond, 0, payload_of(0)));
    CHECK(McapReader::open(file.path())->statistics().messages == 0);
    REQUIRE(writer->flush_chunk());
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK_FALSE(reader->is_complete());
    CHECK(read_all(*reader) == 1);
}

TEST_CASE("a selection reads only its channels and skips chunks without them") {
    TestFile file;
    write_file(file.path(), 100);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    reader->select({1});
    McapMessage message;
    uint64_t n = 0;
    while (*reader->next(message)) {
        CHECK(message.sequence == 2 * n + 1);
        ++n;
    }
    CHECK(n == 50);
    reader->select({7});
    reader->rewind();
    CHECK_FALSE(*reader->next(message));
}

TEST_CASE("the n-th message of a channel is found without reading those before it") {
    TestFile file;
    write_file(file.path(), 101);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    const OrdinalIndex odd(reader->chunks(), {1});
    CHECK(odd.total() == 50);
    CHECK_FALSE(odd.find(50));
    McapChunkData data;
    for (uint64_t n = 0; n < 50; ++n) {
        const auto place = odd.find(n);
        REQUIRE(place);
        REQUIRE(reader->read_chunk(place->chunk, data));
        uint64_t skip = place->skip;
        for (const auto& message : data.messages) {
            if (message.channel == 1 && skip-- == 0) {
                CHECK(message.sequence == 2 * n + 1);
                break;
            }
        }
    }
    const OrdinalIndex both(reader->chunks(), {0, 1});
    CHECK(both.total() == 101);
    CHECK(both.find(100)->chunk == reader->chunks().size() - 1);
    CHECK(OrdinalIndex().total() == 0);
}

TEST_CASE(
    "a file torn at any byte gives every message of its complete chunks and says it is torn") {
    TestFile file;
    write_file(file.path(), 40);
    const auto whole = file.bytes();
    auto full = McapReader::open(file.path());
    REQUIRE(full);
    const auto chunks = full->chunks();
    REQUIRE(chunks.size() == 10);
    // From inside the last chunk but one to the end: chunks, indexes, metadata, summary, footer.
    for (std::size_t cut = whole.size() - 1; cut >= chunks[8].offset; --cut) {
        file.truncate(cut);
        auto reader = McapReader::open(file.path());
        REQUIRE(reader);
        REQUIRE_FALSE(reader->is_complete());
        uint64_t expected = 0;
        for (const auto& chunk : chunks) {
            expected += chunk.offset + chunk.length <= cut ? 4 : 0;
        }
        REQUIRE(read_all(*reader) == expected);
        REQUIRE(reader->statistics().messages == expected);
    }
}

TEST_CASE("a file cut inside its magic or header is told apart from a recording") {
    TestFile file;
    write_file(file.path(), 4);
    const auto whole = file.bytes();
    for (std::size_t cut = 0; cut < 8; ++cut) {
        file.replace(whole.substr(0, cut));
        const auto reader = McapReader::open(file.path());
        REQUIRE_FALSE(reader);
        CHECK(reader.error().kind == base::ErrorKind::Corrupt);
    }
    file.replace(whole.substr(0, 12));
    CHECK_FALSE(McapReader::open(file.path())->is_complete());
    CHECK(McapReader::open(file.path() + ".none").error().kind == base::ErrorKind::NotFound);
}

TEST_CASE("zeros behind a torn file, as a power cut leaves them, are not taken for data") {
    TestFile file;
    write_file(file.path(), 40);
    auto full = McapReader::open(file.path());
    const auto cut = full->chunks()[5].offset;
    file.replace(file.bytes().substr(0, cut) + std::string(4096, '\0'));
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK_FALSE(reader->is_complete());
    CHECK_THAT(reader->damage(), Catch::Contains("byte " + std::to_string(cut)));
    CHECK(read_all(*reader) == 20);
}

TEST_CASE("a flipped bit in a chunk is a named error and the chunks behind it are still read") {
    TestFile file;
    WriterOptions options;
    options.compression = GENERATE(Compression::None, Compression::Zstd);
    options.chunk_span_max_ns = 40 * static_cast<int64_t>(kSecond);
    write_file(file.path(), 240, options);
    auto bytes = file.bytes();
    auto whole = McapReader::open(file.path());
    REQUIRE(whole->chunks().size() == 3);
    const auto& second = whole->chunks()[1];
    bytes[second.offset + second.length - 20] ^= 0x10;
    file.replace(bytes);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    McapMessage message;
    for (int n = 0; n < 80; ++n) {
        REQUIRE(*reader->next(message));
    }
    const auto bad = reader->next(message);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().kind == base::ErrorKind::Corrupt);
    CHECK_THAT(bad.error().text, Catch::Contains("chunk 2 at byte"));
    if (options.compression == Compression::None) {
        CHECK_THAT(bad.error().text, Catch::Contains("CRC mismatch"));
    }
    REQUIRE(*reader->next(message));
    CHECK(message.sequence == 160);
}

TEST_CASE("a flipped bit in the summary is noticed and the file is scanned instead") {
    TestFile file;
    write_file(file.path(), 40);
    auto bytes = file.bytes();
    const auto at = bytes.rfind("test.Thing");  // the schema's copy in the summary
    bytes[at] ^= 1;
    file.replace(bytes);
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK_FALSE(reader->is_complete());
    CHECK_THAT(reader->damage(), Catch::Contains("CRC mismatch in the summary"));
    CHECK(reader->schemas().at(1).name == "test.Thing");
    CHECK(read_all(*reader) == 40);
}

TEST_CASE("no byte changed anywhere in a file makes the reader fail other than by an error") {
    TestFile file;
    write_file(file.path(), 12);
    const auto whole = file.bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        if (at > 0) {
            file.put(at - 1, whole[at - 1]);
        }
        file.put(at, static_cast<char>(whole[at] ^ 0xFF));
        auto reader = McapReader::open(file.path());
        if (!reader) {
            REQUIRE(at < 8);
            continue;
        }
        McapMessage message;
        uint64_t good = 0;
        for (int calls = 0; calls < 40; ++calls) {
            const auto more = reader->next(message);
            if (more && !*more) {
                break;
            }
            good += more ? 1 : 0;
        }
        REQUIRE(good <= 12);
    }
}

TEST_CASE("messages outside chunks and files without a summary are read") {
    McapBytes bytes;
    bytes.put_raw(kMcapMagic);
    McapBytes header;
    header.put_text("");
    header.put_text("another writer");
    bytes.put_raw(mcap_record(Opcode::Header, header.bytes()));
    bytes.put_raw(mcap_record(Opcode::Channel, encode_channel({0, 0, "a/", "text", {}})));
    bytes.put_raw(mcap_record(Opcode::Channel, encode_channel({1, 0, "b/", "text", {}})));
    for (uint64_t n = 0; n < 10; ++n) {
        McapBytes message;
        message.put(static_cast<uint16_t>(n % 2));
        message.put(static_cast<uint32_t>(n));
        message.put(100 * kSecond + n * kSecond / 2);
        message.put(n);
        message.put_raw(payload_of(n));
        bytes.put_raw(mcap_record(Opcode::Message, message.bytes()));
    }
    McapBytes end;
    end.put(uint32_t{0});
    bytes.put_raw(mcap_record(Opcode::DataEnd, end.bytes()));
    bytes.put_raw(mcap_record(Opcode::Footer, std::string(kFooterBytes, '\0')));
    bytes.put_raw(kMcapMagic);
    TestFile file;
    file.replace(bytes.bytes());
    auto reader = McapReader::open(file.path());
    REQUIRE(reader);
    CHECK(reader->is_complete());
    CHECK_FALSE(reader->is_indexed());
    CHECK(read_all(*reader) == 10);
}

TEST_CASE("a writer that cannot create its file says which and why") {
    const auto writer = McapWriter::open("/nonexistent/folder/x.mcap");
    REQUIRE_FALSE(writer);
    CHECK_THAT(writer.error().text,
               Catch::Contains("/nonexistent/folder/x.mcap") && Catch::Contains("No such file"));
    if (File::create("/dev/full")) {
        auto full = McapWriter::open("/dev/full");
        REQUIRE_FALSE(full);
        CHECK_THAT(full.error().text, Catch::Contains("No space left"));
    }
}
