#pragma once

#include "services/strategy/core/bot.h"

namespace sauda::strategy {

// A crossing that cannot be traded yet: its signal is still to come, or the opposite group is
// still to be closed. Kept in the bot's memory, so it survives a restart.
struct Wish {
    enum class Wait : int64_t { None = 0, Signal = 1, Close = 2 };
    Wait wait = Wait::None;
    int direction = 0;  // +1 call, -1 put
    Timestamp bar_start;
    uint64_t signal = 0;
    bool on_rules = false;
};

Wish recall_wish(const View& view);
void remember_wish(const Wish& wish, Actions& actions);
// With its timer.
void forget_wish(const View& view, Actions& actions);

}  // namespace sauda::strategy
