#include "common/settings/settings.h"

#include "common/base/hash.h"
#include "common/settings/setting_text.h"
#include "common/settings/toml_document.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

namespace sauda::settings {

using base::Expected;

struct Settings::Document {
    std::string name;
    TomlDocument values;
    std::set<std::string, std::less<>> read;
    uint64_t hash = 0;
};

// A node asked for by a getter: what it is, or that it is absent.
struct Settings::Value {
    const Settings* settings = nullptr;
    std::string path;
    const TomlValue* node = nullptr;

    [[nodiscard]] bool is(TomlKind kind) const { return node != nullptr && node->kind == kind; }
    [[nodiscard]] bool is_number() const { return is(TomlKind::Integer) || is(TomlKind::Decimal); }

    // The error of a value that is absent or not as `expected`.
    [[nodiscard]] std::unexpected<base::Error> refused(const std::string& expected) const {
        const auto full = settings->full(path);
        if (node == nullptr) {
            return base::fail(base::ErrorKind::NotFound, settings->where(path) + ": " + full +
                                                             " is missing; expected " + expected);
        }
        return base::fail(base::ErrorKind::Invalid, settings->where(path) + ": " + full + " is " +
                                                        describe(*node) + "; expected " + expected);
    }

    // Common to all getters: the fallback of an absent key, the range of a present one.
    template <class T>
    [[nodiscard]] Expected<T> judged(const std::optional<T>& found,
                                     const std::optional<T>& fallback, const T& min, const T& max,
                                     const std::string& expected) const {
        if (node == nullptr && fallback) {
            return *fallback;
        }
        if (!found || *found < min || max < *found) {
            return refused(expected);
        }
        return *found;
    }
};

Settings::Settings(std::shared_ptr<Document> document, std::string prefix)
    : document_(std::move(document)), prefix_(std::move(prefix)) {}

Expected<Settings> Settings::parse(std::string_view text, std::string name) {
    auto values = parse_toml(text, name);
    if (!values) {
        return std::unexpected(values.error());
    }
    auto document = std::make_shared<Document>();
    document->name = std::move(name);
    document->values = std::move(*values);
    document->hash = base::hash_bytes(text);
    return Settings(std::move(document), "");
}

Expected<Settings> Settings::load(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) {
        return base::fail(base::ErrorKind::NotFound, "cannot read the settings file " + path);
    }
    return parse(text, path);
}

std::string Settings::full(std::string_view path) const {
    if (prefix_.empty() || path.empty()) {
        return prefix_ + std::string(path);
    }
    return prefix_ + "." + std::string(path);
}

Settings::Value Settings::value(std::string_view path) const {
    const auto key = full(path);
    const auto found = document_->values.find(key);
    if (found == document_->values.end()) {
        return {this, std::string(path), nullptr};
    }
    document_->read.insert(key);
    return {this, std::string(path), &found->second};
}

bool Settings::has(std::string_view path) const { return document_->values.contains(full(path)); }

Expected<int64_t> Settings::integer(std::string_view path, std::optional<int64_t> fallback,
                                    int64_t min, int64_t max) const {
    const auto v = value(path);
    const auto found = v.is(TomlKind::Integer) ? decimal_of(v.node->text, 0) : std::nullopt;
    return v.judged<int64_t>(found, fallback, min, max, "a whole number" + range_text(min, max, 0));
}

Expected<double> Settings::number(std::string_view path, std::optional<double> fallback, double min,
                                  double max) const {
    const auto v = value(path);
    std::optional<double> found;
    if (v.is_number()) {
        double number = 0;
        const auto& text = v.node->text;
        const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
        found = end.ec == std::errc{} ? std::optional(number) : std::nullopt;
    }
    return v.judged<double>(found, fallback, min, max, "a number" + range_text(min, max));
}

Expected<base::Money> Settings::rupees(std::string_view path, std::optional<base::Money> fallback,
                                       base::Money min, base::Money max) const {
    const auto v = value(path);
    const auto raw = v.is_number() ? decimal_of(v.node->text, 4) : std::nullopt;
    const auto found = raw ? std::optional(base::Money::from_raw(*raw)) : std::nullopt;
    return v.judged<base::Money>(
        found, fallback, min, max,
        "rupees with at most 4 decimals" + range_text(min.raw(), max.raw(), 4));
}

Expected<base::Price> Settings::price(std::string_view path, std::optional<base::Price> fallback,
                                      base::Price min, base::Price max) const {
    const auto v = value(path);
    const auto raw = v.is_number() ? decimal_of(v.node->text, 4) : std::nullopt;
    const auto found = raw ? std::optional(base::Price::from_raw(*raw)) : std::nullopt;
    return v.judged<base::Price>(
        found, fallback, min, max,
        "a price in rupees with at most 4 decimals" + range_text(min.raw(), max.raw(), 4));
}

Expected<int64_t> Settings::per_million(std::string_view path, std::optional<int64_t> fallback,
                                        int64_t min, int64_t max) const {
    const auto v = value(path);
    std::optional<int64_t> found;
    if (v.is_number()) {
        found = decimal_of(v.node->text, 4);
    } else if (v.is(TomlKind::Text)) {
        found = percent_of(v.node->text);
    }
    return v.judged<int64_t>(found, fallback, min, max,
                             "a percentage such as 3.5 or \"3.5 %\"" + range_text(min, max, 4));
}

Expected<std::string> Settings::text(std::string_view path, std::optional<std::string> fallback,
                                     const std::vector<std::string>& allowed) const {
    const auto v = value(path);
    if (v.node == nullptr && fallback) {
        return *std::move(fallback);
    }
    const bool fits = v.is(TomlKind::Text) &&
                      (allowed.empty() ||
                       std::find(allowed.begin(), allowed.end(), v.node->text) != allowed.end());
    if (!fits) {
        return v.refused(allowed.empty() ? "a text in quotes" : "one of " + quoted_list(allowed));
    }
    return v.node->text;
}

Expected<bool> Settings::boolean(std::string_view path, std::optional<bool> fallback) const {
    const auto v = value(path);
    const auto found =
        v.is(TomlKind::Boolean) ? std::optional(v.node->text == "true") : std::nullopt;
    return v.judged<bool>(found, fallback, false, true, "true or false");
}

Expected<base::Duration> Settings::time_of_day(std::string_view path,
                                               std::optional<base::Duration> fallback) const {
    const auto v = value(path);
    const bool may_be = v.is(TomlKind::Text) || v.is(TomlKind::Time);
    const auto found = may_be ? time_of(v.node->text) : std::nullopt;
    return v.judged<base::Duration>(found, fallback, {}, {INT64_MAX},
                                    "a time of day such as \"15:05\"");
}

Expected<base::Duration> Settings::duration(std::string_view path,
                                            std::optional<base::Duration> fallback,
                                            base::Duration min, base::Duration max) const {
    const auto v = value(path);
    const auto found = v.is(TomlKind::Text) ? duration_of(v.node->text) : std::nullopt;
    return v.judged<base::Duration>(
        found, fallback, min, max,
        "a duration such as \"250 ms\", \"20 s\" or \"5 min\"" + duration_range_text(min, max));
}

Expected<std::vector<std::string>> Settings::texts(
    std::string_view path, std::optional<std::vector<std::string>> fallback) const {
    const auto v = value(path);
    if (v.node == nullptr && fallback) {
        return *std::move(fallback);
    }
    if (!v.is(TomlKind::List) || !v.node->only_texts) {
        return v.refused("a list of texts such as [\"a\", \"b\"]");
    }
    return v.node->items;
}

std::vector<Settings> Settings::tables(std::string_view path) const {
    std::vector<Settings> views;
    const auto found = document_->values.find(full(path));
    if (found == document_->values.end()) {
        return views;
    }
    const bool holds_tables =
        found->second.kind == TomlKind::Table || found->second.kind == TomlKind::TableList;
    for (const auto& child : found->second.children) {
        if (holds_tables && document_->values.at(child).kind == TomlKind::Table) {
            views.push_back(Settings(document_, child));
        }
    }
    return views;
}

Settings Settings::section(std::string_view path) const { return {document_, full(path)}; }

std::string Settings::name() const {
    const auto dot = prefix_.rfind('.');
    return dot == std::string::npos ? prefix_ : prefix_.substr(dot + 1);
}

std::vector<std::string> Settings::unread() const {
    std::vector<std::pair<int, std::string>> keys;
    for (const auto& [path, node] : document_->values) {
        const bool is_leaf = node.kind != TomlKind::Table && node.kind != TomlKind::TableList;
        const bool is_here =
            prefix_.empty() || path.starts_with(prefix_ + ".") || path.starts_with(prefix_ + "[");
        if (is_leaf && is_here && !document_->read.contains(path)) {
            keys.emplace_back(node.line, path);
        }
    }
    std::sort(keys.begin(), keys.end());
    std::vector<std::string> names;
    for (auto& [line, path] : keys) {
        names.push_back(std::move(path));
    }
    return names;
}

uint64_t Settings::content_hash() const { return document_->hash; }

std::string Settings::where(std::string_view path) const {
    auto key = full(path);
    while (!key.empty()) {
        const auto found = document_->values.find(key);
        if (found != document_->values.end()) {
            return document_->name + ":" + std::to_string(found->second.line);
        }
        const auto cut = key.find_last_of(".[");
        key.erase(cut == std::string::npos ? 0 : cut);
    }
    return document_->name;
}

base::Error Settings::refuse(std::string_view path, const std::string& why) const {
    return {base::ErrorKind::Invalid, where(path) + ": " + full(path) + ": " + why};
}

}  // namespace sauda::settings
