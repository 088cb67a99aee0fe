// The smiles of the recorded NIFTY chain of 29 August 2025, every tenth snapshot.
#include "common/options/quote_arbitrage.h"
#include "common/options/smile_measures.h"
#include "common/options/vix_index.h"
#include "tests/support/documented_table.h"
#include "tests/unit/common/options/chain_recording.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace sauda::options;

namespace {

constexpr const char* kPage = "docs/accuracy/options.md";

const std::vector<std::vector<RecordedExpiry>>& chains() {
    static const auto kChains = recorded_chains(10);
    if (kChains.empty()) {
        WARN("skipped: the recording of 2025-08-29 is not there (SAUDA_TEST_DATA)");
    }
    return kChains;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// What the fits of one expiry came to over the day.
struct Fits {
    std::vector<double> points;
    std::vector<double> errors;  // vol points
    std::vector<double> ticks;
    std::vector<double> at_the_money;
    std::vector<double> skew;
    int repaired = 0;
    int lifted = 0;
    int none = 0;
};

void check_free(const Smile& smile, const std::optional<Smile>& earlier) {
    const double width = smile.quoted.high - smile.quoted.low;
    double least = 1.0;
    for (int i = -500; i <= 1500; ++i) {
        const double k = smile.quoted.low + width * i / 1000.0;
        least = std::min(least, durrleman(variance_at(smile.svi, k), k));
    }
    CHECK(least >= 0.0);
    if (earlier) {
        const KRange range = earlier->quoted;
        double gap = 1.0;
        for (int i = 0; i <= 1000; ++i) {
            const double k = range.low + (range.high - range.low) * i / 1000.0;
            gap = std::min(gap, total_variance(smile.svi, k) - total_variance(earlier->svi, k));
        }
        CHECK(gap >= 0.0);
    }
}

void fit_chain(const std::vector<RecordedExpiry>& chain, std::map<double, std::string>& order,
               std::map<std::string, Fits>& fits) {
    std::vector<SmilePoint> points;
    std::optional<Smile> earlier;
    for (const RecordedExpiry& expiry : chain) {
        const ExpiryQuotes quotes = expiry.quotes();
        smile_points(quotes, points);
        Fits& row = fits[expiry.name];
        order.emplace(expiry.minutes, expiry.name);
        const auto smile =
            fit_smile(points, quotes.forward, quotes.years, earlier ? &*earlier : nullptr);
        if (!smile) {
            ++row.none;
            continue;
        }
        check_free(*smile, earlier);
        const SmileMeasures measures = measures_of(*smile);
        row.points.push_back(smile->points);
        row.errors.push_back(100.0 * smile->median_error);
        row.ticks.push_back(smile->median_price_error / 0.05);
        row.at_the_money.push_back(100.0 * measures.at_the_money);
        row.skew.push_back(100.0 * measures.skew);
        row.repaired += smile->butterfly_repaired ? 1 : 0;
        row.lifted += smile->calendar_repaired ? 1 : 0;
        earlier = *smile;
    }
}

}  // namespace

TEST_CASE("The smiles of the recording are free of arbitrage and near its quotes") {
    std::map<double, std::string> order;
    std::map<std::string, Fits> fits;
    for (const auto& chain : chains()) {
        fit_chain(chain, order, fits);
    }
    if (fits.empty()) {
        return;
    }
    std::string table =
        "| expiry | fits | none | strikes | error, vol points | error, ticks | ATM | 25-delta skew "
        "| butterfly repaired | calendar repaired |\n|---|---|---|---|---|---|---|---|---|---|\n";
    std::vector<std::string> names;
    for (const auto& [minutes, name] : order) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    for (const std::string& name : names) {
        const Fits& row = fits[name];
        char text[256];
        if (row.errors.empty()) {
            std::snprintf(text, sizeof text, "| %s | 0 | %d | | | | | | | |\n", name.c_str(),
                          row.none);
        } else {
            std::snprintf(text, sizeof text,
                          "| %s | %zu | %d | %.0f | %.2f | %.0f | %.1f %% | %.1f | %d | %d |\n",
                          name.c_str(), row.errors.size(), row.none, median(row.points),
                          median(row.errors), median(row.ticks), median(row.at_the_money),
                          median(row.skew), row.repaired, row.lifted);
        }
        table += text;
    }
    for (std::size_t i = 0; i < 5; ++i) {  // the liquid ones
        CHECK(fits[names[i]].none == 0);
        CHECK(median(fits[names[i]].errors) < 0.30);
    }
    CHECK(sauda::test::documented_table(kPage, "smile fits", table) == "");
}

TEST_CASE("What the raw quotes of the recording violate is counted with its strikes") {
    std::map<std::string, int> counts;
    std::map<std::string, double> largest;
    std::size_t quotes = 0;
    std::vector<QuoteViolation> found;
    for (const auto& chain : chains()) {
        for (std::size_t i = 0; i < chain.size(); ++i) {
            found.clear();
            find_quote_violations(chain[i].quotes(), found);
            if (i > 0) {
                find_calendar_violations(chain[i - 1].quotes(), chain[i].quotes(), found);
            }
            quotes += chain[i].strikes.size();
            for (const QuoteViolation& v : found) {
                const std::string kind(to_text(v.kind));
                ++counts[kind];
                largest[kind] = std::max(largest[kind], v.amount);
                CHECK(std::any_of(chain[i].strikes.begin(), chain[i].strikes.end(),
                                  [&](const StrikeQuotes& s) { return s.strike == v.strike; }) ==
                      true);
            }
        }
    }
    if (quotes == 0) {
        return;
    }
    std::string table = "| violation | strikes | largest |\n|---|---|---|\n";
    for (const auto& [kind, count] : counts) {
        char row[96];
        const bool is_calendar = kind == "calendar";
        std::snprintf(row, sizeof row,
                      is_calendar ? "| %s | %d | %.6f of variance |\n" : "| %s | %d | Rs %.2f |\n",
                      kind.c_str(), count, largest[kind]);
        table += row;
    }
    table += "| strikes looked at | " + std::to_string(quotes) + " | |\n";
    CHECK(sauda::test::documented_table(kPage, "raw quote violations", table) == "");
}

TEST_CASE("The volatility index of the recording is near the smiles it is made of") {
    for (const auto& chain : chains()) {
        const auto near = std::find_if(chain.begin(), chain.end(), [](const RecordedExpiry& e) {
            return e.name == "30-Sep-2025";
        });
        REQUIRE(near + 1 < chain.end());
        std::vector<SmilePoint> points;
        smile_points(near->quotes(), points);
        const auto smile = fit_smile(points, near->forward, near->quotes().years);
        const auto index = vix_index(near->quotes(), (near + 1)->quotes());
        REQUIRE((smile && index));
        const double at_the_money = 100.0 * smile->volatility_at(0.0);
        CHECK(*index > at_the_money);  // a smile adds variance
        CHECK(*index < 1.3 * at_the_money);
    }
}
