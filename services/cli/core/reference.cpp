#include "services/cli/core/reference.h"

#include <charconv>

namespace sauda::cli {

namespace {

std::optional<uint64_t> number_of(std::string_view text) {
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

std::string in_case(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') {
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    }
    return out;
}

}  // namespace

std::optional<Reference> parse_reference(std::string_view text) {
    using enum Reference::Kind;
    const std::string word = in_case(text);
    if (word.find('.') != std::string::npos) {
        const auto order = domain::parse_child(word);
        return order ? std::optional(Reference{Order, order->group, order}) : std::nullopt;
    }
    if (word.empty()) {
        return std::nullopt;
    }
    Reference::Kind kind = Number;
    std::string_view digits = word;
    if (word.front() == 'G' || word.front() == 'I' || word.front() == 'D') {
        kind = word.front() == 'G' ? Group : word.front() == 'I' ? Intent : Decision;
        digits.remove_prefix(1);
    }
    const auto number = number_of(digits);
    return number ? std::optional(Reference{kind, *number, {}}) : std::nullopt;
}

std::string to_text(const Reference& reference) {
    const auto number = std::to_string(reference.number);
    switch (reference.kind) {
        case Reference::Kind::Order:
            return "order " + domain::to_text(*reference.order);
        case Reference::Kind::Group:
            return "trade G" + number;
        case Reference::Kind::Intent:
            return "intent " + number;
        case Reference::Kind::Decision:
            return "decision " + number;
        case Reference::Kind::Number:
            break;
    }
    return number;
}

}  // namespace sauda::cli
