// Quote published -> intent -> decision -> order recorded (FULL) and handed to the broker, beside
// null_pipeline: bench_order_path RECORDING FOLDER PROGRAMS RULES [BLOCKS]. Blocks alternate.

#include "common/recording/source_recording.h"
#include "tests/bench/null_pipeline.h"
#include "tests/bench/system_run.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using namespace sauda;
using namespace sauda::bench;

std::vector<std::string> read_quotes(const std::string& path) {
    std::vector<std::string> payloads;
    auto recording = recording::SourceRecording::open(path);
    recording::SourceMessage message;
    while (recording && payloads.size() < 1'000) {
        const auto more = recording->next(message);
        if (!more || !*more) {
            break;
        }
        payloads.emplace_back(message.bytes);
    }
    return payloads;
}

std::string write_config(const std::string& folder) {
    std::filesystem::create_directories(folder);
    const auto path = folder + "/bench.toml";
    std::ofstream(path) << "account = \"standard\"\n"
                           "underlyings = [\"NIFTY\"]\n"
                           "[accounts.standard]\n"
                           "capital = 10000000\n"
                           "trade_risk = \"100 %\"\n"
                           "daily_loss = \"100 %\"\n"
                           "drawdown = \"100 %\"\n"
                           "trades_per_day = 1000000\n";
    return path;
}

void print_ratio(const Percentiles& real, const Percentiles& null) {
    const auto ratio = [&](std::size_t p) { return real.microseconds(p) / null.microseconds(p); };
    std::printf("%-34s          p50 %9.2f  p99 %9.2f  p99.9 %9.2f\n", "ratio", ratio(5'000),
                ratio(9'900), ratio(9'990));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fprintf(stderr, "bench_order_path RECORDING FOLDER PROGRAMS RULES [BLOCKS]\n");
        return 64;
    }
    const std::string folder = argv[2];
    const int blocks = argc > 5 ? std::atoi(argv[5]) : 3;
    const SystemOptions system{.recording = argv[1],
                               .folder = folder + "/system",
                               .programs = argv[3],
                               .config = write_config(folder),
                               .rules = argv[4]};
    NullOptions null;
    null.folder = folder + "/null";
    null.quotes = read_quotes(system.recording);
    Percentiles real_all;
    Percentiles null_all;
    Percentiles parts[3];
    for (int block = 0; block < blocks; ++block) {
        const auto run = run_system(system);
        if (!run || run->orders.empty() || null.quotes.empty()) {
            std::fprintf(stderr, "bench_order_path: %s\n",
                         run ? "no order was sent" : run.error().text.c_str());
            return 1;
        }
        run->total.print("  block: system");
        std::printf("  intents without an order in this block: %zu\n", run->denied);
        real_all.add(run->total);
        parts[0].add(run->to_intent);
        parts[1].add(run->to_decision);
        parts[2].add(run->to_sent);
        null.orders = run->orders;
        const auto baseline = run_null_pipeline(null);
        baseline.print("  block: null_pipeline");
        null_all.add(baseline);
    }
    real_all.print("order path, all services");
    null_all.print("null_pipeline");
    print_ratio(real_all, null_all);
    parts[0].print("  quote published -> intent sent");
    parts[1].print("  intent sent -> decision sent");
    parts[2].print("  decision sent -> order handed over");
    return 0;
}
