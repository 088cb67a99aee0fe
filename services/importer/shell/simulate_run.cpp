#include "services/importer/shell/simulate_run.h"

#include "services/importer/shell/format.h"
#include "services/importer/shell/recording_sink.h"

#include <fmt/core.h>

#include <filesystem>

namespace sauda::importer {

using simulation::SimulatedExchange;
using simulation::SimulationOptions;

namespace {

recording::SourceDescription description_of(const SimulationOptions& options,
                                            const SimulatedExchange& exchange,
                                            const std::string& rules) {
    recording::SourceDescription source;
    source.name =
        "simulated " + domain::to_text(options.date) + " seed " + std::to_string(options.seed);
    source.origin = domain::Origin::Simulated;
    source.exchange = domain::Exchange::NSE;
    source.interval = exchange.interval();
    source.extra = {{"simulation", "2"},
                    {"seed", std::to_string(options.seed)},
                    {"character", std::string(to_text(exchange.indices().front().character))},
                    {"volatility", fmt::format("{:.4f}", options.volatility)},
                    {"rules", rules}};
    for (std::size_t i = 0; i < options.faults.size(); ++i) {
        source.extra["fault." + std::to_string(i + 1)] = to_text(options.faults[i]);
    }
    return source;
}

}  // namespace

base::Expected<SimulateResult> simulate_recording(const domain::MarketRules& rules,
                                                  const SimulationOptions& options,
                                                  const std::string& output, bool replace,
                                                  const std::function<void(double)>& progress) {
    std::error_code error;
    if (!replace && std::filesystem::exists(output, error)) {
        return base::fail(base::ErrorKind::Conflict, output + " exists; --force replaces it");
    }
    auto exchange = SimulatedExchange::open(rules, options);
    if (!exchange) {
        return std::unexpected(exchange.error());
    }
    RecordingSink sink(output, description_of(options, *exchange, rules.hash));
    const auto& day = exchange->day();
    uint64_t count = 0;
    while (const auto message = exchange->next()) {
        sink.take(*message);
        if (sink.error()) {
            return std::unexpected(*sink.error());
        }
        if (progress && ++count % 4096 == 0) {
            progress(static_cast<double>((message->meta.event_time - day.open).ns) /
                     static_cast<double>((day.close - day.open).ns));
        }
    }
    if (sink.is_empty()) {
        return base::fail(base::ErrorKind::Invalid, "the simulated day holds no quote at all");
    }
    sink.source().extra["close_paise"] =
        std::to_string(static_cast<int64_t>(exchange->indices().front().last * 100.0 + 0.5));
    if (const auto done = sink.finish(); !done) {
        return std::unexpected(done.error());
    }
    return SimulateResult{exchange->indices(), options.faults, sink.source(), output,
                          sink.bytes_written()};
}

base::Expected<std::vector<SimulateResult>> simulate_days(
    const domain::MarketRules& rules, SimulationOptions options, int days,
    const std::string& folder, bool replace,
    const std::function<void(const SimulateResult&)>& day_done) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot make the folder " + folder + ": " + error.message());
    }
    std::vector<SimulateResult> results;
    if (!rules.day(domain::Exchange::NSE, options.date).is_open) {
        options.date = rules.next_trading_day(domain::Exchange::NSE, options.date);
    }
    for (int day = 0; day < days; ++day) {
        const auto path = folder + "/" + domain::to_text(options.date) + ".mcap";
        auto result = simulate_recording(rules, options, path, replace, {});
        if (!result) {
            return std::unexpected(result.error());
        }
        day_done(*result);
        options.open = result->indices.front().last;
        options.date = rules.next_trading_day(domain::Exchange::NSE, options.date);
        results.push_back(std::move(*result));
    }
    return results;
}

std::string summary_text(const SimulateResult& result) {
    const auto& source = result.source;
    std::string text = fmt::format("SIMULATED  {} {}  not a real market\n",
                                   weekday_text(source.date), domain::to_text(source.date));
    for (const auto& index : result.indices) {
        text += fmt::format("{:<9}  a {} day: {:.2f} > {:.2f}, {} contracts, nearest expiry {}\n",
                            domain::to_text(index.underlying), to_text(index.character), index.open,
                            index.last, grouped(index.contracts),
                            domain::to_text(index.nearest_expiry));
    }
    text += fmt::format("Quotes     {}, known {} to {} IST, every {} at the quickest\n",
                        grouped(source.quotes), moment_text(source.first), moment_text(source.last),
                        span_text(source.interval));
    for (const auto& fault : result.faults) {
        text += fmt::format("Fault      {}\n", to_text(fault));
    }
    text += fmt::format("File       {}  {}  content hash {}\n", result.output,
                        bytes_text(result.output_bytes), base::to_hex(source.content_hash));
    return text;
}

}  // namespace sauda::importer
