#pragma once

#include "common/domain/reason.h"

#include <string>

namespace sauda::domain {

enum class Severity : uint8_t { Unspecified = 0, Info = 1, Warning = 2, Critical = 3 };

struct Alert {
    Severity severity = Severity::Unspecified;
    Reason reason;
    std::string subject;  // bot, contract, service ... what it is about
    friend bool operator==(const Alert&, const Alert&) = default;
    SAUDA_FIELDS(severity, reason, subject)
};

// Notifier's record that an event was handed to a channel: the line to print. stream and seq name
// the source event. grouped == 0: nothing is printed, the event is kept to be told with others.
struct Delivery {
    std::string channel;
    uint16_t stream = 0;
    uint64_t seq = 0;
    uint32_t grouped = 1;  // how many events this one message spoke of
    Severity severity = Severity::Unspecified;
    std::string text;   // what to print, one line
    std::string group;  // what it is grouped by, e.g. "denied|straddle1|33"
    friend bool operator==(const Delivery&, const Delivery&) = default;
    SAUDA_FIELDS(channel, stream, seq, grouped, severity, text, group)
};

enum class OperatorAct : uint8_t {
    Unspecified = 0,
    Halt = 1,
    Resume = 2,
    Flatten = 3,
    StartBot = 4,
    StopBot = 5,
    SetParameter = 6,
};

// A deliberate act of the owner. An input of the service it is sent to; its effect is an event.
struct OperatorCommand {
    OperatorAct act = OperatorAct::Unspecified;
    std::string by;
    std::string target;  // bot or account
    std::string parameter;
    int64_t value = 0;
    std::string note;
    friend bool operator==(const OperatorCommand&, const OperatorCommand&) = default;
    SAUDA_FIELDS(act, by, target, parameter, value, note)
};

// Made by the host of a service: another service came or went, lag, disk, clock offset.
struct HealthChange {
    uint8_t service = 0;  // a Service
    bool is_followed = false;
    int64_t lag_ns = 0;
    int64_t free_disk_permille = 1000;
    int64_t clock_offset_ns = 0;
    friend bool operator==(const HealthChange&, const HealthChange&) = default;
    SAUDA_FIELDS(service, is_followed, lag_ns, free_disk_permille, clock_offset_ns)
};

}  // namespace sauda::domain
