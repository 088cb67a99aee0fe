#include "common/market/masters/load_master.h"

#include "common/base/timestamp.h"
#include "common/market/masters/formats.h"
#include "common/market/masters/zip_archive.h"

#include <sys/stat.h>

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;
using base::fail;
using domain::Date;

namespace {

constexpr std::string_view kExpected =
    "expected Angel One's OpenAPIScripMaster.json, Upstox's instruments CSV, a UDiFF bhavcopy of "
    "F&O, or ICICI Breeze's SecurityMaster.zip";

enum class Format : uint8_t { Angel, Upstox, Udiff, Icici };

std::string base_name(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::optional<Date> plausible(int year, int month, int day) {
    if (year < 2001 || year > 2079 || month < 1 || month > 12 || day < 1 || day > 31) {
        return std::nullopt;
    }
    const auto date = base::date_of(year, month, day);
    return base::civil_of(date).day == day ? std::optional(date) : std::nullopt;
}

MasterFile describe(const std::string& path, const LoadOptions& options,
                    std::optional<Date> of_archive) {
    MasterFile file{base_name(path), {}, {}};
    if (options.as_of) {
        file.as_of = *options.as_of;
        file.as_of_from = "as told";
    } else if (of_archive) {
        file.as_of = *of_archive;
        file.as_of_from = "the dates in the archive";
    } else if (const auto named = date_in_name(file.name)) {
        file.as_of = *named;
        file.as_of_from = "its name";
    } else {
        struct stat status{};
        const bool is_known = ::stat(path.c_str(), &status) == 0;
        const base::Timestamp written{(is_known ? status.st_mtime : 0) * 1'000'000'000};
        file.as_of = base::ist_date(written);
        file.as_of_from = "when the file was last written";
    }
    return file;
}

std::optional<Format> format_of(std::string_view head, const std::string& name) {
    while (!head.empty() && (head.front() == ' ' || head.front() == '\n' || head.front() == '\r')) {
        head.remove_prefix(1);
    }
    if (head.starts_with('[')) {
        return Format::Angel;
    }
    const auto first = head.substr(0, head.find('\n'));
    const auto has = [&](std::string_view column) {
        return first.find(column) != std::string_view::npos;
    };
    if (has("TradDt") && has("FinInstrmTp")) {
        return Format::Udiff;
    }
    if (has("instrument_key") || has("tradingsymbol")) {
        return Format::Upstox;
    }
    return is_icici_part(name) ? std::optional(Format::Icici) : std::nullopt;
}

std::string begins_with(std::string_view head) {
    std::string text;
    for (const char c : head.substr(0, 40)) {
        text += c >= ' ' && c <= '~' ? c : '?';
    }
    const bool is_page = head.find("<html") != std::string_view::npos ||
                         head.find("<!DOCTYPE") != std::string_view::npos ||
                         head.find("<HTML") != std::string_view::npos;
    return is_page ? "it is a web page, so the download was refused"
                   : "it begins with \"" + text + "\"";
}

Expected<LoadedMaster> read_as(Format format, Bytes bytes, MasterFile file, const std::string& part,
                               const LoadOptions& options) {
    switch (format) {
        case Format::Angel:
            return read_angel(std::move(bytes), file);
        case Format::Upstox:
            return read_upstox(std::move(bytes), file);
        case Format::Udiff:
            // Its rows know their day better than any name.
            file.as_of = options.as_of.value_or(Date{});
            file.as_of_from = "its rows";
            return read_udiff(std::move(bytes), file);
        case Format::Icici: {
            std::vector<IciciPart> parts;
            parts.push_back({part, std::move(bytes)});
            return read_icici(std::move(parts), file);
        }
    }
    return fail(ErrorKind::Invalid, file.name);
}

Expected<Bytes> open_part(const std::string& path, const ZipEntry* entry) {
    if (entry != nullptr) {
        return open_entry(path, *entry);
    }
    std::string head;
    {
        auto bytes = open_bytes(path, 0, 4);
        if (!bytes) {
            return bytes;
        }
        const auto piece = (*bytes)->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        head = *piece;
    }
    auto bytes = open_bytes(path);
    return bytes ? Expected<Bytes>(unpacked(packing_of(head), std::move(*bytes), base_name(path)))
                 : std::move(bytes);
}

// One text, plain or unpacked: looks at its begin, then reads it from there.
Expected<LoadedMaster> load_text(const std::string& path, const ZipEntry* entry, MasterFile file,
                                 const LoadOptions& options) {
    const auto part = entry == nullptr ? file.name : base_name(entry->name);
    auto peeked = open_part(path, entry);
    if (!peeked) {
        return std::unexpected(peeked.error());
    }
    const auto head = (*peeked)->next();
    if (!head) {
        return std::unexpected(head.error());
    }
    if (head->empty()) {
        return fail(ErrorKind::Invalid, file.name + " is empty; " + std::string(kExpected));
    }
    const auto format = format_of(*head, part);
    if (!format) {
        return fail(ErrorKind::Invalid, file.name + " is no instrument master: " +
                                            begins_with(*head) + "; " + std::string(kExpected));
    }
    auto bytes = open_part(path, entry);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    return read_as(*format, std::move(*bytes), std::move(file), part, options);
}

std::optional<Date> newest(const std::vector<ZipEntry>& entries) {
    std::optional<Date> date;
    for (const auto& entry : entries) {
        if (entry.day() != 0 && (!date || date->days < entry.day())) {
            date = Date{entry.day()};
        }
    }
    return date;
}

Expected<LoadedMaster> load_icici(const std::string& path, const std::vector<ZipEntry>& entries,
                                  const MasterFile& file) {
    std::vector<IciciPart> parts;
    for (const auto& entry : entries) {
        Bytes bytes;
        if (is_icici_part(entry.name)) {
            auto opened = open_entry(path, entry);
            if (!opened) {
                return std::unexpected(opened.error());
            }
            bytes = std::move(*opened);
        }
        parts.push_back({entry.name, std::move(bytes)});
    }
    return read_icici(std::move(parts), file);
}

Expected<LoadedMaster> load_zip(const std::string& path, const LoadOptions& options) {
    const auto entries = zip_entries(path);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    const auto file = describe(path, options, newest(*entries));
    std::string names;
    for (const auto& entry : *entries) {
        if (is_icici_part(entry.name)) {
            return load_icici(path, *entries, file);
        }
        names += (names.empty() ? "" : ", ") + entry.name;
    }
    if (entries->size() == 1) {
        return load_text(path, entries->data(), file, options);
    }
    return fail(ErrorKind::Invalid, file.name + " holds " + (names.empty() ? "nothing" : names) +
                                        "; " + std::string(kExpected));
}

}  // namespace

std::optional<Date> date_in_name(const std::string& name) {
    const auto is_digit = [&](std::size_t i) {
        return i < name.size() && name[i] >= '0' && name[i] <= '9';
    };
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (std::size_t i = at; i < at + digits; ++i) {
            value = is_digit(i) ? value * 10 + (name[i] - '0') : -1'000'000;
        }
        return value;
    };
    for (std::size_t i = 0; i + 8 <= name.size(); ++i) {
        if (i > 0 && is_digit(i - 1)) {
            continue;
        }
        std::optional<Date> date;
        if (!is_digit(i + 8)) {
            date = plausible(number(i, 4), number(i + 4, 2), number(i + 6, 2));
        }
        if (!date && i + 10 <= name.size() && name[i + 4] == '-' && name[i + 7] == '-') {
            date = plausible(number(i, 4), number(i + 5, 2), number(i + 8, 2));
        }
        if (date) {
            return date;
        }
    }
    return std::nullopt;
}

Expected<LoadedMaster> load_master(const std::string& path, const LoadOptions& options) {
    std::string head;
    {
        auto bytes = open_bytes(path, 0, 4);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        const auto piece = (*bytes)->next();
        if (!piece) {
            return std::unexpected(piece.error());
        }
        head = *piece;
    }
    if (packing_of(head) == Packing::Zip) {
        return load_zip(path, options);
    }
    return load_text(path, nullptr, describe(path, options, std::nullopt), options);
}

}  // namespace sauda::masters
