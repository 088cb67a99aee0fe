#include "services/lab/shell/recordings.h"

#include "common/recording/source_recording.h"

#include <algorithm>
#include <filesystem>

namespace sauda::lab {

namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;

base::Expected<std::vector<std::string>> files_of(const RecordingRange& range) {
    if (range.files.empty() == range.folder.empty()) {
        return fail(ErrorKind::Invalid,
                    "name the recordings to test on, or a folder of them with --recordings; "
                    "one of the two");
    }
    if (!range.files.empty()) {
        return range.files;
    }
    std::error_code error;
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(range.folder, error)) {
        if (entry.path().extension() == ".mcap") {
            files.push_back(entry.path().string());
        }
    }
    if (error) {
        return fail(ErrorKind::NotFound,
                    "cannot read the folder " + range.folder + ": " + error.message());
    }
    if (files.empty()) {
        return fail(ErrorKind::NotFound,
                    range.folder +
                        " holds no recording (*.mcap). Make some with `sauda simulate "
                        "--days 30 --quick --out FOLDER`, or `sauda import`.");
    }
    std::sort(files.begin(), files.end());
    return files;
}

base::Expected<domain::Date> date_of_word(const std::string& word, domain::Date fallback) {
    if (word.empty()) {
        return fallback;
    }
    const auto date = domain::parse_date(word);
    return date ? base::Expected<domain::Date>(*date)
                : fail(ErrorKind::Invalid, "'" + word + "' is not a date like 2026-11-23");
}

base::Expected<Recording> read_recording(const std::string& path) {
    const auto opened = recording::SourceRecording::open(path);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    std::error_code error;
    return Recording{.path = path,
                     .bytes = fs::file_size(path, error),
                     .source = opened->source(),
                     .is_complete = opened->is_complete(),
                     .damage = opened->damage()};
}

base::Expected<void> check_dates(const std::vector<Recording>& recordings) {
    for (std::size_t i = 1; i < recordings.size(); ++i) {
        const auto& a = recordings[i - 1];
        const auto& b = recordings[i];
        if (a.source.date == b.source.date) {
            return fail(ErrorKind::Conflict, a.path + " and " + b.path + " are both of " +
                                                 domain::to_text(a.source.date) +
                                                 "; an account lives a day once. Leave one out.");
        }
    }
    return {};
}

}  // namespace

base::Expected<std::vector<Recording>> find_recordings(
    const RecordingRange& range, const std::vector<domain::Underlying>& underlyings) {
    const auto from = date_of_word(range.from, domain::Date{INT32_MIN});
    const auto to = date_of_word(range.to, domain::Date{INT32_MAX});
    if (!from || !to) {
        return std::unexpected(from ? to.error() : from.error());
    }
    const auto files = files_of(range);
    if (!files) {
        return std::unexpected(files.error());
    }
    std::vector<Recording> recordings;
    std::string first;
    std::string last;
    for (const auto& path : *files) {
        auto one = read_recording(path);
        if (!one) {
            return std::unexpected(one.error());
        }
        const auto date = one->source.date;
        const auto text = domain::to_text(date);
        first = first.empty() ? text : std::min(first, text);
        last = std::max(last, text);
        const bool is_ours = std::find(underlyings.begin(), underlyings.end(),
                                       one->source.underlying) != underlyings.end();
        if (!is_ours && range.folder.empty()) {
            return fail(ErrorKind::Invalid,
                        path + " is a recording of " +
                            std::string(domain::to_text(one->source.underlying)) +
                            ", which `underlyings` of the configuration does not name");
        }
        if (is_ours && *from <= date && date <= *to) {
            recordings.push_back(std::move(*one));
        }
    }
    if (recordings.empty()) {
        return fail(ErrorKind::NotFound,
                    "no recording lies between the dates asked for; there are "
                    "recordings from " +
                        first + " to " + last);
    }
    std::stable_sort(recordings.begin(), recordings.end(),
                     [](const auto& a, const auto& b) { return a.source.date < b.source.date; });
    if (auto ok = check_dates(recordings); !ok) {
        return std::unexpected(ok.error());
    }
    return recordings;
}

std::vector<domain::Date> missing_days(const std::vector<Recording>& recordings,
                                       const domain::MarketRules& rules) {
    std::vector<domain::Date> missing;
    for (std::size_t i = 1; i < recordings.size(); ++i) {
        const auto exchange = domain::exchange_of(recordings[i].source.underlying);
        auto date = rules.next_trading_day(exchange, recordings[i - 1].source.date);
        while (date.days != 0 && date < recordings[i].source.date) {
            missing.push_back(date);
            date = rules.next_trading_day(exchange, date);
        }
    }
    return missing;
}

}  // namespace sauda::lab
