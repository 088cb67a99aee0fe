#include "services/strategy/core/strategy_core.h"

// The strategy's state as bytes and back, and its figures.

namespace sauda::strategy {

namespace {
struct Learned {
    std::string kind;
    std::string bytes;
    std::string fault;
    SAUDA_FIELDS(kind, bytes, fault)
};
}  // namespace

std::string StrategyCore::save() const {
    std::map<std::string, Learned> learned;
    for (const auto& slot : slots_) {
        learned[slot.config.name] = {slot.config.kind, slot.bot->save(), slot.fault};
    }
    base::BinaryWriter writer;
    writer.write(durable_);
    writer.write(market_);
    writer.write(learned);
    return writer.take();
}

bool StrategyCore::load(std::string_view bytes) {
    base::BinaryReader reader(bytes);
    MarketState market = market_;
    Durable durable;
    std::map<std::string, Learned> learned;
    reader.read(durable);
    reader.read(market);
    reader.read(learned);
    durable_ = {};
    fresh_bots();
    bool is_good = reader.ok() && reader.at_end();
    for (auto& slot : slots_) {
        const auto found = learned.find(slot.config.name);
        if (!is_good || found == learned.end() || found->second.kind != slot.config.kind) {
            continue;  // a bot new to the configuration learns from now on
        }
        is_good = slot.bot->load(found->second.bytes);
        slot.fault = found->second.fault;
    }
    if (!is_good) {
        fresh_bots();
        return false;
    }
    durable_ = std::move(durable);
    market_ = std::move(market);
    for (const auto& slot : slots_) {
        durable_.bots[slot.config.name];
    }
    return true;
}

void StrategyCore::metrics(std::vector<domain::Metric>& out) const {
    for (const auto& slot : slots_) {
        const auto& state = durable_.bots.find(slot.config.name)->second;
        const std::string prefix = "bot." + slot.config.name + ".";
        out.push_back({prefix + "status", static_cast<int64_t>(state.status), {}});
        out.push_back({prefix + "intents", state.intents, {}});
        out.push_back({prefix + "skipped", state.skipped, {}});
        out.push_back({prefix + "working", static_cast<int64_t>(state.groups.size()), {}});
    }
}

}  // namespace sauda::strategy
