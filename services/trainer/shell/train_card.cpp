#include "common/base/hash.h"
#include "common/wire/format.h"
#include "services/trainer/shell/train.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace sauda::trainer {

namespace {

using Json = nlohmann::ordered_json;

std::string fixed(double x, int decimals) {
    char text[64];
    std::snprintf(text, sizeof(text), "%.*f", decimals, x);
    return text;
}
std::string percent(double share) { return fixed(share * 100.0, 1) + " %"; }
std::string percent(int64_t part, int64_t whole) {
    return whole == 0 ? "-" : percent(static_cast<double>(part) / static_cast<double>(whole));
}
std::string money(domain::Money amount) {
    return (amount.is_positive() ? "+" : "") + wire::rupees(base::round_to_paisa(amount));
}

std::string way_line(const WayResult& way, int64_t days) {
    return "| " + way.name + " | " + wire::grouped(way.trades) + " | " +
           percent(way.won, way.trades) + " | " + (way.trades == 0 ? "-" : money(way.per_trade())) +
           " | " + money(way.net.scaled(1, days)) + " | " + money(way.net) + " | " +
           money(way.worst_day) + " |\n";
}

std::string origin_words(const TrainingDay& day) {
    return day.origin == domain::Origin::Real
               ? "real"
               : "simulated: a model of it never decides anything on real data";
}

std::string data_section(const TrainingSet& set, const TrainingResult& result) {
    const auto& first = set.days.front();
    const auto& manifest = result.manifest;
    return "| | |\n|---|---|\n| data | " + origin_words(first) + " |\n| days | " +
           std::to_string(set.days.size()) + ", " + manifest.first_day +
           (set.days.size() > 1 ? " to " + manifest.last_day : "") + " |\n| underlying | " +
           manifest.underlying + ", lot " + std::to_string(manifest.lot) + " |\n| rows | " +
           wire::grouped(manifest.rows) + " one-minute decisions, which are " +
           fixed(result.card.events, 0) + " independent events |\n| settings tried | " +
           std::to_string(manifest.trials) + " |\n| features | " +
           std::to_string(ml_signal::kModelFeatures) + ", list " + manifest.feature_hash +
           " |\n| seed | " + std::to_string(manifest.seed) + " |\n\n";
}

std::string results_section(const TrainingSet& set, const Scorecard& card) {
    const auto days = static_cast<int64_t>(set.days.size());
    std::string text =
        "## What trading on it would have made\n\nRupees per lot, after spread and charges. Every "
        "decision was judged by a model that had seen neither it nor anything that overlaps it. "
        "One trade at a time: an at-the-money call or put bought at the ask a second after the "
        "bar and sold at the bid at +30 %, -20 % or after 30 minutes; \"always sell\" sells the "
        "straddle by the same barriers.\n\n"
        "| way | trades | won | a trade | a day | in all | worst day |\n"
        "|---|---:|---:|---:|---:|---:|---:|\n";
    text += way_line(card.model, days);
    for (const auto& baseline : card.baselines) {
        text += way_line(baseline, days);
    }
    return text + "\nt over the days: " + fixed(card.model.t_value(), 2) + "; " +
           fixed(card.t_needed, 2) + " needed.\n\n";
}

std::string reliability_section(const Scorecard& card) {
    std::string text =
        "## Are its probabilities worth their face?\n\nOf the rows it gave such a chance of a "
        "rise, so many rose.\n\n| said | rows | events | mean said | came |\n"
        "|---|---:|---:|---:|---:|\n";
    for (const auto& bin : card.reliability) {
        text += "| " + percent(bin.from) + " to " + percent(bin.to) + " | " +
                wire::grouped(bin.rows) + " | " + fixed(bin.events, 1) + " | " +
                (bin.rows == 0 ? "- | -" : percent(bin.said) + " | " + percent(bin.came)) + " |\n";
    }
    return text + "\nSurprise (log loss): " + fixed(card.loss, 4) +
           " nats; saying the base rate each time: " + fixed(card.base_loss, 4) +
           ". Lower is better.\n\n";
}

// The features by how far they move the model's log-odds on average.
std::string weights_section(const TrainingSet& set, const models::Model& model) {
    std::vector<double> sizes(ml_signal::kModelFeatures, 0.0);
    std::size_t rows = 0;
    const std::size_t step = std::max<std::size_t>(1, set.rows.size() / 500);
    for (std::size_t i = 0; i < set.rows.size(); i += step) {
        const auto prediction = model.explain(set.samples.row(i));
        for (std::size_t f = 0; f < sizes.size(); ++f) {
            sizes[f] += std::abs(prediction.contributions[f]);
        }
        ++rows;
    }
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    std::string text = "## What it looks at most\n\n| feature | moves the odds by |\n|---|---:|\n";
    for (std::size_t i = 0; i < 8; ++i) {
        const double size = sizes[order[i]] / static_cast<double>(rows);
        text += "| " + std::string(ml_signal::feature_definitions()[order[i]].words) + " | " +
                percent(size) + " |\n";
    }
    return text + "\n";
}

Json way_json(const WayResult& way) {
    Json days = Json::array();
    for (const auto day : way.days) {
        days.push_back(day.rupees());
    }
    return {{"name", way.name},
            {"trades", way.trades},
            {"won", way.won},
            {"net", way.net.rupees()},
            {"worst_day", way.worst_day.rupees()},
            {"days", days}};
}

}  // namespace

std::string card_text(const TrainingSet& set, const TrainingResult& result) {
    const auto& card = result.card;
    std::string text =
        "# Model card: " + result.manifest.underlying + "\n\n**" + card.verdict + "**\n\n";
    text +=
        "The model gives, at the end of each minute, the chance that a call bought now pays "
        "better than a put over the next 30 minutes." +
        std::string(card.has_edge ? "" : " It is shown and recorded, and gates nothing.") + "\n\n";
    text += data_section(set, result) + results_section(set, card) + reliability_section(card) +
            weights_section(set, result.learned.model) + "## Days\n\n";
    for (const auto& day : set.days) {
        text += "- " + domain::to_text(day.date) + ": " +
                wire::grouped(static_cast<int64_t>(day.rows.size())) + " rows of " + day.file +
                ", content " + base::to_hex(day.content_hash) + "\n";
    }
    return text +
           "\nNo market impact assumed. The past of this data says nothing certain about "
           "any other day.\n";
}

std::string card_json(const TrainingSet& set, const TrainingResult& result) {
    const auto& card = result.card;
    const auto& manifest = result.manifest;
    Json json{{"verdict", card.verdict},
              {"has_edge", card.has_edge},
              {"origin", manifest.origin},
              {"underlying", manifest.underlying},
              {"lot", manifest.lot},
              {"rows", manifest.rows},
              {"events", card.events},
              {"trials", card.trials},
              {"t", card.model.t_value()},
              {"t_needed", card.t_needed},
              {"log_loss", card.loss},
              {"base_log_loss", card.base_loss},
              {"base_rate", result.learned.model.base_rate},
              {"trial_losses", result.learned.trial_losses},
              {"model", way_json(card.model)}};
    for (const auto& baseline : card.baselines) {
        json["baselines"].push_back(way_json(baseline));
    }
    for (const auto& bin : card.reliability) {
        json["reliability"].push_back({{"from", bin.from},
                                       {"to", bin.to},
                                       {"rows", bin.rows},
                                       {"events", bin.events},
                                       {"said", bin.said},
                                       {"came", bin.came}});
    }
    for (const auto& day : set.days) {
        json["days"].push_back({{"date", domain::to_text(day.date)},
                                {"file", day.file},
                                {"content", base::to_hex(day.content_hash)},
                                {"rows", day.rows.size()},
                                {"quotes", day.quotes}});
    }
    return json.dump(2) + "\n";
}

}  // namespace sauda::trainer
