#pragma once

#include "common/models/files/model_folder.h"
#include "common/models/training/learn.h"
#include "services/trainer/core/scorecard.h"
#include "services/trainer/shell/train_day.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sauda::trainer {

struct TrainOptions {
    std::vector<std::string> recordings;
    std::string out;         // folder the model folder is made in
    std::string rules;       // folder of the dated rules
    std::string underlying;  // empty: the recordings' own
    uint64_t seed = 1;
    std::size_t folds = 5;
    int64_t trials_before = 0;        // settings tried on this data before; they raise the bar
    std::optional<uint64_t> shuffle;  // outcomes dealt out anew: nothing may be found
    std::size_t threads = 2;
};

// What was learned from which days.
struct TrainingSet {
    std::vector<TrainingDay> days;  // ascending by date
    models::Samples samples;
    std::vector<const TrainingRow*> rows;  // of the samples
    std::vector<std::size_t> day_of;       // of each row
};

// Days of one underlying, origin and lot, each once. Invalid: which two differ in what.
base::Expected<TrainingSet> gather_samples(std::vector<TrainingDay> days);
// The same rows with their outcomes dealt out anew.
void shuffle_outcomes(TrainingSet& set, uint64_t seed);

struct TrainingResult {
    models::Learned learned;
    Scorecard card;
    models::Manifest manifest;  // without its files
};
using Progress = std::function<void(const std::string&)>;
base::Expected<TrainingResult> train_on(const TrainingSet& set, const TrainOptions& options,
                                        const Progress& progress);

// What the model folder holds beside the trees: the model and its card as text and as JSON.
std::map<std::string, std::string> model_files(const TrainingSet& set,
                                               const TrainingResult& result);
std::string card_text(const TrainingSet& set, const TrainingResult& result);
std::string card_json(const TrainingSet& set, const TrainingResult& result);

// `sauda train`: reads, learns, judges, writes the folder, prints the card. Exit code 0 also when
// no edge was found: that is an answer.
int run_train(const TrainOptions& options);

}  // namespace sauda::trainer
