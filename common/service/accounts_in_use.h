#pragma once

#include "common/settings/settings.h"

#include <set>
#include <string>

namespace sauda::service {

// Names of the accounts a configuration trades: `account`, and those its bots name. Others may
// stand in the file without being opened.
inline std::set<std::string> accounts_in_use(const settings::Settings& settings) {
    std::set<std::string> names;
    if (const auto name = settings.text("account")) {
        names.insert(*name);
    }
    for (const auto& bot : settings.tables("bot")) {
        if (!bot.has("account")) {
            continue;
        }
        if (const auto name = bot.text("account")) {
            names.insert(*name);
        }
    }
    return names;
}

}  // namespace sauda::service
