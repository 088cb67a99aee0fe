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

// Day orders end with the day.
void cancel_all(Desk& desk, domain::Exchange exchange) {
    const auto ids = desk.state.active();  // a copy: it may change
    for (const uint64_t id : ids) {
        const Group& group = desk.state.groups.at(id);
        if (group.exchange() == exchange) {
            request_cancels(desk, group, false);
            request_cancels(desk, group, true);
        }
    }
}

bool expires_with(const SessionEvent& event, domain::ContractId contract) {
    return contract.exchange() == event.exchange && contract.underlying() == event.underlying &&
           contract.expiry() == event.expiry;
}

void settle_group(Desk& desk, const Group& group, const SessionEvent& event) {
    bool settled = false;
    for (const auto& leg : group.legs) {
        if (!leg.net.is_zero() && expires_with(event, leg.leg.contract)) {
            write_settlement(desk, group, leg, event.price);
            settled = true;
        }
    }
    if (!settled) {
        return;
    }
    request_cancels(desk, group, false);
    request_cancels(desk, group, true);
    if (group.is_flat() && !is_terminal(group.state)) {
        write_group(desk, group, GroupEventKind::Flattened,
                    reason_of(ReasonCode::ExitExpiry, {number("settlement", event.price.raw(),
                                                              domain::Unit::PricePoints)}));
    }
}

void tell_open(Desk& desk, domain::Exchange exchange) {
    for (const uint64_t id : desk.state.active()) {
        const Group& group = desk.state.groups.at(id);
        if (group.is_flat() || group.exchange() != exchange) {
            continue;
        }
        base::Quantity open;
        for (const auto& leg : group.legs) {
            open += leg.net.abs();
        }
        alert(desk, domain::Severity::Critical, ReasonCode::ExitChasing, id,
              "open at the end of the day: " + group.bot,
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
            cancel_all(desk, event.exchange);
            break;
        case SessionKind::Settlement: {
            const auto ids = desk.state.active();  // a copy: settling ends groups
            for (const uint64_t id : ids) {
                settle_group(desk, desk.state.groups.at(id), event);
            }
            break;
        }
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
