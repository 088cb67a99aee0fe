#include "services/execution/core/exit_monitor.h"

#include "services/execution/core/exit.h"
#include "services/execution/core/group_writer.h"
#include "services/execution/core/mark.h"

namespace sauda::execution {

using base::Money;
using domain::GroupState;
using domain::ReasonCode;

namespace {

bool is_watchable(const Group& group) {
    return (group.state == GroupState::Open || group.state == GroupState::Entering) &&
           !group.is_flat();
}

// Named as the sentences of the reasons want them.
std::vector<domain::Number> numbers_of(const ExitHit& hit, const Group& group) {
    const auto money = [](const char* name, Money value) {
        return number(name, value.raw(), domain::Unit::Rupees);
    };
    if (hit.code == ReasonCode::ExitTarget) {
        return {money("target", hit.level), money("pnl", hit.pnl)};
    }
    if (hit.code == ReasonCode::ExitTrailing) {
        return {money("pnl", hit.pnl), money("best", group.best_pnl), money("stop", hit.level)};
    }
    return {money("stop", hit.level), money("pnl", hit.pnl)};
}

}  // namespace

std::optional<ExitHit> find_exit(const View& view, const Group& group) {
    const domain::ExitPlan& plan = group.exits;
    const GroupMark mark = mark_of(view, group);
    if (!mark.is_known) {
        return std::nullopt;
    }
    if (plan.stop_loss.is_positive() && mark.pnl <= -plan.stop_loss) {
        return ExitHit{ReasonCode::ExitStop, -plan.stop_loss, mark.pnl};
    }
    if (group.is_trailing && mark.pnl <= group.best_pnl - plan.trailing_distance) {
        return ExitHit{ReasonCode::ExitTrailing, group.best_pnl - plan.trailing_distance, mark.pnl};
    }
    const bool is_complete = group.state == GroupState::Open;
    if (is_complete && mark.is_live && plan.target.is_positive() && mark.pnl >= plan.target) {
        return ExitHit{ReasonCode::ExitTarget, plan.target, mark.pnl};
    }
    return std::nullopt;
}

std::optional<Money> find_trail(const View& view, const Group& group) {
    const domain::ExitPlan& plan = group.exits;
    if (group.state != GroupState::Open || !plan.trailing_distance.is_positive()) {
        return std::nullopt;
    }
    const GroupMark mark = mark_of(view, group);
    if (!mark.is_live) {
        return std::nullopt;
    }
    const bool rises = group.is_trailing
                           ? mark.pnl >= group.best_pnl + plan.trailing_distance.scaled(1, 4)
                           : mark.pnl >= plan.trailing_trigger;
    return rises ? std::optional(mark.pnl) : std::nullopt;
}

void watch_group(Desk& desk, const Group& group) {
    if (!is_watchable(group)) {
        return;
    }
    if (const auto hit = find_exit(desk, group)) {
        start_exit(desk, group, reason_of(hit->code, numbers_of(*hit, group)), hit->level);
        return;
    }
    if (const auto best = find_trail(desk, group)) {
        write_trail(desk, group, *best);
    }
}

}  // namespace sauda::execution
