#include "services/importer/shell/inspect_run.h"

#include <nlohmann/json.hpp>

namespace sauda::importer {

namespace {

using Json = nlohmann::ordered_json;

Json dates(const std::vector<base::Date>& list) {
    Json json = Json::array();
    for (const auto date : list) {
        json.push_back(domain::to_text(date));
    }
    return json;
}

Json topic_json(const TopicFacts& topic) {
    Json json{{"topic", topic.topic},         {"schemas", topic.schemas},
              {"messages", topic.messages},   {"payload_bytes", topic.payload_bytes},
              {"first_ns", topic.first.ns},   {"last_ns", topic.last.ns},
              {"first_seq", topic.first_seq}, {"last_seq", topic.last_seq},
              {"missing", topic.missing},     {"refused", topic.refused}};
    if (topic.cadence) {
        const auto& cadence = *topic.cadence;
        json["quotes"] = topic.quotes;
        json["contracts"] = topic.contracts;
        json["expiries"] = dates(topic.expiries);
        json["median_ns"] = cadence.median.ns;
        json["p95_ns"] = cadence.p95.ns;
        json["longest_ns"] = cadence.longest.ns;
        json["stale_limit_ns"] = cadence.stale_limit.ns;
        json["gaps"] = Json::array();
        for (const auto& gap : cadence.gaps) {
            json["gaps"].push_back({{"from_ns", gap.from.ns}, {"to_ns", gap.to.ns}});
        }
    }
    return json;
}

}  // namespace

std::string inspect_json(const InspectResult& result) {
    Json json{{"file", result.path},
              {"bytes", result.file_bytes},
              {"indexed", result.is_indexed},
              {"complete", result.damage.empty()},
              {"damage", result.damage}};
    if (result.source) {
        json["source"] = recording::to_metadata(*result.source);
    }
    json["metadata"] = result.metadata;
    if (result.computed_hash) {
        json["computed_hash"] = base::to_hex(*result.computed_hash);
    }
    json["streams"] = Json::array();
    for (const auto& topic : result.topics) {
        json["streams"].push_back(topic_json(topic));
    }
    json["chunks"] = Json::object();
    for (const auto& [compression, chunks] : result.chunks) {
        json["chunks"][compression] = {{"count", chunks.chunks},
                                       {"stored_bytes", chunks.stored_bytes},
                                       {"plain_bytes", chunks.plain_bytes},
                                       {"largest_bytes", chunks.largest_bytes},
                                       {"longest_ns", chunks.longest.ns}};
    }
    // Texts of foreign files may hold anything.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sauda::importer
