#include "common/simulation/simulated_exchange.h"

#include <algorithm>

namespace sauda::simulation {

using domain::ContractId;
using domain::Exchange;
using domain::Price;
using domain::Quote;

namespace {

constexpr double kUsualOpen = 24'500.0;       // NIFTY
constexpr double kBankRatio = 2.27;           // BANKNIFTY over NIFTY
constexpr double kRealisedOverImplied = 0.8;  // intraday, of the long-term level
constexpr int64_t kIndexEvery = 1;            // seconds between two values of an index
constexpr int64_t kOffsetMs = 110;            // BANKNIFTY's beat is a little behind NIFTY's

Quote index_quote(Underlying underlying, double value, Timestamp time) {
    Quote quote;
    quote.contract = ContractId::spot(Exchange::NSE, underlying);
    quote.last = Price::from_paise(static_cast<int64_t>(value * 20.0 + 0.5) * 5);
    quote.event_time = time;
    quote.flags = domain::kQuoteNoDepth;
    return quote;
}

}  // namespace

base::Expected<SimulatedExchange> SimulatedExchange::open(const domain::MarketRules& rules,
                                                          const SimulationOptions& options) {
    if (const auto problem = problem_of(options)) {
        return base::fail(base::ErrorKind::Invalid, *problem);
    }
    const auto day = rules.day(Exchange::NSE, options.date);
    if (!day.is_open) {
        const auto next = rules.next_trading_day(Exchange::NSE, options.date);
        return base::fail(base::ErrorKind::Invalid,
                          "NSE is closed on " + domain::to_text(options.date) + " (" + day.holiday +
                              "); the next trading day is " + domain::to_text(next));
    }
    SimulatedExchange exchange(options, day);
    // Between two snapshots the exchange goes on all the same.
    exchange.step_ = options.snapshot.ns != 0
                         ? base::seconds(1)
                         : Duration{1'000'000'000 / options.updates_per_second};
    exchange.snapshot_steps_ = std::max<int64_t>(1, options.snapshot.ns / exchange.step_.ns);
    exchange.find_auctions(rules);
    exchange.steps_ = (day.close - day.open).ns / exchange.step_.ns;
    uint64_t number = 0;
    for (const auto underlying : options.underlyings) {
        if (auto added = exchange.add(rules, options, underlying, ++number); !added) {
            return std::unexpected(added.error());
        }
    }
    return exchange;
}

void SimulatedExchange::find_auctions(const domain::MarketRules& rules) {
    using domain::Segment;
    using domain::SessionPhase;
    const auto date = base::ist_date(day_.open);
    const auto end_of = [&](Segment segment, SessionPhase wanted) {
        for (const auto& span : rules.phases(Exchange::NSE, segment, date)) {
            if (span.phase == wanted) {
                return span.end;
            }
        }
        return Timestamp{};
    };
    index_opening_ = end_of(Segment::Cash, SessionPhase::PreOpenMatching);
    futures_opening_ = end_of(Segment::Future, SessionPhase::PreOpenMatching);
    index_closing_ = end_of(Segment::Cash, SessionPhase::ClosingMatching);
}

// What the opening auctions found, before anything trades continuously.
void SimulatedExchange::open_day() {
    for (auto& market : markets_) {
        for (const auto& time : {std::min(index_opening_, futures_opening_),
                                 std::max(index_opening_, futures_opening_)}) {
            quotes_.clear();
            if (time == index_opening_) {
                quotes_.push_back(index_quote(market.underlying, market.spot.open(), time));
            }
            if (time == futures_opening_) {
                market.book.append_auction(time, market.spot.open(), quotes_);
            }
            if (time.ns != 0 && time < day_.open) {
                publish(market, time);
            }
            if (index_opening_ == futures_opening_) {
                break;
            }
        }
    }
}

// Where the index trades to 15:15 only, its last value comes from the closing auction.
void SimulatedExchange::publish_closing_auction(Timestamp time) {
    if (is_closing_told_ || index_closing_.ns == 0 || time < index_closing_) {
        return;
    }
    is_closing_told_ = true;
    for (auto& market : markets_) {
        quotes_.clear();
        quotes_.push_back(index_quote(market.underlying, market.spot.value(), time));
        publish(market, time);
    }
}

base::Expected<void> SimulatedExchange::add(const domain::MarketRules& rules,
                                            const SimulationOptions& options, Underlying underlying,
                                            uint64_t number) {
    const bool is_bank = underlying == Underlying::BANKNIFTY;
    const double seconds = static_cast<double>(step_.ns) / 1e9;
    // Numbers of their own for each index: BANKNIFTY does not change NIFTY's day.
    base::Rng rng(options.seed * 0x9E3779B97F4A7C15ULL +
                  static_cast<uint64_t>(options.date.days) * 8191 + number);
    const double before =
        (options.open > 0.0 ? options.open : kUsualOpen * (0.98 + 0.04 * rng.uniform())) *
        (is_bank ? kBankRatio : 1.0);
    const double volatility = options.volatility * (is_bank ? 1.1 : 1.0);
    const base::Rng path(rng.next());
    SpotProcess spot(path, options.character, volatility * kRealisedOverImplied, before, seconds);
    const ContractBook::Terms terms{underlying,
                                    options.date,
                                    volatility,
                                    options.strikes_aside,
                                    seconds,
                                    static_cast<double>((day_.close - day_.open).ns) / 1e9,
                                    is_bank ? 1.3 : 1.0,
                                    is_bank ? 0.4 : 1.0};
    auto book = ContractBook::open(rules, terms, spot.value(), base::Rng(rng.next()));
    if (!book) {
        return std::unexpected(book.error());
    }
    markets_.push_back({underlying, spot, std::move(*book), {}, 0, false});
    return {};
}

void SimulatedExchange::queue(domain::Message message) {
    auto at = ready_.end();
    while (at != ready_.begin() && std::prev(at)->meta.known_time > message.meta.known_time) {
        --at;
    }
    ready_.insert(at, std::move(message));
}

void SimulatedExchange::publish(Market& market, Timestamp time) {
    auto& quotes = quotes_;
    if (quotes.empty()) {
        return;
    }
    faults_.damage(quotes, time, rng_);
    // Also the numbers of what nobody hears are drawn: silence does not change the rest of the day.
    Timestamp known = time + base::milliseconds(rng_.between(20, 90));
    if (faults_.is_late(time)) {
        known = known + base::milliseconds(rng_.between(1'000, 5'000));
    }
    if (faults_.is_silent(time)) {
        return;
    }
    market.known = std::max(market.known, known);
    const int copies = faults_.repeats(time) ? 2 : 1;
    for (int copy = 0; copy < copies; ++copy) {
        for (std::size_t from = 0; from < quotes.size(); from += domain::kQuotesPerBatchMax) {
            const auto to = std::min(quotes.size(), from + domain::kQuotesPerBatchMax);
            domain::QuoteBatch batch{market.underlying, {}};
            batch.quotes.assign(quotes.begin() + static_cast<std::ptrdiff_t>(from),
                                quotes.begin() + static_cast<std::ptrdiff_t>(to));
            domain::Message message;
            message.stream = domain::market_data_stream(market.underlying);
            message.seq = ++market.seq;
            message.meta.event_time = time;
            message.meta.known_time = market.known;
            message.payload = std::move(batch);
            queue(std::move(message));
        }
    }
}

// One step of an index; what is to be told of it is in quotes_.
void SimulatedExchange::move(Market& market, Timestamp time) {
    const double at = static_cast<double>((time - day_.open).ns) /
                      static_cast<double>((day_.close - day_.open).ns);
    if (market.is_started) {
        market.spot.step(at);
    }
    changed_.clear();
    const Moment now{time, market.spot.value(), at, market.spot.heat(), !market.is_started};
    market.book.update(now, changed_);
    market.is_started = true;
    quotes_.clear();
    const int64_t each = is_snapshot()
                             ? snapshot_steps_
                             : std::max<int64_t>(1, base::seconds(kIndexEvery).ns / step_.ns);
    if (time < day_.spot_close && next_step_ % each == 0) {
        quotes_.push_back(index_quote(market.underlying, market.spot.value(), time));
    }
    if (!is_snapshot()) {
        quotes_.insert(quotes_.end(), changed_.begin(), changed_.end());
    } else if (next_step_ % snapshot_steps_ == 0) {
        market.book.append_all(time, quotes_);
    }
}

// India VIX, computed from NIFTY's options, every fifteen seconds.
void SimulatedExchange::publish_index(Timestamp time) {
    const auto nifty = std::find_if(markets_.begin(), markets_.end(), [](const Market& market) {
        return market.underlying == Underlying::NIFTY;
    });
    constexpr int64_t kEverySeconds = 15;
    const bool is_due = ((time - day_.open).ns / step_.ns) %
                            std::max<int64_t>(1, base::seconds(kEverySeconds).ns / step_.ns) ==
                        0;
    if (nifty == markets_.end() || !is_due || faults_.is_silent(time)) {
        return;
    }
    domain::Message message;
    message.stream = domain::market_data_stream(Underlying::INDIAVIX);
    message.seq = ++index_seq_;
    message.meta.event_time = time;
    message.meta.known_time = nifty->known;
    message.payload = domain::QuoteBatch{
        Underlying::INDIAVIX,
        {index_quote(Underlying::INDIAVIX, nifty->book.volatility_index(), time)}};
    queue(std::move(message));
}

void SimulatedExchange::run_step() {
    const Timestamp beat = day_.open + Duration{next_step_ * step_.ns};
    if (next_step_ == 0) {
        open_day();
    }
    publish_closing_auction(beat);
    int64_t behind = 0;
    for (auto& market : markets_) {
        const Timestamp time = beat + base::milliseconds(behind);
        move(market, time);
        publish(market, time);
        behind += is_snapshot() ? 0 : std::min(kOffsetMs, step_.ns / 3'000'000);
    }
    publish_index(beat);
    ++next_step_;
}

std::optional<domain::Message> SimulatedExchange::next() {
    // What comes later may be known earlier by no more than a step and the delay of a message.
    constexpr Duration kDelayMost = base::milliseconds(200);
    while (next_step_ < steps_ &&
           (ready_.empty() || ready_.front().meta.known_time + kDelayMost >=
                                  day_.open + Duration{next_step_ * step_.ns})) {
        run_step();
    }
    if (ready_.empty()) {
        return std::nullopt;
    }
    auto message = std::move(ready_.front());
    ready_.pop_front();
    return message;
}

std::vector<SimulatedExchange::Index> SimulatedExchange::indices() const {
    std::vector<Index> list;
    for (const auto& market : markets_) {
        list.push_back({market.underlying, market.spot.character(), market.spot.open(),
                        market.spot.value(), market.book.size() + 1,
                        market.book.listed().front().expiry});
    }
    return list;
}

}  // namespace sauda::simulation
