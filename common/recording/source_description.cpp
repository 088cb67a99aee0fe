#include "common/recording/source_description.h"

#include <algorithm>
#include <charconv>

namespace sauda::recording {

namespace {

using Values = std::map<std::string, std::string>;

constexpr std::string_view kExtraPrefix = "x.";

std::optional<int64_t> number(const Values& values, const char* key) {
    const auto it = values.find(key);
    if (it == values.end()) {
        return std::nullopt;
    }
    int64_t value = 0;
    const char* end = it->second.data() + it->second.size();
    const auto [rest, error] = std::from_chars(it->second.data(), end, value);
    return error == std::errc{} && rest == end ? std::optional(value) : std::nullopt;
}

std::string text(const Values& values, const char* key) {
    const auto it = values.find(key);
    return it == values.end() ? "" : it->second;
}

std::optional<uint64_t> hex(const std::string& digits) {
    uint64_t value = 0;
    const char* end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, value, 16);
    return error == std::errc{} && rest == end ? std::optional(value) : std::nullopt;
}

}  // namespace

domain::Duration stale_limit_of(const SourceDescription& source) {
    return std::max(domain::Duration{base::checked_mul(source.interval.ns, 3)}, base::seconds(3));
}

domain::SourceInfo source_info(const SourceDescription& source) {
    domain::SourceInfo info;
    info.name = source.name;
    info.origin = source.origin;
    info.underlying = source.underlying;
    info.date = source.date;
    info.interval = source.interval;
    info.stale_limit = stale_limit_of(source);
    info.has_depth = source.has_depth;
    info.content_hash = source.content_hash;
    return info;
}

Values to_metadata(const SourceDescription& source) {
    Values values{{"name", source.name},
                  {"origin", source.origin == domain::Origin::Real ? "real" : "simulated"},
                  {"exchange", std::string(domain::to_text(source.exchange))},
                  {"underlying", std::string(domain::to_text(source.underlying))},
                  {"date", domain::to_text(source.date)},
                  {"interval_ns", std::to_string(source.interval.ns)},
                  {"has_depth", source.has_depth ? "true" : "false"},
                  {"first_ns", std::to_string(source.first.ns)},
                  {"last_ns", std::to_string(source.last.ns)},
                  {"quotes", std::to_string(source.quotes)},
                  {"content_hash", base::to_hex(source.content_hash)}};
    for (const auto& [key, value] : source.extra) {
        values[std::string(kExtraPrefix) + key] = value;
    }
    return values;
}

std::optional<SourceDescription> parse_metadata(const Values& values) {
    SourceDescription source;
    source.name = text(values, "name");
    const auto origin = text(values, "origin");
    const auto exchange = domain::parse_exchange(text(values, "exchange"));
    const auto underlying = domain::parse_underlying(text(values, "underlying"));
    const auto date = domain::parse_date(text(values, "date"));
    const auto interval = number(values, "interval_ns");
    const auto first = number(values, "first_ns");
    const auto last = number(values, "last_ns");
    const auto quotes = number(values, "quotes");
    const auto hash = hex(text(values, "content_hash"));
    constexpr int64_t kDayNs = 86'400'000'000'000;
    if ((origin != "real" && origin != "simulated") || !exchange || !underlying || !date ||
        !interval || *interval < 0 || *interval > kDayNs || !first || !last || !quotes ||
        *quotes < 0 || !hash) {
        return std::nullopt;
    }
    source.origin = origin == "real" ? domain::Origin::Real : domain::Origin::Simulated;
    source.exchange = *exchange;
    source.underlying = *underlying;
    source.date = *date;
    source.interval = {*interval};
    source.has_depth = text(values, "has_depth") == "true";
    source.first = {*first};
    source.last = {*last};
    source.quotes = static_cast<uint64_t>(*quotes);
    source.content_hash = *hash;
    for (const auto& [key, value] : values) {
        if (key.starts_with(kExtraPrefix)) {
            source.extra[key.substr(kExtraPrefix.size())] = value;
        }
    }
    return source;
}

}  // namespace sauda::recording
