#include "services/importer/shell/recording_folder.h"

#include <algorithm>
#include <filesystem>

namespace sauda::importer {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

std::string without_ending(const std::string& output) {
    constexpr std::string_view kEnding = ".mcap";
    return output.ends_with(kEnding) ? output.substr(0, output.size() - kEnding.size())
                                     : output + ".recordings";
}

std::map<std::string, std::string> extra_of(const SessionReport& report, const Cadence& cadence) {
    auto extra = to_texts(report.quality);
    const auto add = [&](const char* key, auto value) { extra[key] = std::to_string(value); };
    add("rows_taken", report.rows);
    add("snapshots", report.snapshots);
    add("repeats", report.repeats);
    add("stale_periods", cadence.gaps.size());
    int64_t silent = 0;
    for (const auto& gap : cadence.gaps) {
        silent += (gap.to - gap.from).ns - cadence.stale_limit.ns;
    }
    const auto span = (report.last - report.first).ns;
    add("quality.stale_permille", span == 0 ? 0 : base::scale_half_up(silent, 1000, span));
    add("quality.longest_gap_s", cadence.longest.ns / 1'000'000'000);
    return extra;
}

}  // namespace

RecordingFolder::RecordingFolder(std::string output, recording::SourceDescription base)
    : output_(std::move(output)), partial_(folder() + ".partial"), base_(std::move(base)) {
    std::error_code ignored;  // of an interrupted import
    fs::remove_all(partial_, ignored);
}

RecordingFolder::~RecordingFolder() {
    open_.clear();
    std::error_code ignored;
    fs::remove_all(partial_, ignored);
}

std::string RecordingFolder::folder() const { return without_ending(output_); }

Expected<void> RecordingFolder::check_free(const std::string& output) {
    std::error_code error;
    for (const auto& path : {output, without_ending(output)}) {
        if (fs::exists(path, error)) {
            return fail(ErrorKind::Conflict, path + " exists; --force replaces it");
        }
    }
    return {};
}

void RecordingFolder::take(const domain::Message& message) {
    if (error_) {
        return;
    }
    auto& sink = open_[message.stream];
    if (!sink) {
        const auto& batch = std::get<domain::QuoteBatch>(message.payload);
        auto source = base_;
        source.exchange = batch.quotes.front().contract.exchange();
        const auto name = std::string(domain::to_text(batch.underlying)) + "_" +
                          domain::to_text(base::ist_date(message.meta.known_time)) + ".mcap";
        sink = std::make_unique<RecordingSink>((fs::path(partial_) / name).string(), source);
    }
    sink->take(message);
    error_ = sink->error();
}

void RecordingFolder::end_session(const SessionReport& report) {
    const auto found = open_.find(domain::market_data_stream(report.underlying));
    if (error_ || found == open_.end()) {
        return;
    }
    auto& sink = *found->second;
    ImportedRecording recording;
    recording.cadence = cadence_of(report.stamps, base_.interval);
    if (recording.cadence.declared.ns == 0) {  // the only snapshot of its day
        recording.cadence = cadence_of(report.stamps, base::minutes(24 * 60));
    }
    auto& source = sink.source();
    source.interval = recording.cadence.declared;
    source.has_depth = report.has_depth;
    for (const auto& [key, value] : extra_) {
        source.extra[key] = value;
    }
    for (const auto& [key, value] : extra_of(report, recording.cadence)) {
        source.extra[key] = value;
    }
    if (const auto done = sink.finish(); !done) {
        error_ = done.error();
        return;
    }
    recording.path = sink.path();
    recording.source = source;
    recording.bytes = sink.bytes_written();
    recording.report = report;
    recording.report.stamps = {};
    done_.push_back(std::move(recording));
    open_.erase(found);
}

// Moves over what is there: a file or a folder that --force gave up.
Expected<void> RecordingFolder::put_in_place(const std::string& from, const std::string& to) const {
    std::error_code error;
    for (const auto& old : {output_, folder()}) {
        if (old != to || fs::is_directory(to, error)) {
            fs::remove_all(old, error);
        }
    }
    fs::rename(from, to, error);
    if (error) {
        return fail(ErrorKind::Unavailable, "cannot create " + to + ": " + error.message());
    }
    return {};
}

Expected<std::string> RecordingFolder::publish(std::vector<ImportedRecording>& recordings,
                                               bool one_file) {
    INVARIANT(!done_.empty());
    std::stable_sort(done_.begin(), done_.end(), [](const auto& a, const auto& b) {
        return std::pair(a.report.date, a.report.underlying) <
               std::pair(b.report.date, b.report.underlying);
    });
    const bool is_one = done_.size() == 1;
    if (one_file && !is_one) {
        return fail(ErrorKind::Invalid,
                    "it holds " + std::to_string(done_.size()) +
                        " recordings (one for each underlying and day) and " + output_ +
                        " is one file: name a folder, or choose with --only, --from and --to");
    }
    const auto target = is_one ? output_ : folder();
    if (auto done = put_in_place(is_one ? done_.front().path : partial_, target); !done) {
        return std::unexpected(done.error());
    }
    for (auto& recording : done_) {
        recording.path =
            is_one ? target : (fs::path(target) / fs::path(recording.path).filename()).string();
    }
    recordings = std::move(done_);
    return target;
}

}  // namespace sauda::importer
