#pragma once

#include "common/domain/contract_id.h"

#include <string>
#include <vector>

namespace sauda::domain {

enum class SignalOrigin : uint8_t { Unspecified = 0, RulesOnly = 1, Model = 2 };

// A feature and what it added to the score. value and contribution in 1e-6.
struct Contribution {
    std::string feature;
    int64_t value = 0;
    int64_t contribution = 0;
    friend bool operator==(const Contribution&, const Contribution&) = default;
    SAUDA_FIELDS(feature, value, contribution)
};

// Opinion on where an underlying goes, made on a bar close. score in [-1e6, 1e6], confidence in
// [0, 1e6]. It names its bar; why_not says in words why no model is behind it.
struct Signal {
    uint64_t id = 0;
    Underlying underlying = Underlying::Unspecified;
    Timestamp bar_start;
    Duration bar_length;
    Duration horizon;
    int64_t score = 0;
    int64_t confidence = 0;
    SignalOrigin origin = SignalOrigin::Unspecified;
    std::string model;  // empty with RulesOnly
    std::vector<Contribution> contributions;
    friend bool operator==(const Signal&, const Signal&) = default;
    SAUDA_FIELDS(id, underlying, bar_start, bar_length, horizon, score, confidence, origin, model,
                 contributions)
};

}  // namespace sauda::domain
