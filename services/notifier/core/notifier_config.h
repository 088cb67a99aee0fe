#pragma once

#include "common/domain/alert.h"
#include "common/domain/contract_id.h"

#include <string>
#include <vector>

namespace sauda::notifier {

struct Channel {
    std::string name;  // "console", "file"
    domain::Severity minimum = domain::Severity::Info;
};

struct NotifierConfig {
    std::vector<Channel> channels = {{"console", domain::Severity::Info},
                                     {"file", domain::Severity::Info}};
    domain::Duration window = base::seconds(60);  // event time in which like events are grouped
    uint32_t per_minute = 20;           // messages a channel gets in a minute of event time
    uint32_t critical_per_minute = 60;  // bound when critical ones are among them
};

}  // namespace sauda::notifier
