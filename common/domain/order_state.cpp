#include "common/domain/order.h"

#include <charconv>

namespace sauda::domain {

bool is_terminal(OrderState state) {
    return state == OrderState::Filled || state == OrderState::Cancelled ||
           state == OrderState::Rejected || state == OrderState::Denied;
}

namespace {

using enum OrderEventKind;
using Next = std::optional<OrderState>;

Next from_pending(OrderEventKind event) {
    switch (event) {
        case OrderEventKind::Sent:
            return OrderState::Sent;
        case Denied:
            return OrderState::Denied;
        case Cancelled:
            return OrderState::Cancelled;
        case TimedOut:
            return OrderState::Unknown;
        case Unspecified:
        case Placed:
        case Accepted:
        case PartialFill:
        case Fill:
        case CancelRequested:
        case Rejected:
        case Found:
        case NotFound:
        case CancelRejected:
            return std::nullopt;
    }
    return std::nullopt;
}

// Sent, Working, PartiallyFilled and Unknown: the venue may answer in any order, and a fill may
// overtake the acceptance.
Next from_live(OrderState state, OrderEventKind event) {
    switch (event) {
        case Accepted:
            // A late acceptance must not hide a fill or a cancel that is on its way.
            return state == OrderState::PartiallyFilled || state == OrderState::PendingCancel
                       ? state
                       : OrderState::Working;
        case PartialFill:
            return state == OrderState::PendingCancel ? OrderState::PendingCancel
                                                      : OrderState::PartiallyFilled;
        case Fill:
            return OrderState::Filled;
        case CancelRequested:
            return state == OrderState::Unknown ? Next{} : OrderState::PendingCancel;
        case Cancelled:
            return OrderState::Cancelled;
        case Rejected:
            return OrderState::Rejected;
        case TimedOut:
            return OrderState::Unknown;
        case Found:
            return state == OrderState::Unknown ? OrderState::Working : state;
        case NotFound:
            return state == OrderState::Unknown ? Next{OrderState::Cancelled} : Next{};
        case CancelRejected:
            return state == OrderState::PendingCancel ? Next{OrderState::Working} : Next{};
        case Unspecified:
        case Placed:
        case OrderEventKind::Sent:
        case Denied:
            return std::nullopt;
    }
    return std::nullopt;
}

// A terminal order can still be filled by the venue: a fill that crossed our cancel on the wire.
Next from_terminal(OrderState state, OrderEventKind event) {
    switch (event) {
        case PartialFill:
            return state == OrderState::Cancelled ? Next{OrderState::Cancelled} : Next{};
        case Fill:
            return state == OrderState::Cancelled ? Next{OrderState::Filled} : Next{};
        case Unspecified:
        case Placed:
        case OrderEventKind::Sent:
        case Accepted:
        case CancelRequested:
        case Cancelled:
        case Rejected:
        case Denied:
        case TimedOut:
        case Found:
        case NotFound:
        case CancelRejected:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::optional<OrderState> next_state(OrderState state, OrderEventKind event) {
    switch (state) {
        case OrderState::Unspecified:
            return event == Placed ? Next{OrderState::Pending} : Next{};
        case OrderState::Pending:
            return from_pending(event);
        case OrderState::Sent:
        case OrderState::Working:
        case OrderState::PartiallyFilled:
        case OrderState::PendingCancel:
        case OrderState::Unknown:
            return from_live(state, event);
        case OrderState::Filled:
        case OrderState::Cancelled:
        case OrderState::Rejected:
        case OrderState::Denied:
            return from_terminal(state, event);
    }
    return std::nullopt;
}

bool is_terminal(GroupState state) {
    return state == GroupState::Closed || state == GroupState::Abandoned;
}

std::optional<GroupState> next_state(GroupState state, GroupEventKind event) {
    using S = GroupState;
    using E = GroupEventKind;
    switch (event) {
        case E::Unspecified:
            return std::nullopt;
        case E::Accepted:
            return state == S::Unspecified ? std::optional(S::Approved) : std::nullopt;
        case E::EntryStarted:
            return state == S::Approved ? std::optional(S::Entering) : std::nullopt;
        case E::LegFilled:
            return state == S::Entering ? std::optional(S::Entering) : std::nullopt;
        case E::Opened:
            return state == S::Entering ? std::optional(S::Open) : std::nullopt;
        case E::LegFailed:
            return state == S::Entering ? std::optional(S::Unwinding) : std::nullopt;
        case E::ExitStarted:
            return state == S::Open || state == S::Entering || state == S::Unwinding
                       ? std::optional(S::Exiting)
                       : std::nullopt;
        case E::TrailRaised:
            return state == S::Open ? std::optional(S::Open) : std::nullopt;
        case E::Flattened:
            return state == S::Exiting || state == S::Open         ? std::optional(S::Closed)
                   : state == S::Unwinding || state == S::Entering ? std::optional(S::Closed)
                                                                   : std::nullopt;
        case E::Refused:
            return state == S::Approved || state == S::Entering || state == S::Unwinding
                       ? std::optional(S::Abandoned)
                       : std::nullopt;
    }
    return std::nullopt;
}

std::string to_text(const ChildId& id) {
    return "G" + std::to_string(id.group) + (id.is_exit ? "x." : ".") + std::to_string(id.leg) +
           "." + std::to_string(id.slice) + "." + std::to_string(id.amendment);
}

namespace {

// Takes a number and the dot behind it off the front; the last number has none.
template <class T>
bool take_number(std::string_view& text, T& value, bool is_last) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (is_last) {
        return text.empty();
    }
    const bool has_dot = text.starts_with('.');
    text.remove_prefix(has_dot ? 1 : 0);
    return has_dot;
}

}  // namespace

std::optional<ChildId> parse_child(std::string_view text) {
    std::string_view rest = text;
    if (!rest.starts_with('G')) {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    ChildId id;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), id.group);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    id.is_exit = rest.starts_with('x');
    rest.remove_prefix(id.is_exit ? 1 : 0);
    if (!rest.starts_with('.')) {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    const bool read = take_number(rest, id.leg, false) && take_number(rest, id.slice, false) &&
                      take_number(rest, id.amendment, true);
    // One spelling each: no leading zeros.
    return read && to_text(id) == text ? std::optional(id) : std::nullopt;
}

}  // namespace sauda::domain
