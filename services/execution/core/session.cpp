#include "services/execution/core/session.h"

#include "services/execution/core/exit.h"
#include "services/execution/core/group_writer.h"
#include "services/execution/core/ledger_writer.h"
#include "services/execution/core/order_writer.h"

namespace sauda::execution {

using domain::GroupEventKind;
using domain::ReasonCode;
using domain::SessionEvent;
using domain::SessionKind;

namespace {

void start_day(Desk& desk) {
    for (const auto& account : desk.config.accounts) {
        if (!desk.state.accounts.contains(account.name)) {
            write_deposit(desk, account);
        }
    }
    if (!desk.state.is_named) {
        desk.out.emit(domain::StreamId::ExecutionReport,
                      domain::ExecutorEvent{desk.config.database_id});
    }
}

// Orders end with the day or with their contract: the exchange drops them by itself.
template <class Pick>
void drop_orders(Desk& desk, const Group& group, Pick pick) {
    for (const auto& [id, order] : group.orders) {
        if (order.is_live() && pick(order.contract)) {
            VenueReport dropped;
            dropped.kind = VenueReportKind::Cancelled;
            dropped.child = id;
            dropped.reason.code = ReasonCode::SessionClosed;
            take_report(desk, dropped);
        }
    }
}

void end_day_orders(Desk& desk, domain::Exchange exchange) {
    for (const Group* group = desk.state.next_active(0); group != nullptr;
         group = desk.state.next_active(group->id)) {
        drop_orders(desk, *group,
                    [&](domain::ContractId contract) { return contract.exchange() == exchange; });
    }
}

bool expires_with(const SessionEvent& event, domain::ContractId contract) {
    return contract.exchange() == event.exchange && contract.underlying() == event.underlying &&
           contract.expiry() == event.expiry;
}

// The future an option became is closed as soon as its exchange opens again.
void keep_devolved(Desk& desk, const Group& group, const domain::ExpiryResult& end) {
    const auto& future = *end.future;
    alert(desk, domain::Severity::Critical, ReasonCode::Devolved, group.id,
          domain::to_text(future.contract),
          {number("strike", future.price.raw(), domain::Unit::PricePoints),
           number("quantity", future.quantity.raw(), domain::Unit::Units)});
    start_exit(desk, group,
               reason_of(ReasonCode::ExitExpiry,
                         {number("settlement", future.price.raw(), domain::Unit::PricePoints)}),
               {});
}

void settle_group(Desk& desk, const Group& group, const SessionEvent& event) {
    drop_orders(desk, group,
                [&](domain::ContractId contract) { return expires_with(event, contract); });
    std::vector<std::pair<domain::ContractId, base::Quantity>> expiring;
    for (const auto& leg : group.legs) {
        if (!leg.net.is_zero() && expires_with(event, leg.leg.contract)) {
            expiring.emplace_back(leg.leg.contract, leg.net);
        }
    }
    for (const auto& [contract, open] : expiring) {  // may add the leg of a future
        const auto end = write_settlement(desk, group, contract, open, event.price);
        if (end.future) {
            keep_devolved(desk, group, end);
        }
    }
    if (!expiring.empty() && group.is_flat() && !is_terminal(group.state)) {
        write_group(desk, group, GroupEventKind::Flattened,
                    reason_of(ReasonCode::ExitExpiry, {number("settlement", event.price.raw(),
                                                              domain::Unit::PricePoints)}));
    }
}

void tell_open(Desk& desk, domain::Exchange exchange) {
    for (const Group* group = desk.state.next_active(0); group != nullptr;
         group = desk.state.next_active(group->id)) {
        if (group->is_flat() || group->exchange() != exchange) {
            continue;
        }
        base::Quantity open;
        for (const auto& leg : group->legs) {
            open += leg.net.abs();
        }
        alert(desk, domain::Severity::Critical, ReasonCode::ExitChasing, group->id,
              "open at the end of the day: " + group->bot,
              {number("open", open.raw(), domain::Unit::Units)});
    }
}

}  // namespace

void take_session(Desk& desk, const SessionEvent& event) {
    switch (event.kind) {
        case SessionKind::DayStart:
            start_day(desk);
            break;
        case SessionKind::Close:
            end_day_orders(desk, event.exchange);
            write_note_corrections(desk, event.exchange);
            break;
        case SessionKind::Settlement:
            for (const Group* group = desk.state.next_active(0); group != nullptr;
                 group = desk.state.next_active(group->id)) {
                settle_group(desk, *group, event);
            }
            break;
        case SessionKind::DayEnd:
            tell_open(desk, event.exchange);
            break;
        case SessionKind::Unspecified:
        case SessionKind::PreOpen:
        case SessionKind::Open:
        case SessionKind::Holiday:
        case SessionKind::StaleBegin:
        case SessionKind::StaleEnd:
        case SessionKind::RunEnd:
            break;
    }
}

}  // namespace sauda::execution
