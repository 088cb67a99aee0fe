#include "services/importer/core/session_generator.h"

#include "services/importer/core/option_price.h"

#include <algorithm>
#include <cmath>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;
using domain::ContractId;
using domain::ContractKind;
using domain::Exchange;
using domain::Quote;
using domain::Underlying;

namespace {

constexpr int64_t kStrikeStep = 50;
constexpr double kCarry = 0.06;        // a year, forward over spot
constexpr double kVolatility = 0.125;  // a year, at the money
constexpr double kYearSeconds = 365.0 * 86'400.0;
constexpr double kGapAt = 0.48;  // share of the day
constexpr int64_t kGapSeconds = 60;

// One option as it goes through the day.
struct Option {
    ContractId contract;
    bool is_call = false;
    double strike = 0.0;
    int64_t volume = 0;         // lots
    int64_t open_interest = 0;  // lots
    Price last;
};

class Session {
 public:
    Session(const domain::TradingDay& day, const domain::Instrument& instrument,
            const GeneratorOptions& options, Timestamp expires_at)
        : rng_(options.seed * 0x9E3779B97F4A7C15ULL + static_cast<uint64_t>(options.date.days)),
          day_(day),
          lot_(instrument.lot.raw()),
          tick_(instrument.tick),
          expires_at_(expires_at),
          step_seconds_(options.is_quick ? 15 : 5),
          strikes_aside_(options.is_quick ? 5 : 10) {}

    GeneratedSession run(Date expiry, MessageSink& sink);

 private:
    void list_options(Date expiry);
    Quote spot_quote(Timestamp time, double spot) const;
    Quote option_quote(Option& option, Timestamp time, double spot, double at);
    int64_t touch_size();
    Price on_tick(double rupees) const;

    base::Rng rng_;
    domain::TradingDay day_;
    int64_t lot_;
    Price tick_;
    Timestamp expires_at_;
    int64_t step_seconds_;
    int64_t strikes_aside_;
    SpotPath path_;
    std::vector<Option> options_;
};

Price Session::on_tick(double rupees) const {
    const double ticks = rupees * 10'000.0 / static_cast<double>(tick_.raw());
    return Price::from_raw(static_cast<int64_t>(ticks + 0.5) * tick_.raw());
}

void Session::list_options(Date expiry) {
    const auto middle = static_cast<int64_t>(path_.open / kStrikeStep + 0.5) * kStrikeStep;
    for (int64_t i = -strikes_aside_; i <= strikes_aside_; ++i) {
        const auto strike = middle + i * kStrikeStep;
        for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
            Option option;
            option.contract = ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                                                 Price::from_rupees(strike));
            option.is_call = kind == ContractKind::Call;
            option.strike = static_cast<double>(strike);
            option.open_interest = rng_.between(4'000, 60'000);
            options_.push_back(option);
        }
    }
}

// Mostly some tens of lots; at times so little that an order fills in part.
int64_t Session::touch_size() {
    const int64_t lots = rng_.chance(0.15) ? rng_.between(1, 2) : rng_.between(4, 60);
    return lots * lot_;
}

Quote Session::spot_quote(Timestamp time, double spot) const {
    Quote quote;
    quote.contract = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
    quote.last = on_tick(spot);
    quote.event_time = time;
    quote.flags = domain::kQuoteNoDepth;
    return quote;
}

Quote Session::option_quote(Option& option, Timestamp time, double spot, double at) {
    const double left = std::max(1.0, static_cast<double>((expires_at_ - time).ns) / 1e9);
    const double years = left / kYearSeconds;
    const double forward = spot * (1.0 + kCarry * years);
    const double away = (option.strike - forward) / forward;
    const double volatility = kVolatility * (1.0 - 1.6 * away + 25.0 * away * away);
    const double fair = option_price(option.is_call, forward, option.strike,
                                     forward * volatility * std::sqrt(years));
    const double distance = away < 0.0 ? -away : away;
    const double hour = at < 0.015 ? 3.0 : at > 0.985 ? 2.0 : 1.0;
    const double half =
        (0.05 + fair * 0.0015) * (1.0 + 60.0 * distance) * hour * (0.7 + 0.6 * rng_.uniform());

    Quote quote;
    quote.contract = option.contract;
    quote.event_time = time;
    quote.bid = base::floor_to_tick(on_tick(std::max(0.0, fair - half)), tick_);
    quote.ask = std::max(on_tick(fair + half), quote.bid + tick_);
    quote.bid_size = base::units(quote.bid.is_positive() ? touch_size() : 0);
    quote.ask_size = base::units(touch_size());
    // In the first minute a side may not be there yet.
    if (at < 0.003 && rng_.chance(0.3)) {
        (rng_.chance(0.5) ? quote.bid : quote.ask) = Price{};
        quote.bid_size = quote.bid.is_positive() ? quote.bid_size : base::units(0);
        quote.ask_size = quote.ask.is_positive() ? quote.ask_size : base::units(0);
    }
    if (quote.is_two_sided() && rng_.chance(0.8 - std::min(0.7, 25.0 * distance))) {
        option.last = rng_.chance(0.5) ? quote.bid : quote.ask;
        const int64_t traded = rng_.between(1, 400);
        option.volume += traded;
        option.open_interest = std::max<int64_t>(100, option.open_interest + rng_.between(-60, 70));
    }
    quote.last = option.last;
    quote.volume = base::units(option.volume * lot_);
    quote.open_interest = base::units(option.open_interest * lot_);
    return quote;
}

GeneratedSession Session::run(Date expiry, MessageSink& sink) {
    const int64_t seconds = (day_.close - day_.open).ns / 1'000'000'000;
    const int64_t steps = seconds / step_seconds_;
    path_ = spot_path(rng_, steps, step_seconds_);
    list_options(expiry);
    const auto gap_step = static_cast<int64_t>(static_cast<double>(steps) * kGapAt);
    const int64_t gap_steps = kGapSeconds / step_seconds_;

    GeneratedSession session;
    session.interval = base::seconds(step_seconds_);
    session.expiry = expiry;
    session.open = path_.open;
    session.contracts = options_.size() + 1;
    domain::Message message;
    message.stream = domain::market_data_stream(Underlying::NIFTY);
    for (int64_t i = 0; i < steps; ++i) {
        const Timestamp time = day_.open + base::seconds(i * step_seconds_);
        const Timestamp known = time + base::milliseconds(rng_.between(20, 150));
        const double spot = path_.values[static_cast<std::size_t>(i)];
        const double at = static_cast<double>(i) / static_cast<double>(steps);
        domain::QuoteBatch batch;
        batch.underlying = Underlying::NIFTY;
        if (time < day_.spot_close) {
            batch.quotes.push_back(spot_quote(time, spot));
        }
        for (auto& option : options_) {
            batch.quotes.push_back(option_quote(option, time, spot, at));
        }
        if (i > gap_step && i < gap_step + gap_steps) {
            session.gap_to = known;  // lost on the way: the exchange went on meanwhile
            continue;
        }
        if (i == gap_step) {
            session.gap_from = known;
        }
        if (i == gap_step + gap_steps) {
            session.gap_to = known;
        }
        session.quotes += batch.quotes.size();
        ++message.seq;
        message.meta.event_time = time;
        message.meta.known_time = known;
        message.payload = std::move(batch);
        sink.take(message);
    }
    return session;
}

}  // namespace

Expected<GeneratedSession> generate_session(const domain::MarketRules& rules,
                                            const GeneratorOptions& options, MessageSink& sink) {
    const auto text = domain::to_text(options.date);
    const auto day = rules.day(Exchange::NSE, options.date);
    if (!day.is_open) {
        const auto next = rules.next_trading_day(Exchange::NSE, options.date);
        return fail(ErrorKind::Invalid, "NSE is closed on " + text + " (" + day.holiday +
                                            "); the next trading day is " + domain::to_text(next));
    }
    const auto expiry = rules.next_expiry(Underlying::NIFTY, options.date);
    if (!expiry) {
        return fail(ErrorKind::Invalid, "no rule says when NIFTY options expire after " + text);
    }
    const auto example = ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                                            *expiry, Price::from_rupees(25'000));
    const auto instrument = rules.instrument(example, options.date);
    if (!instrument) {
        return fail(ErrorKind::Invalid, "no lot or tick is known for NIFTY on " + text);
    }
    Session session(day, *instrument, options, instrument->expires_at);
    return session.run(*expiry, sink);
}

}  // namespace sauda::importer
