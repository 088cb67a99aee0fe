#include "services/importer/shell/line_source.h"

#include "common/recording/file.h"

#include <zlib.h>
#include <zstd.h>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr std::size_t kBlock = 256U << 10U;
constexpr std::size_t kLineMax = 64U << 10U;
// Tables of quotes shrink to a twentieth. What grows beyond this is meant to fill somebody's disk.
constexpr uint64_t kExpansionMax = 200;
constexpr uint64_t kExpansionFree = 64U << 20U;

enum class Format { Plain, Zstd, Gzip };

Format format_of(std::string_view head) {
    if (head.starts_with("\x28\xB5\x2F\xFD")) {
        return Format::Zstd;
    }
    return head.starts_with("\x1F\x8B") ? Format::Gzip : Format::Plain;
}

}  // namespace

struct LineSource::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        ZSTD_freeDCtx(zstd);
        if (has_gzip) {
            inflateEnd(&gzip);
        }
    }
    Expected<void> read_block();  // refills `input` from the file
    Expected<void> decompress();  // appends to `text`, as much as one call gives
    Expected<void> inflate_some();
    Expected<void> fill();
    Expected<void> take_plain();
    auto corrupt(const std::string& what) {
        return fail(ErrorKind::Corrupt, file.path() + ": " + what);
    }

    recording::File file;
    uint64_t size = 0;
    uint64_t position = 0;
    Format format = Format::Plain;
    ZSTD_DCtx* zstd = nullptr;
    z_stream gzip{};
    bool has_gzip = false;
    bool is_inside_frame = false;
    std::string input;     // compressed bytes
    std::size_t used = 0;  // of input
    std::string text;
    std::size_t line_start = 0;
    bool is_ended = false;
    uint64_t expanded = 0;
};

Expected<void> LineSource::State::read_block() {
    if (auto done = file.read(position, kBlock, input); !done) {
        return done;
    }
    position += input.size();
    used = 0;
    return {};
}

Expected<void> LineSource::State::fill() {
    if (format == Format::Plain) {
        return take_plain();
    }
    const auto before = text.size();
    if (auto done = decompress(); !done) {
        return done;
    }
    expanded += text.size() - before;
    if (expanded > kExpansionFree && expanded / kExpansionMax > position) {
        return corrupt("it expands to more than " + std::to_string(kExpansionMax) +
                       " times its size: no table of quotes does");
    }
    return {};
}

Expected<void> LineSource::State::take_plain() {
    if (auto done = read_block(); !done) {
        return done;
    }
    is_ended = input.empty();
    text += input;
    return {};
}

Expected<void> LineSource::State::inflate_some() {
    const auto before = text.size();
    text.resize(before + kBlock);
    gzip.next_in = reinterpret_cast<Bytef*>(input.data() + used);
    gzip.avail_in = static_cast<uInt>(input.size() - used);
    gzip.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    gzip.avail_out = static_cast<uInt>(kBlock);
    const int result = inflate(&gzip, Z_NO_FLUSH);
    used = input.size() - gzip.avail_in;
    text.resize(before + kBlock - gzip.avail_out);
    if (result == Z_STREAM_END) {
        is_inside_frame = false;
        inflateReset(&gzip);  // another member may follow
    } else if (result == Z_OK || result == Z_BUF_ERROR) {
        is_inside_frame = true;
    } else {
        return corrupt("its gzip compression is damaged");
    }
    return {};
}

Expected<void> LineSource::State::decompress() {
    if (used == input.size()) {
        if (auto done = read_block(); !done) {
            return done;
        }
        if (input.empty()) {
            is_ended = true;
            if (is_inside_frame) {
                return corrupt("the compressed file is cut short");
            }
            return {};
        }
    }
    if (format == Format::Gzip) {
        return inflate_some();
    }
    const auto before = text.size();
    text.resize(before + kBlock);
    ZSTD_inBuffer in{input.data(), input.size(), used};
    ZSTD_outBuffer out{text.data() + before, kBlock, 0};
    const auto result = ZSTD_decompressStream(zstd, &out, &in);
    used = in.pos;
    text.resize(before + out.pos);
    if (ZSTD_isError(result) != 0) {
        return corrupt(std::string("its zstd compression is damaged: ") +
                       ZSTD_getErrorName(result));
    }
    is_inside_frame = result != 0;
    return {};
}

LineSource::LineSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
LineSource::LineSource(LineSource&&) noexcept = default;
LineSource& LineSource::operator=(LineSource&&) noexcept = default;
LineSource::~LineSource() = default;

Expected<LineSource> LineSource::open(const std::string& path) {
    auto file = recording::File::open(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = file->size();
    if (!size) {
        return std::unexpected(size.error());
    }
    auto state = std::make_unique<State>();
    state->file = std::move(*file);
    state->size = *size;
    std::string head;
    if (auto done = state->file.read(0, 4, head); !done) {
        return std::unexpected(done.error());
    }
    state->format = format_of(head);
    if (state->format == Format::Zstd) {
        state->zstd = ZSTD_createDCtx();
    } else if (state->format == Format::Gzip) {
        constexpr int kGzipWindow = 15 + 16;  // with the gzip header
        state->has_gzip = inflateInit2(&state->gzip, kGzipWindow) == Z_OK;
    }
    return LineSource(std::move(state));
}

Expected<bool> LineSource::next(std::string_view& line) {
    auto& s = *state_;
    std::size_t searched = s.line_start;
    while (true) {
        const auto end = s.text.find('\n', searched);
        if (end != std::string::npos || (s.is_ended && s.line_start < s.text.size())) {
            const auto stop = end == std::string::npos ? s.text.size() : end;
            line = std::string_view(s.text).substr(s.line_start, stop - s.line_start);
            s.line_start = end == std::string::npos ? s.text.size() : end + 1;
            if (line.ends_with('\r')) {
                line.remove_suffix(1);
            }
            return true;
        }
        if (s.is_ended) {
            return false;
        }
        s.text.erase(0, s.line_start);
        s.line_start = 0;
        searched = s.text.size();
        if (searched > kLineMax) {
            return s.corrupt("it is not a table: a line is longer than 64 kB");
        }
        if (auto done = s.fill(); !done) {
            return std::unexpected(done.error());
        }
    }
}

uint64_t LineSource::bytes_read() const { return state_->position; }
uint64_t LineSource::bytes_total() const { return state_->size; }

}  // namespace sauda::importer
