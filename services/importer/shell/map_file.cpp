#include "services/importer/shell/map_file.h"

#include "common/settings/toml_document.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;
using settings::TomlDocument;
using settings::TomlKind;
using settings::TomlValue;

namespace {

template <class T>
using Choices = std::vector<std::pair<std::string_view, T>>;

// Reads keys one after another; keeps the first fault and which keys were asked for.
class MapReader {
 public:
    MapReader(TomlDocument document, std::string name)
        : document_(std::move(document)), name_(std::move(name)) {}

    [[nodiscard]] const TomlValue* find(const std::string& key) {
        known_.insert(key);
        const auto at = document_.find(key);
        return at == document_.end() ? nullptr : &at->second;
    }
    [[nodiscard]] bool has(const std::string& key) const { return document_.contains(key); }

    void fault(const std::string& key, const std::string& what) {
        if (fault_.empty()) {
            const auto at = document_.find(key);
            const int line = at == document_.end() ? 0 : at->second.line;
            fault_ =
                name_ + (line > 0 ? ":" + std::to_string(line) : "") + ": " + key + ": " + what;
        }
    }

    std::string text(const std::string& key) {
        const auto* value = find(key);
        if (value == nullptr) {
            return "";
        }
        if (value->kind != TomlKind::Text) {
            fault(key, "must be a text in quotes");
        }
        return value->text;
    }

    int64_t integer(const std::string& key, int64_t low, int64_t high, int64_t missing) {
        const auto* value = find(key);
        if (value == nullptr) {
            return missing;
        }
        int64_t number = low - 1;
        const auto& digits = value->text;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (value->kind != TomlKind::Integer || error != std::errc{} || number < low ||
            number > high) {
            fault(key, "must be a whole number from " + std::to_string(low) + " to " +
                           std::to_string(high));
            return missing;
        }
        return number;
    }

    bool boolean(const std::string& key, bool missing) {
        const auto* value = find(key);
        if (value != nullptr && value->kind != TomlKind::Boolean) {
            fault(key, "must be true or false");
        }
        return value == nullptr ? missing : value->text == "true";
    }

    template <class T>
    T choice(const std::string& key, const Choices<T>& choices, std::optional<T> missing) {
        const auto given = text(key);
        std::string all;
        for (const auto& [word, value] : choices) {
            if (given == word) {
                return value;
            }
            all.append(all.empty() ? "\"" : ", \"").append(word).append("\"");
        }
        if (has(key)) {
            fault(key, "\"" + shown(given) + "\" is none of " + all);
        } else if (!missing) {
            fault(key, "must be declared: one of " + all);
        }
        return missing.value_or(choices.front().second);
    }

    Date date(const std::string& key) {
        const auto given = text(key);
        const auto read = read_date(given, DateForm::Plain);
        if (has(key) && !read) {
            fault(key, "must be a date like \"2026-01-29\"");
        }
        return read.value_or(Date{});
    }

    // A key nobody asked for is a mistake that would go unseen.
    void check_unknown() {
        for (const auto& [key, value] : document_) {
            if (value.kind != TomlKind::Table && !known_.contains(key)) {
                fault(key, "there is no such key in a column map");
            }
        }
    }
    [[nodiscard]] const std::string& first_fault() const { return fault_; }
    [[nodiscard]] const TomlDocument& document() const { return document_; }

 private:
    TomlDocument document_;
    std::string name_;
    std::string fault_;
    std::set<std::string> known_;
};

void read_columns(MapReader& reader, ColumnMap& map) {
    const auto* table = reader.find("columns");
    if (table == nullptr) {
        reader.fault("columns", "there is no [columns]: it tells which column holds what");
        return;
    }
    for (const auto& path : table->children) {
        const auto word = path.substr(path.rfind('.') + 1);
        const auto role = parse_role(word == "close" ? "last" : word);
        if (!role) {
            reader.fault(path, "is nothing a column can hold; docs/how-to-import.md lists them");
            continue;
        }
        if (map.has(*role)) {
            reader.fault(path, "last and close are one thing");
        }
        const auto* value = reader.find(path);
        const bool is_place = value->kind == TomlKind::Integer;
        map.set(*role, is_place ? "#" + value->text : reader.text(path));
    }
}

void read_time(MapReader& reader, ColumnMap& map) {
    using enum DateForm;
    const Choices<DateForm> forms{{"plain", Plain},
                                  {"day-first", DayFirst},
                                  {"month-first", MonthFirst},
                                  {"epoch-seconds", EpochSeconds},
                                  {"epoch-millis", EpochMillis},
                                  {"epoch-nanos", EpochNanos}};
    map.date_form = reader.choice<DateForm>("time.form", forms, Plain);
    map.expiry_form =
        reader.choice<DateForm>("time.expiry_form", {forms[0], forms[1], forms[2]}, Plain);
    const bool is_epoch = map.date_form >= EpochSeconds;
    map.offset = reader.choice<Duration>(
        "time.zone",
        {{"Asia/Kolkata", base::kIstOffset}, {"IST", base::kIstOffset}, {"UTC", Duration{}}},
        is_epoch ? std::optional(Duration{}) : std::nullopt);
    map.length = base::seconds(reader.integer("time.bar_seconds", 1, 86'400, 0));
    map.known_after = base::seconds(reader.integer("time.known_after_seconds", 0, 86'400, 0));
    const Choices<KnownRule> rules{{"known", KnownRule::Stamp},
                                   {"bar-start", KnownRule::BarEnd},
                                   {"bar-end", KnownRule::Stamp},
                                   {"close", KnownRule::SessionClose},
                                   {"evening", KnownRule::Evening}};
    const bool is_bars = map.shape == Shape::Bars;
    map.known_rule = reader.choice<KnownRule>(
        "time.stamp", rules, is_bars ? std::nullopt : std::optional(KnownRule::Stamp));
    if (is_bars && reader.text("time.stamp") == "known") {
        reader.fault("time.stamp", "of a bar is \"bar-start\", \"bar-end\" or \"close\"");
    }
    map.date = reader.date("time.date");
    if (const auto clock = reader.text("time.clock"); !clock.empty()) {
        map.time = importer::read_time(clock);
        if (!map.time) {
            reader.fault("time.clock", "must be a time like \"15:30:00\"");
        }
    }
}

bool has_any(const ColumnMap& map, std::size_t offset) {
    return map.has(Role::Last + offset) || map.has(Role::CallLast + offset) ||
           map.has(Role::PutLast + offset);
}

void read_units(MapReader& reader, ColumnMap& map) {
    const Choices<CountUnit> units{{"units", CountUnit::Units}, {"lots", CountUnit::Lots}};
    const auto unit = [&](const char* key, std::size_t offset) {
        return reader.choice<CountUnit>(
            key, units, has_any(map, offset) ? std::nullopt : std::optional(CountUnit::Units));
    };
    map.size_unit = unit("units.size", 3);
    map.volume_unit = unit("units.volume", 5);
    map.interest_unit = unit("units.open_interest", 6);
    map.is_volume_of_row =
        reader.choice<bool>("units.volume_counts", {{"day", false}, {"row", true}},
                            has_any(map, 5) ? std::nullopt : std::optional(false));
}

void read_rest(MapReader& reader, ColumnMap& map, const std::string& name) {
    const auto given = reader.text("name");
    map.name = given.empty() ? "map" : given;
    map.title = "column map " + (given.empty() ? name : given);
    map.shape = reader.choice<Shape>(
        "shape", {{"chain", Shape::Chain}, {"bars", Shape::Bars}, {"ticks", Shape::Ticks}},
        std::nullopt);
    map.separator =
        reader.choice<char>("separator", {{",", ','}, {";", ';'}, {"|", '|'}, {"tab", '\t'}}, ',');
    map.has_header = reader.boolean("header", true);
    map.skip_lines = static_cast<std::size_t>(reader.integer("skip_lines", 0, 100, 0));
    map.blank_is_absent = reader.boolean("blank_is_absent", true);
    map.price_needs_volume = reader.boolean("price_needs_volume", false);
    map.kind = reader.choice<domain::ContractKind>(
        "contract",
        {{"spot", domain::ContractKind::Spot}, {"future", domain::ContractKind::Future}},
        domain::ContractKind::Unspecified);
    map.expiry = reader.date("expiry");
    map.exchange = domain::Exchange::Unspecified;
    if (const auto word = reader.text("underlying"); !word.empty()) {
        map.underlying = underlying_of(word).value_or(domain::Underlying::Unspecified);
        if (map.underlying == domain::Underlying::Unspecified) {
            reader.fault("underlying", "\"" + shown(word) + "\" is none known here");
        }
    }
}

}  // namespace

Expected<ColumnMap> parse_map(std::string_view text, const std::string& name) {
    auto document = settings::parse_toml(text, name);
    if (!document) {
        return std::unexpected(document.error());
    }
    MapReader reader(std::move(*document), name);
    ColumnMap map;
    read_rest(reader, map, name);
    read_columns(reader, map);
    read_time(reader, map);
    read_units(reader, map);
    reader.check_unknown();
    if (!reader.first_fault().empty()) {
        return fail(ErrorKind::Invalid, reader.first_fault());
    }
    if (const auto fault = fault_of(map); !fault.empty()) {
        return fail(ErrorKind::Invalid, name + ": " + fault);
    }
    return map;
}

Expected<ColumnMap> load_map(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorKind::NotFound, path + " cannot be opened");
    }
    std::ostringstream text;
    text << file.rdbuf();
    return parse_map(text.str(), path);
}

}  // namespace sauda::importer
