#include "services/recorder/shell/archive.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace sauda::recorder {

namespace fs = std::filesystem;

std::vector<std::string> Archive::segments(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".mcap") {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

base::Expected<void> Archive::open_segment() {
    std::error_code error;
    fs::create_directories(folder_, error);
    const auto number = segments(folder_).size() + 1;
    char name[32];
    std::snprintf(name, sizeof name, "%06zu.mcap", number);
    recording::SourceDescription description;
    description.name = name;
    auto writer = recording::RecordingWriter::open((fs::path(folder_) / name).string(),
                                                   std::move(description));
    if (!writer) {
        return std::unexpected(writer.error());
    }
    writer_.emplace(std::move(*writer));
    return {};
}

base::Expected<void> Archive::write(const recording::RawMessage& message) {
    if (!writer_) {
        if (auto opened = open_segment(); !opened) {
            return opened;
        }
    }
    ++messages_;
    return writer_->write_raw(message);
}

base::Expected<void> Archive::flush() {
    if (!writer_) {
        return {};
    }
    if (auto flushed = writer_->flush(); !flushed) {
        return flushed;
    }
    return writer_->sync();
}

base::Expected<void> Archive::close_segment() {
    if (!writer_) {
        return {};
    }
    auto closed = writer_->close();
    writer_.reset();
    return closed;
}

}  // namespace sauda::recorder
