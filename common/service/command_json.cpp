#include "common/service/command_json.h"

#include <nlohmann/json.hpp>

namespace sauda::service {

namespace {

std::string_view text(bus::ServiceState state) {
    switch (state) {
        case bus::ServiceState::Unspecified:
            return "unknown";
        case bus::ServiceState::Starting:
            return "STARTING";
        case bus::ServiceState::Recovering:
            return "RECOVERING";
        case bus::ServiceState::Ready:
            return "READY";
        case bus::ServiceState::Degraded:
            return "DEGRADED";
        case bus::ServiceState::Draining:
            return "DRAINING";
    }
    return "unknown";
}

std::string_view text(bus::StreamState state) {
    switch (state) {
        case bus::StreamState::Unspecified:
            return "unknown";
        case bus::StreamState::Cold:
            return "COLD";
        case bus::StreamState::Replaying:
            return "REPLAYING";
        case bus::StreamState::Following:
            return "FOLLOWING";
        case bus::StreamState::Diverged:
            return "DIVERGED";
        case bus::StreamState::Poisoned:
            return "POISONED";
    }
    return "unknown";
}

}  // namespace

std::string error_json(const std::string& message) {
    return nlohmann::json{{"error", message}}.dump();
}

std::string argument(const bus::Command& command, const std::string& name) {
    for (const auto& [key, value] : command.arguments) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

std::string status_json(const bus::Heartbeat& beat, const Inbox& inbox,
                        const std::string& diverged) {
    nlohmann::json status{{"service", to_text(beat.service)},
                          {"state", text(beat.state)},
                          {"pid", beat.pid},
                          {"epoch", beat.epoch},
                          {"started_at_ns", beat.started_at.ns},
                          {"event_time_ns", beat.now.ns},
                          {"step", beat.step},
                          {"run", base::to_hex(beat.run)},
                          {"lockstep", beat.is_lockstep},
                          {"last_event", beat.last_event}};
    for (const auto& end : beat.streams) {
        status["streams"].push_back({{"topic", domain::topic_of(end.stream)},
                                     {"first", end.first_seq},
                                     {"last", end.last_seq}});
    }
    for (const auto& cursor : beat.cursors) {
        status["cursors"].push_back({{"topic", domain::topic_of(cursor.stream)},
                                     {"seq", cursor.seq},
                                     {"state", text(cursor.state)}});
    }
    for (const auto& metric : beat.metrics) {
        status["metrics"][metric.name] = metric.value;
    }
    for (const auto& [what, count] : inbox.refusals()) {
        status["refusals"][what] = count;
    }
    if (const auto trouble = inbox.trouble()) {
        status["trouble"] = *trouble;
    }
    if (!diverged.empty()) {
        status["trouble"] = diverged;
    }
    return status.dump();
}

std::optional<base::Expected<domain::OperatorCommand>> parse_operator_command(
    const bus::Command& command) {
    using domain::OperatorAct;
    domain::OperatorCommand act{.act = OperatorAct::Unspecified,
                                .by = command.by.empty() ? "unknown" : command.by,
                                .target = argument(command, "target"),
                                .parameter = argument(command, "parameter"),
                                .value = 0,
                                .note = argument(command, "reason")};
    if (command.verb == "halt") {
        act.act = OperatorAct::Halt;
    } else if (command.verb == "resume") {
        act.act = OperatorAct::Resume;
        if (act.note.empty()) {
            return base::fail(base::ErrorKind::Invalid,
                              "resuming needs a reason: sauda resume --reason \"why it is safe\"");
        }
    } else if (command.verb == "flatten") {
        act.act = OperatorAct::Flatten;
    } else if (command.verb == "start" || command.verb == "stop") {
        act.act = command.verb == "start" ? OperatorAct::StartBot : OperatorAct::StopBot;
        if (act.target.empty()) {
            return base::fail(base::ErrorKind::Invalid, "name the bot to " + command.verb);
        }
    } else if (command.verb == "set") {
        act.act = OperatorAct::SetParameter;
        const std::string value = argument(command, "value");
        char* end = nullptr;
        act.value = std::strtoll(value.c_str(), &end, 10);
        if (act.target.empty() || act.parameter.empty() || value.empty() || *end != '\0') {
            return base::fail(base::ErrorKind::Invalid,
                              "set needs a bot, a parameter and a whole number");
        }
    } else {
        return std::nullopt;
    }
    return act;
}

bus::CommandReply skip_stream(Inbox& inbox, Log& log, const bus::Command& command) {
    const auto stream = domain::parse_topic(argument(command, "stream"));
    const auto reason = argument(command, "reason");
    if (!stream || reason.empty()) {
        return {.ok = false,
                .json = error_json("skip needs a stream such as D/risk/decision/ and "
                                   "a reason")};
    }
    if (!inbox.skip(*stream)) {
        return {.ok = false, .json = error_json(domain::topic_of(*stream) + " is not stopped")};
    }
    log.warn("system", "skipped one message of " + domain::topic_of(*stream) + ": " + reason);
    return {.ok = true, .json = "{\"done\": true}"};
}

}  // namespace sauda::service
