#include "services/trainer/shell/train.h"

#include "common/base/hash.h"
#include "common/base/rng.h"
#include "common/market/load_rules.h"
#include "common/models/files/model_json.h"
#include "common/wire/format.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>

namespace sauda::trainer {

namespace {

using base::ErrorKind;

constexpr domain::Duration kHorizon = base::minutes(30);

std::string date_of(const TrainingDay& day) { return domain::to_text(day.date); }

base::Expected<void> check_alike(const TrainingDay& first, const TrainingDay& day) {
    const auto differ = [&](const std::string& what, const std::string& remedy) {
        return base::fail(ErrorKind::Invalid,
                          first.file + " and " + day.file + " " + what + ": " + remedy);
    };
    if (day.underlying != first.underlying) {
        return differ("are of different underlyings", "name one with --underlying");
    }
    if (day.origin != first.origin) {
        return differ("are one real and one simulated", "a model learns from one of the two");
    }
    if (day.lot != first.lot) {
        return differ("have lots of " + std::to_string(first.lot.raw()) + " and " +
                          std::to_string(day.lot.raw()),
                      "a model belongs to one lot era");
    }
    return {};
}

void add_row(TrainingSet& set, const TrainingRow& row, std::size_t day) {
    auto& samples = set.samples;
    samples.values.insert(samples.values.end(), row.features.begin(), row.features.end());
    samples.starts.push_back(row.at.ns);
    samples.ends.push_back(std::max(row.call.exit, row.put.exit).ns);
    samples.labels.push_back(row.call.net > row.put.net ? 1 : 0);
    samples.call_net.push_back(row.call.net.rupees());
    samples.put_net.push_back(row.put.net.rupees());
    set.rows.push_back(&row);
    set.day_of.push_back(day);
}

// The direction of the forward the day before, as far as it was recorded.
int yesterday_of(const TrainingSet& set, std::size_t day) {
    if (day == 0) {
        return 0;
    }
    const auto& before = set.days[day - 1];
    return before.last_forward > before.first_forward   ? 1
           : before.last_forward < before.first_forward ? -1
                                                        : 0;
}

// The share of rises among the rows a fold learned from; the fold itself is not in it.
std::vector<double> base_rates(const TrainingSet& set, const models::Learned& learned) {
    const std::size_t folds = learned.fold_payoffs.size();
    std::vector<double> rises(folds, 0.0);
    std::vector<double> all(folds, 0.0);
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
        for (std::size_t k = 0; k < folds; ++k) {
            if (learned.fold[i] != k) {
                rises[k] += set.samples.labels[i] != 0 ? set.samples.weights[i] : 0.0;
                all[k] += set.samples.weights[i];
            }
        }
    }
    for (std::size_t k = 0; k < folds; ++k) {
        rises[k] = (rises[k] + 1.0) / (all[k] + 2.0);
    }
    return rises;
}

std::vector<ScoredRow> scored(const TrainingSet& set, const models::Learned& learned) {
    const auto rates = base_rates(set, learned);
    std::vector<ScoredRow> rows;
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
        const auto& row = *set.rows[i];
        ScoredRow scored;
        scored.day = set.day_of[i];
        scored.at = row.at;
        scored.log_odds = learned.log_odds[i];
        scored.payoffs = learned.fold_payoffs[learned.fold[i]];
        scored.base_rate = rates[learned.fold[i]];
        scored.weight = set.samples.weights[i];
        scored.is_rise = set.samples.labels[i] != 0;
        scored.call = row.call;
        scored.put = row.put;
        scored.straddle = row.straddle;
        scored.rule_score = row.rule_score;
        scored.yesterday = yesterday_of(set, scored.day);
        rows.push_back(scored);
    }
    return rows;
}

models::Manifest manifest_of(const TrainingSet& set, const TrainOptions& options,
                             const Scorecard& card) {
    models::Manifest manifest;
    const auto& first = set.days.front();
    manifest.origin = first.origin == domain::Origin::Real ? "real" : "simulated";
    manifest.underlying = domain::to_text(first.underlying);
    manifest.lot = first.lot.raw();
    manifest.first_day = date_of(first);
    manifest.last_day = date_of(set.days.back());
    manifest.days = static_cast<int64_t>(set.days.size());
    manifest.rows = static_cast<int64_t>(set.rows.size());
    manifest.events = card.events;
    manifest.horizon_ns = kHorizon.ns;
    manifest.feature_hash = base::to_hex(ml_signal::feature_list_hash());
    manifest.seed = static_cast<int64_t>(options.seed);
    manifest.trials = card.trials;
    manifest.has_edge = card.has_edge;
    return manifest;
}

// Several recordings at once; the result does not depend on which thread read which.
base::Expected<std::vector<TrainingDay>> read_days(
    const TrainOptions& options, const std::shared_ptr<const domain::MarketRules>& rules,
    domain::Underlying underlying, const Progress& progress) {
    const std::size_t count = options.recordings.size();
    std::vector<base::Expected<TrainingDay>> read(count);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::mutex telling;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            read[i] = read_training_day(options.recordings[i], underlying, rules);
            const std::size_t finished = ++done;
            const std::lock_guard lock(telling);
            progress("read " + std::to_string(finished) + " of " + std::to_string(count) +
                     (read[i] ? ": " + date_of(*read[i]) + ", " +
                                    std::to_string(read[i]->rows.size()) + " rows"
                              : ""));
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < std::min(options.threads, count); ++t) {
        threads.emplace_back(work);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    std::vector<TrainingDay> days;
    for (auto& day : read) {
        if (!day) {
            return std::unexpected(day.error());
        }
        days.push_back(std::move(*day));
    }
    return days;
}

int complain(const std::string& text) {
    std::fprintf(stderr, "sauda-train: %s\n", text.c_str());
    return 1;
}

}  // namespace

base::Expected<TrainingSet> gather_samples(std::vector<TrainingDay> days) {
    TrainingSet set;
    set.days = std::move(days);
    std::sort(set.days.begin(), set.days.end(),
              [](const auto& a, const auto& b) { return a.date < b.date; });
    set.samples.features = ml_signal::kModelFeatures;
    for (std::size_t d = 0; d < set.days.size(); ++d) {
        const auto& day = set.days[d];
        if (auto alike = check_alike(set.days.front(), day); !alike) {
            return std::unexpected(alike.error());
        }
        if (d > 0 && day.date == set.days[d - 1].date) {
            return base::fail(ErrorKind::Invalid, set.days[d - 1].file + " and " + day.file +
                                                      " are of the same day: give one of them");
        }
        for (const auto& row : day.rows) {
            add_row(set, row, d);
        }
    }
    set.samples.weights = models::uniqueness(set.samples.starts, set.samples.ends);
    return set;
}

void shuffle_outcomes(TrainingSet& set, uint64_t seed) {
    base::Rng rng(seed);
    std::vector<TrainingRow*> rows;
    for (auto& day : set.days) {
        for (auto& row : day.rows) {
            rows.push_back(&row);
        }
    }
    // The exits stay where they are, so that rows overlap as before.
    for (std::size_t i = rows.size(); i > 1; --i) {
        auto* a = rows[i - 1];
        auto* b = rows[rng.below(i)];
        std::swap(a->call.net, b->call.net);
        std::swap(a->put.net, b->put.net);
        std::swap(a->straddle.net, b->straddle.net);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        set.samples.labels[i] = rows[i]->call.net > rows[i]->put.net ? 1 : 0;
        set.samples.call_net[i] = rows[i]->call.net.rupees();
        set.samples.put_net[i] = rows[i]->put.net.rupees();
    }
}

base::Expected<TrainingResult> train_on(const TrainingSet& set, const TrainOptions& options,
                                        const Progress& progress) {
    models::LearnSettings settings;
    settings.folds = options.folds;
    settings.seed = options.seed;
    settings.embargo_ns = kHorizon.ns;
    settings.trials = models::default_trials(options.seed);
    settings.progress = progress;
    std::vector<models::FeatureName> names;
    for (const auto& feature : ml_signal::feature_definitions()) {
        names.push_back({std::string(feature.name), std::string(feature.group)});
    }
    auto learned = models::learn(set.samples, names, settings);
    if (!learned) {
        return std::unexpected(learned.error());
    }
    TrainingResult result;
    result.card = score(scored(set, *learned),
                        static_cast<int64_t>(settings.trials.size()) + options.trials_before);
    result.manifest = manifest_of(set, options, result.card);
    result.learned = std::move(*learned);
    return result;
}

std::map<std::string, std::string> model_files(const TrainingSet& set,
                                               const TrainingResult& result) {
    return {{models::kTreesFile, result.learned.trees_json},
            {models::kModelFile, models::model_text(result.learned.model)},
            {"card.md", card_text(set, result)},
            {"card.json", card_json(set, result)}};
}

int run_train(const TrainOptions& options) {
    const auto begun = std::chrono::steady_clock::now();
    auto rules = market::load_rules(options.rules);
    if (!rules) {
        return complain(rules.error().text);
    }
    auto underlying = domain::Underlying::Unspecified;
    if (!options.underlying.empty()) {
        const auto parsed = domain::parse_underlying(options.underlying);
        if (!parsed) {
            return complain("'" + options.underlying + "' is not an underlying Sauda knows");
        }
        underlying = *parsed;
    }
    const Progress progress = [](const std::string& text) {
        std::fprintf(stderr, "%s\n", text.c_str());
    };
    auto days = read_days(options, std::make_shared<const domain::MarketRules>(std::move(*rules)),
                          underlying, progress);
    auto set = days ? gather_samples(std::move(*days)) : std::unexpected(days.error());
    if (!set) {
        return complain(set.error().text);
    }
    if (options.shuffle) {
        shuffle_outcomes(*set, *options.shuffle);
    }
    const auto result = train_on(*set, options, progress);
    if (!result) {
        return complain(result.error().text);
    }
    std::fputs(card_text(*set, *result).c_str(), stdout);
    if (options.shuffle) {
        std::puts("\nOutcomes were shuffled: nothing is written.");
        return 0;
    }
    const auto name =
        models::write_model_folder(options.out, result->manifest, model_files(*set, *result));
    if (!name) {
        return complain(name.error().text);
    }
    const auto folder = std::filesystem::path(options.out) / *name;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("\nModel      %s\nUse it     [ml]\n           model = \"%s\"\n", name->c_str(),
                std::filesystem::absolute(folder).lexically_normal().c_str());
    std::fprintf(stderr, "%.1f s\n", took.count());
    return 0;
}

}  // namespace sauda::trainer
