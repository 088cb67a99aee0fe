#pragma once

#include "common/recording/session_recording.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::recorder {

// The archive of an environment: numbered MCAP segments, one per start of the recorder and day.
// A message may stand in two segments (written, but its cursor not yet committed when the process
// died); readers take the first.
class Archive {
 public:
    // folder: <environment>/recorder/archive
    explicit Archive(std::string folder) : folder_(std::move(folder)) {}

    base::Expected<void> open_segment();
    base::Expected<void> write(const recording::RawMessage& message);
    // Everything written so far survives a kill afterwards.
    base::Expected<void> flush();
    base::Expected<void> close_segment();
    [[nodiscard]] bool is_open() const { return writer_.has_value(); }
    [[nodiscard]] uint64_t messages() const { return messages_; }

    // Paths of all segments in order.
    static std::vector<std::string> segments(const std::string& folder);

 private:
    std::string folder_;
    std::optional<recording::RecordingWriter> writer_;
    uint64_t messages_ = 0;
};

}  // namespace sauda::recorder
