#include "common/simulation/simulated_exchange.h"

#include "common/market/load_rules.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace sauda;
using domain::Message;
using domain::Quote;
using domain::QuoteBatch;
using domain::Underlying;
using simulation::SimulatedExchange;
using simulation::SimulationOptions;

namespace {

const domain::MarketRules& rules() {
    static const auto loaded =
        market::load_rules(std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/deploy/market");
    REQUIRE(loaded);
    return *loaded;
}

SimulationOptions small(uint64_t seed = 1) {
    SimulationOptions options;
    options.date = base::date_of(2026, 11, 18);
    options.seed = seed;
    options.underlyings = {Underlying::NIFTY};
    options.strikes_aside = 4;
    options.updates_per_second = 1;
    return options;
}

std::vector<Message> play(const SimulationOptions& options) {
    auto exchange = SimulatedExchange::open(rules(), options);
    REQUIRE(exchange);
    std::vector<Message> messages;
    while (auto message = exchange->next()) {
        messages.push_back(std::move(*message));
    }
    return messages;
}

const std::vector<Quote>& quotes_of(const Message& message) {
    return std::get<QuoteBatch>(message.payload).quotes;
}

std::string problem(const SimulationOptions& options) {
    const auto exchange = SimulatedExchange::open(rules(), options);
    REQUIRE_FALSE(exchange);
    return exchange.error().text;
}

}  // namespace

TEST_CASE("the same options give the same day, another seed another one") {
    const auto one = play(small());
    CHECK(one == play(small()));
    CHECK_FALSE(one == play(small(2)));
}

TEST_CASE("BANKNIFTY beside it does not change NIFTY's day") {
    auto both = small();
    both.underlyings = {Underlying::NIFTY, Underlying::BANKNIFTY};
    auto last_of = [](const std::vector<Message>& messages) {
        std::map<domain::ContractId, domain::Price> last;
        for (const auto& message : messages) {
            for (const auto& quote : quotes_of(message)) {
                if (quote.contract.underlying() == Underlying::NIFTY) {
                    last[quote.contract] = quote.bid;
                }
            }
        }
        return last;
    };
    CHECK(last_of(play(small())) == last_of(play(both)));
}

TEST_CASE("a simulated day is within its hours, on its ticks, in whole lots and in order") {
    const auto options = small();
    const auto day = rules().day(domain::Exchange::NSE, options.date);
    domain::Timestamp known;
    uint64_t quotes = 0;
    bool saw_index = false;
    const auto closing_auction = base::ist(options.date, base::minutes(15 * 60 + 35));
    for (const auto& message : play(options)) {
        REQUIRE(message.meta.known_time >= known);
        known = message.meta.known_time;
        REQUIRE(message.meta.event_time >= day.open - base::minutes(15));
        REQUIRE(message.meta.event_time < day.close);
        for (const auto& quote : quotes_of(message)) {
            ++quotes;
            REQUIRE(quote.event_time <= message.meta.known_time);
            if (quote.contract.kind() == domain::ContractKind::Spot) {
                saw_index = true;
                const bool is_closing = quote.event_time == closing_auction;
                REQUIRE((quote.contract.underlying() != Underlying::NIFTY || is_closing ||
                         quote.event_time < day.spot_close));
                continue;
            }
            const auto instrument = rules().instrument(quote.contract, options.date);
            REQUIRE(instrument);
            REQUIRE(quote.bid.raw() % instrument->tick.raw() == 0);
            REQUIRE(quote.ask.raw() % instrument->tick.raw() == 0);
            REQUIRE(quote.bid_size.raw() % instrument->lot.raw() == 0);
            REQUIRE(quote.volume.raw() % instrument->lot.raw() == 0);
            REQUIRE(quote.open_interest.raw() % instrument->lot.raw() == 0);
            REQUIRE((!quote.is_two_sided() || quote.bid < quote.ask));
        }
    }
    CHECK(saw_index);
    CHECK(quotes > 100'000);
}

TEST_CASE("the auctions of the date are told once, and options wait for the open") {
    struct Day {
        base::Date date;
        bool has_futures_opening;
        bool has_closing;
    };
    for (const auto& [date, has_futures, has_closing] :
         {Day{base::date_of(2025, 8, 29), false, false},
          Day{base::date_of(2026, 1, 8), true, false},
          Day{base::date_of(2026, 11, 18), true, true}}) {
        auto options = small();
        options.date = date;
        options.strikes_aside = 0;
        options.snapshot = base::minutes(60);
        const auto day = rules().day(domain::Exchange::NSE, date);
        std::size_t indices = 0;
        std::size_t futures = 0;
        std::size_t closings = 0;
        for (const auto& message : play(options)) {
            for (const auto& quote : quotes_of(message)) {
                if (quote.contract.underlying() != Underlying::NIFTY) {
                    continue;
                }
                const bool is_early = quote.event_time < day.open;
                const auto kind = quote.contract.kind();
                REQUIRE_FALSE((is_early && quote.contract.is_option()));
                indices += is_early && kind == domain::ContractKind::Spot ? 1 : 0;
                futures += is_early && kind == domain::ContractKind::Future ? 1 : 0;
                closings += kind == domain::ContractKind::Spot && quote.event_time >= day.spot_close
                                ? 1
                                : 0;
            }
        }
        INFO(domain::to_text(date));
        CHECK(indices == 1);
        CHECK(futures == (has_futures ? 3 : 0));
        CHECK(closings == (has_closing ? 1 : 0));
    }
}

TEST_CASE("every expiry the exchange lists is there, by the rules of the date") {
    auto options = small();
    options.strikes_aside = 0;
    options.date = base::date_of(2025, 8, 29);
    options.underlyings = {Underlying::NIFTY, Underlying::BANKNIFTY};
    options.snapshot = base::minutes(60);
    std::map<Underlying, std::set<base::Date>> expiries;
    std::map<Underlying, std::set<base::Date>> futures;
    for (const auto& message : play(options)) {
        for (const auto& quote : quotes_of(message)) {
            const auto underlying = quote.contract.underlying();
            if (quote.contract.is_option()) {
                expiries[underlying].insert(quote.contract.expiry());
            } else if (quote.contract.kind() == domain::ContractKind::Future) {
                futures[underlying].insert(quote.contract.expiry());
            }
        }
    }
    const auto& nifty = expiries[Underlying::NIFTY];
    CHECK(nifty.size() == 18);  // as on the recorded day
    CHECK(*nifty.begin() == base::date_of(2025, 9, 2));
    for (const auto expiry : {base::date_of(2025, 9, 9), base::date_of(2025, 9, 30),
                              base::date_of(2025, 10, 28), base::date_of(2025, 12, 30)}) {
        CHECK(nifty.contains(expiry));
    }
    CHECK(futures[Underlying::NIFTY].size() == 3);
    CHECK(*expiries[Underlying::BANKNIFTY].begin() == base::date_of(2025, 9, 30));
}

TEST_CASE("volume and open interest of a contract do not fall back, faults aside") {
    std::map<domain::ContractId, domain::Quantity> volume;
    for (const auto& message : play(small(3))) {
        for (const auto& quote : quotes_of(message)) {
            REQUIRE(quote.volume >= volume[quote.contract]);
            volume[quote.contract] = quote.volume;
            REQUIRE_FALSE(quote.open_interest.is_negative());
        }
    }
}

TEST_CASE("faults come when they are ordered and only then") {
    using simulation::FaultKind;
    auto options = small();
    const auto noon = base::ist(options.date, base::minutes(12 * 60));
    options.faults = {{FaultKind::Silence, base::minutes(12 * 60), base::seconds(90), 0},
                      {FaultKind::Repeat, base::minutes(13 * 60), base::seconds(5), 0},
                      {FaultKind::Crossed, base::minutes(14 * 60), {}, 7},
                      {FaultKind::FreakPrint, base::minutes(14 * 60), {}, 3},
                      {FaultKind::Late, base::minutes(15 * 60), base::seconds(20), 0}};
    const auto clean = play(small());
    const auto faulty = play(options);
    const auto count = [](const std::vector<Message>& messages, auto&& holds) {
        return std::count_if(messages.begin(), messages.end(), holds);
    };
    const auto is_noon = [&](const Message& m) {
        return m.meta.event_time >= noon && m.meta.event_time < noon + base::seconds(90);
    };
    CHECK(count(clean, is_noon) > 80);
    CHECK(count(faulty, is_noon) == 0);
    int64_t crossed = 0;
    int64_t late = 0;
    for (const auto& message : faulty) {
        for (const auto& quote : quotes_of(message)) {
            crossed += quote.is_two_sided() && quote.bid > quote.ask ? 1 : 0;
        }
        late += message.meta.known_time - message.meta.event_time >= base::seconds(1) ? 1 : 0;
    }
    CHECK(crossed == 7);
    CHECK(late >= 19);
    CHECK(count(clean, [](const Message& m) {
              return m.meta.known_time - m.meta.event_time >= base::seconds(1);
          }) == 0);
}

TEST_CASE("a snapshot shows every contract at the cadence asked for") {
    auto options = small();
    options.snapshot = base::seconds(15);
    std::map<domain::Timestamp, std::size_t> contracts;
    for (const auto& message : play(options)) {
        contracts[message.meta.event_time] += quotes_of(message).size();
    }
    // 18 options, the month's future, the index (until 15:15), India VIX every fifteen seconds.
    // And before and after it the opening and the closing auction.
    const auto day = rules().day(domain::Exchange::NSE, options.date);
    CHECK(contracts.size() == 385 * 4 + 1);
    CHECK(contracts.begin()->first < day.open);
    CHECK(contracts.at(day.open) == 21);
    CHECK(contracts.rbegin()->second == 20);
}

TEST_CASE("the characters of a day differ as their names say") {
    const auto range_of = [](simulation::DayCharacter character) {
        double sum = 0.0;
        for (uint64_t seed = 1; seed <= 6; ++seed) {
            auto options = small(seed);
            options.character = character;
            options.snapshot = base::seconds(60);
            options.open = 24'500;
            int64_t low = INT64_MAX;
            int64_t high = 0;
            for (const auto& message : play(options)) {
                for (const auto& quote : quotes_of(message)) {
                    if (quote.contract.kind() == domain::ContractKind::Spot &&
                        quote.contract.underlying() == Underlying::NIFTY) {
                        low = std::min(low, quote.last.raw());
                        high = std::max(high, quote.last.raw());
                    }
                }
            }
            sum += static_cast<double>(high - low) / 10'000.0;
        }
        return sum / 6.0;
    };
    using enum simulation::DayCharacter;
    const double quiet = range_of(Quiet);
    CHECK(quiet > 40.0);
    CHECK(range_of(Volatile) > 2.0 * quiet);
    CHECK(range_of(Trend) > 1.2 * quiet);
    CHECK(range_of(Range) < range_of(Trend));
}

TEST_CASE("what cannot be simulated is refused with a sentence") {
    auto sunday = small();
    sunday.date = base::date_of(2026, 11, 22);
    CHECK(problem(sunday) ==
          "NSE is closed on 2026-11-22 (weekend); the next trading day is 2026-11-23");
    auto stock = small();
    stock.underlyings = {Underlying::CRUDEOIL};
    CHECK(problem(stock) == "CRUDEOIL is not simulated; NIFTY and BANKNIFTY are");
    auto wild = small();
    wild.volatility = 20.0;
    CHECK(problem(wild) == "the volatility is a year's, between 0.03 and 1.5; 0.112 is usual");
    auto fast = small();
    fast.updates_per_second = 51;
    CHECK(problem(fast) == "a liquid contract has 1 to 50 updates a second");
}

TEST_CASE("faults and days are read as they are written, and refused with what is expected") {
    for (const std::string text : {"silence@11:30+60s", "repeat@09:15+5s", "late@15:00+120s",
                                   "crossed@10:00x20", "freak@14:59x3"}) {
        const auto fault = simulation::parse_fault(text);
        REQUIRE(fault);
        CHECK(simulation::to_text(*fault) == text);
    }
    for (const std::string text : {"", "silence", "silence@11:30", "silence@11:30+60",
                                   "silence@25:00+60s", "crossed@10:00+20s", "crossed@10:00x0",
                                   "noise@10:00x2", "silence@11:3+60s", "freak@10:00x-1"}) {
        INFO(text);
        CHECK_FALSE(simulation::parse_fault(text));
    }
    CHECK(simulation::parse_character("trend"));
    CHECK(simulation::parse_character("wild").error().text ==
          "no day is 'wild'; it is mixed, quiet, trend, range or volatile");
}
