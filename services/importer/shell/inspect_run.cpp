#include "services/importer/shell/inspect_run.h"

#include "common/recording/session_recording.h"
#include "common/wire/codec.h"

#include <algorithm>
#include <set>

namespace sauda::importer {

using base::Expected;
using base::Timestamp;
using recording::McapMessage;
using recording::RawMessage;

namespace {

// Folds the messages of a file into facts.
class Inspection {
 public:
    explicit Inspection(recording::RecordingReader& reader) : reader_(reader) {}

    Expected<void> run(InspectResult& result);

 private:
    struct Tally {
        TopicFacts facts;
        std::set<std::string> schemas;
        std::set<domain::ContractId> contracts;
        std::set<base::Date> expiries;
        std::vector<Timestamp> stamps;
        bool is_market_data = false;
    };
    void count(const McapMessage& message);
    void count_ours(Tally& tally, const RawMessage& raw);
    void finish(InspectResult& result);

    recording::RecordingReader& reader_;
    std::map<std::string, Tally> tallies_;
    base::Hash64 hash_;
    wire::Decoded decoded_;
};

void Inspection::count_ours(Tally& tally, const RawMessage& raw) {
    auto& facts = tally.facts;
    recording::add_to_content_hash(hash_, raw);
    if (facts.messages == 1) {
        facts.first_seq = raw.seq;
    } else if (raw.seq > facts.last_seq + 1) {
        facts.missing += raw.seq - facts.last_seq - 1;
    }
    facts.last_seq = std::max(facts.last_seq, raw.seq);
    tally.is_market_data = domain::class_of(raw.stream) == domain::StreamClass::Journaled;
    if (raw.schema == 0) {
        return;
    }
    if (!wire::decode_to(raw.stream, raw.schema, raw.bytes, decoded_)) {
        ++facts.refused;
        return;
    }
    facts.refused += decoded_.refusals.size();
    const auto* batch = std::get_if<domain::QuoteBatch>(&decoded_.payload);
    if (batch == nullptr) {
        return;
    }
    facts.quotes += batch->quotes.size();
    for (const auto& quote : batch->quotes) {
        tally.contracts.insert(quote.contract);
        if (quote.contract.is_option()) {
            tally.expiries.insert(quote.contract.expiry());
        }
    }
    if (tally.stamps.empty() || raw.known_time > tally.stamps.back()) {
        tally.stamps.push_back(raw.known_time);
    }
}

void Inspection::count(const McapMessage& message) {
    const auto& file = reader_.file();
    const auto channel = file.channels().find(message.channel);
    const bool is_known = channel != file.channels().end();
    const std::string topic =
        is_known ? channel->second.topic : "channel " + std::to_string(message.channel);
    auto& tally = tallies_[topic];
    auto& facts = tally.facts;
    facts.topic = topic;
    if (is_known) {
        const auto schema = file.schemas().find(channel->second.schema);
        if (schema != file.schemas().end()) {
            tally.schemas.insert(schema->second.name);
        }
    }
    const Timestamp time{static_cast<int64_t>(message.log_time)};
    facts.first = facts.messages == 0 ? time : std::min(facts.first, time);
    facts.last = facts.messages == 0 ? time : std::max(facts.last, time);
    ++facts.messages;
    facts.payload_bytes += message.data.size();
    if (const auto raw = reader_.interpret(message)) {
        count_ours(tally, *raw);
    }
}

void Inspection::finish(InspectResult& result) {
    for (auto& [topic, tally] : tallies_) {
        auto& facts = tally.facts;
        facts.schemas.assign(tally.schemas.begin(), tally.schemas.end());
        facts.contracts = tally.contracts.size();
        facts.expiries.assign(tally.expiries.begin(), tally.expiries.end());
        if (tally.is_market_data) {
            const auto declared = result.source ? result.source->interval : base::Duration{};
            facts.cadence = cadence_of(tally.stamps, declared);
        }
        result.topics.push_back(std::move(facts));
    }
}

Expected<void> Inspection::run(InspectResult& result) {
    recording::McapChunkData data;
    const auto& chunks = reader_.file().chunks();
    bool is_whole = true;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const auto& chunk = chunks[i];
        auto& facts = result.chunks[chunk.compression.empty() ? "none" : chunk.compression];
        ++facts.chunks;
        facts.stored_bytes += chunk.compressed_size;
        facts.plain_bytes += chunk.uncompressed_size;
        facts.largest_bytes = std::max(facts.largest_bytes, chunk.uncompressed_size);
        facts.longest.ns =
            std::max(facts.longest.ns, static_cast<int64_t>(chunk.end - chunk.start));
        if (const auto done = reader_.file().read_chunk(i, data); !done) {
            if (done.error().kind != base::ErrorKind::Corrupt) {
                return done;
            }
            result.damage.push_back(done.error().text);
            is_whole = false;
            continue;
        }
        for (const auto& message : data.messages) {
            count(message);
        }
    }
    if (is_whole) {
        result.computed_hash = hash_.value();
    }
    finish(result);
    return {};
}

}  // namespace

Expected<InspectResult> inspect_file(const std::string& path) {
    auto reader = recording::RecordingReader::open(path);
    if (!reader) {
        return std::unexpected(reader.error());
    }
    InspectResult result;
    result.path = path;
    result.file_bytes = reader->file().file_bytes();
    result.is_indexed = reader->file().is_indexed();
    result.source = reader->source();
    result.metadata = reader->file().all_metadata();
    if (!reader->file().is_complete()) {
        result.damage.push_back(reader->file().damage());
    }
    Inspection inspection(*reader);
    if (auto done = inspection.run(result); !done) {
        return std::unexpected(done.error());
    }
    const bool is_ended = result.source && result.source->content_hash != 0;
    if (is_ended && result.computed_hash && *result.computed_hash != result.source->content_hash) {
        result.damage.push_back("the content hash is " + base::to_hex(*result.computed_hash) +
                                ", the recording says " +
                                base::to_hex(result.source->content_hash));
    }
    return result;
}

}  // namespace sauda::importer
