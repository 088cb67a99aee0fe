#include "services/importer/shell/generate_run.h"

#include "services/importer/shell/format.h"
#include "services/importer/shell/recording_sink.h"

#include <fmt/core.h>

#include <filesystem>

namespace sauda::importer {

base::Expected<GenerateResult> generate_recording(const domain::MarketRules& rules,
                                                  const GeneratorOptions& options,
                                                  const std::string& output, bool replace) {
    std::error_code error;
    if (!replace && std::filesystem::exists(output, error)) {
        return base::fail(base::ErrorKind::Conflict, output + " exists; --force replaces it");
    }
    recording::SourceDescription source;
    source.name = "simulated " + domain::to_text(options.date) + " seed " +
                  std::to_string(options.seed) + (options.is_quick ? " quick" : "");
    source.origin = domain::Origin::Simulated;
    source.exchange = domain::Exchange::NSE;
    source.interval = base::seconds(options.is_quick ? 15 : 5);
    RecordingSink sink(output, source);
    const auto session = generate_session(rules, options, sink);
    if (!session) {
        return std::unexpected(session.error());
    }
    if (sink.error()) {
        return std::unexpected(*sink.error());
    }
    sink.source().extra = {
        {"generator", "1"}, {"seed", std::to_string(options.seed)}, {"rules", rules.hash}};
    if (const auto done = sink.finish(); !done) {
        return std::unexpected(done.error());
    }
    return GenerateResult{*session, sink.source(), output, sink.bytes_written()};
}

std::string summary_text(const GenerateResult& result) {
    const auto& session = result.session;
    const auto& source = result.source;
    std::string text = fmt::format("GENERATED  {}  {} {}  simulated: not a real market\n",
                                   domain::to_text(source.underlying), weekday_text(source.date),
                                   domain::to_text(source.date));
    text += fmt::format("Quotes     {} in {} contracts every {}, expiry {}, opening at {:.2f}\n",
                        grouped(session.quotes), session.contracts, span_text(session.interval),
                        domain::to_text(session.expiry), session.open);
    text += fmt::format("Known      {} to {} IST; silent {} to {}\n", moment_text(source.first),
                        moment_text(source.last), clock_text(session.gap_from),
                        clock_text(session.gap_to));
    text += fmt::format("File       {}  {}  content hash {}\n", result.output,
                        bytes_text(result.output_bytes), base::to_hex(source.content_hash));
    return text;
}

}  // namespace sauda::importer
