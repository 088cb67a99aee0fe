#include "common/margin/straddle_volatility.h"
#include "common/market/load_rules.h"
#include "tests/support/documented_table.h"
#include "tests/unit/common/margin/margin_cases.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

// The exchange's own risk arrays of two days, four expiries and 192 contracts against ours, made
// from nothing but the dated rules and the index close of the day before.
using namespace sauda::margin;
using namespace sauda::margin::test;
using sauda::test::documented_table;

namespace {

const char* kPage = "docs/accuracy/margin.md";

struct Row {
    ContractId contract;
    Date date;
    Price price;  // settlement, the cap of a loss
    double scan_range = 0;
    double volatility_range = 0;
    double volatility = 0;
    std::array<double, kScenarios> loss{};
    double composite_delta = 0;
};

// The index closed at these the day before; both public.
Price close_before(Date date) {
    return Price::from_paise(date == sauda::base::date_of(2021, 1, 4) ? 1'401'850 : 2'462'505);
}

std::string source_dir() { return std::getenv("SAUDA_SOURCE_DIR"); }

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

// One row of each contract; the sample repeats them by the hour.
std::vector<Row> rows() {
    const char* configured = std::getenv("SAUDA_TEST_DATA");
    const std::string data = configured != nullptr ? configured : source_dir() + "/../shared/data";
    std::ifstream in(data + "/expiry_lots_gold/nifty_gold_sample.csv");
    std::string line;
    std::getline(in, line);
    std::map<std::string, std::size_t> column;
    for (const auto& name : cells_of(line)) {
        column.emplace(name, column.size());
    }
    std::map<std::pair<Date, ContractId>, Row> unique;
    while (std::getline(in, line)) {
        const auto cells = cells_of(line);
        const auto text = [&](const std::string& name) { return cells.at(column.at(name)); };
        const auto number = [&](const std::string& name) { return std::stod(text(name)); };
        const auto paise = [&](const std::string& name) {
            return Price::from_paise(std::llround(number(name) * 100));
        };
        Row row;
        row.date = *parse_date(text("trade_date"));
        row.contract = ContractId::option(
            Exchange::NSE, Underlying::NIFTY,
            text("option_type") == "CALL" ? ContractKind::Call : ContractKind::Put,
            *parse_date(text("actual_expiry_date")), paise("strike"));
        row.price = paise("span_price");
        row.scan_range = number("span_price_scan_range");
        row.volatility_range = number("span_vol_scan_range");
        row.volatility = number("span_implied_vol");
        row.composite_delta = number("span_composite_delta");
        for (std::size_t i = 0; i < kScenarios; ++i) {
            row.loss[i] = number("span_s" + std::to_string(i + 1));
        }
        unique[{row.date, row.contract}] = row;
    }
    std::vector<Row> result;
    for (const auto& [key, row] : unique) {
        result.push_back(row);
    }
    return result;
}

Conditions conditions_of(Date date) {
    static const auto rules = sauda::market::load_rules(source_dir() + "/deploy/market");
    REQUIRE(rules);
    const auto p = rules->margin_parameters(Exchange::NSE, Underlying::NIFTY, date);
    REQUIRE(p);
    return {close_before(date), date, p->volatility, p->rate, *p};
}

// Differences of one contract in per cent of the exchange's scan range, by scenario.
std::array<double, kScenarios> errors_of(const Row& row, const Conditions& conditions) {
    const auto array = risk_array(row.contract, conditions);
    std::array<double, kScenarios> errors{};
    for (std::size_t i = 0; i < kScenarios; ++i) {
        const double ours = capped_loss(array, i, row.price).rupees();
        errors[i] = 100 * std::abs(ours - row.loss[i]) / row.scan_range;
    }
    return errors;
}
double largest(const std::array<double, kScenarios>& errors) {
    return *std::max_element(errors.begin(), errors.end());
}

// Of the largest error of each contract.
struct Distribution {
    std::vector<double> sorted;
    void add(double error) {
        sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), error), error);
    }
    [[nodiscard]] double quantile(double share) const {
        const auto last = static_cast<double>(sorted.size() - 1);
        return sorted[static_cast<std::size_t>(std::ceil(share * last))];
    }
    [[nodiscard]] double share_within(double limit) const {
        const auto inside = std::upper_bound(sorted.begin(), sorted.end(), limit) - sorted.begin();
        return 100.0 * static_cast<double>(inside) / static_cast<double>(sorted.size());
    }
};

std::string text(const char* format, double value) {
    char buffer[64];
    std::snprintf(buffer, sizeof(buffer), format, value);
    return buffer;
}

std::string line_of(const Distribution& d) {
    return std::to_string(d.sorted.size()) + " | " + text("%.4f %%", d.quantile(0.5)) + " | " +
           text("%.4f %%", d.quantile(0.95)) + " | " + text("%.4f %%", d.sorted.back()) + " | " +
           text("%.0f %%", d.share_within(1.0)) + " | " + text("%.0f %%", d.share_within(3.0)) +
           " |\n";
}
const char* kHead = "contracts | median | 95th percentile | largest | within 1 % | within 3 % |\n";

// The volatility the settlement prices of the expiry's strike nearest to the close imply.
int64_t market_volatility(const std::vector<Row>& all, const Row& row, int64_t rate) {
    const Price close = close_before(row.date);
    std::map<Price, std::pair<Price, Price>> straddles;
    for (const auto& other : all) {
        if (other.date == row.date && other.contract.expiry() == row.contract.expiry()) {
            auto& both = straddles[other.contract.strike()];
            (other.contract.kind() == ContractKind::Call ? both.first : both.second) = other.price;
        }
    }
    const auto nearest =
        std::min_element(straddles.begin(), straddles.end(), [&](const auto& a, const auto& b) {
            return (a.first - close).abs() < (b.first - close).abs();
        });
    const auto call_id = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                                            row.contract.expiry(), nearest->first);
    const auto found =
        straddle_volatility(call_id, nearest->second.first, nearest->second.second, row.date, rate);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("our risk arrays are the exchange's, all sixteen scenarios of every contract") {
    const auto all = rows();
    if (all.empty()) {
        WARN("skipped: expiry_lots_gold is not there (SAUDA_TEST_DATA)");
        return;
    }
    CHECK(all.size() == 192);
    std::map<std::pair<Date, Date>, Distribution> by_expiry;
    Distribution whole;
    std::array<double, kScenarios> by_scenario{};
    std::array<double, kScenarios> by_scenario_rupees{};
    double worst_delta = 0;
    for (const auto& row : all) {
        const auto conditions = conditions_of(row.date);
        CHECK(price_scan_range(conditions, row.contract.expiry()).rupees() ==
              Approx(row.scan_range).margin(0.1));
        CHECK(volatility_scan_range(conditions) == Approx(row.volatility_range));
        CHECK(static_cast<double>(conditions.volatility) / 1e6 == Approx(row.volatility));
        const auto errors = errors_of(row, conditions);
        for (std::size_t i = 0; i < kScenarios; ++i) {
            by_scenario[i] = std::max(by_scenario[i], errors[i]);
            by_scenario_rupees[i] =
                std::max(by_scenario_rupees[i], errors[i] * row.scan_range / 100);
        }
        by_expiry[{row.date, row.contract.expiry()}].add(largest(errors));
        whole.add(largest(errors));
        const double delta = static_cast<double>(risk_array(row.contract, conditions).delta) / 1e6;
        worst_delta = std::max(worst_delta, std::abs(delta - row.composite_delta));
    }
    CHECK(whole.share_within(1.0) == 100.0);
    CHECK(whole.sorted.back() < 0.02);  // that is half a rupee of 2,290
    CHECK(worst_delta < 0.002);

    std::string table =
        std::string("| risk file of | expiry | ") + kHead + "|---|---|---|---|---|---|---|---|\n";
    for (const auto& [key, distribution] : by_expiry) {
        table +=
            "| " + to_text(key.first) + " | " + to_text(key.second) + " | " + line_of(distribution);
    }
    table += "| all | | " + line_of(whole);
    CHECK(documented_table(kPage, "distribution", table) == "");
    std::string scenarios =
        "| scenario | largest error, rupees | of the scan range |\n|---|---|---|\n";
    for (std::size_t i = 0; i < kScenarios; ++i) {
        scenarios += "| " + std::to_string(i + 1) + " | " + text("%.2f", by_scenario_rupees[i]) +
                     " | " + text("%.4f %%", by_scenario[i]) + " |\n";
    }
    CHECK(documented_table(kPage, "scenarios", scenarios) == "");
    std::printf("%s%s", table.c_str(), scenarios.c_str());
}

TEST_CASE("what other inputs would do to the arrays is known") {
    const auto all = rows();
    if (all.empty()) {
        WARN("skipped: expiry_lots_gold is not there (SAUDA_TEST_DATA)");
        return;
    }
    Distribution market;
    Distribution rate;
    Distribution stale_volatility;
    Distribution moved;
    for (const auto& row : all) {
        const auto known = conditions_of(row.date);
        auto changed = known;
        changed.volatility = market_volatility(all, row, known.rate);
        market.add(largest(errors_of(row, changed)));
        changed = known;
        changed.rate = known.rate + 10'000;
        rate.add(largest(errors_of(row, changed)));
        changed = known;
        changed.volatility = known.volatility - 10'000;
        stale_volatility.add(largest(errors_of(row, changed)));
        changed = known;
        changed.underlying = known.underlying.scaled(101, 100);
        moved.add(largest(errors_of(row, changed)));
    }
    const std::string table = std::string("| instead of the exchange's | ") + kHead +
                              "|---|---|---|---|---|---|---|\n" +
                              "| volatility: the straddle's at settlement | " + line_of(market) +
                              "| volatility: one point less | " + line_of(stale_volatility) +
                              "| rate: one point more | " + line_of(rate) +
                              "| underlying: one per cent higher | " + line_of(moved);
    std::printf("%s", table.c_str());
    CHECK(documented_table(kPage, "inputs", table) == "");
    CHECK(market.sorted.back() < 10.0);
    CHECK(stale_volatility.sorted.back() < 3.0);
    CHECK(rate.sorted.back() < 1.1);
}
