#pragma once

#include "common/domain/session.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace sauda::recording {

inline constexpr const char* kSourceMetadata = "sauda.source";

// What a recording is a recording of: its metadata record "sauda.source". What is only known at
// the end (last, quotes, content_hash) is zero in a recording that was not ended.
struct SourceDescription {
    std::string name;  // file name or source, no path
    domain::Origin origin = domain::Origin::Unspecified;
    domain::Exchange exchange = domain::Exchange::Unspecified;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::Date date;
    domain::Duration interval;  // declared cadence; zero: none
    bool has_depth = true;      // bid and ask exist
    domain::Timestamp first;    // known time of the first and the last quote
    domain::Timestamp last;
    uint64_t quotes = 0;
    uint64_t content_hash = 0;  // over every message in file order: the recording's identity
    std::map<std::string, std::string> extra;  // what the maker adds: import counts, seed, rules

    friend bool operator==(const SourceDescription&, const SourceDescription&) = default;
};

// The source's declared interval times 3, at least 3 s.
domain::Duration stale_limit_of(const SourceDescription& source);
// What the feed publishes before the first quote.
domain::SourceInfo source_info(const SourceDescription& source);

std::map<std::string, std::string> to_metadata(const SourceDescription& source);
// nullopt: a field is missing or makes no sense.
std::optional<SourceDescription> parse_metadata(const std::map<std::string, std::string>& values);

}  // namespace sauda::recording
