// mcap_interop_files write FILE none|zstd|lz4     a file of known content
// mcap_interop_files list FILE                    one line per message of any file
// check.mjs knows the same content by the same rule.
#include "common/recording/mcap_reader.h"
#include "common/recording/mcap_writer.h"

#include <cstdio>
#include <string>

using namespace sauda::recording;

namespace {

constexpr uint64_t kMessages = 5000;
constexpr uint64_t kStart = 1'756'438'000'000'000'000;

std::string payload_of(uint64_t n) {
    std::string text = "message " + std::to_string(n) + ":";
    for (uint64_t i = 0; i < n % 40; ++i) {
        text += ' ';
        text += std::to_string(i * n);
    }
    return text;
}

int fail(const std::string& text) {
    std::fprintf(stderr, "%s\n", text.c_str());
    return 1;
}

int write_file(const std::string& path, const std::string& compression) {
    WriterOptions options;
    options.compression = compression == "zstd"  ? Compression::Zstd
                          : compression == "lz4" ? Compression::Lz4
                                                 : Compression::None;
    options.chunk_bytes_max = 100'000;
    auto writer = McapWriter::open(path, options);
    if (!writer) {
        return fail(writer.error().text);
    }
    const auto schema = writer->add_schema("interop.Text", "text", "plain text");
    uint16_t channels[3] = {};
    for (uint64_t c = 0; c < 3; ++c) {
        channels[c] = *writer->add_channel("interop/" + std::to_string(c) + "/",
                                           c == 2 ? uint16_t{0} : *schema, "text",
                                           {{"number", std::to_string(c)}});
    }
    for (uint64_t n = 0; n < kMessages; ++n) {
        const uint64_t time = kStart + n * 10'000'000;
        auto done =
            writer->write(channels[n % 3], static_cast<uint32_t>(n), time, time - n, payload_of(n));
        if (!done) {
            return fail(done.error().text);
        }
        if (n == kMessages / 2) {
            (void)writer->write_metadata("interop", {{"half", std::to_string(n)}});
        }
    }
    const auto done = writer->close();
    return done ? 0 : fail(done.error().text);
}

int list_file(const std::string& path) {
    auto reader = McapReader::open(path);
    if (!reader) {
        return fail(reader.error().text);
    }
    if (!reader->is_complete()) {
        return fail(reader->damage());
    }
    for (const auto& [name, values] : reader->all_metadata()) {
        for (const auto& [key, value] : values) {
            std::printf("metadata|%s|%s|%s\n", name.c_str(), key.c_str(), value.c_str());
        }
    }
    McapMessage message;
    while (true) {
        const auto more = reader->next(message);
        if (!more) {
            return fail(more.error().text);
        }
        if (!*more) {
            return 0;
        }
        const auto& channel = reader->channels().at(message.channel);
        const auto schema = reader->schemas().find(channel.schema);
        std::printf("message|%s|%s|%u|%llu|%llu|%.*s\n", channel.topic.c_str(),
                    schema == reader->schemas().end() ? "" : schema->second.name.c_str(),
                    message.sequence, static_cast<unsigned long long>(message.log_time),
                    static_cast<unsigned long long>(message.publish_time),
                    static_cast<int>(message.data.size()), message.data.data());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "write" && argc == 4) {
        return write_file(argv[2], argv[3]);
    }
    if (mode == "list" && argc == 3) {
        return list_file(argv[2]);
    }
    return fail("usage: mcap_interop_files write FILE none|zstd|lz4 | list FILE");
}
