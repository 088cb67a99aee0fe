#include "services/ml_signal/core/ml_signal_core.h"

#include "services/ml_signal/core/rules.h"

#include <algorithm>
#include <numeric>

namespace sauda::ml_signal {

namespace {

using domain::ContractKind;
using domain::ReasonCode;

constexpr domain::Duration kBar = base::minutes(1);
constexpr std::size_t kNamed = 5;
constexpr const char* kNotReady = "20 bars of the forward are not known yet";
constexpr int64_t kShift = 250'000;  // a stability index from which one speaks of a shift
constexpr int64_t kShiftOverUsual = 1'500'000;  // and 1.5 times what training days came to

bool is_followed(const domain::Bar& bar) {
    const auto kind = bar.contract.kind();
    return (kind == ContractKind::Spot || kind == ContractKind::Synthetic) &&
           bar.close.is_positive() && bar.low.is_positive();
}

// The five that moved the score most; equal ones in the order of the features.
std::vector<domain::Contribution> largest(const Features& features, const Opinion& opinion) {
    std::array<std::size_t, kFeatures> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int64_t left = std::abs(opinion.contributions[a]);
        const int64_t right = std::abs(opinion.contributions[b]);
        return left != right ? left > right : a < b;
    });
    std::vector<domain::Contribution> named;
    for (std::size_t i = 0; i < kNamed; ++i) {
        const std::size_t f = order[i];
        named.push_back(
            {std::string(name_of(f)), millionths(features[f]), opinion.contributions[f]});
    }
    return named;
}

std::vector<std::size_t> groups_of(const MlSignalConfig& config) {
    return config.model ? config.model->model->group_of_features() : std::vector<std::size_t>{};
}

}  // namespace

MlSignalCore::MlSignalCore(MlSignalConfig config)
    : config_(std::move(config)), group_of_(groups_of(config_)) {
    INVARIANT(!config_.model || has_our_features(*config_.model->model));
}

void MlSignalCore::observe(const domain::Message& input, domain::Timestamp /*now*/) {
    if (const auto* session = std::get_if<domain::SessionEvent>(&input.payload)) {
        observe_session(*session);
    } else if (const auto* source = std::get_if<domain::SourceInfo>(&input.payload)) {
        state_.origins[source->underlying] = source->origin;
    } else if (const auto* instruments = std::get_if<domain::InstrumentBatch>(&input.payload)) {
        for (const auto& instrument : instruments->instruments) {
            if (instrument.contract.is_option()) {
                const auto id = instrument.contract;
                state_.expiries[{id.underlying(), id.expiry()}] = {instrument.expires_at,
                                                                   instrument.lot};
            }
        }
    } else if (const auto* batch = std::get_if<domain::BarBatch>(&input.payload)) {
        if (batch->length == kBar) {
            observe_bars(*batch);
        }
    }
}

void MlSignalCore::observe_session(const domain::SessionEvent& session) {
    if (session.kind != domain::SessionKind::DayStart) {
        return;
    }
    const auto is_of_exchange = [&session](domain::Underlying underlying) {
        return domain::exchange_of(underlying) == session.exchange;
    };
    std::erase_if(state_.series,
                  [&](const auto& entry) { return entry.first.exchange() == session.exchange; });
    std::erase_if(state_.engines, [&](const auto& entry) { return is_of_exchange(entry.first); });
    std::erase_if(state_.expiries, [&](const auto& entry) {
        return is_of_exchange(entry.first.first) && entry.first.second < session.date;
    });
    state_.closes[session.exchange] = session.close_at;
}

void MlSignalCore::observe_bars(const domain::BarBatch& batch) {
    for (const auto& bar : batch.bars) {
        if (is_followed(bar)) {
            state_.series[bar.contract].push(bar, batch.start);
        }
    }
    if (!makes_features()) {
        return;
    }
    auto& engine = state_.engines[batch.underlying];
    FeatureContext context;
    const auto close = state_.closes.find(domain::exchange_of(batch.underlying));
    if (close != state_.closes.end()) {
        context.close_at = close->second;
    }
    const auto expiry = engine.expiry_of(batch);
    const auto facts = state_.expiries.find({batch.underlying, expiry});
    if (facts != state_.expiries.end()) {
        context.settles_at = facts->second.settles_at;
    }
    engine.push(batch, context);
    if (config_.model && engine.row() && batch.underlying == config_.model->underlying) {
        state_.drift[batch.underlying].add(*engine.row(), config_.model->model->bins);
    }
}

const FeatureEngine* MlSignalCore::features(domain::Underlying underlying) const {
    const auto found = state_.engines.find(underlying);
    return found == state_.engines.end() ? nullptr : &found->second;
}

const BarFeatures* MlSignalCore::ready_series(const domain::BarBatch& batch) const {
    const auto today = base::ist_date(batch.start);
    const BarFeatures* spot = nullptr;
    const BarFeatures* forward = nullptr;
    domain::Date expiry;
    for (const auto& bar : batch.bars) {
        const auto found = state_.series.find(bar.contract);
        if (found == state_.series.end() || found->second.last_bar() != batch.start ||
            !found->second.is_ready()) {
            continue;
        }
        const auto id = bar.contract;
        if (id.kind() == ContractKind::Spot) {
            spot = &found->second;
        } else if (id.expiry() >= today && (forward == nullptr || id.expiry() < expiry)) {
            forward = &found->second;
            expiry = id.expiry();
        }
    }
    return forward != nullptr ? forward : spot;
}

// One source may bring several underlyings and names only one of them: what all sources are,
// their data is.
domain::Origin MlSignalCore::origin_of(domain::Underlying underlying) const {
    const auto found = state_.origins.find(underlying);
    if (found != state_.origins.end()) {
        return found->second;
    }
    const bool is_simulated =
        !state_.origins.empty() &&
        std::all_of(state_.origins.begin(), state_.origins.end(),
                    [](const auto& entry) { return entry.second == domain::Origin::Simulated; });
    return is_simulated ? domain::Origin::Simulated : domain::Origin::Unspecified;
}

domain::Signal MlSignalCore::rules_signal(const BarFeatures& series) const {
    const Features features = series.values();
    const Opinion opinion = opinion_of(features, series.volatility());
    domain::Signal signal;
    signal.horizon = config_.horizon;
    signal.score = opinion.score;
    signal.confidence = opinion.confidence;
    signal.origin = domain::SignalOrigin::RulesOnly;
    signal.contributions = largest(features, opinion);
    return signal;
}

std::string MlSignalCore::why_not_model(const domain::BarBatch& batch) const {
    const auto* engine = features(batch.underlying);
    ModelCircumstances now;
    now.underlying = batch.underlying;
    now.date = base::ist_date(batch.start);
    now.origin = origin_of(batch.underlying);
    if (engine != nullptr) {
        const auto facts = state_.expiries.find({batch.underlying, engine->expiry()});
        if (facts != state_.expiries.end()) {
            now.lot = facts->second.lot;
        }
    }
    auto why = why_unfit(*config_.model, now, config_.age_max_days);
    if (why.empty() &&
        (engine == nullptr || !engine->row() || engine->bar_start() != batch.start)) {
        why = kNotReady;
    }
    return why;
}

void MlSignalCore::add_drift(domain::Signal& signal) const {
    const auto found = state_.drift.find(signal.underlying);
    if (found == state_.drift.end() || !found->second.is_known()) {
        return;
    }
    const auto& model = *config_.model->model;
    const auto now = found->second.by_group(model.bins, group_of_, model.groups.size());
    for (std::size_t g = 0; g < now.size(); ++g) {
        signal.drift.push_back(
            {model.groups[g], millionths(now[g]), millionths(model.usual_drift[g])});
    }
}

void MlSignalCore::alert_once(ReasonCode code, const std::string& subject,
                              std::vector<domain::Number> numbers, domain::Timestamp now,
                              domain::Emitter& out) const {
    const auto told = state_.told.find({static_cast<uint16_t>(code), subject});
    if (told == state_.told.end() || told->second != base::ist_date(now)) {
        out.emit(domain::StreamId::MlSignalAlert,
                 domain::Alert{domain::Severity::Warning, {code, std::move(numbers)}, subject});
    }
}

void MlSignalCore::alert_drift(const domain::Signal& signal, domain::Timestamp now,
                               domain::Emitter& out) const {
    for (const auto& group : signal.drift) {
        const bool is_unusual =
            group.index > base::scale_half_up(group.usual, kShiftOverUsual, 1'000'000);
        if (group.index > kShift && is_unusual) {
            alert_once(ReasonCode::ModelDrifted, signal.model + ", " + group.group,
                       {{"index", group.index, domain::Unit::PerMillion},
                        {"usual", group.usual, domain::Unit::PerMillion}},
                       now, out);
        }
    }
}

void MlSignalCore::decide(const domain::Message& input, domain::Timestamp now,
                          domain::Emitter& out) {
    const auto* session = std::get_if<domain::SessionEvent>(&input.payload);
    if (session != nullptr && session->kind == domain::SessionKind::DayStart &&
        !config_.refused.empty()) {
        alert_once(ReasonCode::ModelRefused, config_.refused, {}, now, out);
    }
    const auto* batch = std::get_if<domain::BarBatch>(&input.payload);
    if (batch == nullptr || batch->length != kBar) {
        return;
    }
    const auto* series = ready_series(*batch);
    if (series == nullptr) {
        return;
    }
    const std::string unfit = config_.model ? why_not_model(*batch) : config_.refused;
    const bool is_of_model = config_.model && unfit.empty();
    auto signal = is_of_model ? opinion_of(*config_.model, *features(batch->underlying)->row())
                              : rules_signal(*series);
    signal.id = state_.next_signal;
    signal.underlying = batch->underlying;
    signal.bar_start = batch->start;
    signal.bar_length = batch->length;
    if (is_of_model) {
        add_drift(signal);
        alert_drift(signal, now, out);
    } else {
        signal.why_not = unfit;
        if (config_.model && batch->underlying == config_.model->underlying && unfit != kNotReady) {
            alert_once(ReasonCode::ModelRefused, config_.model->name + ": " + unfit, {}, now, out);
        }
    }
    out.emit(domain::StreamId::MlSignal, std::move(signal));
}

void MlSignalCore::wake(domain::Timestamp /*now*/, domain::Emitter& /*out*/) {}
domain::Timestamp MlSignalCore::next_deadline() const { return domain::Timestamp::max(); }

void MlSignalCore::apply(const domain::Message& event) {
    if (const auto* signal = std::get_if<domain::Signal>(&event.payload)) {
        state_.next_signal = std::max(state_.next_signal, signal->id + 1);
    } else if (const auto* alert = std::get_if<domain::Alert>(&event.payload)) {
        state_.told[{static_cast<uint16_t>(alert->reason.code), alert->subject}] =
            base::ist_date(event.meta.event_time);
    }
}

std::string MlSignalCore::save() const { return base::save_to_bytes(state_); }

bool MlSignalCore::load(std::string_view bytes) {
    base::BinaryReader reader(bytes);
    reader.read(state_);
    if (reader.ok() && reader.at_end()) {
        return true;
    }
    state_ = {};
    return false;
}

void MlSignalCore::metrics(std::vector<domain::Metric>& out) const {
    out.push_back({"signals", static_cast<int64_t>(state_.next_signal - 1), domain::Unit::Count});
    out.push_back({"series", static_cast<int64_t>(state_.series.size()), domain::Unit::Count});
}

}  // namespace sauda::ml_signal
