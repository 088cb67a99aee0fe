#include "common/indicators/registry.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sauda::indicators {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
    constexpr std::string_view kSpace = " \t";
    std::vector<std::string_view> words;
    for (auto from = text.find_first_not_of(kSpace); from != std::string_view::npos;) {
        const auto to = std::min(text.find_first_of(kSpace, from), text.size());
        words.push_back(text.substr(from, to - from));
        from = text.find_first_not_of(kSpace, to);
    }
    return words;
}

// The shortest decimal that gives the number back.
std::string written(double number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

std::string range_of(const Parameter& parameter) {
    return (parameter.is_whole ? "a whole number from " : "a number from ") +
           written(parameter.least) + " to " + written(parameter.most);
}

std::unexpected<base::Error> wrong(std::string_view text, const std::string& what) {
    return base::fail(base::ErrorKind::Invalid, "indicator \"" + std::string(text) + "\": " + what);
}

const IndicatorKind* find_kind(std::string_view name) {
    const auto& kinds = indicator_kinds();
    const auto found = std::lower_bound(
        kinds.begin(), kinds.end(), name,
        [](const IndicatorKind& kind, std::string_view other) { return kind.name < other; });
    return found != kinds.end() && found->name == name ? &*found : nullptr;
}

std::string all_names() {
    std::string names;
    for (const auto& kind : indicator_kinds()) {
        names += (names.empty() ? "" : ", ") + std::string(kind.name);
    }
    return names;
}

// "macd [fast] [slow] [signal]"
std::string usage(const IndicatorKind& kind) {
    std::string text(kind.name);
    for (const auto& parameter : kind.parameters) {
        text += " [" + std::string(parameter.name) + "]";
    }
    return text;
}

base::Expected<double> parse(std::string_view text, std::string_view word,
                             const Parameter& parameter) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool is_number = error == std::errc{} && end == word.data() + word.size();
    // Not-a-number compares as out of range.
    const bool fits =
        is_number && value >= parameter.least && value <= parameter.most &&
        (!parameter.is_whole || value == static_cast<double>(static_cast<int64_t>(value)));
    if (!fits) {
        return wrong(text, std::string(parameter.name) + " is \"" + std::string(word) +
                               "\", it must be " + range_of(parameter));
    }
    return value;
}

struct Parsed {
    const IndicatorKind* kind;
    Parameters parameters;
    std::string text;
};

base::Expected<Parsed> parse(std::string_view text) {
    const auto words = words_of(text);
    if (words.empty()) {
        return wrong(text, "a name is missing; there are " + all_names());
    }
    const IndicatorKind* kind = find_kind(words[0]);
    if (kind == nullptr) {
        return wrong(text,
                     "there is no \"" + std::string(words[0]) + "\"; there are " + all_names());
    }
    if (words.size() - 1 > kind->parameters.size()) {
        return wrong(text, "too many numbers; it is written " + usage(*kind));
    }
    std::vector<double> values;
    std::string canonical(kind->name);
    for (std::size_t i = 0; i < kind->parameters.size(); ++i) {
        values.push_back(kind->parameters[i].usual);
        if (i + 1 < words.size()) {
            const auto value = parse(text, words[i + 1], kind->parameters[i]);
            if (!value) {
                return std::unexpected(value.error());
            }
            values.back() = *value;
        }
        canonical += " " + written(values.back());
    }
    Parameters parameters(std::move(values));
    const std::string_view problem = kind->check == nullptr ? "" : kind->check(parameters);
    if (!problem.empty()) {
        return wrong(text, std::string(problem) + " (taken as \"" + canonical + "\")");
    }
    return Parsed{kind, std::move(parameters), std::move(canonical)};
}

}  // namespace

const std::vector<IndicatorKind>& indicator_kinds() {
    static const std::vector<IndicatorKind> kKinds = [] {
        auto kinds = standard_kinds();
        for (auto& kind : structure_kinds()) {
            kinds.push_back(std::move(kind));
        }
        std::sort(kinds.begin(), kinds.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        return kinds;
    }();
    return kKinds;
}

base::Expected<NamedIndicator> NamedIndicator::make(std::string_view text) {
    const auto parsed = parse(text);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    NamedIndicator result;
    result.text_ = parsed->text;
    result.indicator_ = parsed->kind->make(parsed->parameters);
    result.names_ = result.indicator_->names();
    result.values_.resize(result.names_.size());
    if (parsed->kind->first_bar != nullptr) {
        result.first_bar_ = parsed->kind->first_bar(parsed->parameters);
    }
    result.read_values();
    return result;
}

NamedIndicator::NamedIndicator(const NamedIndicator& other)
    : text_(other.text_),
      names_(other.names_),
      first_bar_(other.first_bar_),
      indicator_(other.indicator_ ? other.indicator_->clone() : nullptr),
      values_(other.values_) {}

NamedIndicator& NamedIndicator::operator=(const NamedIndicator& other) {
    if (this != &other) {
        *this = NamedIndicator(other);
    }
    return *this;
}

void NamedIndicator::start_session() {
    if (indicator_) {
        indicator_->start_session();
        read_values();
    }
}

bool NamedIndicator::push(const BarInput& bar) {
    if (!indicator_ || !is_sound(bar)) {
        return false;
    }
    indicator_->push(bar);
    read_values();
    return true;
}

std::optional<double> NamedIndicator::value(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? std::nullopt
                                 : values_[static_cast<std::size_t>(found - names_.begin())];
}

std::string NamedIndicator::save() const {
    base::BinaryWriter writer;
    if (indicator_) {
        indicator_->save(writer);
    }
    return writer.take();
}

bool NamedIndicator::load(const std::string& text, const std::string& state) {
    if (text.empty()) {
        *this = NamedIndicator();
        return state.empty();
    }
    auto made = make(text);
    if (!made || made->text_ != text) {
        return false;
    }
    base::BinaryReader reader(state);
    made->indicator_->load(reader);
    if (!reader.ok() || !reader.at_end()) {
        return false;
    }
    made->read_values();
    *this = std::move(*made);
    return true;
}

void NamedIndicator::read_values() { indicator_->read(values_); }

}  // namespace sauda::indicators
