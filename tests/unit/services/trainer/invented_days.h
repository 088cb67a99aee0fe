#pragma once

#include "common/base/rng.h"
#include "services/trainer/shell/train.h"

namespace sauda::test {

using namespace domain;

// Trading days without a recording: a row every five minutes, features of pure chance but for
// move_15, which tells of the market's drift over the next half hour as loudly as `edge`.
inline std::vector<trainer::TrainingDay> invented_days(int count, double edge, uint64_t seed) {
    base::Rng rng(seed);
    std::vector<trainer::TrainingDay> days;
    for (int d = 0; d < count; ++d) {
        trainer::TrainingDay day;
        day.file = "day" + std::to_string(d) + ".mcap";
        day.origin = Origin::Simulated;
        day.underlying = Underlying::NIFTY;
        day.date = Date{base::date_of(2026, 10, 5).days + d};
        day.lot = base::units(65);
        day.first_forward = 24'500.0;
        day.last_forward = 24'500.0 + 100.0 * rng.normal();
        double drift = 0.0;
        for (int i = 0; i < 65; ++i) {
            drift = i % 6 == 0 ? rng.normal() : drift;
            trainer::TrainingRow row;
            row.at = base::ist(day.date, base::minutes(575 + 5 * i));
            for (auto& feature : row.features) {
                feature = static_cast<float>(rng.normal());
            }
            row.features[ml_signal::kMove15] += static_cast<float>(edge * drift);
            const double move = 600.0 * drift + 300.0 * rng.normal();
            const auto net = [](double rupees) {
                return Money::from_raw(static_cast<int64_t>(rupees * 10'000.0));
            };
            const auto exit = row.at + base::minutes(30);
            row.call = {net(move - 80.0), exit};
            row.put = {net(-move - 80.0), exit};
            row.straddle = {net(100.0 * rng.normal() - 150.0), exit};
            row.rule_score = rng.between(-1'000'000, 1'000'000);
            day.rows.push_back(row);
        }
        days.push_back(std::move(day));
    }
    return days;
}

}  // namespace sauda::test
