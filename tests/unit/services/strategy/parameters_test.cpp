#include "tests/unit/services/strategy/scene.h"

namespace sauda::test {

namespace {

std::string error_of(const BotConfig& bot) {
    const auto result = strategy::check(config_of(bot));
    return result ? "" : result.error().text;
}

BotConfig with(const std::string& kind, const std::string& name, strategy::ParameterValue value) {
    auto bot = bot_of("b", kind);
    bot.parameters[name] = std::move(value);
    return bot;
}

}  // namespace

TEST_CASE("a configuration error names what is wrong and what is accepted") {
    REQUIRE(error_of(bot_of("b", "sma_crossover")).empty());
    REQUIRE(error_of(bot_of("b", "moonshot")) ==
            "bot 'b': unknown kind 'moonshot'; known are short_straddle, sma_crossover");
    REQUIRE(error_of(with("short_straddle", "fast", int64_t{5})) ==
            "bot 'b': unknown parameter 'fast' of kind short_straddle");
    REQUIRE(error_of(with("sma_crossover", "fast", int64_t{0})) ==
            "bot 'b': parameter 'fast' must be 1 to 200 (bars)");
    REQUIRE(error_of(with("sma_crossover", "fast", int64_t{20})) ==
            "bot 'b': parameter 'fast' must be below 'slow'");
    REQUIRE(error_of(with("sma_crossover", "strike_rule", "cheapest")) ==
            "bot 'b': parameter 'strike_rule' must be affordability or offset");
    REQUIRE(error_of(with("short_straddle", "entry_time", "25:00")) ==
            "bot 'b': parameter 'entry_time' must be 0 to 86399 (seconds since midnight, or "
            "hh:mm)");
    REQUIRE(error_of(with("short_straddle", "entry_time", "15:00")) ==
            "bot 'b': parameter 'entry_time' must be before 'entry_until'");
    REQUIRE(error_of(bot_of("b", "short_straddle", "nobody")) ==
            "bot 'b': unknown account 'nobody'");
    auto lots = bot_of("b", "short_straddle");
    lots.lots = 0;
    REQUIRE(error_of(lots) == "bot 'b': lots must be 1 to 1000");
    auto homeless = bot_of("b", "short_straddle");
    homeless.underlying = Underlying::Unspecified;
    REQUIRE(error_of(homeless) == "bot 'b': has no underlying");
    auto twins = config_of(bot_of("b", "short_straddle"));
    twins.bots.push_back(twins.bots.front());
    REQUIRE_FALSE(strategy::check(twins).has_value());
}

TEST_CASE("times are read as wall-clock texts or as seconds, choices as their names") {
    const auto& kind = *strategy::find_kind(strategy::bot_kinds(), "sma_crossover");
    const auto value = [&](const std::string& name, strategy::ParameterValue written) {
        const auto values = strategy::resolve_parameters(kind, {{name, std::move(written)}});
        REQUIRE(values.has_value());
        return values->find(name)->second;
    };
    REQUIRE(value("entry_time", "09:30") == 34'200);
    REQUIRE(value("entry_time", "09:30:15") == 34'215);
    REQUIRE(value("entry_time", int64_t{36'000}) == 36'000);
    REQUIRE(value("strike_rule", "offset") == 1);
    REQUIRE(value("strike_offset", "-3") == -3);
    for (const char* wrong : {"9", "09:60", "09:30:15:00", "nine", "", "09:", ":30", "-1:00"}) {
        REQUIRE_FALSE(strategy::resolve_parameters(kind, {{"entry_time", wrong}}).has_value());
    }
}

TEST_CASE("every bot of the registry is described and its initial values are accepted") {
    for (const auto& kind : strategy::bot_kinds()) {
        CAPTURE(std::string(kind.name));
        REQUIRE_FALSE(kind.text.empty());
        REQUIRE(strategy::resolve_parameters(kind, {}).has_value());
        REQUIRE(kind.make() != nullptr);
        for (const auto& parameter : kind.parameters) {
            CAPTURE(std::string(parameter.name));
            REQUIRE_FALSE(parameter.text.empty());
            REQUIRE(parameter.minimum <= parameter.initial);
            REQUIRE(parameter.initial <= parameter.maximum);
            REQUIRE((parameter.unit == ParameterUnit::Choice) == !parameter.choices.empty());
        }
    }
}

TEST_CASE("gating words are read") {
    REQUIRE(strategy::parse_gating("off") == Gating::Off);
    REQUIRE(strategy::parse_gating("observe") == Gating::Observe);
    REQUIRE(strategy::parse_gating("veto") == Gating::Veto);
    REQUIRE(strategy::parse_gating("trade") == Gating::Trade);
    REQUIRE_FALSE(strategy::parse_gating("sometimes").has_value());
}

}  // namespace sauda::test
