#include "services/strategy/core/bots/wish.h"

namespace sauda::strategy {

using domain::Unit;

Wish recall_wish(const View& view) {
    Wish wish;
    wish.wait = static_cast<Wish::Wait>(view.recall("wish_wait"));
    wish.direction = static_cast<int>(view.recall("wish_direction"));
    wish.bar_start = {view.recall("wish_bar")};
    wish.signal = static_cast<uint64_t>(view.recall("wish_signal"));
    wish.on_rules = view.recall("wish_on_rules") != 0;
    return wish;
}

void remember_wish(const Wish& wish, Actions& actions) {
    actions.remember({{"wish_wait", static_cast<int64_t>(wish.wait), Unit::Count},
                      {"wish_direction", wish.direction, Unit::Count},
                      {"wish_bar", wish.bar_start.ns, Unit::Time},
                      {"wish_signal", static_cast<int64_t>(wish.signal), Unit::Count},
                      {"wish_on_rules", wish.on_rules ? 1 : 0, Unit::Count}});
}

void forget_wish(const View& view, Actions& actions) {
    if (recall_wish(view).wait != Wish::Wait::None) {
        actions.remember({{"wish_wait", 0, Unit::Count}});
        actions.wake_at({});
    }
}

}  // namespace sauda::strategy
