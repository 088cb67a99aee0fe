#include "services/importer/shell/recording_sink.h"

#include <filesystem>

namespace sauda::importer {

namespace fs = std::filesystem;

recording::WriterOptions packed_options() {
    constexpr int64_t kChunkSpanNs = 900'000'000'000;
    constexpr int kLevel = 3;
    recording::WriterOptions options;
    options.chunk_span_max_ns = kChunkSpanNs;
    options.level = kLevel;
    return options;
}

RecordingSink::RecordingSink(std::string path, recording::SourceDescription source)
    : path_(std::move(path)), partial_(path_ + ".partial"), source_(std::move(source)) {}

RecordingSink::~RecordingSink() {
    if (writer_) {
        std::error_code ignored;
        fs::remove(partial_, ignored);
    }
}

void RecordingSink::take(const domain::Message& message) {
    if (error_) {
        return;
    }
    if (!writer_) {
        source_.underlying = std::get<domain::QuoteBatch>(message.payload).underlying;
        source_.date = base::ist_date(message.meta.known_time);
        std::error_code ignored;  // a folder that is missing after this shows when opening
        if (const auto folder = fs::path(path_).parent_path(); !folder.empty()) {
            fs::create_directories(folder, ignored);
        }
        auto opened = recording::RecordingWriter::open(partial_, source_, packed_options());
        if (!opened) {
            error_ = opened.error();
            return;
        }
        writer_.emplace(std::move(*opened));
    }
    if (const auto done = writer_->write(message); !done) {
        error_ = done.error();
    }
}

base::Expected<void> RecordingSink::finish() {
    if (error_) {
        return std::unexpected(*error_);
    }
    if (auto done = writer_->close(); !done) {
        return done;
    }
    std::error_code error;
    fs::rename(partial_, path_, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot create " + path_ + ": " + error.message());
    }
    return {};
}

}  // namespace sauda::importer
