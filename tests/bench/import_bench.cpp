// Importing a chain from zstd CSV, in rows/s, beside what the least could be: the same file
// unpacked and its lines counted. Rates are by processor time. The file is
// SAUDA_BENCH_CSV (NSE full chain, .zst), or 200,000 made-up rows of it.

#include "common/market/load_rules.h"
#include "services/importer/shell/import_run.h"
#include "services/importer/shell/opened_table.h"

#include <benchmark/benchmark.h>
#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

namespace {

using namespace sauda;
using namespace sauda::importer;

std::string folder() {
    const char* given = std::getenv("SAUDA_BENCH_FOLDER");
    return given == nullptr ? "/tmp" : given;
}

std::string side(int k, double price) {
    std::ostringstream text;
    text.setf(std::ios::fixed);
    text.precision(2);
    text << 100 + k << ",0," << 4 * k << ",15.5," << price << ",0.0,750," << price - 0.5 << ','
         << price + 0.5 << ",1500";
    return text.str();
}

std::string made_up() {
    std::string text =
        "Fetch_Time,Symbol,Expiry_Date,CALLS_OI,CALLS_Chng_in_OI,CALLS_Volume,CALLS_IV,CALLS_LTP,"
        "CALLS_Net_Chng,CALLS_Bid_Qty,CALLS_Bid_Price,CALLS_Ask_Price,CALLS_Ask_Qty,Strike_Price,"
        "PUTS_OI,PUTS_Chng_in_OI,PUTS_Volume,PUTS_IV,PUTS_LTP,PUTS_Net_Chng,PUTS_Bid_Qty,"
        "PUTS_Bid_Price,PUTS_Ask_Price,PUTS_Ask_Qty,collection_timestamp\n";
    for (int n = 0; n < 2'000; ++n) {
        const int second = 9 * 3600 + 16 * 60 + n * 10;
        char clock[16];
        char stamp[16];
        std::snprintf(clock, sizeof clock, "%02d:%02d:%02d", second / 3600, second / 60 % 60,
                      second % 60);
        std::snprintf(stamp, sizeof stamp, "%02d%02d%02d", second / 3600, second / 60 % 60,
                      second % 60);
        for (int k = 0; k < 100; ++k) {
            text += std::string("29-Aug-2025 ") + clock + ",NIFTY,02-Sep-2025," +
                    side(k, std::max(5.0, 1200.0 - 20.0 * k) + n % 7) + "," +
                    std::to_string(22'500 + 50 * k) + "," +
                    side(k, std::max(5.0, 20.0 * k - 700.0) + n % 5) + ",20250829_" + stamp + "\n";
        }
    }
    return text;
}

const std::string& csv_file() {
    static const std::string kPath = [] {
        if (const char* given = std::getenv("SAUDA_BENCH_CSV")) {
            return std::string(given);
        }
        const auto text = made_up();
        std::string packed(ZSTD_compressBound(text.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
        auto path = folder() + "/bench_import.csv.zst";
        std::ofstream(path, std::ios::binary) << packed;
        return path;
    }();
    return kPath;
}

const domain::MarketRules& rules() {
    static const auto kRules = [] {
        const char* given = std::getenv("SAUDA_MARKET");
        return *market::load_rules(given == nullptr ? "deploy/market" : given);
    }();
    return kRules;
}

void report(benchmark::State& state, uint64_t rows) {
    state.counters["rows/s"] =
        benchmark::Counter(static_cast<double>(rows) * static_cast<double>(state.iterations()),
                           benchmark::Counter::kIsRate);
}

// What `zstd -dc | wc -l` does.
void unpack_and_count(benchmark::State& state) {
    uint64_t lines = 0;
    for (auto _ : state) {
        lines = 0;
        std::ifstream file(csv_file(), std::ios::binary);
        ZSTD_DCtx* context = ZSTD_createDCtx();
        std::string packed(256U << 10U, '\0');
        std::string plain(256U << 10U, '\0');
        while (file.read(packed.data(), static_cast<std::streamsize>(packed.size())),
               file.gcount() > 0) {
            ZSTD_inBuffer in{packed.data(), static_cast<std::size_t>(file.gcount()), 0};
            while (in.pos < in.size) {
                ZSTD_outBuffer out{plain.data(), plain.size(), 0};
                if (ZSTD_isError(ZSTD_decompressStream(context, &out, &in)) != 0U) {
                    state.SkipWithError("the file is not zstd");
                    break;
                }
                const char* at = plain.data();
                const char* end = at + out.pos;
                while ((at = static_cast<const char*>(std::memchr(
                            at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
                    ++lines;
                    ++at;
                }
            }
        }
        ZSTD_freeDCtx(context);
    }
    report(state, lines);
}

void read_lines(benchmark::State& state) {
    uint64_t rows = 0;
    for (auto _ : state) {
        auto lines = LineSource::open(csv_file());
        std::string_view line;
        for (rows = 0; *lines->next(line); ++rows) {
            benchmark::DoNotOptimize(line.data());
        }
    }
    report(state, rows);
}

class NoSink : public MessageSink {
 public:
    void take(const domain::Message& message) override { benchmark::DoNotOptimize(message.seq); }
};

// To messages, with the quality of the data; nothing encoded or written.
void to_messages(benchmark::State& state) {
    uint64_t rows = 0;
    for (auto _ : state) {
        auto table = OpenedTable::open(csv_file(), {});
        NoSink sink;
        TableImporter importer(table->reader(), rules(), sink);
        std::string_view line;
        uint64_t number = 0;
        while (*table->next(line, number)) {
            importer.line(number, line);
        }
        importer.finish();
        rows = importer.report().rows_taken;
    }
    report(state, rows);
}

void to_a_recording(benchmark::State& state) {
    uint64_t rows = 0;
    ImportOptions options;
    options.replace = true;
    for (auto _ : state) {
        const auto result =
            import_table(csv_file(), folder() + "/bench_import.mcap", rules(), options);
        if (!result) {
            state.SkipWithError(result.error().text.c_str());
            break;
        }
        rows = result->report.rows_taken;
    }
    report(state, rows);
}

BENCHMARK(unpack_and_count)->Unit(benchmark::kMillisecond);
BENCHMARK(read_lines)->Unit(benchmark::kMillisecond);
BENCHMARK(to_messages)->Unit(benchmark::kMillisecond);
BENCHMARK(to_a_recording)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
