#pragma once

#include "services/strategy/core/bot.h"
#include "services/strategy/core/bot_registry.h"
#include "services/strategy/core/bots/close_series.h"

#include <map>

namespace sauda::strategy {

// Buys a call when the fast average of the 1-minute closes crosses above the slow one, a put when
// it crosses below. The opposite crossing closes the open group first. The averages are of the
// forward of the nearest expiry, or of the index while the forward has not enough bars.
class SmaCrossover final : public StatefulBot<SmaCrossover> {
 public:
    void observe_bars(const domain::BarBatch& batch, const MarketState& market) override;
    void observe_session(const domain::SessionEvent& event, const MarketState& market) override;

    void on_bars(const domain::BarBatch& batch, const View& view, Actions& actions) const override;
    void on_signal(const domain::Signal& signal, const View& view, Actions& actions) const override;
    void on_timer(const View& view, Actions& actions) const override;
    void on_group(const Group& group, const View& view, Actions& actions) const override;

    SAUDA_FIELDS(series_)

 private:
    [[nodiscard]] int crossing(Timestamp bar_start, const View& view) const;

    std::map<domain::ContractId, CloseSeries> series_;  // of today
};

BotKind sma_crossover_kind();

}  // namespace sauda::strategy
