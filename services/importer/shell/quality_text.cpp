#include "services/importer/shell/quality_text.h"

#include "services/importer/shell/format.h"

#include <fmt/core.h>

#include <charconv>

namespace sauda::importer {

namespace {

constexpr const char* kPrefix = "quality.";

uint64_t figure(const recording::SourceDescription& source, const std::string& key) {
    const auto at = source.extra.find(key);
    uint64_t value = 0;
    if (at != source.extra.end()) {
        std::from_chars(at->second.data(), at->second.data() + at->second.size(), value);
    }
    return value;
}

std::string percent(uint64_t part, uint64_t whole) {
    return whole == 0 ? "-"
                      : fmt::format("{:.1f} %",
                                    100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

bool is_quality(const std::string& key) { return key.starts_with(kPrefix); }

std::string quality_text(const recording::SourceDescription& source, const std::string& indent) {
    if (!source.extra.contains("quality.unchanged")) {
        return "";
    }
    const auto q = [&](const char* key) { return figure(source, std::string(kPrefix) + key); };
    std::string text;
    const auto line = [&](const std::string& words) { text += indent + words + "\n"; };
    const auto if_any = [&](const char* key, const std::string& words) {
        if (const auto count = q(key); count > 0) {
            line(grouped(count) + " " + words);
        }
    };
    line(fmt::format("{} silent periods, longest {}: stale {:.1f} % of the time",
                     figure(source, "stale_periods"),
                     span_text(base::seconds(static_cast<int64_t>(q("longest_gap_s")))),
                     static_cast<double>(q("stale_permille")) / 10.0));
    line(
        fmt::format("{} of {} snapshots repeat the one before in every figure; {} of the quotes "
                    "tell nothing new",
                    grouped(q("stale_snapshots")), grouped(figure(source, "snapshots")),
                    percent(q("unchanged"), source.quotes)));
    line(fmt::format("{} crossed, {} out of hours, {} duplicates, {} falls of the day's volume",
                     grouped(q("crossed")), grouped(q("out_of_hours")), grouped(q("duplicates")),
                     grouped(q("volume_decreases"))));
    if (const auto pairs = q("parity_pairs"); pairs > 0) {
        line(fmt::format("{} of {} call-put pairs near the money off parity ({})",
                         grouped(q("parity_outliers")), grouped(pairs),
                         percent(q("parity_outliers"), pairs)));
    }
    if (!source.has_depth) {
        line("no bid and ask: paper fills are modelled around the last price, and marked so");
    }
    if_any("zero_spots", "rows give the underlying as 0: not taken");
    if_any("sentinel_volatilities", "volatilities are a sentinel of the collector (never taken)");
    if_any("old_prices", "last prices without a trade today: dropped");
    if_any("priceless", "quotes have no price at all, only open interest");
    if_any("odd_opens", "bars open outside of their own low and high (only the close is used)");
    if_any("lot_differs", "rows have another lot than deploy/market: the file's was taken");
    return text;
}

}  // namespace sauda::importer
