#include "services/importer/shell/format.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/quality_text.h"

#include <fmt/core.h>

namespace sauda::importer {

namespace {

void add_reasons(std::string& text, const ImportResult& result, const RefusalCounts& counts) {
    for (const auto& [reason, entry] : counts.entries()) {
        text += fmt::format("           {:>10}  {}\n", grouped(entry.count), to_text(reason));
        for (const auto& example : entry.examples) {
            if (!example.detail.empty()) {
                text += fmt::format("                       {}:{}: {}\n", result.input,
                                    example.line, example.detail);
            }
        }
    }
}

void add_gaps(std::string& text, const Cadence& cadence) {
    constexpr std::size_t kShown = 5;
    text += fmt::format("Gaps       {} longer than {} (3 x the declared interval)",
                        cadence.gaps.size(), span_text(cadence.stale_limit));
    for (std::size_t i = 0; i < cadence.gaps.size() && i < kShown; ++i) {
        const auto& gap = cadence.gaps[i];
        text += fmt::format("{} {}-{} ({})", i == 0 ? ":" : ",", clock_text(gap.from),
                            clock_text(gap.to), span_text(gap.to - gap.from));
    }
    text += cadence.gaps.size() > kShown ? ", ...\n" : "\n";
}

void add_recording(std::string& text, const ImportedRecording& one,
                   const domain::MarketRules& rules) {
    const auto& report = one.report;
    const auto& source = one.source;
    if (!rules.day(source.exchange, source.date).is_open) {
        text += fmt::format("Note       {} was no trading day ({}): nothing will trade on it\n",
                            domain::to_text(source.date),
                            rules.day(source.exchange, source.date).holiday);
    }
    text += fmt::format("Quotes     {} of {} on {} {} in {} contracts", grouped(report.quotes),
                        domain::to_text(source.underlying), weekday_text(source.date),
                        domain::to_text(source.date), grouped(report.contracts));
    text += report.expiries.empty()
                ? "\n"
                : fmt::format(", {} expiries ({} to {})\n", report.expiries.size(),
                              domain::to_text(*report.expiries.begin()),
                              domain::to_text(*report.expiries.rbegin()));
    text +=
        fmt::format("Snapshots  {}, {} repeat the stamp before; median {}, p95 {}, longest {}\n",
                    grouped(report.snapshots), report.repeats, span_text(one.cadence.median),
                    span_text(one.cadence.p95), span_text(one.cadence.longest));
    add_gaps(text, one.cadence);
    text += "Quality\n" + quality_text(source, "           ");
    text += fmt::format("Known      {} to {} IST\n", moment_text(report.first),
                        moment_text(report.last));
    text += fmt::format("File       {}  {}  content hash {}\n", one.path, bytes_text(one.bytes),
                        base::to_hex(source.content_hash));
}

// Of many recordings: one line each, of the first and the last.
void add_list(std::string& text, const std::vector<ImportedRecording>& recordings) {
    constexpr std::size_t kShown = 4;
    for (std::size_t i = 0; i < recordings.size(); ++i) {
        if (i == kShown && recordings.size() > 2 * kShown) {
            text += "           ...\n";
            i = recordings.size() - kShown;
        }
        const auto& one = recordings[i];
        text += fmt::format(
            "           {} {:<10} {:>9} quotes, {} to {}, every {}, {} silent periods, {}\n",
            domain::to_text(one.source.date), domain::to_text(one.source.underlying),
            grouped(one.report.quotes), clock_text(one.report.first), clock_text(one.report.last),
            span_text(one.cadence.declared), one.cadence.gaps.size(), bytes_text(one.bytes));
    }
}

// The qualities of several recordings taken together.
recording::SourceDescription together(const std::vector<ImportedRecording>& recordings) {
    recording::SourceDescription sum;
    sum.has_depth = false;
    Quality quality;
    uint64_t snapshots = 0;
    uint64_t periods = 0;
    int64_t longest = 0;
    int64_t permille = 0;
    for (const auto& one : recordings) {
        quality += one.report.quality;
        sum.quotes += one.report.quotes;
        sum.has_depth = sum.has_depth || one.source.has_depth;
        snapshots += one.report.snapshots;
        periods += one.cadence.gaps.size();
        longest = std::max(longest, one.cadence.longest.ns / 1'000'000'000);
        permille += std::stoll(one.source.extra.at("quality.stale_permille"));
    }
    sum.extra = to_texts(quality);
    sum.extra["snapshots"] = std::to_string(snapshots);
    sum.extra["stale_periods"] = std::to_string(periods);
    sum.extra["quality.longest_gap_s"] = std::to_string(longest);
    sum.extra["quality.stale_permille"] =
        std::to_string(permille / static_cast<int64_t>(recordings.size()));
    return sum;
}

}  // namespace

std::string summary_text(const ImportResult& result, const domain::MarketRules& rules) {
    const auto& report = result.report;
    std::string text =
        fmt::format("IMPORTED   {}  read as {}  real data\n", result.input, result.format);
    for (std::size_t i = 0; i < result.unread.size(); ++i) {
        text += (i == 0 ? "Not read   the column " : ", ") + result.unread[i];
    }
    text += result.unread.empty() ? "" : "\n";
    text += fmt::format(
        "Rows       {} read, {} taken, {} refused, {} left out; {} quotes refused\n",
        grouped(report.rows_read), grouped(report.rows_taken), grouped(report.rows_refused),
        grouped(report.rows_left_out), grouped(report.quotes_refused));
    add_reasons(text, result, report.refusals);
    add_reasons(text, result, report.left_out);
    if (report.relabelled > 0) {
        text += fmt::format("Note       {} rows name another underlying than --underlying\n",
                            grouped(report.relabelled));
    }
    if (result.recordings.size() == 1) {
        add_recording(text, result.recordings.front(), rules);
    } else {
        text += fmt::format("Recordings {} in {}, one for each underlying and day\n",
                            grouped(result.recordings.size()), result.output);
        add_list(text, result.recordings);
        auto all = together(result.recordings);
        all.extra["quality.out_of_hours"] =
            std::to_string(report.left_out.count(RefusalReason::OutOfHours));
        text += "Quality    of all of them\n" + quality_text(all, "           ");
    }
    const auto rate =
        result.seconds > 0.0
            ? static_cast<uint64_t>(static_cast<double>(report.rows_read) / result.seconds)
            : 0;
    return text + fmt::format("Took       {:.2f} s, {} rows/s\n", result.seconds, grouped(rate));
}

}  // namespace sauda::importer
