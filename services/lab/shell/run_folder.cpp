#include "services/lab/shell/run_folder.h"

#include "common/wire/format.h"
#include "services/lab/shell/report_json.h"
#include "services/lab/shell/report_page.h"
#include "services/lab/shell/run_tables.h"

#include <filesystem>

namespace sauda::lab {

namespace {

namespace fs = std::filesystem;

base::Expected<void> write_text(const fs::path& path, const std::string& text) {
    TableFile file(path.string(), text);
    return file.close();
}

std::string percent(const std::optional<double>& ratio) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", ratio.value_or(0.0) * 100.0);
    return ratio ? text : "unknown";
}

std::string plain(const std::optional<double>& value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value.value_or(0.0));
    return value ? text : "unknown";
}

}  // namespace

base::Expected<std::string> make_run_folder(const std::string& wanted, const std::string& var) {
    std::error_code error;
    fs::path folder = wanted;
    for (int n = 1; wanted.empty(); ++n) {
        char name[32];
        std::snprintf(name, sizeof name, "backtest-%04d", n);
        folder = fs::path(var) / "lab" / name;
        if (!fs::exists(folder, error)) {
            break;
        }
    }
    if (fs::exists(folder / "manifest.json", error)) {
        return base::fail(base::ErrorKind::Conflict,
                          folder.string() + " holds a run already; name another folder with --out");
    }
    fs::create_directories(folder, error);
    if (error) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot make the folder " + folder.string() + ": " + error.message());
    }
    return folder.string();
}

base::Expected<void> write_run(const std::string& folder, const BacktestFold& fold,
                               const BacktestFigures& figures, const RunManifest& manifest) {
    const auto texts = report_json(fold, figures, manifest);
    const fs::path into = folder;
    for (const auto& [name, text] :
         {std::pair<std::string, std::string>{"summary.json", texts.summary},
          {"report.json", texts.all},
          {"report.html", report_page("Sauda backtest " + manifest.name, texts.all)},
          {"trades.csv", trades_table(fold)},
          {"days.csv", days_table(fold)},
          {"manifest.json", manifest_text(manifest)}}) {
        if (auto written = write_text(into / name, text); !written) {
            return written;
        }
    }
    return {};
}

std::string result_text(const BacktestFigures& f, const RunManifest& manifest, bool books_balance) {
    std::string out;
    for (const auto& why : manifest.untrusted) {
        out += "NOT TO BE TRUSTED: " + why + "\n";
    }
    const auto& first = manifest.recordings.front().source.date;
    const auto& last = manifest.recordings.back().source.date;
    out += "Backtest  " + std::to_string(manifest.recordings.size()) + " days, " +
           wire::ist_date_text(first) + " to " + wire::ist_date_text(last) + "   account " +
           manifest.account + "\n";
    out += "Money     start " + wire::rupees(f.start) + "  net " + wire::rupees(f.net) + "  end " +
           wire::rupees(f.end) + "   gross " + wire::rupees(f.trades.gross) + "  charges " +
           wire::rupees(f.charges.total()) + "\n";
    out += "Trades    " + std::to_string(f.trades.trades) + "  won " + percent(f.trades.win_rate) +
           "  profit factor " + plain(f.trades.profit_factor) + "  expectancy " +
           plain(f.trades.expectancy) + " rupees\n";
    out += "Risk      Sharpe " + plain(f.sharpe) +
           " (probability above 0: " + percent(f.confidence) + "; deflated for " +
           std::to_string(f.trials) + (f.trials == 1 ? " trial: " : " trials: ") +
           percent(f.deflated) + ")  drawdown " + wire::rupees(f.drawdown) + "  peak margin " +
           wire::rupees(f.margin_peak) + "\n";
    out += "Beside    nothing 0.00" +
           (f.straddle_days > 0
                ? ";  one lot of the 09:30 straddle sold until 15:10, " +
                      std::to_string(f.straddle_days) + " days: " + wire::rupees(f.straddle_sale)
                : std::string()) +
           "\n";
    out += std::string("Books     ") +
           (books_balance ? "balance" : "DO NOT BALANCE: no figure above is to be believed") +
           "   result hash " + manifest.result_hash + "\n";
    return out;
}

}  // namespace sauda::lab
