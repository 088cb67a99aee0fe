#include "services/cli/shell/why_text.h"

#include "archive_of.h"

using namespace sauda;
using namespace sauda::cli;
using namespace sauda::cli::test;

namespace {

bool says(const std::string& text, const std::string& words) {
    const bool is_there = text.find(words) != std::string::npos;
    if (!is_there) {
        UNSCOPED_INFO("missing: " << words << "\nin:\n" << text);
    }
    return is_there;
}

}  // namespace

TEST_CASE("The story of a stopped straddle reads as a trader would tell it") {
    const auto archive = straddle_with_stop();
    const Words words{archive.book(), {{"straddle", "straddle sells the money"}}};
    const auto text = story_text(*archive.book().find(1), words, parse_child("G1x.0.0.0"));
    CHECK(says(text, "TRADE G1   bot straddle, short premium, account standard, Fri 29-Aug-2025"));
    CHECK(says(text, "net -3,154.40 = gross -3,060.00 - charges 94.40"));
    CHECK(says(text, "forward 24,569.00"));
    CHECK(says(text, "message J/feed/md/NIFTY/2"));
    CHECK(says(text, "none: the bot went by its own rules"));
    CHECK(says(text, "straddle sells the money"));
    CHECK(says(text,
               "sell 1 lot (75) NIFTY 24550 CE 02-Sep at 117.20 or better   "
               "(it saw 117.30 / 117.40)"));
    CHECK(says(text, "stop at a loss of 3,000.00 (40.00 points a unit)"));
    CHECK(says(text, "What risk said: approved, decision 1 at 09:16:00.010, 1 of 1 checks passed"));
    CHECK(says(text, "G1.0.0.0    filled: 1 lot (75) at 117.30; -0.05 a unit against the mid"));
    CHECK(says(text, "trade exit started: P&L -3,060.00 before charges (level -3,000.00)"));
    CHECK(says(text, "[EXIT_STOP"));
    CHECK(says(text, "=> 09:25:00.100  G1x.0.0.0   placed: buy 1 lot (75)"));
    CHECK(says(text, "together"));
    CHECK_FALSE(says(text, "=> 09:25:00.100  G1x.1.0.0"));
}

TEST_CASE("The story of a denied intent shows the check that failed, its value and limit") {
    Archive archive;
    const auto seen = archive.quote(at(60), {{call(24550), 11'730}, {put(24550), 9'680}});
    const auto wish = archive.intent(at(60), straddle_intent(4), {seen});
    archive.decide(at(60, 10), straddle_intent(4), Verdict::Denied, wish);
    const Words words{archive.book(), {}};
    const auto text = story_text(*archive.book().find(4), words, {});
    CHECK(says(text, "INTENT 4, DENIED"));
    CHECK(says(text, "It was denied; nothing was sent."));
    CHECK(says(text, "The number of trades today would be 6, above the limit of 5."));
    CHECK(says(text, "FAILED  not too many trades were made today"));
    CHECK(says(text, "TRADES_PER_DAY_MAXIMUM"));
    CHECK_FALSE(says(text, "\nORDERS"));
    CHECK(says(denied_text(archive.book()), "The number of trades today would be 6"));
    CHECK(says(list_text(archive.book()), "denied"));
}

TEST_CASE("Trailing levels are told with where the stop stands") {
    auto archive = straddle_with_stop();
    Intent trailing = straddle_intent(2);
    trailing.exits.trailing_trigger = rupees(2000);
    trailing.exits.trailing_distance = rupees(1000);
    const auto wish = archive.intent(at(700), trailing, {});
    archive.decide(at(700), trailing, Verdict::Approved, wish);
    archive.group(at(710), GroupEventKind::TrailRaised, GroupState::Open, 2, {}, {}, rupees(2500),
                  rupees(2500));
    const Words words{archive.book(), {}};
    CHECK(says(story_text(*archive.book().find(2), words, {}),
               "best P&L +2,500.00, the trailing stop now stands at +1,500.00"));
}

TEST_CASE("A contract carries the year only when it is another one") {
    const auto next_year =
        ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Put,
                           base::date_of(2026, 1, 27), Price::from_paise(2'455'050));
    CHECK(contract_words(call(24550), kDay) == "NIFTY 24550 CE 02-Sep");
    CHECK(contract_words(next_year, kDay) == "NIFTY 24550.50 PE 27-Jan-2026");
}

TEST_CASE("Millionths are written as decimals without trailing zeros") {
    CHECK(millionths(812) == "0.000812");
    CHECK(millionths(-2'518'316) == "-2.518316");
    CHECK(millionths(62'130'000) == "62.13");
    CHECK(millionths(0) == "0");
}

TEST_CASE("An archive without trades says so") {
    const Archive archive;
    CHECK(says(list_text(archive.book()), "No bot has asked for a trade yet."));
    CHECK(says(denied_text(archive.book()), "Nothing was denied."));
}
