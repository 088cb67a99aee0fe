#include "tests/unit/common/options/chain_recording.h"

#include "common/options/parity_forward.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>

namespace sauda::options {
namespace {

constexpr double kRate = 0.06;  // a year; the fits hardly depend on it

std::filesystem::path recording() {
    const char* data = std::getenv("SAUDA_TEST_DATA");
    const auto root =
        data != nullptr ? std::filesystem::path(data)
                        : std::filesystem::path(std::getenv("SAUDA_SOURCE_DIR")) / "../shared/data";
    return root / "nse_chain_20250829/NIFTY_20250829_fullchain_65s.csv.zst";
}

struct Close {
    int operator()(std::FILE* pipe) const { return pclose(pipe); }
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

// Days since 1970-01-01 of "02-Sep-2025".
int days_of(const std::string& date) {
    const std::string months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const int month = static_cast<int>(months.find(date.substr(3, 3)) / 3) + 1;
    const int year = std::atoi(date.substr(7, 4).c_str()) - (month <= 2 ? 1 : 0);
    const int shifted = (month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 +
           std::atoi(date.substr(0, 2).c_str()) - 719469;
}

bool finish(RecordedExpiry& expiry) {
    expiry.discount = std::exp(-kRate * expiry.minutes / kMinutesOfYear);
    const auto forward = parity_forward(expiry.strikes, expiry.discount);
    expiry.forward = forward ? forward->forward : 0.0;
    return forward.has_value();
}

using Snapshot = std::map<int, RecordedExpiry>;  // by day of expiry

void flush(Snapshot& snapshot, std::vector<std::vector<RecordedExpiry>>& out) {
    std::vector<RecordedExpiry> chain;
    for (auto& [day, expiry] : snapshot) {
        std::map<double, StrikeQuotes> sorted;
        for (const StrikeQuotes& s : expiry.strikes) {
            sorted[s.strike] = s;
        }
        expiry.strikes.clear();
        for (const auto& [strike, s] : sorted) {
            expiry.strikes.push_back(s);
        }
        if (finish(expiry)) {
            chain.push_back(std::move(expiry));
        }
    }
    if (!chain.empty()) {
        out.push_back(std::move(chain));
    }
    snapshot.clear();
}

}  // namespace

std::vector<std::vector<RecordedExpiry>> recorded_chains(std::size_t every) {
    std::vector<std::vector<RecordedExpiry>> out;
    if (!std::filesystem::exists(recording())) {
        return out;
    }
    const std::string command = "zstd -dcq '" + recording().string() + "'";
    const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
    std::string stamp;
    std::size_t seen = 0;
    Snapshot snapshot;
    char buffer[1024];
    bool is_header = true;
    while (std::fgets(buffer, sizeof buffer, pipe.get()) != nullptr) {
        const auto c = cells_of(buffer);
        if (is_header || c.size() < 25) {
            is_header = false;
            continue;
        }
        if (c[0] != stamp) {
            flush(snapshot, out);
            stamp = c[0];
            ++seen;
        }
        if ((seen - 1) % every != 0) {
            continue;
        }
        const int day = days_of(c[2]);
        RecordedExpiry& expiry = snapshot[day];
        expiry.name = c[2];
        const double clock = 60.0 * number(c[0].substr(12, 2)) + number(c[0].substr(15, 2)) +
                             number(c[0].substr(18, 2)) / 60.0;
        expiry.minutes = 1440.0 * (day - days_of(c[0])) + 930.0 - clock;
        expiry.strikes.push_back(
            {number(c[13]), number(c[10]), number(c[11]), number(c[21]), number(c[22])});
    }
    flush(snapshot, out);
    return out;
}

}  // namespace sauda::options
