#include "services/cli/shell/rules_diff.h"

#include "common/market/load_rules.h"
#include "services/cli/shell/rule_facts.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

using namespace sauda;
using namespace sauda::cli;
using namespace sauda::domain;
using base::date_of;

namespace {

const MarketRules& shipped() {
    static const auto rules =
        *market::load_rules(std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/deploy/market");
    return rules;
}

RulesDiff between(Date from, Date to, std::optional<Underlying> underlying = Underlying::NIFTY) {
    return rules_diff({shipped(), from}, {shipped(), to}, underlying);
}

bool says(const std::vector<std::string>& lines, const std::string& words) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("a quiet night changes nothing") {
    const auto diff = between(date_of(2025, 8, 19), date_of(2025, 8, 20));
    CHECK(diff.changes.empty());
    CHECK(diff.alerts.empty());
    const RulesView view{shipped(), date_of(2025, 8, 20)};
    CHECK(diff_text({}, view, view).find("Nothing changes.") != std::string::npos);
}

TEST_CASE("new charges, hours, freeze and lots are told with their source") {
    const auto charges = between(date_of(2026, 3, 30), date_of(2026, 4, 1));
    CHECK(says(charges.changes, "NSE: the charges of options change"));
    CHECK(says(charges.changes, "0.15 % of sales and 0.15 % of exercise"));
    CHECK(says(charges.changes, "[NSE circular of 2026-03-31; NSE/FA/73061]"));
    CHECK(says(charges.changes, "NSE is closed on Tue 31-Mar-2026 (Mahavir Jayanti)"));

    const auto hours = between(date_of(2026, 7, 31), date_of(2026, 8, 3));
    CHECK(says(hours.changes, "NSE: the trading changes"));
    CHECK(says(hours.changes, "to    09:15 to 15:40, the cash index to 15:15"));
    CHECK(says(hours.changes, "closing auction orders 15:20 to 15:25"));
    CHECK(says(hours.changes, "closing auction prices, 15:20 to 15:35"));

    const auto freeze = between(date_of(2025, 8, 29), date_of(2025, 9, 1), Underlying::BANKNIFTY);
    CHECK(says(freeze.changes, "BANKNIFTY: the largest order changes from 600 units"));

    const auto lots = between(date_of(2025, 12, 30), date_of(2025, 12, 31));
    CHECK(says(lots.changes,
               "NIFTY: the next expiry changes from Tue 30-Dec-2025 to Tue "
               "06-Jan-2026"));
    CHECK(says(lots.changes,
               "NIFTY: the lot changes\n      from  75 units, 65 from the expiry of Tue "
               "06-Jan-2026, 75 from the expiry of Mon 30-Mar-2026\n      to    65 units"));
    // Quarterly contracts that run get the new lot, too.
    CHECK(says(lots.alerts,
               "NIFTY: the lot of the contracts of Tue 30-Jun-2026 changes from 75 to "
               "65 while they are open"));
    CHECK_FALSE(says(lots.alerts, "contracts of Tue 27-Jan-2026"));
}

TEST_CASE("the day of an expiry is told with what it adds to the margin") {
    const auto diff = between(date_of(2025, 9, 1), date_of(2025, 9, 2));
    CHECK(says(diff.changes,
               "NIFTY contracts of Tue 02-Sep-2025 expire on that day; short "
               "options of them take 2 % more margin"));
}

TEST_CASE("another lot of a contract that is open is an alert") {
    auto wrong = shipped();
    std::erase_if(wrong.lots, [](const LotRow& row) {
        return row.underlying == Underlying::NIFTY && row.from >= date_of(2026, 1, 1);
    });
    wrong.lots.push_back({Underlying::NIFTY, date_of(2025, 9, 1), units(65)});
    const RulesView before{shipped(), date_of(2025, 8, 28)};
    const RulesView after{wrong, date_of(2025, 8, 29)};
    const auto diff = rules_diff(before, after, Underlying::NIFTY);
    CHECK(says(diff.alerts,
               "NIFTY: the lot of the contracts of Tue 02-Sep-2025 changes from 75 "
               "to 65 while they are open"));
    CHECK(changed_lots(before, after, Underlying::BANKNIFTY).empty());
    CHECK(diff_text(diff, before, after).find("ALERT  NIFTY: the lot") != std::string::npos);
}

TEST_CASE("an index without rules and hours that are not known are alerts") {
    auto bare = shipped();
    std::erase_if(bare.lots,
                  [](const LotRow& row) { return row.underlying == Underlying::SENSEX; });
    const auto diff =
        rules_diff({bare, date_of(2025, 8, 28)}, {bare, date_of(2025, 8, 29)}, std::nullopt);
    REQUIRE(diff.alerts.size() == 1);
    CHECK(diff.alerts[0] ==
          "SENSEX: the lot of Fri 29-Aug-2025 is not known; add the row from "
          "the exchange's circular");
    const auto muhurat = between(date_of(2026, 11, 6), date_of(2026, 11, 9));
    CHECK(says(muhurat.alerts, "NSE: Sun 08-Nov-2026 has a session, Muhurat (hours not known)"));
    const auto next_year = between(date_of(2026, 12, 31), date_of(2027, 1, 1));
    CHECK(says(next_year.alerts, "NSE: no holiday of 2027 is known"));
}

TEST_CASE("a page names every rule of its day and a source for each") {
    const auto page = rules_page(shipped(), date_of(2025, 8, 29), Underlying::NIFTY);
    for (const auto* words :
         {"Rules of Fri 29-Aug-2025", "09:15 to 15:30",
          "lot                             75 units\n", "1,800 units (freeze)",
          "STT or CTT 0.1 % of sales", "Tue 02-Sep-2025", "within 40 % of the reference or 20.00",
          "[NSE/FAOP/64625; quarterlies"}) {
        INFO(words);
        CHECK(page.find(words) != std::string::npos);
    }
    CHECK(page.find("MCX") == std::string::npos);
    for (const auto& fact : rule_facts(shipped(), date_of(2026, 8, 20), std::nullopt)) {
        INFO(fact.subject << " " << fact.name);
        CHECK(fact.is_known);
        CHECK_FALSE(fact.source.empty());
        CHECK_FALSE(fact.value.empty());
    }
}
