#pragma once

#include "services/strategy/core/bot.h"
#include "services/strategy/core/bot_registry.h"

namespace sauda::strategy {

// Sells the at-the-money call and put of the nearest expiry once a day, with one re-entry after a
// stop. It learns nothing: what it needs are the chain and its own trades of the day.
class ShortStraddle final : public Bot {
 public:
    void on_quotes(const domain::QuoteBatch& batch, const View& view,
                   Actions& actions) const override;
    void on_session(const domain::SessionEvent& event, const View& view,
                    Actions& actions) const override;

 private:
    static void consider(const View& view, Actions& actions);
    static void enter(const View& view, Actions& actions);
};

BotKind short_straddle_kind();

}  // namespace sauda::strategy
