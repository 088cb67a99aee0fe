#include "common/recording/source_recording.h"
#include "services/feed/shell/playlist.h"

namespace sauda::feed {

namespace {

// A recording as a source. What does not decode keeps its place in the stream (consumers refuse it
// as well) but is no input of the feed's core.
class RecordedSource : public Source {
 public:
    explicit RecordedSource(recording::SourceRecording file)
        : file_(std::move(file)), info_(recording::source_info(file_.source())) {
        advance();
    }

    [[nodiscard]] const domain::SourceInfo& info() const override { return info_; }

    [[nodiscard]] std::optional<domain::Timestamp> next_time() override {
        return has_next_ ? std::optional(next_.known_time) : std::nullopt;
    }

    SourceMessage pop() override {
        INVARIANT(has_next_);
        SourceMessage message;
        message.message.stream = next_.stream;
        message.message.seq = next_.ordinal;
        message.message.meta = next_.decoded.meta;
        message.message.meta.known_time = next_.known_time;
        message.message.payload = next_.decoded.payload;
        message.payload = next_.bytes;
        message.is_refused = !next_.refused.empty();
        refused_ += next_.decoded.refusals.size() + (message.is_refused ? 1 : 0);
        advance();
        return message;
    }

    [[nodiscard]] std::vector<std::string> range(domain::StreamId stream, uint64_t from,
                                                 uint32_t count) override {
        std::vector<std::string> payloads;
        auto stored = file_.range(stream, from, count);
        if (stored) {
            for (auto& message : *stored) {
                payloads.push_back(std::move(message.bytes));
            }
        }
        return payloads;
    }

    [[nodiscard]] uint64_t refused() const override { return refused_; }

 private:
    void advance() {
        // A chunk that cannot be read is passed over; inspect names it.
        auto more = file_.next(next_);
        while (!more) {
            ++refused_;
            more = file_.next(next_);
        }
        has_next_ = *more;
    }

    recording::SourceRecording file_;
    domain::SourceInfo info_;
    recording::SourceMessage next_;
    bool has_next_ = false;
    uint64_t refused_ = 0;
};

}  // namespace

base::Expected<std::unique_ptr<Source>> open_source(const std::string& path,
                                                    uint64_t expected_hash) {
    auto file = recording::SourceRecording::open(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    if (expected_hash != 0 && file->source().content_hash != expected_hash) {
        return base::fail(base::ErrorKind::Conflict,
                          path +
                              " is not the recording that was played: its content differs. Put "
                              "the original back, or `sauda reset` the environment.");
    }
    return std::make_unique<RecordedSource>(std::move(*file));
}

}  // namespace sauda::feed
