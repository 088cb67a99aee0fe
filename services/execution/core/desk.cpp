#include "services/execution/core/desk.h"

namespace sauda::execution {

void alert(Desk& desk, domain::Severity severity, domain::ReasonCode code, uint64_t group,
           std::string subject, std::vector<domain::Number> numbers) {
    domain::Alert made;
    made.severity = severity;
    made.reason.code = code;
    made.reason.numbers.push_back(
        number("group", static_cast<int64_t>(group), domain::Unit::Count));
    for (auto& extra : numbers) {
        made.reason.numbers.push_back(std::move(extra));
    }
    made.subject = std::move(subject);
    desk.out.emit(domain::StreamId::ExecutionAlert, std::move(made));
}

}  // namespace sauda::execution
