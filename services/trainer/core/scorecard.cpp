#include "services/trainer/core/scorecard.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sauda::trainer {

namespace {

using domain::Money;
using domain::Timestamp;

// nullptr: no trade.
using Choice = const Outcome* (*)(const ScoredRow&);

const Outcome* by_model(const ScoredRow& row) {
    const double p = models::probability_of(row.log_odds);
    const double expected = p >= 0.5 ? row.payoffs.call(p) : row.payoffs.put(p);
    return expected > 0.0 ? (p >= 0.5 ? &row.call : &row.put) : nullptr;
}
const Outcome* by_base_rate(const ScoredRow& row) {
    return row.base_rate >= 0.5 ? &row.call : &row.put;
}
const Outcome* by_selling(const ScoredRow& row) { return &row.straddle; }
const Outcome* by_rules(const ScoredRow& row) {
    return row.rule_score == 0 ? nullptr : (row.rule_score > 0 ? &row.call : &row.put);
}
const Outcome* by_yesterday(const ScoredRow& row) {
    return row.yesterday == 0 ? nullptr : (row.yesterday > 0 ? &row.call : &row.put);
}

WayResult walk(const std::string& name, const std::vector<ScoredRow>& rows, Choice choose) {
    WayResult result;
    result.name = name;
    result.days.assign(rows.back().day + 1, Money{});
    Timestamp busy_until;
    for (const auto& row : rows) {
        if (row.at < busy_until) {
            continue;
        }
        const auto* outcome = choose(row);
        if (outcome == nullptr) {
            continue;
        }
        ++result.trades;
        result.won += outcome->net.is_positive() ? 1 : 0;
        result.net += outcome->net;
        result.days[row.day] += outcome->net;
        busy_until = outcome->exit;
    }
    result.worst_day = *std::min_element(result.days.begin(), result.days.end());
    return result;
}

std::vector<ReliabilityRow> reliability_of(const std::vector<ScoredRow>& rows) {
    constexpr std::array<double, 7> kEdges{0.0, 0.40, 0.45, 0.50, 0.55, 0.60, 1.0000001};
    std::vector<ReliabilityRow> table;
    for (std::size_t b = 0; b + 1 < kEdges.size(); ++b) {
        ReliabilityRow bin;
        bin.from = kEdges[b];
        bin.to = std::min(1.0, kEdges[b + 1]);
        for (const auto& row : rows) {
            const double p = models::probability_of(row.log_odds);
            if (p >= kEdges[b] && p < kEdges[b + 1]) {
                ++bin.rows;
                bin.events += row.weight;
                bin.said += row.weight * p;
                bin.came += row.is_rise ? row.weight : 0.0;
            }
        }
        if (bin.events > 0.0) {
            bin.said /= bin.events;
            bin.came /= bin.events;
        }
        table.push_back(bin);
    }
    return table;
}

void measure_losses(const std::vector<ScoredRow>& rows, Scorecard& card) {
    std::vector<double> said;
    std::vector<double> base;
    std::vector<uint8_t> labels;
    std::vector<double> weights;
    for (const auto& row : rows) {
        said.push_back(row.log_odds);
        base.push_back(models::log_odds_of(row.base_rate));
        labels.push_back(row.is_rise ? 1 : 0);
        weights.push_back(row.weight);
        card.events += row.weight;
    }
    card.loss = models::log_loss(said, labels, weights);
    card.base_loss = models::log_loss(base, labels, weights);
}

std::string two_decimals(double x) {
    const auto hundredths = static_cast<int64_t>(std::abs(x) * 100.0 + 0.5);
    const auto fraction = std::to_string(100 + hundredths % 100).substr(1);
    return (x < 0.0 && hundredths > 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
           fraction;
}

// Empty: an edge.
std::string why_no_edge(const Scorecard& card) {
    if (card.days < kDaysNeeded) {
        return std::to_string(card.days) + (card.days == 1 ? " day is" : " days are") +
               " too few to tell luck from skill; at least " + std::to_string(kDaysNeeded) +
               " are needed.";
    }
    if (!(card.loss < card.base_loss)) {
        return "its probabilities tell no more than the base rate does.";
    }
    if (card.model.trades < kTradesNeeded) {
        return "only " + std::to_string(card.model.trades) +
               " trades were expected to pay their costs; " + std::to_string(kTradesNeeded) +
               " are needed to judge them.";
    }
    if (!card.model.net.is_positive()) {
        return "its trades lost money after charges.";
    }
    if (card.model.t_value() < card.t_needed) {
        return "its result could be luck: a t of " + two_decimals(card.model.t_value()) +
               " over the days, " + two_decimals(card.t_needed) + " are needed after " +
               std::to_string(card.trials) + " trials.";
    }
    for (const auto& baseline : card.baselines) {
        if (baseline.net >= card.model.net) {
            return "\"" + baseline.name + "\" did as well without a model.";
        }
    }
    return "";
}

}  // namespace

double WayResult::t_value() const {
    const auto n = static_cast<double>(days.size());
    if (days.size() < 2) {
        return 0.0;
    }
    double mean = 0.0;
    for (const auto day : days) {
        mean += day.rupees() / n;
    }
    double squares = 0.0;
    for (const auto day : days) {
        squares += (day.rupees() - mean) * (day.rupees() - mean);
    }
    const double error = std::sqrt(squares / (n - 1.0) / n);
    return error > 0.0 ? mean / error : 0.0;
}

Scorecard score(const std::vector<ScoredRow>& rows, int64_t trials) {
    INVARIANT(!rows.empty() && trials > 0);
    Scorecard card;
    card.days = static_cast<int64_t>(rows.back().day) + 1;
    card.trials = trials;
    card.t_needed = options::normal_quantile(1.0 - 0.05 / static_cast<double>(trials));
    card.model = walk("the model", rows, by_model);
    card.baselines = {walk("base rate", rows, by_base_rate), walk("always sell", rows, by_selling),
                      walk("rules only", rows, by_rules),
                      walk("yesterday's sign", rows, by_yesterday)};
    card.reliability = reliability_of(rows);
    measure_losses(rows, card);
    const auto why = why_no_edge(card);
    card.has_edge = why.empty();
    card.verdict = card.has_edge
                       ? "Edge found: a t of " + two_decimals(card.model.t_value()) + " over " +
                             std::to_string(card.days) + " days, " + two_decimals(card.t_needed) +
                             " were needed after " + std::to_string(trials) +
                             " trials. It held in the past of this data, no more is said."
                       : "No edge found: " + why;
    return card;
}

}  // namespace sauda::trainer
