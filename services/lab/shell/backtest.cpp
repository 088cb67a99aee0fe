#include "services/lab/shell/backtest.h"

#include "common/service/system_clock.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"
#include "services/feed/shell/playlist.h"
#include "services/lab/shell/lab_session.h"
#include "services/lab/shell/progress_line.h"
#include "services/lab/shell/run_folder.h"
#include "services/lab/shell/run_tables.h"
#include "services/lab/shell/source_data.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace sauda::lab {

namespace {

namespace fs = std::filesystem;

constexpr int kExitAsked = 78;

int complain(const base::Error& error) {
    std::fprintf(stderr, "sauda-backtest: %s\n", error.text.c_str());
    return error.kind == base::ErrorKind::Unavailable ? 1 : kExitAsked;
}

// How much of a session's day has passed, by the clock in India.
double part_of_day(Timestamp now) {
    constexpr double kOpen = 555.0;  // minutes since midnight
    constexpr double kSpan = 385.0;
    const double minute = static_cast<double>(base::ist_time_of_day(now).ns) / 60e9;
    return std::clamp((minute - kOpen) / kSpan, 0.0, 1.0);
}

class Runner {
 public:
    Runner(const service::Ingredients& ingredients, const std::string& folder, bool is_quiet)
        : fold_(ingredients.rules),
          ledger_((fs::path(folder) / "ledger.csv").string(), ledger_heading()),
          equity_((fs::path(folder) / "equity.csv").string(), minute_heading()),
          log_((fs::path(folder) / "run.log").string(), ""),
          progress_(!is_quiet) {
        fold_.on_ledger = [this](const auto& entry, auto at) {
            ledger_.line(ledger_line(entry, at));
        };
        fold_.on_minute = [this](const auto& point) { equity_.line(minute_line(point)); };
    }

    base::Expected<void> run(LabRun& lab, const std::vector<Recording>& recordings) {
        begun_ = clock_.monotonic_ns();
        for (const auto& one : recordings) {
            bytes_all_ += one.bytes;
        }
        lab.on_message = [&](const domain::Message& message) { take(message); };
        for (const auto& one : recordings) {
            ++day_;
            days_ = recordings.size();
            if (auto played = play(lab, one); !played) {
                return played;
            }
            bytes_done_ += one.bytes;
        }
        fold_.finish();
        progress_.clear();
        return close();
    }

    [[nodiscard]] const BacktestFold& fold() const { return fold_; }
    [[nodiscard]] double seconds() {
        return static_cast<double>(clock_.monotonic_ns() - begun_) / 1e9;
    }
    [[nodiscard]] uint64_t quotes() const { return quotes_; }

 private:
    base::Expected<void> play(LabRun& lab, const Recording& one) {
        auto source = feed::open_source(one.path, one.source.content_hash);
        if (!source) {
            return std::unexpected(source.error());
        }
        SourceData data(std::move(*source));
        if (!data.next_time()) {
            return base::fail(base::ErrorKind::Invalid, one.path + " holds no market data");
        }
        bytes_day_ = one.bytes;
        fold_.begin_day(data.info());
        lab.run(data);
        fold_.end_day(data.refused());
        auto& day = fold_.days().back();
        day.is_complete = one.is_complete;
        day.damage = one.damage;
        log_.line(domain::to_text(day.date) + "  " + day.recording + "  " +
                  std::to_string(day.quotes) + " quotes  " + std::to_string(day.closed) +
                  " trades  net " + plain_rupees(day.net()) + "  equity " + plain_rupees(day.end) +
                  "\n");
        return {};
    }

    void take(const domain::Message& message) {
        fold_.add(message);
        if (const auto* batch = std::get_if<domain::QuoteBatch>(&message.payload)) {
            quotes_ += batch->quotes.size();
            if ((++batches_ & 0x3FFU) == 0) {
                show(message.meta.known_time);
            }
        } else if (const auto* alert = std::get_if<domain::Alert>(&message.payload)) {
            log_.line(domain::to_text(base::ist_date(message.meta.known_time)) + " " +
                      wire::ist_clock_ms(message.meta.known_time) + "  " +
                      std::string(wire::text_of(alert->severity)) + "  " +
                      wire::sentence(alert->reason) + "\n");
        }
    }

    void show(Timestamp now) {
        const int64_t at = clock_.monotonic_ns();
        if (!progress_.is_due(at)) {
            return;
        }
        const double done =
            static_cast<double>(bytes_done_) + static_cast<double>(bytes_day_) * part_of_day(now);
        const double part = bytes_all_ > 0 ? done / static_cast<double>(bytes_all_) : 0.0;
        progress_.draw(at, progress_text(now, part, day_, days_, quotes_, seconds()));
    }

    base::Expected<void> close() {
        for (auto* file : {&ledger_, &equity_, &log_}) {
            if (auto closed = file->close(); !closed) {
                return closed;
            }
        }
        return {};
    }

    service::SystemClock clock_;
    BacktestFold fold_;
    TableFile ledger_;
    TableFile equity_;
    TableFile log_;
    ProgressLine progress_;
    int64_t begun_ = 0;
    uint64_t quotes_ = 0;
    uint64_t batches_ = 0;
    uint64_t bytes_all_ = 0;
    uint64_t bytes_done_ = 0;
    uint64_t bytes_day_ = 0;
    std::size_t day_ = 0;
    std::size_t days_ = 0;
};

base::Expected<service::Ingredients> ingredients_of(const BacktestOptions& options,
                                                    std::vector<Recording>& recordings) {
    service::Environment environment;
    environment.name = fs::path(options.out).filename().string();
    environment.kind = "lab";
    environment.directory = options.out;
    environment.config = options.config;
    environment.rules = options.rules;
    environment.window = base::milliseconds(options.window_ms);
    const auto hash = service::hash_configuration(options.config, options.rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    environment.config_hash = *hash;
    auto ingredients = service::gather(std::move(environment));
    if (!ingredients) {
        return ingredients;
    }
    auto found = find_recordings(options.data, ingredients->underlyings);
    if (!found) {
        return std::unexpected(found.error());
    }
    recordings = std::move(*found);
    auto account = ingredients->settings.text("account");
    if (!account) {
        return std::unexpected(account.error());
    }
    auto& made = ingredients->environment;
    made.account = *account;
    made.run = service::replay_run(data_hash_of(recordings), made.config_hash, made.window);
    ingredients->database_id = service::database_id_of(made.run, domain::Service::Execution);
    return ingredients;
}

// A misspelt key of what the laboratory runs: the run would not be of what its owner means.
base::Expected<void> check_keys(const settings::Settings& settings, const std::string& account) {
    for (const auto& key : settings.unread()) {
        for (const std::string& part :
             {std::string("bot"), "accounts." + account + ".", std::string("risk."),
              std::string("execution."), std::string("paper_venue."), std::string("ml."),
              std::string("strategy."), std::string("feed.")}) {
            if (key.starts_with(part)) {
                return std::unexpected(settings.refuse(
                    key, "there is no such setting; is it misspelt? `sauda doctor` lists them"));
            }
        }
    }
    return {};
}

void judge_trust(RunManifest& manifest, const BacktestFold& fold) {
    const auto doubt = [&](std::string why) { manifest.untrusted.push_back(std::move(why)); };
    if (!fold.books_balance()) {
        doubt("the books do not balance");
    }
    uint64_t modelled = 0;
    uint64_t fills = 0;
    for (const auto& day : fold.days()) {
        modelled += day.modelled_fills;
        fills += day.fills;
        if (!day.is_complete || !day.damage.empty()) {
            doubt("the recording of " + domain::to_text(day.date) + " was not ended in order" +
                  (day.damage.empty() ? "" : ": " + day.damage));
        }
    }
    if (modelled > 0) {
        doubt(std::to_string(modelled) + " of " + std::to_string(fills) +
              " fills are against modelled sides, not observed ones");
    }
}

// Into options.out, which exists.
int run_into(const BacktestOptions& options) {
    std::vector<Recording> recordings;
    const auto ingredients = ingredients_of(options, recordings);
    if (!ingredients) {
        return complain(ingredients.error());
    }
    auto manifest = make_manifest(*ingredients, recordings);
    if (!manifest) {
        return complain(manifest.error());
    }
    auto lab = make_lab_run(*ingredients);
    if (!lab) {
        return complain(lab.error());
    }
    if (auto known = check_keys(ingredients->settings, ingredients->environment.account); !known) {
        return complain(known.error());
    }
    Runner runner(*ingredients, options.out, options.is_quiet);
    if (auto ran = runner.run(**lab, recordings); !ran) {
        return complain(ran.error());
    }
    manifest->result_hash = base::to_hex((*lab)->hash().value());
    manifest->trials = options.trials;
    judge_trust(*manifest, runner.fold());
    const auto figures = figures_of(runner.fold(), options.trials);
    if (auto written = write_run(options.out, runner.fold(), figures, *manifest); !written) {
        return complain(written.error());
    }
    const bool is_balanced = runner.fold().books_balance();
    std::fputs(result_text(figures, *manifest, is_balanced).c_str(), stdout);
    std::printf("Report    %s\n", (fs::path(options.out) / "report.html").string().c_str());
    std::fprintf(stderr, "%s quotes in %.2f s, %.2f M/s\n",
                 wire::grouped(static_cast<int64_t>(runner.quotes())).c_str(), runner.seconds(),
                 static_cast<double>(runner.quotes()) / std::max(runner.seconds(), 1e-9) / 1e6);
    return is_balanced ? 0 : 1;
}

}  // namespace

int run_backtest(const BacktestOptions& asked) {
    BacktestOptions options = asked;
    const auto folder = make_run_folder(asked.out, asked.var);
    if (!folder) {
        return complain(folder.error());
    }
    options.out = *folder;
    const int code = run_into(options);
    std::error_code error;
    fs::remove(options.out, error);  // only if nothing was written into it
    return code;
}

}  // namespace sauda::lab
