#include "common/settings/toml_document.h"

#include <array>
#include <charconv>
#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace sauda::settings {

namespace {

// The shortest decimal that reads back as the same double: the literal of the file, whenever that
// has at most 15 significant digits.
std::string decimal_text(double value) {
    std::array<char, 400> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string child_path(const std::string& parent, std::string_view key) {
    return parent.empty() ? std::string(key) : parent + "." + std::string(key);
}

class Flattener {
 public:
    explicit Flattener(TomlDocument& document) : document_(document) {}

    void add(const std::string& path, const toml::node& node) {
        TomlValue value;
        value.line = static_cast<int>(node.source().begin.line);
        if (const auto* table = node.as_table()) {
            value.kind = TomlKind::Table;
            for (const auto& [key, child] : *table) {
                value.children.push_back(child_path(path, key.str()));
                add(value.children.back(), child);
            }
        } else if (const auto* list = node.as_array()) {
            add_list(path, *list, value);
        } else {
            add_scalar(node, value);
        }
        document_[path] = std::move(value);
    }

 private:
    void add_list(const std::string& path, const toml::array& list, TomlValue& value) {
        if (!list.empty() && list.is_homogeneous(toml::node_type::table)) {
            value.kind = TomlKind::TableList;
            for (std::size_t i = 0; i < list.size(); ++i) {
                value.children.push_back(path + "[" + std::to_string(i) + "]");
                add(value.children.back(), list[i]);
            }
            return;
        }
        value.kind = TomlKind::List;
        value.only_texts = list.empty() || list.is_homogeneous(toml::node_type::string);
        for (const auto& element : list) {
            if (const auto* text = element.as_string()) {
                value.items.push_back(text->get());
            }
        }
    }

    static void add_scalar(const toml::node& node, TomlValue& value) {
        if (const auto* text = node.as_string()) {
            value.kind = TomlKind::Text;
            value.text = text->get();
        } else if (const auto* integer = node.as_integer()) {
            value.kind = TomlKind::Integer;
            value.text = std::to_string(integer->get());
        } else if (const auto* decimal = node.as_floating_point()) {
            value.kind = TomlKind::Decimal;
            value.text = decimal_text(decimal->get());
        } else if (const auto* boolean = node.as_boolean()) {
            value.kind = TomlKind::Boolean;
            value.text = boolean->get() ? "true" : "false";
        } else if (const auto* time = node.as_time()) {
            value.kind = TomlKind::Time;
            value.text = two_digits(time->get().hour) + ":" + two_digits(time->get().minute) + ":" +
                         two_digits(time->get().second);
        } else {
            value.text = "a date";
        }
    }

    TomlDocument& document_;
};

}  // namespace

base::Expected<TomlDocument> parse_toml(std::string_view text, const std::string& name) {
    const toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
        const auto& error = parsed.error();
        return base::fail(base::ErrorKind::Invalid, name + ":" +
                                                        std::to_string(error.source().begin.line) +
                                                        ": " + std::string(error.description()));
    }
    TomlDocument document;
    Flattener(document).add("", parsed.table());
    return document;
}

}  // namespace sauda::settings
