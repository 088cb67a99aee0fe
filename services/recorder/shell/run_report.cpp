#include "services/recorder/shell/run_report.h"

#include "common/domain/message_order.h"
#include "common/summary/session_summary.h"

#include <filesystem>
#include <fstream>

namespace sauda::recorder {

namespace {

namespace fs = std::filesystem;

base::Expected<void> write_file(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush()) {
        return base::fail(base::ErrorKind::Unavailable, "cannot write " + path.string());
    }
    return {};
}

std::string upper(std::string text) {
    for (auto& c : text) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

summary::RunFacts facts_of(const service::Environment& environment, const ReportFacts& facts,
                           uint64_t hash) {
    summary::RunFacts run;
    run.environment = upper(environment.kind);
    run.run_folder = environment.name;
    run.result_hash = base::to_hex(hash);
    run.is_reproducible = environment.is_lockstep;
    run.restarts = static_cast<int64_t>(facts.restarts);
    run.lost = 0;  // a hole in the archive is an error, not a figure
    run.duplicates = static_cast<int64_t>(facts.duplicates);
    if (facts.refused > 0) {
        run.refused["rows of the source"] = facts.refused;
    }
    run.logs = (fs::path(environment.directory) / "logs").string();
    run.next_steps = "sauda status --env " + environment.name + "; sauda why --env " +
                     environment.name + " G1.0.0.0; sauda logs --env " + environment.name + " risk";
    return run;
}

}  // namespace

base::Expected<RunReport> write_summary(const service::Environment& environment,
                                        const summary::SessionSummary& day, uint64_t hash,
                                        const ReportFacts& facts) {
    const auto run = facts_of(environment, facts, hash);
    const auto reports = fs::path(environment.directory) / "reports";
    const auto folder = reports / domain::to_text(day.date());
    std::error_code error;
    fs::create_directories(folder, error);
    for (const auto& [name, text] :
         {std::pair<std::string, std::string>{"summary.txt", summary::text(day, run)},
          {"summary.json", summary::json(day, run)},
          {"trades.csv", summary::trades_csv(day)}}) {
        if (auto written = write_file(folder / name, text); !written) {
            return std::unexpected(written.error());
        }
    }
    fs::remove(reports / "latest", error);
    fs::create_directory_symlink(folder.filename(), reports / "latest", error);
    return RunReport{.hash = hash, .folder = folder.string(), .books_balance = day.books_balance()};
}

base::Expected<RunReport> write_report(const service::Ingredients& ingredients,
                                       const std::vector<std::string>& segments,
                                       const ReportFacts& facts, ReportState& state) {
    domain::RunHash hash;
    summary::SessionSummary day(ingredients.rules);
    base::BinaryReader reader(state.fold);
    if (!state.fold.empty() && state.segments <= segments.size()) {
        reader.read(hash);
        reader.read(day);
    }
    if (state.fold.empty() || !reader.ok() || !reader.at_end()) {
        // Written by another version, or nothing yet: from the beginning.
        hash = {};
        day = summary::SessionSummary(ingredients.rules);
        state.segments = 0;
    }
    const std::vector<std::string> fresh(
        segments.begin() + static_cast<std::ptrdiff_t>(state.segments), segments.end());
    const auto told = for_each_message(fresh, ingredients.environment.window,
                                       [&](const domain::Message& message) {
                                           if (domain::is_hashed(message.stream)) {
                                               hash.add(message);
                                           }
                                           day.add(message);
                                       });
    if (!told) {
        return std::unexpected(told.error());
    }
    base::BinaryWriter writer;
    writer.write(hash);
    writer.write(day);
    state = {.segments = segments.size(), .fold = writer.take()};
    return write_summary(ingredients.environment, day, hash.value(), facts);
}

}  // namespace sauda::recorder
