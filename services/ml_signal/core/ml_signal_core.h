#pragma once

#include "common/domain/core.h"
#include "services/ml_signal/core/features.h"

#include <map>

namespace sauda::ml_signal {

struct MlSignalConfig {
    domain::Duration horizon = base::minutes(15);  // what the score speaks of
};

// One signal per underlying and 1-minute bar, as soon as 20 bars of the day are known; of the
// forward of the nearest expiry, or of the index while the forward is not ready. Durable: the
// signal counter. Soft: the features.
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

 private:
    // The series to speak of after this bar; nullptr if none is ready.
    [[nodiscard]] const BarFeatures* ready_series(const domain::BarBatch& batch) const;

    const MlSignalConfig config_;
    std::map<domain::ContractId, BarFeatures> series_;  // soft, of today
    uint64_t next_signal_ = 1;                          // durable
};

}  // namespace sauda::ml_signal
