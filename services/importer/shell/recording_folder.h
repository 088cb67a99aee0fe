#pragma once

#include "services/importer/core/session_builder.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/recording_sink.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sauda::importer {

// The recordings of one import, in a folder "NAME.partial" until publish(). After an error it
// takes nothing; what was not published is removed.
class RecordingFolder : public MessageSink {
 public:
    // output: ends in .mcap. base: what every recording's description begins with.
    RecordingFolder(std::string output, recording::SourceDescription base);
    RecordingFolder(const RecordingFolder&) = delete;
    RecordingFolder& operator=(const RecordingFolder&) = delete;
    ~RecordingFolder() override;

    void take(const domain::Message& message) override;
    void end_session(const SessionReport& report) override;
    // What is known of the whole file, once it has been read. Kept with its recordings, unless it
    // held several days, the first of which are written by then.
    void describe(const std::map<std::string, std::string>& extra) {
        extra_ = done_.empty() ? extra : extra_;
    }

    [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }
    // Gives the recordings their names; `output` or, of several, the folder. Not of none.
    base::Expected<std::string> publish(std::vector<ImportedRecording>& recordings, bool one_file);
    // Conflict: the file or the folder of that name is there.
    static base::Expected<void> check_free(const std::string& output);

 private:
    [[nodiscard]] std::string folder() const;
    base::Expected<void> put_in_place(const std::string& from, const std::string& to) const;

    std::string output_;
    std::string partial_;
    recording::SourceDescription base_;
    std::map<std::string, std::string> extra_;
    std::map<domain::StreamId, std::unique_ptr<RecordingSink>> open_;
    std::vector<ImportedRecording> done_;
    std::optional<base::Error> error_;
};

}  // namespace sauda::importer
