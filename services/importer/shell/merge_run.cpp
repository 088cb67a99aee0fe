#include "services/importer/shell/merge_run.h"

#include "common/recording/source_recording.h"
#include "services/importer/shell/format.h"
#include "services/importer/shell/recording_sink.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

namespace sauda::importer {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Expected;
using base::fail;
using recording::SourceMessage;
using recording::SourceRecording;

namespace {

struct Input {
    SourceRecording file;
    MergedInput facts;
    SourceMessage next;
    bool has_next = false;

    Expected<void> advance() {
        const auto more = file.next(next);
        if (!more) {
            return std::unexpected(more.error());
        }
        has_next = *more;
        if (has_next && !next.refused.empty()) {
            return fail(ErrorKind::Corrupt, facts.path + ": a message cannot be read (" +
                                                next.refused + "); `sauda inspect` tells more");
        }
        return {};
    }
};

Expected<std::vector<Input>> open_all(const std::vector<std::string>& paths) {
    std::vector<Input> inputs;
    for (const auto& path : paths) {
        auto file = SourceRecording::open(path);
        if (!file) {
            return std::unexpected(file.error());
        }
        if (!file->is_complete()) {
            return fail(ErrorKind::Invalid, path + " is damaged: " + file->damage());
        }
        const auto source = file->source();
        for (const auto& input : inputs) {
            const auto& first = input.facts;
            if (first.source.date != source.date) {
                return fail(ErrorKind::Invalid, path + " is of " + domain::to_text(source.date) +
                                                    ", " + first.path + " of " +
                                                    domain::to_text(first.source.date) +
                                                    ": a recording is of one day");
            }
            if (first.source.origin != source.origin) {
                return fail(ErrorKind::Invalid, "one of " + first.path + " and " + path +
                                                    " is real and the other simulated");
            }
            if (first.source.content_hash == source.content_hash) {
                return fail(ErrorKind::Invalid, first.path + " and " + path + " are the same");
            }
        }
        inputs.push_back({.file = std::move(*file), .facts = {}, .next = {}});
        inputs.back().facts.path = path;
        inputs.back().facts.source = source;
    }
    for (auto& input : inputs) {
        if (auto done = input.advance(); !done) {
            return std::unexpected(done.error());
        }
    }
    return inputs;
}

class Merge {
 public:
    Merge(std::vector<Input>& inputs, recording::RecordingWriter& writer)
        : inputs_(inputs), writer_(writer) {}

    Expected<void> run() {
        while (auto* input = earliest()) {
            if (auto done = give(*input); !done) {
                return done;
            }
            if (auto done = input->advance(); !done) {
                return done;
            }
        }
        return {};
    }
    [[nodiscard]] uint64_t in_several() const { return in_several_; }

 private:
    Input* earliest() {
        Input* first = nullptr;
        for (auto& input : inputs_) {
            if (input.has_next && (!first || input.next.known_time < first->next.known_time)) {
                first = &input;
            }
        }
        return first;
    }

    Expected<void> give(Input& input) {
        const auto& next = input.next;
        const auto& batch = std::get<domain::QuoteBatch>(next.decoded.payload);
        for (const auto& quote : batch.quotes) {
            input.facts.has_contracts =
                input.facts.has_contracts || quote.contract.expiry().days != 0;
            note(quote.contract, static_cast<std::size_t>(&input - inputs_.data()));
        }
        ++input.facts.messages;
        input.facts.quotes += batch.quotes.size();
        return writer_.write_raw({.stream = next.stream,
                                  .schema = next.schema,
                                  .seq = ++seq_[next.stream],
                                  .known_time = next.known_time,
                                  .event_time = next.event_time,
                                  .bytes = next.bytes},
                                 batch.quotes.size());
    }

    void note(domain::ContractId contract, std::size_t input) {
        const auto [seen, is_new] = seen_.try_emplace(contract.raw(), Seen{input, false});
        if (!is_new && seen->second.input != input && !seen->second.is_counted) {
            seen->second.is_counted = true;
            ++in_several_;
        }
    }

    struct Seen {
        std::size_t input;
        bool is_counted;
    };
    std::vector<Input>& inputs_;
    recording::RecordingWriter& writer_;
    std::map<domain::StreamId, uint64_t> seq_;
    std::unordered_map<uint64_t, Seen> seen_;  // never iterated
    uint64_t in_several_ = 0;
};

// The one whose contracts are traded; the first where none has any.
const MergedInput& leading(const std::vector<MergedInput>& inputs) {
    const auto found = std::find_if(inputs.begin(), inputs.end(),
                                    [](const auto& input) { return input.has_contracts; });
    return found == inputs.end() ? inputs.front() : *found;
}

void describe(recording::SourceDescription& source, const std::vector<MergedInput>& inputs) {
    const auto& lead = leading(inputs);
    source.exchange = lead.source.exchange;
    source.underlying = lead.source.underlying;
    source.interval = lead.source.interval;
    source.has_depth = lead.source.has_depth;
    for (const auto& input : inputs) {
        if (input.has_contracts) {
            source.interval = std::max(source.interval, input.source.interval);
            source.has_depth = source.has_depth || input.source.has_depth;
        } else if (!lead.has_contracts) {
            source.interval = std::min(source.interval, input.source.interval);
        }
    }
}

}  // namespace

Expected<MergeResult> merge_recordings(const std::vector<std::string>& paths,
                                       const std::string& output, bool replace) {
    std::error_code error;
    if (paths.size() < 2) {
        return fail(ErrorKind::Invalid, "to merge takes two recordings at least");
    }
    if (!replace && fs::exists(output, error)) {
        return fail(ErrorKind::Conflict, output + " exists; --force replaces it");
    }
    auto inputs = open_all(paths);
    if (!inputs) {
        return std::unexpected(inputs.error());
    }
    recording::SourceDescription source = inputs->front().facts.source;
    source.extra = {{"importer", "merge"}};
    source.name.clear();
    source.quotes = 0;  // the writer counts anew
    source.first = {};
    source.last = {};
    source.content_hash = 0;
    for (std::size_t i = 0; i < inputs->size(); ++i) {
        const auto& one = inputs->at(i).facts.source;
        source.name += (i == 0 ? "" : " + ") + one.name;
        source.extra["merged." + std::to_string(i + 1)] =
            one.name + " " + base::to_hex(one.content_hash);
    }
    const auto partial = output + ".partial";
    if (const auto folder = fs::path(output).parent_path(); !folder.empty()) {
        fs::create_directories(folder, error);
    }
    auto writer = recording::RecordingWriter::open(partial, source, packed_options());
    if (!writer) {
        return std::unexpected(writer.error());
    }
    MergeResult result;
    result.output = output;
    Merge merge(*inputs, *writer);
    auto done = merge.run();
    for (auto& input : *inputs) {
        result.inputs.push_back(input.facts);
    }
    if (done) {
        describe(writer->source(), result.inputs);
        done = writer->close();
    }
    if (done) {
        fs::rename(partial, output, error);
        if (error) {
            done = fail(ErrorKind::Unavailable, "cannot create " + output + ": " + error.message());
        }
    }
    if (!done) {
        fs::remove(partial, error);
        return std::unexpected(done.error());
    }
    result.source = writer->source();
    result.in_several = merge.in_several();
    result.bytes = writer->file().bytes_written();
    return result;
}

std::string merge_text(const MergeResult& result) {
    const auto& source = result.source;
    std::string text = fmt::format("MERGED     {} {}  {} quotes of {}\n", weekday_text(source.date),
                                   domain::to_text(source.date), grouped(source.quotes),
                                   domain::to_text(source.underlying));
    for (const auto& input : result.inputs) {
        text += fmt::format("From       {}  {} quotes in {} messages, every {}, {}, {} to {}\n",
                            input.path, grouped(input.quotes), grouped(input.messages),
                            span_text(input.source.interval),
                            input.source.has_depth ? "bid and ask" : "no bid and ask",
                            clock_text(input.source.first), clock_text(input.source.last));
    }
    if (result.in_several > 0) {
        text += fmt::format(
            "Note       {} contracts are quoted by more than one of them: the "
            "quote known last counts\n",
            grouped(result.in_several));
    }
    return text + fmt::format("File       {}  {}  every {}  content hash {}\n", result.output,
                              bytes_text(result.bytes), span_text(source.interval),
                              base::to_hex(source.content_hash));
}

}  // namespace sauda::importer
