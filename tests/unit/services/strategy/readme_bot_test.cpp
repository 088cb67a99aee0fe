#include "tests/unit/services/strategy/scene.h"

// The bot of services/strategy/README.md.

namespace sauda::test {

using strategy::Actions;
using strategy::Bot;
using strategy::IntentDraft;
using strategy::View;

namespace {

class TenOClock final : public Bot {
 public:
    void on_quotes(const QuoteBatch&, const View& view, Actions& actions) const override {
        if (view.time_of_day() < base::minutes(600) || view.trades_today() > 0 ||
            !actions.may_open()) {
            return;
        }
        const auto expiry = view.nearest_expiry();
        const auto forward = expiry ? view.forward(*expiry) : std::nullopt;
        const auto strike = forward ? view.chain().nearest_strike(*expiry, *forward) : std::nullopt;
        const auto* call =
            strike ? view.chain().option(*expiry, *strike, ContractKind::Call) : nullptr;
        const auto lot = call != nullptr ? view.instrument(call->contract) : std::nullopt;
        if (!lot || !call->has_ask() || !view.is_fresh(*call)) {
            actions.skip({ReasonCode::NoQuotes, {}});
            return;
        }
        IntentDraft draft;
        draft.kind = StrategyKind::Directional;
        draft.legs = {{call->contract, Side::Buy, lot->lot, call->ask, false}};
        draft.exits.stop_loss = (call->ask * lot->lot).scaled(25, 100);
        draft.exits.square_off_at = view.today(base::minutes(905));
        actions.open(draft);
    }
};

}  // namespace

TEST_CASE("the bot of the README buys the call at ten, once") {
    static const std::vector<BotKind> kinds{
        {"ten",
         "for the README",
         [] { return std::unique_ptr<Bot>(std::make_unique<TenOClock>()); },
         {},
         nullptr}};
    Scene scene(config_of(bot_of("ten", "ten")), kinds);
    scene.open_day();
    scene.now = at(9, 59, 59);
    scene.chain();
    REQUIRE(scene.intents().empty());
    scene.now = at(10, 0);
    scene.chain();
    scene.chain();
    REQUIRE(scene.intents().size() == 1);
    REQUIRE(scene.intents().front().legs.front().contract == option(ContractKind::Call, 24'500));
    REQUIRE(scene.intents().front().exits.square_off_at == at(15, 5));
    scene.fill(scene.intents().front());
    scene.close(scene.intents().front(), ReasonCode::ExitSquareOff, 100);
    scene.chain();
    REQUIRE(scene.intents().size() == 1);
}

}  // namespace sauda::test
