#pragma once

#include "common/domain/contract_id.h"

#include <string>
#include <vector>

namespace sauda::domain {

enum class SignalOrigin : uint8_t { Unspecified = 0, RulesOnly = 1, Model = 2 };

// A feature and what it added to the score. value and contribution in 1e-6; a value that was not
// known then is kValueUnknown.
inline constexpr int64_t kValueUnknown = INT64_MIN;
struct Contribution {
    std::string feature;
    int64_t value = 0;
    int64_t contribution = 0;
    friend bool operator==(const Contribution&, const Contribution&) = default;
    SAUDA_FIELDS(feature, value, contribution)
};

// What one member of a model said: its part of the log-odds, and its share of all parts by size.
// All in 1e-6.
struct MemberShare {
    std::string member;
    int64_t log_odds = 0;
    int64_t share = 0;
    friend bool operator==(const MemberShare&, const MemberShare&) = default;
    SAUDA_FIELDS(member, log_odds, share)
};

// How far the features of one group have moved from what the model learned from: the largest
// population stability index of the group's features, and the largest it had over any stretch of
// its own training days. Both in 1e-6.
struct GroupDrift {
    std::string group;
    int64_t index = 0;
    int64_t usual = 0;
    friend bool operator==(const GroupDrift&, const GroupDrift&) = default;
    SAUDA_FIELDS(group, index, usual)
};

// Opinion on where an underlying goes, made on a bar close. score in [-1e6, 1e6], confidence in
// [0, 1e6]. It names its bar. Of a model: score = 2 x probability - 1, contributions are parts of
// its log-odds; of the rules: contributions are parts of the score.
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
    int64_t probability = 0;  // that the underlying's rise pays better, 1e-6; 0 with RulesOnly
    int64_t base_rate = 0;    // of the days it learned from, 1e-6
    std::vector<MemberShare> members;
    std::vector<GroupDrift> drift;  // empty while too few bars have been seen
    // Why no model is behind it, or why the model's confidence is zero; empty without a reason.
    std::string why_not;
    friend bool operator==(const Signal&, const Signal&) = default;
    SAUDA_FIELDS(id, underlying, bar_start, bar_length, horizon, score, confidence, origin, model,
                 contributions, probability, base_rate, members, drift, why_not)
};

}  // namespace sauda::domain
