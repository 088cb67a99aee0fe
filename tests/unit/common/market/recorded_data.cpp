#include "tests/unit/common/market/recorded_data.h"

#include <catch2/catch.hpp>
#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::test {

namespace fs = std::filesystem;

namespace {

std::string unpacked(const std::string& packed) {
    std::string text;
    std::string chunk(ZSTD_DStreamOutSize(), '\0');
    ZSTD_DCtx* context = ZSTD_createDCtx();
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    while (in.pos < in.size) {
        ZSTD_outBuffer out{chunk.data(), chunk.size(), 0};
        const auto result = ZSTD_decompressStream(context, &out, &in);
        REQUIRE_FALSE(ZSTD_isError(result));
        text.append(chunk, 0, out.pos);
    }
    ZSTD_freeDCtx(context);
    return text;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (c == ',' && !is_quoted) {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

}  // namespace

std::string data_folder() {
    const char* configured = std::getenv("SAUDA_TEST_DATA");
    return configured != nullptr ? configured
                                 : std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/../shared/data";
}

RecordedTable::RecordedTable(const std::string& path, const std::string& columns) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (path.ends_with(".zst")) {
        text = unpacked(text);
    }
    const auto name_columns = [&](const std::string& line) {
        for (const auto& name : cells_of(line)) {
            columns_.emplace(name, columns_.size());
        }
    };
    if (!columns.empty()) {
        name_columns(columns);
    }
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        at = end + 1;
        if (columns_.empty()) {
            name_columns(line);
        } else if (!line.empty()) {
            rows_.push_back(cells_of(line));
        }
    }
}

const std::string& RecordedTable::at(std::size_t row, const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= rows_.at(row).size()) {
        FAIL("row " << row << " has no column " << column);
    }
    return rows_[row][found->second];
}

std::vector<std::string> recorded_files(const std::string& folder) {
    std::vector<std::string> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data_folder() + "/" + folder, error)) {
        paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace sauda::test
