#include "services/importer/shell/format.h"
#include "services/importer/shell/inspect_run.h"
#include "services/importer/shell/quality_text.h"

#include <fmt/core.h>

namespace sauda::importer {

namespace {

std::string source_text(const recording::SourceDescription& source) {
    std::string text =
        fmt::format("Source     {}  {} data, {}:{}, {} {}\n", source.name,
                    source.origin == domain::Origin::Real ? "real" : "simulated",
                    domain::to_text(source.exchange), domain::to_text(source.underlying),
                    weekday_text(source.date), domain::to_text(source.date));
    text += fmt::format("           interval {}, stale after {}, {}, {} quotes, content hash {}\n",
                        span_text(source.interval), span_text(recording::stale_limit_of(source)),
                        source.has_depth ? "bid and ask" : "no bid and ask", grouped(source.quotes),
                        base::to_hex(source.content_hash));
    for (const auto& [key, value] : source.extra) {
        text += is_quality(key) ? "" : fmt::format("           {} {}\n", key, value);
    }
    const auto quality = quality_text(source, "           ");
    return quality.empty() ? text : text + "Quality\n" + quality;
}

std::string market_text(const TopicFacts& topic) {
    std::string text = fmt::format("           {} quotes in {} contracts", grouped(topic.quotes),
                                   grouped(topic.contracts));
    if (!topic.expiries.empty()) {
        text += fmt::format(", {} expiries ({} to {})", topic.expiries.size(),
                            domain::to_text(topic.expiries.front()),
                            domain::to_text(topic.expiries.back()));
    }
    const auto& cadence = *topic.cadence;
    text +=
        fmt::format("\n           every {} (p95 {}, longest {}); {} gaps over {}",
                    span_text(cadence.median), span_text(cadence.p95), span_text(cadence.longest),
                    cadence.gaps.size(), span_text(cadence.stale_limit));
    constexpr std::size_t kShown = 5;
    for (std::size_t i = 0; i < cadence.gaps.size() && i < kShown; ++i) {
        const auto& gap = cadence.gaps[i];
        text += fmt::format("{} {}-{} ({})", i == 0 ? ":" : ",", clock_text(gap.from),
                            clock_text(gap.to), span_text(gap.to - gap.from));
    }
    return text + (cadence.gaps.size() > kShown ? ", ...\n" : "\n");
}

std::string topic_text(const TopicFacts& topic) {
    std::string schemas;
    for (const auto& schema : topic.schemas) {
        schemas += (schemas.empty() ? "" : ", ") + schema;
    }
    std::string text = fmt::format("{:<10} {} messages, {}, {} to {}  {}\n", topic.topic,
                                   grouped(topic.messages), bytes_text(topic.payload_bytes),
                                   moment_text(topic.first), clock_text(topic.last), schemas);
    if (topic.last_seq != 0) {
        text += fmt::format(
            "           seq {} to {}, {} missing{}\n", topic.first_seq, topic.last_seq,
            topic.missing,
            topic.refused == 0 ? "" : fmt::format(", {} do not pass validation", topic.refused));
    }
    return topic.cadence ? text + market_text(topic) : text;
}

}  // namespace

std::string inspect_text(const InspectResult& result) {
    std::string text =
        fmt::format("RECORDING  {}  {}  {}\n", result.path, bytes_text(result.file_bytes),
                    result.damage.empty() ? "complete"
                    : !result.is_indexed  ? "DAMAGED, read by scanning"
                                          : "DAMAGED");
    for (const auto& damage : result.damage) {
        text += fmt::format("Damage     {}\n", damage);
    }
    if (result.source) {
        text += source_text(*result.source);
    }
    for (const auto& [name, values] : result.metadata) {
        if (name == recording::kSourceMetadata && result.source) {
            continue;
        }
        text += fmt::format("Metadata   {}\n", name);
        for (const auto& [key, value] : values) {
            text += fmt::format("           {} {}\n", key, value);
        }
    }
    for (const auto& topic : result.topics) {
        text += topic_text(topic);
    }
    for (const auto& [compression, chunks] : result.chunks) {
        const double ratio = chunks.stored_bytes == 0
                                 ? 1.0
                                 : static_cast<double>(chunks.plain_bytes) /
                                       static_cast<double>(chunks.stored_bytes);
        text += fmt::format("Chunks     {} {}: {} for {} ({:.1f} x), largest {}, longest {}\n",
                            grouped(chunks.chunks), compression, bytes_text(chunks.stored_bytes),
                            bytes_text(chunks.plain_bytes), ratio, bytes_text(chunks.largest_bytes),
                            span_text(chunks.longest));
    }
    return text;
}

}  // namespace sauda::importer
