#include "services/lab/shell/lab_session.h"

#include "common/market/load_rules.h"
#include "common/recording/source_recording.h"
#include "common/service/system_clock.h"
#include "common/service/wiring.h"
#include "common/summary/session_summary.h"
#include "services/execution/shell/execution_service.h"
#include "services/feed/shell/feed_service.h"
#include "services/feed/shell/playlist.h"
#include "services/lab/shell/source_data.h"
#include "services/ml_signal/shell/ml_signal_service.h"
#include "services/recorder/shell/run_report.h"
#include "services/risk/shell/risk_service.h"
#include "services/strategy/shell/strategy_service.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace sauda::lab {

namespace {

namespace fs = std::filesystem;

int complain(const std::string& text) {
    std::fprintf(stderr, "sauda-lab: %s\n", text.c_str());
    return 1;
}

}  // namespace

base::Expected<service::Ingredients> load_lab_ingredients(const LabOptions& options) {
    const auto source = recording::SourceRecording::open(options.recording);
    if (!source) {
        return std::unexpected(source.error());
    }
    const auto hash = service::hash_configuration(options.config, options.rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    service::Environment environment;
    environment.name = fs::path(options.out).filename().string();
    environment.kind = "lab";
    environment.directory = options.out;
    environment.config = options.config;
    environment.rules = options.rules;
    environment.config_hash = *hash;
    environment.window = base::milliseconds(options.window_ms);
    environment.run = service::replay_run(source->source().content_hash, *hash, environment.window);
    auto ingredients = service::gather(std::move(environment));
    if (ingredients) {
        ingredients->database_id =
            service::database_id_of(ingredients->environment.run, domain::Service::Execution);
    }
    return ingredients;
}

base::Expected<std::unique_ptr<LabRun>> make_lab_run(const service::Ingredients& ingredients) {
    auto run =
        std::make_unique<LabRun>(ingredients.environment.window, ingredients.environment.run);
    const std::pair<domain::Service, service::MakeParts> makers[] = {
        {domain::Service::Feed, feed::make_feed},
        {domain::Service::MlSignal, ml_signal::make_ml_signal},
        {domain::Service::Strategy, strategy::make_strategy},
        {domain::Service::Risk, risk::make_risk},
        {domain::Service::Execution, execution::make_execution}};
    for (const auto& [service, make] : makers) {
        auto parts = make(ingredients);
        if (!parts) {
            return std::unexpected(parts.error());
        }
        run->add(service, std::move(parts->core),
                 service::inputs_of(service, ingredients.underlyings));
    }
    return run;
}

int run_lab(const LabOptions& options) {
    const auto ingredients = load_lab_ingredients(options);
    if (!ingredients) {
        return complain(ingredients.error().text);
    }
    auto source = feed::open_source(options.recording, 0);
    if (!source) {
        return complain(source.error().text);
    }
    auto run = make_lab_run(*ingredients);
    if (!run) {
        return complain(run.error().text);
    }
    SourceData data(std::move(*source));
    summary::SessionSummary day(ingredients->rules);
    (*run)->on_message = [&day](const domain::Message& message) { day.add(message); };
    service::SystemClock clock;
    const int64_t begun = clock.monotonic_ns();
    (*run)->run(data);
    const double seconds = static_cast<double>(clock.monotonic_ns() - begun) / 1e9;
    recorder::ReportFacts facts;
    facts.refused = data.refused();
    const auto report =
        recorder::write_summary(ingredients->environment, day, (*run)->hash().value(), facts);
    if (!report) {
        return complain(report.error().text);
    }
    std::ifstream text(fs::path(report->folder) / "summary.txt");
    std::cout << text.rdbuf();
    std::fprintf(stderr, "%llu market data messages, %llu rounds in %.2f s\n",
                 static_cast<unsigned long long>((*run)->market_messages()),
                 static_cast<unsigned long long>((*run)->rounds()), seconds);
    return report->books_balance ? 0 : complain("the books do not balance");
}

}  // namespace sauda::lab
