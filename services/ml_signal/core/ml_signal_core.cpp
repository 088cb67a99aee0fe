#include "services/ml_signal/core/ml_signal_core.h"

#include "services/ml_signal/core/rules.h"

#include <algorithm>
#include <numeric>

namespace sauda::ml_signal {

namespace {

using domain::ContractKind;

constexpr domain::Duration kBar = base::minutes(1);
constexpr std::size_t kNamed = 5;

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

}  // namespace

MlSignalCore::MlSignalCore(MlSignalConfig config) : config_(config) {}

void MlSignalCore::observe(const domain::Message& input, domain::Timestamp /*now*/) {
    if (const auto* session = std::get_if<domain::SessionEvent>(&input.payload)) {
        if (session->kind == domain::SessionKind::DayStart) {
            std::erase_if(series_, [session](const auto& entry) {
                return entry.first.exchange() == session->exchange;
            });
        }
        return;
    }
    const auto* batch = std::get_if<domain::BarBatch>(&input.payload);
    if (batch == nullptr || batch->length != kBar) {
        return;
    }
    for (const auto& bar : batch->bars) {
        if (is_followed(bar)) {
            series_[bar.contract].push(bar, batch->start);
        }
    }
}

const BarFeatures* MlSignalCore::ready_series(const domain::BarBatch& batch) const {
    const auto today = base::ist_date(batch.start);
    const BarFeatures* spot = nullptr;
    const BarFeatures* forward = nullptr;
    domain::Date expiry;
    for (const auto& bar : batch.bars) {
        const auto found = series_.find(bar.contract);
        if (found == series_.end() || found->second.last_bar() != batch.start ||
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

void MlSignalCore::decide(const domain::Message& input, domain::Timestamp /*now*/,
                          domain::Emitter& out) {
    const auto* batch = std::get_if<domain::BarBatch>(&input.payload);
    if (batch == nullptr || batch->length != kBar) {
        return;
    }
    const auto* series = ready_series(*batch);
    if (series == nullptr) {
        return;
    }
    const Features features = series->values();
    const Opinion opinion = opinion_of(features, series->volatility());
    domain::Signal signal;
    signal.id = next_signal_;
    signal.underlying = batch->underlying;
    signal.bar_start = batch->start;
    signal.bar_length = batch->length;
    signal.horizon = config_.horizon;
    signal.score = opinion.score;
    signal.confidence = opinion.confidence;
    signal.origin = domain::SignalOrigin::RulesOnly;
    signal.contributions = largest(features, opinion);
    out.emit(domain::StreamId::MlSignal, std::move(signal));
}

void MlSignalCore::wake(domain::Timestamp /*now*/, domain::Emitter& /*out*/) {}
domain::Timestamp MlSignalCore::next_deadline() const { return domain::Timestamp::max(); }

void MlSignalCore::apply(const domain::Message& event) {
    if (const auto* signal = std::get_if<domain::Signal>(&event.payload)) {
        next_signal_ = std::max(next_signal_, signal->id + 1);
    }
}

std::string MlSignalCore::save() const {
    base::BinaryWriter writer;
    writer.write(next_signal_);
    writer.write(series_);
    return writer.take();
}

bool MlSignalCore::load(std::string_view bytes) {
    base::BinaryReader reader(bytes);
    reader.read(next_signal_);
    reader.read(series_);
    if (reader.ok() && reader.at_end()) {
        return true;
    }
    next_signal_ = 1;
    series_.clear();
    return false;
}

void MlSignalCore::metrics(std::vector<domain::Metric>& out) const {
    out.push_back({"signals", static_cast<int64_t>(next_signal_ - 1), domain::Unit::Count});
    out.push_back({"series", static_cast<int64_t>(series_.size()), domain::Unit::Count});
}

}  // namespace sauda::ml_signal
