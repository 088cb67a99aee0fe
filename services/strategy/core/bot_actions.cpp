#include "services/strategy/core/bot_actions.h"

#include <algorithm>
#include <stdexcept>

namespace sauda::strategy {

namespace {

using domain::Reason;
using domain::ReasonCode;
using domain::Unit;

constexpr Duration kSkipEvery = base::seconds(60);
// Over this offset of the clock no new risk is taken (design 11.27).
constexpr Duration kClockOffsetMax = base::milliseconds(500);
// How far through the touch a closing limit reaches; execution chases from there.
constexpr int64_t kCloseTicks = 10;

}  // namespace

BotActions::BotActions(const View& view, const BotState& state, const MarketState& market,
                       const StrategyConfig& config, EntryGate gate, const uint64_t& next_intent,
                       domain::Emitter& out)
    : view_(view),
      state_(state),
      market_(market),
      config_(config),
      gate_(gate),
      next_intent_(next_intent),
      out_(out) {}

Reason BotActions::obstacle() const {
    if (!view_.session().is_open) {
        return {ReasonCode::SessionClosed, {}};
    }
    if (view_.is_stale()) {
        return {ReasonCode::DataStale, {}};
    }
    if (const auto service = market_.missing_service()) {
        return {ReasonCode::ServiceRestarted,
                {{"service", static_cast<int64_t>(*service), Unit::Count}}};
    }
    const int64_t offset = market_.clock_offset().ns;
    if (offset > kClockOffsetMax.ns || offset < -kClockOffsetMax.ns) {
        return {ReasonCode::DataStale, {{"clock_offset_ns", offset, Unit::Count}}};
    }
    return {gate_.trading, {}};
}

bool BotActions::may_open() {
    if (state_.status != BotStatus::Started || view_.is_cooling() ||
        static_cast<int64_t>(state_.groups.size()) >= view_.settings().groups_max) {
        return false;
    }
    Reason reason = obstacle();
    if (reason.code == ReasonCode::None) {
        return true;
    }
    skip(std::move(reason));
    return false;
}

bool BotActions::is_valid(const DraftLeg& leg) const {
    const auto instrument = view_.instrument(leg.contract);
    return instrument && leg.side != domain::Side::Unspecified && leg.quantity.is_positive() &&
           leg.quantity.raw() % instrument->lot.raw() == 0 && leg.limit.is_positive() &&
           leg.limit.raw() % instrument->tick.raw() == 0;
}

domain::Leg BotActions::leg_of(const DraftLeg& draft) const {
    domain::Leg leg;
    leg.contract = draft.contract;
    leg.side = draft.side;
    leg.quantity = draft.quantity;
    leg.limit = draft.limit;
    leg.is_hedge = draft.is_hedge;
    if (const auto* quote = view_.chain(draft.contract.underlying()).find(draft.contract)) {
        leg.quoted_bid = quote->bid;
        leg.quoted_ask = quote->ask;
    }
    return leg;
}

domain::Intent BotActions::new_intent(domain::Purpose purpose) const {
    domain::Intent intent;
    intent.id = next_intent_;
    intent.bot = view_.settings().name;
    intent.account = view_.settings().account;
    intent.product = domain::Product::Carryforward;
    intent.purpose = purpose;
    intent.valid_until = view_.now() + config_.intent_validity;
    intent.entry_timeout = config_.entry_timeout;
    return intent;
}

// What the entry looked like when it was decided; all legs or nothing.
void BotActions::tell_figures(domain::Intent& intent) const {
    double volatility = 0.0;
    double delta = 0.0;
    double largest = 0.0;
    for (const auto& leg : intent.legs) {
        const auto figures = view_.figures(leg.contract);
        if (!figures) {
            return;
        }
        const auto quantity = static_cast<double>(leg.quantity.raw());
        largest = std::max(largest, quantity);
        volatility += figures->volatility;
        delta += figures->delta * (leg.side == domain::Side::Buy ? quantity : -quantity);
    }
    const double million = 1e6;
    const auto legs = static_cast<double>(intent.legs.size());
    intent.implied_volatility = static_cast<int64_t>(volatility / legs * million + 0.5);
    intent.delta = static_cast<int64_t>(delta / largest * million + (delta < 0.0 ? -0.5 : 0.5));
}

uint64_t BotActions::open(const IntentDraft& draft) {
    if (!may_open()) {
        return 0;
    }
    const bool is_sound = !draft.legs.empty() && draft.legs.size() <= domain::kLegsMax &&
                          std::all_of(draft.legs.begin(), draft.legs.end(),
                                      [this](const DraftLeg& leg) { return is_valid(leg); });
    if (!is_sound) {
        skip({ReasonCode::IntentInvalid, {}});
        return 0;
    }
    auto intent = new_intent(domain::Purpose::Open);
    intent.group = intent.id;
    intent.kind = draft.kind;
    for (const auto& leg : draft.legs) {
        intent.legs.push_back(leg_of(leg));
    }
    intent.policy = draft.policy;
    intent.exits = draft.exits;
    intent.signal = draft.signal;
    intent.on_rules = draft.on_rules;
    intent.forward = draft.forward;
    if (intent.forward.is_zero()) {
        intent.forward = view_.forward(draft.legs.front().contract.expiry()).value_or(Price{});
    }
    tell_figures(intent);
    const uint64_t id = intent.id;
    out_.emit(domain::StreamId::StrategyIntent, std::move(intent));
    return id;
}

domain::Leg BotActions::closing_leg(const domain::Leg& entry) const {
    domain::Leg leg = entry;
    leg.side = domain::opposite(entry.side);
    leg.quoted_bid = {};
    leg.quoted_ask = {};
    const auto* quote = view_.chain(entry.contract.underlying()).find(entry.contract);
    if (quote == nullptr) {
        return leg;
    }
    leg.quoted_bid = quote->bid;
    leg.quoted_ask = quote->ask;
    const auto instrument = view_.instrument(entry.contract);
    const Price touch = leg.side == domain::Side::Buy ? quote->ask : quote->bid;
    const Price reference = touch.is_positive() ? touch : quote->last;
    if (instrument && reference.is_positive()) {
        const Price through = instrument->tick * kCloseTicks;
        leg.limit = leg.side == domain::Side::Buy
                        ? base::ceil_to_tick(reference + through, instrument->tick)
                        : std::max(instrument->tick,
                                   base::floor_to_tick(std::max(reference - through, Price{}),
                                                       instrument->tick));
    }
    return leg;
}

bool BotActions::close(uint64_t group, ReasonCode why) {
    const auto found = state_.groups.find(group);
    if (found == state_.groups.end() || !found->second.is_open() || found->second.closing != 0 ||
        view_.now() < found->second.close_again_at) {
        return false;
    }
    auto intent = new_intent(domain::Purpose::Reduce);
    intent.group = group;
    intent.kind = found->second.kind;
    for (const auto& leg : found->second.legs) {
        intent.legs.push_back(closing_leg(leg));
    }
    intent.policy = domain::LegPolicy::Complete;
    intent.why.code = why;
    if (!intent.legs.empty()) {
        intent.forward = view_.forward(intent.legs.front().contract.expiry()).value_or(Price{});
    }
    out_.emit(domain::StreamId::StrategyIntent, std::move(intent));
    return true;
}

domain::BotEvent BotActions::event(domain::BotEventKind kind) const {
    domain::BotEvent event;
    event.kind = kind;
    event.bot = view_.settings().name;
    return event;
}

void BotActions::emit(domain::BotEvent event) {
    out_.emit(domain::StreamId::StrategyBot, std::move(event));
}

void BotActions::remember(std::vector<domain::Number> values) {
    std::erase_if(values, [this](const domain::Number& number) {
        if (is_reserved(number.name)) {
            throw std::invalid_argument("a bot cannot remember by the name '" + number.name + "'");
        }
        const auto known = state_.memory.find(number.name);
        return known != state_.memory.end() && known->second == number;
    });
    if (values.empty()) {
        return;
    }
    auto fact = event(domain::BotEventKind::Remembered);
    fact.memory = std::move(values);
    emit(std::move(fact));
}

void BotActions::skip(Reason reason) {
    const auto said = state_.skips.find(reason.code);
    if (said != state_.skips.end() && view_.now() - said->second < kSkipEvery) {
        return;
    }
    auto fact = event(domain::BotEventKind::Skipped);
    fact.reason = std::move(reason);
    emit(std::move(fact));
}

void BotActions::wake_at(Timestamp when) {
    if (when.is_set() && when <= view_.now()) {
        when = view_.now() + Duration{1};
    }
    if (when == state_.wake_at) {
        return;
    }
    auto fact = event(domain::BotEventKind::Remembered);
    fact.memory.push_back({std::string(kWakeAt), when.ns, Unit::Time});
    emit(std::move(fact));
}

void BotActions::use_signal(const domain::Signal& signal) {
    auto fact = event(domain::BotEventKind::SignalUsed);
    fact.signal = signal.id;
    fact.memory.push_back({"score", signal.score, Unit::PerMillion});
    fact.memory.push_back({"confidence", signal.confidence, Unit::PerMillion});
    emit(std::move(fact));
}

}  // namespace sauda::strategy
