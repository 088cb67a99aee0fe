#pragma once

#include "common/domain/alert.h"
#include "common/domain/contract_id.h"
#include "services/notifier/core/notice.h"

#include <bitset>
#include <optional>
#include <string>
#include <vector>

namespace sauda::notifier {

// Time of day in India in which only what is critical is told; what comes in it is one message at
// its end. from > until: over midnight. Equal: never.
struct QuietHours {
    base::Duration from;
    base::Duration until;
};

using Kinds = std::bitset<kKinds>;
inline Kinds all_kinds() { return Kinds().set(); }
inline Kinds all_kinds_but(Kind kind) { return all_kinds().reset(static_cast<std::size_t>(kind)); }

struct Channel {
    std::string name;  // "console", "file", "telegram", "webhook", "email"
    domain::Severity minimum = domain::Severity::Info;
    Kinds kinds = all_kinds();  // critical ones come whatever their kind
    std::optional<QuietHours> quiet = std::nullopt;
    bool has_report = false;  // gets the report of the day when a session is over
};

struct NotifierConfig {
    std::vector<Channel> channels = {{.name = "console"}, {.name = "file"}};
    domain::Duration window = base::seconds(60);  // event time in which like events are grouped
    domain::Duration brief_window = base::seconds(5);  // the same of orders and fills
    uint32_t per_minute = 20;           // messages a channel gets in a minute of event time
    uint32_t critical_per_minute = 60;  // bound when critical ones are among them
};

// When a message held back for the quiet hours at `t` may be told; nullopt: at any time.
std::optional<domain::Timestamp> quiet_until(const std::optional<QuietHours>& quiet,
                                             domain::Timestamp t);

}  // namespace sauda::notifier
