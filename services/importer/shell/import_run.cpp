#include "services/importer/shell/import_run.h"

#include "services/importer/shell/opened_table.h"
#include "services/importer/shell/progress.h"
#include "services/importer/shell/recording_folder.h"

#include <filesystem>

namespace sauda::importer {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

std::map<std::string, std::string> figures_of(const ImportReport& report) {
    return {
        {"file_rows_read", std::to_string(report.rows_read)},
        {"file_rows_refused", std::to_string(report.rows_refused)},
        {"file_rows_left_out", std::to_string(report.rows_left_out)},
        {"file_quotes_refused", std::to_string(report.quotes_refused)},
        {"quality.out_of_hours", std::to_string(report.left_out.count(RefusalReason::OutOfHours))}};
}

Expected<void> read_rows(OpenedTable& table, TableImporter& importer, RecordingFolder& folder,
                         Progress& progress) {
    std::string_view line;
    uint64_t number = 0;
    while (true) {
        const auto more = table.next(line, number);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        if (!line.empty()) {
            importer.line(number, line);
        }
        if (folder.error()) {
            return std::unexpected(*folder.error());
        }
        if (number % 1024 == 0) {
            progress.show(number, table.lines().bytes_read(), table.lines().bytes_total());
        }
    }
    folder.describe(figures_of(importer.report()));
    importer.finish();
    return folder.error() ? Expected<void>(std::unexpected(*folder.error())) : Expected<void>();
}

void add_reasons(std::string& text, const RefusalCounts& counts) {
    for (const auto& [reason, entry] : counts.entries()) {
        text += "; " + std::string(to_text(reason)) + ": " + std::to_string(entry.count) +
                ", the first in line " + std::to_string(entry.examples[0].line) + " (" +
                entry.examples[0].detail + ")";
    }
}

std::string nothing_taken(const std::string& input, const std::string& format,
                          const ImportReport& report) {
    std::string text = input + ": read as " + format + ", none of its " +
                       std::to_string(report.rows_read) + " rows could be taken";
    add_reasons(text, report.refusals);
    add_reasons(text, report.left_out);
    return text;
}

recording::SourceDescription description_of(const std::string& input, const ColumnMap& map,
                                            const domain::MarketRules& rules) {
    recording::SourceDescription source;
    source.name = input;
    source.origin = domain::Origin::Real;
    source.exchange = domain::Exchange::NSE;
    source.interval = map.shape == Shape::Bars ? map.length : Duration{};
    source.extra = {{"importer", map.name}, {"format", map.title}, {"rules", rules.hash}};
    return source;
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

Expected<ImportResult> import_table(const std::string& input, const std::string& output,
                                    const domain::MarketRules& rules,
                                    const ImportOptions& options) {
    if (!options.replace) {
        if (const auto is_free = RecordingFolder::check_free(output); !is_free) {
            return std::unexpected(is_free.error());
        }
    }
    ImportResult result;
    result.input = fs::path(input).filename().string();
    Progress progress(result.input, "rows", options.show_progress);
    auto table = OpenedTable::open(input, options);
    if (!table) {
        return std::unexpected(table.error());
    }
    const auto& map = table->reader().map();
    result.format = map.title;
    result.unread = table->reader().layout().unread;
    RecordingFolder folder(output, description_of(result.input, map, rules));
    TableImporter importer(table->reader(), rules, folder, options.scope);
    const auto read = read_rows(*table, importer, folder, progress);
    progress.clear();
    if (!read) {
        return std::unexpected(read.error());
    }
    result.report = importer.report();
    if (result.report.rows_taken == 0) {
        return fail(ErrorKind::Invalid, nothing_taken(input, result.format, result.report));
    }
    auto published = folder.publish(result.recordings, options.one_file);
    if (!published) {
        return fail(published.error().kind, input + ": " + published.error().text);
    }
    result.output = *published;
    result.seconds = progress.seconds();
    return result;
}

}  // namespace sauda::importer
