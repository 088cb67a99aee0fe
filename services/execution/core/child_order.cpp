#include "services/execution/core/child_order.h"

namespace sauda::execution {

bool ChildOrder::can_cancel() const {
    return !is_cancel_requested &&
           domain::next_state(state, domain::OrderEventKind::CancelRequested).has_value();
}

}  // namespace sauda::execution
