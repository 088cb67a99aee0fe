#pragma once

#include "common/recording/session_recording.h"
#include "services/importer/core/session_builder.h"

#include <optional>
#include <string>

namespace sauda::importer {

// Of files nobody waits for: larger chunks pack better.
recording::WriterOptions packed_options();

// Writes messages into a recording that appears under its name only when it is complete. Opens
// with the first message, when underlying and date are known. After an error it takes nothing.
class RecordingSink : public MessageSink {
 public:
    RecordingSink(std::string path, recording::SourceDescription source);
    RecordingSink(const RecordingSink&) = delete;
    RecordingSink& operator=(const RecordingSink&) = delete;
    ~RecordingSink() override;  // removes what was not finished

    void take(const domain::Message& message) override;
    [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }
    [[nodiscard]] bool is_empty() const { return !writer_; }
    // May be completed until finish(). Not before the first message.
    recording::SourceDescription& source() { return writer_->source(); }
    // Ends the recording and gives it its name. Not before the first message.
    base::Expected<void> finish();
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] uint64_t bytes_written() const { return writer_->file().bytes_written(); }

 private:
    std::string path_;
    std::string partial_;
    recording::SourceDescription source_;
    std::optional<recording::RecordingWriter> writer_;
    std::optional<base::Error> error_;
};

}  // namespace sauda::importer
