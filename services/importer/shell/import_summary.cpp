#include "services/importer/shell/format.h"
#include "services/importer/shell/import_run.h"

#include <fmt/core.h>

namespace sauda::importer {

namespace {

void add_refusals(std::string& text, const ImportResult& result) {
    for (const auto& [reason, entry] : result.report.refusals.entries()) {
        text += fmt::format("           {:>10}  {}\n", grouped(entry.count), to_text(reason));
        for (const auto& example : entry.examples) {
            text += fmt::format("                       {}:{}: {}\n", result.input, example.line,
                                example.detail);
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

}  // namespace

std::string summary_text(const ImportResult& result, const domain::MarketRules& rules) {
    const auto& report = result.report;
    const auto& source = result.source;
    std::string text = fmt::format("IMPORTED   {}  {} {}  real recording\n", result.input,
                                   weekday_text(source.date), domain::to_text(source.date));
    const auto day = rules.day(source.exchange, source.date);
    if (!day.is_open) {
        text += fmt::format("Note       {} was no trading day ({}): nothing will trade on it\n",
                            domain::to_text(source.date), day.holiday);
    }
    text += fmt::format("Rows       {} read, {} taken, {} refused; {} quotes refused\n",
                        grouped(report.rows_read), grouped(report.rows_taken),
                        grouped(report.rows_refused), grouped(report.quotes_refused));
    add_refusals(text, result);
    text += fmt::format("Quotes     {} of {} in {} contracts, {} expiries ({} to {})\n",
                        grouped(report.quotes), domain::to_text(source.underlying),
                        grouped(report.contracts.size()), report.expiries.size(),
                        domain::to_text(*report.expiries.begin()),
                        domain::to_text(*report.expiries.rbegin()));
    text +=
        fmt::format("Snapshots  {}, {} repeat the stamp before; median {}, p95 {}, longest {}\n",
                    grouped(report.snapshots), report.repeats, span_text(result.cadence.median),
                    span_text(result.cadence.p95), span_text(result.cadence.longest));
    add_gaps(text, result.cadence);
    text += fmt::format("Known      {} to {} IST\n", moment_text(report.first),
                        moment_text(report.last));
    const auto rate =
        result.seconds > 0.0
            ? static_cast<uint64_t>(static_cast<double>(report.rows_read) / result.seconds)
            : 0;
    text += fmt::format("File       {}  {}  content hash {}  ({:.2f} s, {} rows/s)\n",
                        result.output, bytes_text(result.output_bytes),
                        base::to_hex(source.content_hash), result.seconds, grouped(rate));
    return text;
}

}  // namespace sauda::importer
