#include "services/importer/shell/opened_table.h"

#include <algorithm>
#include <filesystem>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;
using domain::Underlying;

namespace {

constexpr std::size_t kHeadLines = 200;

}  // namespace

Expected<OpenedTable> OpenedTable::open(const std::string& path, const ImportOptions& options) {
    auto lines = LineSource::open(path);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    OpenedTable table(std::move(*lines));
    std::string_view line;
    while (table.head_.size() < kHeadLines) {
        const auto more = table.lines_.next(line);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        table.head_.emplace_back(line);
    }
    if (table.head_.empty()) {
        return fail(ErrorKind::Invalid, path + " is empty");
    }
    auto done = table.take_head(options);
    if (done) {
        done = table.choose_underlying(path, options);
    }
    if (done) {
        done = table.measure_bars();
    }
    if (!done) {
        return fail(done.error().kind, path + ": " + done.error().text);
    }
    return table;
}

Expected<void> OpenedTable::take_head(const ImportOptions& options) {
    const auto skip = options.map ? options.map->skip_lines : 0;
    std::string_view first = head_.front();
    if (auto fault = text_fault(first); !fault.empty()) {
        return fail(ErrorKind::Invalid, fault);
    }
    if (skip >= head_.size()) {
        return fail(ErrorKind::Invalid, "it has no line behind the " + std::to_string(skip) +
                                            " that the column map passes over (skip_lines)");
    }
    if (skip > 0) {
        first = head_[skip];
    }
    auto format = options.map ? apply_map(*options.map, first) : detect_format(first);
    if (!format) {
        return std::unexpected(format.error());
    }
    format_ = std::move(*format);
    header_lines_ = skip + (format_->map.has_header ? 1 : 0);
    given_ = header_lines_;
    if (!format_->map.has_header && skip == 0) {
        head_.front() = std::string(first);  // without the byte order mark
    }
    return {};
}

Expected<void> OpenedTable::choose_underlying(const std::string& path,
                                              const ImportOptions& options) {
    const auto& map = format_->map;
    auto told = options.underlying;
    const auto in_name = underlying_in_name(std::filesystem::path(path).filename().string());
    if (told != Underlying::Unspecified && map.has(Role::Symbol) && map.shape == Shape::Chain) {
        return fail(ErrorKind::Invalid, "its rows name their underlying; --only " +
                                            std::string(domain::to_text(told)) +
                                            " takes those of one");
    }
    if (told == Underlying::Unspecified && !map.has(Role::Symbol)) {
        told = map.underlying != Underlying::Unspecified ? map.underlying : in_name;
        if (told == Underlying::Unspecified) {
            return fail(ErrorKind::Invalid,
                        "neither its columns nor its name tell what it is of; name it with "
                        "--underlying NIFTY (or BANKNIFTY, INDIAVIX ...)");
        }
    }
    if (told == Underlying::Unspecified && map.shape != Shape::Chain &&
        in_name != Underlying::Unspecified && header_lines_ < head_.size()) {
        RowReader probe(map, format_->layout);
        Row row;
        if (!probe.read(head_[header_lines_], row) && row.underlying != in_name) {
            const auto of_name = std::string(domain::to_text(in_name));
            return fail(ErrorKind::Invalid, "its name says " + of_name + ", its column " +
                                                map.column(Role::Symbol) + " says " +
                                                std::string(domain::to_text(row.underlying)) +
                                                ". Which is right? Name it with --underlying");
        }
    }
    reader_.emplace(map, format_->layout, told);
    return {};
}

// A bar is known when it is over: the shortest step between two tells how long it lasts.
Expected<void> OpenedTable::measure_bars() {
    const auto& map = reader_->map();
    if (map.known_rule != KnownRule::BarEnd || map.length.ns > 0) {
        return {};
    }
    Row row;
    Timestamp before;
    Duration shortest{INT64_MAX};
    std::string why;
    for (auto i = header_lines_; i < head_.size(); ++i) {
        if (const auto refusal = reader_->read(head_[i], row)) {
            const auto first = " (line " + std::to_string(i + 1) + ", " +
                               std::string(to_text(refusal->reason)) + ": " + refusal->detail + ")";
            why = why.empty() ? first : why;
            continue;
        }
        if (before.is_set() && row.event_time > before) {
            shortest = std::min(shortest, row.event_time - before);
        }
        before = row.event_time;
    }
    if (shortest > base::minutes(24 * 60)) {
        return fail(ErrorKind::Invalid, "its first rows do not tell how long a bar lasts" + why +
                                            "; a column map (--map) can: bar_seconds");
    }
    reader_->set_length(shortest);
    return {};
}

Expected<bool> OpenedTable::next(std::string_view& line, uint64_t& number) {
    number = ++given_;
    if (given_ <= head_.size()) {
        line = head_[given_ - 1];
        return true;
    }
    return lines_.next(line);
}

}  // namespace sauda::importer
