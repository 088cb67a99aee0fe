#pragma once

#include "common/domain/core.h"
#include "services/ml_signal/core/feature_engine.h"
#include "services/ml_signal/core/features.h"
#include "services/ml_signal/core/model_in_use.h"

#include <map>
#include <optional>

namespace sauda::ml_signal {

struct MlSignalConfig {
    domain::Duration horizon = base::minutes(15);  // what the score of the rules speaks of
    std::optional<ModelInUse> model;
    // A model is configured and cannot be loaded: why. An alert each day, and the rules.
    std::string refused;
    int age_max_days = 45;        // of a model, since the last day it learned from
    bool makes_features = false;  // without a model too, for training
};

// One signal per underlying and 1-minute bar, as soon as 20 bars of the day are known; of the
// forward of the nearest expiry, or of the index while the forward is not ready. A model speaks
// where it fits the data, the rules where it does not; why_not tells. Durable: the signal counter
// and what was alerted. Soft: features, sessions, instruments, drift.
class MlSignalCore final : public domain::Core {
 public:
    explicit MlSignalCore(MlSignalConfig config);

    void observe(const domain::Message& input, domain::Timestamp now) override;
    void decide(const domain::Message& input, domain::Timestamp now, domain::Emitter& out) override;
    // Nothing is ever due: signals follow bars.
    void wake(domain::Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] domain::Timestamp next_deadline() const override;
    void apply(const domain::Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    void metrics(std::vector<domain::Metric>& out) const override;

    // The features of an underlying's last bar; nullptr before its first or if none are made.
    [[nodiscard]] const FeatureEngine* features(domain::Underlying underlying) const;

 private:
    // What instruments say of one expiry.
    struct ExpiryFacts {
        domain::Timestamp settles_at;
        domain::Quantity lot;
        SAUDA_FIELDS(settles_at, lot)
    };
    struct State {
        // Durable.
        uint64_t next_signal = 1;
        std::map<std::pair<uint16_t, std::string>, domain::Date> told;  // reason, subject: last day
        // Soft.
        std::map<domain::ContractId, BarFeatures> series;  // of today, for the rules
        std::map<domain::Underlying, FeatureEngine> engines;
        std::map<domain::Underlying, models::DriftWatch> drift;  // over days
        std::map<domain::Underlying, domain::Origin> origins;
        std::map<std::pair<domain::Underlying, domain::Date>, ExpiryFacts> expiries;
        std::map<domain::Exchange, domain::Timestamp> closes;
        SAUDA_FIELDS(next_signal, told, series, engines, drift, origins, expiries, closes)
    };

    void observe_session(const domain::SessionEvent& session);
    void observe_bars(const domain::BarBatch& batch);
    [[nodiscard]] bool makes_features() const { return config_.model || config_.makes_features; }
    // The series to speak of after this bar; nullptr if none is ready.
    [[nodiscard]] const BarFeatures* ready_series(const domain::BarBatch& batch) const;
    [[nodiscard]] domain::Origin origin_of(domain::Underlying underlying) const;
    [[nodiscard]] domain::Signal rules_signal(const BarFeatures& series) const;
    // Empty: the model speaks of this bar.
    [[nodiscard]] std::string why_not_model(const domain::BarBatch& batch) const;
    void add_drift(domain::Signal& signal) const;
    void alert_once(domain::ReasonCode code, const std::string& subject,
                    std::vector<domain::Number> numbers, domain::Timestamp now,
                    domain::Emitter& out) const;
    void alert_drift(const domain::Signal& signal, domain::Timestamp now,
                     domain::Emitter& out) const;

    const MlSignalConfig config_;
    const std::vector<std::size_t> group_of_;  // of the model's features
    State state_;
};

}  // namespace sauda::ml_signal
