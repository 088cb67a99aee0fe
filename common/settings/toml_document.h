#pragma once

#include "common/base/expected.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::settings {

enum class TomlKind { Table, TableList, List, Text, Integer, Decimal, Boolean, Time, Other };

// One node of a TOML file. Numbers are kept as decimal text ("22.5", never in exponent form).
struct TomlValue {
    TomlKind kind = TomlKind::Other;
    std::string text;                   // of a scalar
    std::vector<std::string> items;     // of a List whose elements are all texts
    std::vector<std::string> children;  // full paths of a Table's or TableList's own, in order
    bool only_texts = false;            // List: every element is a text
    int line = 0;
};

// Every node by its full path: "", "risk", "risk.daily_loss", "bots[0]", "bots[0].name".
using TomlDocument = std::map<std::string, TomlValue, std::less<>>;

// Invalid with "name:line: what is wrong" if the text is not TOML.
base::Expected<TomlDocument> parse_toml(std::string_view text, const std::string& name);

}  // namespace sauda::settings
