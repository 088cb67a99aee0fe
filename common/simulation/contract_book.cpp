#include "common/simulation/contract_book.h"

#include "common/options/deterministic_math.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sauda::simulation {

using domain::ContractId;
using domain::ContractKind;
using domain::Price;
using domain::Quote;

namespace {

constexpr double kCarry = 0.062;  // a year, forward over spot
constexpr double kYearSeconds = 365.0 * 86'400.0;
constexpr double kBasisDeviation = 0.8;   // points
constexpr double kBasisHalfLife = 300.0;  // seconds
constexpr double kLeverage = 4.0;         // volatility rises by this times what the index falls
constexpr double kLevelPull = 2e-5;       // a second, back to the long-term level
constexpr double kStaleShare = 0.5;       // of the half spread
// Seconds between two forwards of an expiry, by class.
constexpr std::array<double, kLiquidityClasses> kBeat{0.0, 2.0, 5.0, 8.0, 3.0, 8.0, 15.0, 20.0};
constexpr double kQueueTicks = 1.7;         // how far the fair price may leave a one-tick market
constexpr double kTurn = 0.4;               // how often a run of trades on one side may end
constexpr double kThinShow = 0.12;          // how often only a lot or two stand at the touch
constexpr double kFutureSpread = 0.00005;   // of the forward
constexpr double kFutureVolume = 70'000.0;  // lots a day, NIFTY's near month

double seconds_between(domain::Timestamp from, domain::Timestamp to) {
    return static_cast<double>((to - from).ns) / 1e9;
}

}  // namespace

base::Expected<ContractBook> ContractBook::open(const domain::MarketRules& rules,
                                                const Terms& terms, double spot, base::Rng rng) {
    ContractBook book(terms, rng);
    if (auto done = book.list(rules, spot); !done) {
        return std::unexpected(done.error());
    }
    return book;
}

base::Expected<void> ContractBook::list(const domain::MarketRules& rules, double spot) {
    auto listed = list_expiries(rules, terms_.underlying, terms_.date, spot);
    if (!listed) {
        return std::unexpected(listed.error());
    }
    listed_ = std::move(*listed);
    if (terms_.strikes_aside > 0) {
        listed_.resize(1);
        auto& strikes = listed_.front().strikes;
        const auto middle =
            std::lower_bound(strikes.begin(), strikes.end(), spot) - strikes.begin();
        const auto from = std::max<std::ptrdiff_t>(0, middle - terms_.strikes_aside);
        const auto to =
            std::min<std::ptrdiff_t>(std::ssize(strikes), middle + terms_.strikes_aside + 1);
        strikes = std::vector<int64_t>(strikes.begin() + from, strikes.begin() + to);
    }
    for (uint32_t i = 0; i < listed_.size(); ++i) {
        const auto& entry = listed_[i];
        const auto exchange = domain::exchange_of(terms_.underlying);
        const auto call =
            ContractId::option(exchange, terms_.underlying, ContractKind::Call, entry.expiry,
                               Price::from_rupees(entry.strikes.front()));
        const auto instrument = rules.instrument(call, terms_.date);
        if (!instrument) {
            return base::fail(base::ErrorKind::Invalid, "no lot or tick is known for " +
                                                            domain::to_text(call) + " on " +
                                                            domain::to_text(terms_.date));
        }
        lot_ = instrument->lot.raw();
        tick_ = instrument->tick;
        const double beat = kBeat[static_cast<std::size_t>(entry.liquidity)];
        expiries_.push_back({instrument->expires_at,
                             entry.liquidity,
                             spot,
                             0.0,
                             std::max<int64_t>(1, static_cast<int64_t>(beat / terms_.step_seconds)),
                             {}});
        list_options(entry, i, spot);
        const auto contract = ContractId::future(exchange, terms_.underlying, entry.expiry);
        const auto future = rules.instrument(contract, terms_.date);
        if (entry.has_future && future) {
            future_tick_ = future->tick;
            futures_.push_back({i, 0.0, {}});
            futures_.back().quote.contract = contract;
            futures_.back().quote.open_interest =
                base::units(static_cast<int64_t>(200'000.0 * terms_.activity) * lot_ / (i + 1));
        }
    }
    return {};
}

void ContractBook::list_options(const ListedExpiry& listed, uint32_t expiry, double spot) {
    for (const auto strike : listed.strikes) {
        for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
            Option option;
            option.expiry = expiry;
            option.is_call = kind == ContractKind::Call;
            option.strike = static_cast<double>(strike);
            const double aside = (option.strike / spot - 1.0) * (option.is_call ? 1.0 : -1.0);
            const auto typical = usual(listed.liquidity, aside);
            const double round = strike % 500 == 0 ? 1.6 : strike % 100 == 0 ? 1.15 : 0.75;
            const double lots = typical.open_interest * terms_.activity * round * scattered(0.3);
            option.quote.contract =
                ContractId::option(domain::exchange_of(terms_.underlying), terms_.underlying, kind,
                                   listed.expiry, Price::from_rupees(strike));
            option.quote.open_interest = base::units(static_cast<int64_t>(lots) * lot_);
            option.spread_factor = scattered(0.25);
            options_.push_back(option);
        }
    }
}

Price ContractBook::on_tick(double points) const {
    const double ticks = points * 10'000.0 / static_cast<double>(tick_.raw());
    return Price::from_raw(static_cast<int64_t>(ticks + 0.5) * tick_.raw());
}

double ContractBook::scattered(double deviation) {
    return options::exp_of(deviation * rng_.normal());
}

void ContractBook::move_expiries(const Moment& now) {
    for (auto& expiry : expiries_) {
        if (step_ % expiry.beat != 0) {
            continue;
        }
        const double passed = terms_.step_seconds * static_cast<double>(expiry.beat);
        const double back = std::min(0.5, passed * 0.6931471805599453 / kBasisHalfLife);
        const double years =
            std::max(60.0, seconds_between(now.time, expiry.expires_at)) / kYearSeconds;
        expiry.basis +=
            -expiry.basis * back + kBasisDeviation * std::sqrt(2.0 * back) * rng_.normal();
        expiry.forward = now.spot * (1.0 + kCarry * years) + expiry.basis;
        expiry.slice = surface_.slice(years);
    }
}

void ContractBook::price(Option& option) const {
    const auto& expiry = expiries_[option.expiry];
    const double log_moneyness = options::log_of(option.strike / expiry.forward);
    const double variance = VolSurface::total_variance(expiry.slice, log_moneyness);
    const double deviation = std::sqrt(variance);
    const double d1 = -log_moneyness / deviation + 0.5 * deviation;
    const double d2 = d1 - deviation;
    if (option.is_call) {
        option.delta = options::normal_cdf(d1);
        option.fair = expiry.forward * option.delta - option.strike * options::normal_cdf(d2);
    } else {
        option.delta = -options::normal_cdf(-d1);
        option.fair = option.strike * options::normal_cdf(-d2) + expiry.forward * option.delta;
    }
    option.fair = std::max(option.fair, 0.0);
    option.forward = expiry.forward;
}

// The maker's sides around the fair price, on the tick and at least one tick apart.
void ContractBook::stand(Option& option, const Usual& typical, const Moment& now) {
    const double tick = static_cast<double>(tick_.raw()) / 10'000.0;
    if (rng_.chance(0.02)) {
        option.spread_factor = scattered(0.25);
    }
    const double wide = typical.spread * option.forward * terms_.width * option.spread_factor *
                        spread_profile(now.at) * (0.8 + 0.2 * now.heat);
    option.half = 0.5 * std::max(wide, tick);
    const double ticks = std::max(1.0, std::floor(wide / tick + 0.5));
    double below = std::floor((option.fair - 0.5 * ticks * tick) / tick + 0.5);
    Quote& quote = option.quote;
    // A one-tick market stands until the fair price has left it: its queue is worth something.
    const double stood = static_cast<double>(quote.bid.raw() / tick_.raw());
    if (ticks == 1.0 && quote.bid.is_positive() &&
        std::fabs(option.fair / tick - stood - 0.5) < kQueueTicks) {
        below = stood;
    }
    const auto shown = [&] {
        const double lots = rng_.chance(kThinShow) ? 1.0 + static_cast<double>(rng_.below(2))
                                                   : std::max(1.0, typical.lots * scattered(0.6));
        return base::units(static_cast<int64_t>(lots) * lot_);
    };
    quote.bid = Price::from_raw(static_cast<int64_t>(std::max(0.0, below)) * tick_.raw());
    quote.ask = Price::from_raw(static_cast<int64_t>(std::max(below, 0.0) + ticks) * tick_.raw());
    const bool is_quoted = typical.quoted >= 1.0 || rng_.chance(typical.quoted);
    // In the first minute a side may not be there yet.
    const bool is_late = now.at < 0.003 && rng_.chance(0.3);
    if (!is_quoted || (is_late && rng_.chance(0.5))) {
        quote.bid = Price{};
    } else if (is_late) {
        quote.ask = Price{};
    }
    quote.bid_size = quote.bid.is_positive() ? shown() : domain::Quantity{};
    quote.ask_size = quote.ask.is_positive() ? shown() : domain::Quantity{};
}

void ContractBook::trade(Option& option, const Usual& typical, const Moment& now) {
    const double passed =
        static_cast<double>(step_ - option.looked_at) * terms_.step_seconds / terms_.day_seconds;
    option.volume_left += typical.volume * terms_.activity * volume_profile(now.at) * passed *
                          (0.7 + 0.3 * now.heat) * scattered(0.5) * 0.88;
    Quote& quote = option.quote;
    if (option.volume_left < 1.0 || !quote.is_two_sided()) {
        return;
    }
    const auto lots = static_cast<int64_t>(option.volume_left);
    option.volume_left -= static_cast<double>(lots);
    // Trades come in runs on one side.
    const bool stays = quote.last == quote.bid || quote.last == quote.ask;
    if (!stays || rng_.chance(kTurn)) {
        quote.last = rng_.chance(0.5) ? quote.bid : quote.ask;
    }
    quote.volume += base::units(lots * lot_);
    // Positions build through the day, most at the money.
    const double opened = static_cast<double>(lots) * (0.14 * rng_.uniform() - 0.06);
    const auto open = quote.open_interest + base::units(static_cast<int64_t>(opened) * lot_);
    quote.open_interest = std::max(open, domain::Quantity{});
}

void ContractBook::look(Option& option, const Moment& now) {
    price(option);
    const double aside = (option.strike / option.forward - 1.0) * (option.is_call ? 1.0 : -1.0);
    const auto typical = usual(expiries_[option.expiry].liquidity, aside);
    stand(option, typical, now);
    trade(option, typical, now);
    const double wait = typical.seconds / terms_.step_seconds * (0.5 + rng_.uniform());
    option.looked_at = step_;
    option.look_at = step_ + std::max<int64_t>(1, static_cast<int64_t>(wait));
    option.quote.event_time = now.time;
}

void ContractBook::quote_future(Future& future, const Moment& now) {
    const auto& expiry = expiries_[future.expiry];
    const double far = 1.0 + 2.0 * static_cast<double>(&future - futures_.data());
    const double tick = static_cast<double>(future_tick_.raw()) / 10'000.0;
    const double half = std::max(0.5 * tick, 0.5 * kFutureSpread * expiry.forward * far *
                                                 scattered(0.3) * spread_profile(now.at));
    Quote& quote = future.quote;
    quote.bid =
        Price::from_raw(static_cast<int64_t>((expiry.forward - half) / tick) * future_tick_.raw());
    quote.ask = quote.bid + Price::from_raw(std::max<int64_t>(
                                                1, static_cast<int64_t>(2.0 * half / tick + 0.5)) *
                                            future_tick_.raw());
    quote.bid_size = base::units(rng_.between(1, 12) * lot_);
    quote.ask_size = base::units(rng_.between(1, 12) * lot_);
    future.volume_left += kFutureVolume * terms_.activity / far * volume_profile(now.at) *
                          terms_.step_seconds / terms_.day_seconds * scattered(0.5);
    if (future.volume_left >= 1.0) {
        const auto lots = static_cast<int64_t>(future.volume_left);
        future.volume_left -= static_cast<double>(lots);
        quote.last = rng_.chance(0.5) ? quote.bid : quote.ask;
        quote.volume += base::units(lots * lot_);
        quote.open_interest += base::units(rng_.between(-1, 1) * lots / 4 * lot_);
    }
    quote.event_time = now.time;
}

void ContractBook::update(const Moment& now, std::vector<Quote>& out) {
    // The level of the smile: up when the index falls, back to the long term otherwise.
    const double before = expiries_.front().forward;
    move_expiries(now);
    const double change = now.is_first ? 0.0 : expiries_.front().forward / before - 1.0;
    const double level = surface_.level() * (1.0 - kLeverage * change) +
                         (terms_.volatility - surface_.level()) * kLevelPull * terms_.step_seconds;
    surface_.set_level(std::clamp(level, 0.6 * terms_.volatility, 2.5 * terms_.volatility));
    for (auto& option : options_) {
        const double moved = option.delta * (expiries_[option.expiry].forward - option.forward);
        const bool is_stale = std::fabs(moved) > kStaleShare * option.half;
        if (now.is_first || is_stale || step_ >= option.look_at) {
            look(option, now);
            out.push_back(option.quote);
        }
    }
    for (auto& future : futures_) {
        quote_future(future, now);
        out.push_back(future.quote);
    }
    ++step_;
}

void ContractBook::append_auction(domain::Timestamp time, double spot,
                                  std::vector<Quote>& out) const {
    for (const auto& future : futures_) {
        const double years =
            seconds_between(time, expiries_[future.expiry].expires_at) / kYearSeconds;
        const double tick = static_cast<double>(future_tick_.raw()) / 10'000.0;
        Quote quote = future.quote;
        quote.last = Price::from_raw(
            static_cast<int64_t>(spot * (1.0 + kCarry * years) / tick + 0.5) * future_tick_.raw());
        quote.event_time = time;
        out.push_back(quote);
    }
}

void ContractBook::append_all(domain::Timestamp time, std::vector<Quote>& out) const {
    const auto append = [&](const Quote& quote) {
        out.push_back(quote);
        out.back().event_time = time;
    };
    for (const auto& option : options_) {
        append(option.quote);
    }
    for (const auto& future : futures_) {
        append(future.quote);
    }
}

double ContractBook::volatility_index() const {
    constexpr double kMonth = 30.0 / 365.0;
    return 100.0 * 1.03 * VolSurface::volatility(surface_.slice(kMonth), 0.0);
}

}  // namespace sauda::simulation
