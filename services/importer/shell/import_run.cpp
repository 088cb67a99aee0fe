#include "services/importer/shell/import_run.h"

#include "services/importer/shell/line_source.h"
#include "services/importer/shell/progress.h"
#include "services/importer/shell/recording_sink.h"

#include <filesystem>

namespace sauda::importer {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

Expected<void> read_lines(LineSource& lines, const std::string& input, ChainImporter& importer,
                          const RecordingSink& sink, Progress& progress) {
    std::string_view line;
    uint64_t number = 0;
    while (true) {
        const auto more = lines.next(line);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        if (++number == 1) {
            if (const auto header = check_header(line); !header) {
                return fail(ErrorKind::Invalid, input + ": " + header.error().text);
            }
            continue;
        }
        if (!line.empty()) {
            importer.line(number, line);
        }
        if (sink.error()) {
            return std::unexpected(*sink.error());
        }
        if (number % 1024 == 0) {
            progress.show(number, lines.bytes_read(), lines.bytes_total());
        }
    }
    if (number == 0) {
        return fail(ErrorKind::Invalid, input + " is empty");
    }
    importer.finish();
    return sink.error() ? Expected<void>(std::unexpected(*sink.error())) : Expected<void>();
}

void describe(recording::SourceDescription& source, const ImportReport& report,
              const Cadence& cadence, const std::string& rules_hash) {
    source.interval = cadence.declared;
    source.has_depth = report.has_depth;
    source.extra = {{"importer", "nse-full-chain"},
                    {"rules", rules_hash},
                    {"rows_read", std::to_string(report.rows_read)},
                    {"rows_taken", std::to_string(report.rows_taken)},
                    {"rows_refused", std::to_string(report.rows_refused)},
                    {"quotes_refused", std::to_string(report.quotes_refused)},
                    {"snapshots", std::to_string(report.snapshots)},
                    {"repeats", std::to_string(report.repeats)},
                    {"stale_periods", std::to_string(cadence.gaps.size())}};
}

std::string nothing_taken(const std::string& input, const ImportReport& report) {
    std::string text =
        input + ": none of its " + std::to_string(report.rows_read) + " rows could be taken";
    for (const auto& [reason, entry] : report.refusals.entries()) {
        text += "; " + std::string(to_text(reason)) + ": " + std::to_string(entry.count) +
                ", the first in line " + std::to_string(entry.examples[0].line) + " (" +
                entry.examples[0].detail + ")";
    }
    return text;
}

}  // namespace

std::string output_path(const std::string& input, const std::string& out) {
    if (out.ends_with(".mcap")) {
        return out;
    }
    fs::path name = fs::path(input).filename();
    for (const char* ending : {".zst", ".gz", ".csv"}) {
        if (name.extension() == ending) {
            name = name.stem();
        }
    }
    return (fs::path(out) / (name.string() + ".mcap")).string();
}

Expected<ImportResult> import_chain(const std::string& input, const std::string& output,
                                    const domain::MarketRules& rules,
                                    const ImportOptions& options) {
    std::error_code error;
    if (!options.replace && fs::exists(output, error)) {
        return fail(ErrorKind::Conflict, output + " exists; --force replaces it");
    }
    auto lines = LineSource::open(input);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    ImportResult result;
    result.input = fs::path(input).filename().string();
    result.output = output;
    recording::SourceDescription source;
    source.name = result.input;
    source.origin = domain::Origin::Real;
    source.exchange = domain::Exchange::NSE;
    RecordingSink sink(output, source);
    ChainImporter importer(rules, sink);
    Progress progress(result.input, "rows", options.show_progress);
    const auto read = read_lines(*lines, input, importer, sink, progress);
    progress.clear();
    if (!read) {
        return std::unexpected(read.error());
    }
    result.report = importer.report();
    if (sink.is_empty()) {
        return fail(ErrorKind::Invalid, nothing_taken(input, result.report));
    }
    result.cadence = cadence_of(result.report.stamps);
    describe(sink.source(), result.report, result.cadence, rules.hash);
    if (const auto done = sink.finish(); !done) {
        return std::unexpected(done.error());
    }
    result.source = sink.source();
    result.output_bytes = sink.bytes_written();
    result.seconds = progress.seconds();
    return result;
}

}  // namespace sauda::importer
