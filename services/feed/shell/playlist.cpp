#include "services/feed/shell/playlist.h"

#include "common/wire/codec.h"

#include <algorithm>
#include <filesystem>

namespace sauda::feed {

base::Expected<Source*> JournalRange::open(const PlayedFile& file) {
    auto& slot = open_[file.path];
    if (!slot) {
        auto opened = open_source_(file.path, file.content_hash);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        slot = std::move(*opened);
    }
    return slot.get();
}

base::Expected<std::vector<bus::Frame>> JournalRange::read(const std::vector<PlayedFile>& files,
                                                           domain::StreamId stream, uint64_t from,
                                                           uint32_t frames_max, uint64_t epoch) {
    static const uint16_t kSchema = wire::schema_of(domain::QuoteBatch{});
    std::vector<bus::Frame> frames;
    for (const auto& file : files) {
        const auto base_it = file.base.find(stream);
        const auto count_it = file.count.find(stream);
        if (base_it == file.base.end() || count_it == file.count.end() ||
            from > base_it->second + count_it->second) {
            continue;
        }
        auto source = open(file);
        if (!source) {
            return std::unexpected(source.error());
        }
        const uint64_t first = from - base_it->second;
        const auto wanted =
            std::min<uint64_t>(frames_max - frames.size(), count_it->second - first + 1);
        for (auto& payload : (*source)->range(stream, first, static_cast<uint32_t>(wanted))) {
            frames.push_back({.stream = stream,
                              .epoch = epoch,
                              .seq = from++,
                              .schema = kSchema,
                              .flags = bus::kReplayed,
                              .payload = std::move(payload)});
        }
        if (frames.size() >= frames_max) {
            break;
        }
    }
    return frames;
}

std::string kept_name(uint64_t content_hash) { return base::to_hex(content_hash) + ".mcap"; }

OpenSource open_source_in(const std::string& environment_folder) {
    return [sessions = std::filesystem::path(environment_folder) / "sessions"](
               const std::string& path, uint64_t expected_hash) {
        std::error_code error;
        if (expected_hash == 0 || std::filesystem::exists(path, error)) {
            return open_source(path, expected_hash);
        }
        for (const auto& name :
             {kept_name(expected_hash), std::filesystem::path(path).filename().string()}) {
            if (std::filesystem::exists(sessions / name, error)) {
                return open_source((sessions / name).string(), expected_hash);
            }
        }
        return open_source(path, expected_hash);
    };
}

}  // namespace sauda::feed
