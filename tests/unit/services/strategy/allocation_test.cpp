#include "tests/unit/services/strategy/scene.h"

// Counted by allocation_counter.cpp, for the whole test program.
extern std::size_t allocations;

namespace sauda::test {

namespace {
struct NoEvents final : Emitter {
    void emit(StreamId, Payload) override { FAIL("no event is expected"); }
    void emit(StreamId, Payload, std::vector<Cause>) override { FAIL("no event is expected"); }
};
}  // namespace

TEST_CASE("a quote costs the strategy no allocation once its contracts are known") {
    auto config = config_of(bot_of("straddle", "short_straddle"));
    config.bots.push_back(bot_of("cross", "sma_crossover"));
    Scene scene(config);
    scene.open_day();
    scene.now = at(9, 30);
    scene.chain();
    REQUIRE(scene.intents().size() == 1);  // it waits for its answer, and then for its end
    Message message;
    message.stream = market_data_stream(Underlying::NIFTY);
    message.payload = QuoteBatch{Underlying::NIFTY,
                                 {quote_of(ContractKind::Call, 24'500, 24'510, scene.now),
                                  quote_of(ContractKind::Put, 24'500, 24'510, scene.now)}};
    NoEvents out;
    auto& core = scene.bench.core();
    const auto run = [&] {
        const std::size_t before = allocations;
        for (int i = 0; i < 1000; ++i) {
            core.observe(message, scene.now);
            core.decide(message, scene.now, out);
            static_cast<void>(core.next_deadline());
        }
        return allocations - before;
    };
    REQUIRE(run() == 0);
    scene.fill(scene.intents().front());
    REQUIRE(run() == 0);
    scene.close(scene.intents().front(), ReasonCode::ExitTarget, 100);
    REQUIRE(run() == 0);
}

}  // namespace sauda::test
