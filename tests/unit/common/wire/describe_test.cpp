#include "common/wire/describe.h"

#include "common/wire/text_check.h"
#include "tests/unit/common/wire/filler.h"
#include "tests/unit/common/wire/samples.h"

#include <catch2/catch.hpp>

using namespace sauda;
using namespace samples;

namespace {
std::string text(const Payload& payload) {
    return wire::describe(Message{StreamId::None, 1, meta(), payload});
}
}  // namespace

TEST_CASE("describe: messages read as a trader would say them", "[unit][wire]") {
    CHECK(text(quotes()) == "NIFTY: 2 quotes");
    CHECK(text(QuoteBatch{Underlying::NIFTY, {quote()}}) ==
          "NSE:NIFTY:2025-09-02:24550:CE: bid 118.55, ask 118.60, last 118.60");
    CHECK(text(bars()) == "NIFTY: 2 bars of 1m00s from 09:24:00");
    CHECK(text(instruments()) == "2 contracts listed for Fri 29-Aug-2025");
    CHECK(text(source()) ==
          "source nse_chain_20250829: real data, NIFTY, Fri 29-Aug-2025, every 1m05s");
    CHECK(text(signal()) == "signal 7: NIFTY down, score -25 %, confidence 62 %, rules only");
    CHECK(text(intent()) ==
          "bot straddle1 wants to open trade 12: sell 75 NSE:NIFTY:2025-09-02:24500:CE at 118.60, "
          "sell 75 NSE:NIFTY:2025-09-02:24550:CE at 118.60");
    CHECK(text(bot_event()) == "bot straddle1: remembered, trade 12 open, entry 118.60");
    CHECK(text(account_event()) ==
          "account standard: day started, Fri 29-Aug-2025, equity 10,00,000.00 (capital "
          "10,00,000.00, realised 0.00, unrealised 0.00, charges 0.00)");
    CHECK(text(trading_state()) == "account standard is now halted, by operator:asha");
    CHECK(text(position_event()) ==
          "position of straddle1 in NSE:NIFTY:2025-09-02:24550:CE: -75, realised 0.00");
    CHECK(text(order_event()) ==
          "order G12.1.0.2 partly filled: sell 150 NSE:NIFTY:2025-09-02:24550:CE at 118.60, "
          "filled 75 at 118.65, 75 left");
    CHECK(text(group_event()) == "trade 12 of bot straddle1: accepted");
    CHECK(text(ledger_entry()) ==
          "ledger 4, standard: fill, sell 75 NSE:NIFTY:2025-09-02:24550:CE at 118.65, charges "
          "20.00");
    CHECK(text(alert()) ==
          "warning, NIFTY: No market data has come for 3m15s. [FEED_SILENT: duration=3m15s]");
    CHECK(text(command()) == "operator asha: set parameter straddle1, stop = 40, wider today");
    CHECK(text(health()) == "feed is followed, lag 1ms, disk free 50 %, clock off by -20us");
    CHECK(text(ExecutorEvent{"e1"}) == "execution writes to database e1");
}

TEST_CASE("describe: a denial gives the sentence, then the code", "[unit][wire]") {
    auto denied = decision();
    denied.verdict = Verdict::Denied;
    denied.intent.legs.resize(1);
    denied.reason = {ReasonCode::MarginTotal,
                     {{"used", Money::from_rupees(810'000).raw(), Unit::Rupees},
                      {"limit", Money::from_rupees(700'000).raw(), Unit::Rupees}}};
    CHECK(text(denied) ==
          "risk denied intent 12 of bot straddle1 (open): sell 75 NSE:NIFTY:2025-09-02:24500:CE "
          "at 118.60. Total margin would be 8.1 lakh, above the 7 lakh limit. [MARGIN_TOTAL: "
          "used=8,10,000.00, limit=7,00,000.00]");
}

TEST_CASE("describe: each kind of session event has its line", "[unit][wire]") {
    CHECK(text(session(SessionKind::DayStart)) ==
          "NSE: day begins, Fri 29-Aug-2025, until 15:30:00");
    CHECK(text(session(SessionKind::Open)) == "NSE: market open, Fri 29-Aug-2025, until 15:30:00");
    CHECK(text(session(SessionKind::Close)) == "NSE: market closed, Fri 29-Aug-2025");
    CHECK(text(session(SessionKind::Settlement)) ==
          "NIFTY: contracts of Tue 02-Sep-2025 settle at 24,550.00");
    CHECK(text(session(SessionKind::StaleBegin)) == "NIFTY: no fresh data for 3m00s");
    CHECK(text(session(SessionKind::StaleEnd)) == "NIFTY: data fresh again after 3m00s");
    CHECK(text(session(SessionKind::Holiday)) ==
          "NSE: holiday on Fri 29-Aug-2025, Ganesh Chaturthi");
    CHECK(text(session(SessionKind::RunEnd)) == "end of the source");
}

TEST_CASE("describe: deliveries tell whether they were printed", "[unit][wire]") {
    auto d = delivery();
    CHECK(text(d) == "told by console: message 9 of D/risk/decision/: denied");
    d.grouped = 3;
    CHECK(text(d) == "told by console: message 9 of D/risk/decision/ and 2 more: denied");
    d.grouped = 0;
    CHECK(text(d) == "kept for console, to be told with others: message 9 of D/risk/decision/");
}

TEST_CASE("describe: it is one line of text, whatever the message holds", "[unit][wire]") {
    for_each_payload([](const auto& payload) {
        CHECK_FALSE(text(payload).empty());
        CHECK(wire::is_utf8(text(payload)));
        CHECK_FALSE(text(std::decay_t<decltype(payload)>{}).empty());
    });
    auto note = command();
    note.note = "first\nsecond\t\x1B[31mred\x7F";
    CHECK(text(note) ==
          "operator asha: set parameter straddle1, stop = 40, first second  [31mred ");
}
