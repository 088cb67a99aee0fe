#include "common/wire/message_checks.h"

// Rules of alerts, deliveries and local inputs.
namespace sauda::wire {

using namespace domain;

Checker check(const Alert& alert) {
    Checker c;
    c.set("severity", alert.severity);
    return c;
}

Checker check(const Delivery& delivery) {
    Checker c;
    c.text("channel", delivery.channel);
    c.require(is_known(static_cast<StreamId>(delivery.stream)), "stream", "stream unknown",
              std::to_string(delivery.stream) + " is no stream");
    return c;
}

Checker check(const OperatorCommand& command) {
    Checker c;
    c.set("act", command.act);
    return c;
}

Checker check(const HealthChange& change) {
    Checker c;
    c.between("service", change.service, 1, static_cast<int64_t>(Service::Operator));
    return c;
}

Checker check(const ExecutorEvent& event) {
    Checker c;
    c.text("database_id", event.database_id);
    return c;
}

}  // namespace sauda::wire
