// sauda-train RECORDING... --out DIR: a model from recordings, with its card.
#include "services/cli/shell/session.h"
#include "services/trainer/shell/train.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{
        "Learns a model from recordings of one underlying and writes a folder that never changes, "
        "with a card that says what trading on it would have made."};
    sauda::trainer::TrainOptions options;
    options.rules = sauda::cli::default_rules();
    options.out = "var/models";
    uint64_t shuffle = 0;
    app.add_option("RECORDING", options.recordings, "recordings (MCAP), a day each")->required();
    app.add_option("--out,-o", options.out, "folder in which the model's folder is made")
        ->capture_default_str();
    app.add_option("--underlying", options.underlying,
                   "NIFTY ...; the recordings' own if not given");
    app.add_option("--rules", options.rules, "folder of the dated rules")->capture_default_str();
    app.add_option("--seed", options.seed, "of the trees")->capture_default_str();
    app.add_option("--folds", options.folds, "blocks of time, each judged by the others")
        ->check(CLI::Range(2, 20))
        ->capture_default_str();
    app.add_option("--trials-before", options.trials_before,
                   "settings you tried on this data before: luck finds its way with patience")
        ->check(CLI::Range(0, 1'000'000));
    auto* shuffled = app.add_option("--shuffle", shuffle,
                                    "a number: deal the outcomes out anew and look whether "
                                    "anything is found; nothing is written");
    app.add_option("--threads", options.threads, "recordings read at once")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    if (*shuffled) {
        options.shuffle = shuffle;
    }
    return sauda::trainer::run_train(options);
}
