#include "tests/support/small_session.h"

#include "common/base/rng.h"
#include "common/wire/codec.h"

#include <algorithm>

namespace sauda::test {

using domain::ContractId;
using domain::ContractKind;
using domain::Date;
using domain::Exchange;
using domain::Price;
using domain::Quote;
using domain::Timestamp;
using domain::Underlying;

namespace {

constexpr int64_t kTickPaise = 5;
constexpr int kFirstStrike = 24'300;
constexpr int kStrikes = 20;
constexpr int kStrikeStep = 50;

class Generator {
 public:
    explicit Generator(uint64_t seed)
        : rng_(seed), expiry_(seed % 2 == 1 ? kSessionDate : base::date_of(2025, 9, 2)) {}

    SmallSession make(int snapshots) {
        SmallSession session;
        session.info = {.name = "small session",
                        .origin = domain::Origin::Simulated,
                        .underlying = Underlying::NIFTY,
                        .date = kSessionDate,
                        .interval = base::seconds(20),
                        .stale_limit = {},
                        .content_hash = 1};
        Timestamp known = base::ist(kSessionDate, base::minutes(9 * 60 + 16));
        for (int n = 0; n < snapshots; ++n) {
            walk();
            const bool is_repeat = n > 0 && rng_.chance(0.03);
            stamp_ = is_repeat ? stamp_ : known - base::milliseconds(rng_.between(0, 1500));
            // Two halves of one snapshot: at the same instant, or a moment apart.
            push(session, half(0), known);
            known = known + base::milliseconds(rng_.chance(0.6) ? 0 : rng_.between(1, 40));
            push(session, half(1), known);
            const bool is_silence = rng_.chance(0.01);
            known = known + base::milliseconds(is_silence ? rng_.between(65'000, 150'000)
                                                          : rng_.between(14'000, 24'000));
        }
        return session;
    }

 private:
    void walk() {
        const int64_t span = rng_.chance(0.04) ? 9'000 : 1'200;  // paise; now and then a jump
        drift_ += rng_.between(-200, 200) - drift_ / 8;
        spot_ =
            std::clamp<int64_t>(spot_ + drift_ + rng_.between(-span, span), 2'440'000, 2'515'000);
    }

    std::vector<Quote> half(int which) {
        std::vector<Quote> quotes;
        if (which == 0) {
            Quote spot;
            spot.contract = ContractId::spot(Exchange::NSE, Underlying::NIFTY);
            spot.last = Price::from_paise(spot_);
            spot.event_time = stamp_;
            quotes.push_back(spot);
        }
        for (int i = which; i < kStrikes; i += 2) {
            const int64_t strike = int64_t{100} * (kFirstStrike + i * kStrikeStep);
            quotes.push_back(option(ContractKind::Call, strike));
            quotes.push_back(option(ContractKind::Put, strike));
        }
        return quotes;
    }

    // Intrinsic value and a hump of time value around the strike, in paise.
    Quote option(ContractKind kind, int64_t strike) {
        const int64_t distance = spot_ - strike;
        const int64_t intrinsic =
            std::max<int64_t>(kind == ContractKind::Call ? distance : -distance, 0);
        const int64_t off = std::abs(distance) / 100;
        const int64_t worth = intrinsic + 11'000 * 100 / (100 + off * off / 200);
        const int64_t ticks = std::max<int64_t>(worth / kTickPaise + rng_.between(-3, 3), 2);
        Quote q;
        q.contract = ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry_,
                                        Price::from_paise(strike));
        q.bid = Price::from_paise(kTickPaise * ticks);
        q.ask = Price::from_paise(kTickPaise * (ticks + rng_.between(1, 6)));
        q.last = rng_.chance(0.5) ? q.bid : q.ask;
        q.bid_size = base::units(75 * rng_.between(0, 6));
        q.ask_size = base::units(75 * rng_.between(0, 6));
        q.volume = base::units(volume_ += rng_.between(0, 900));
        q.event_time = stamp_;
        if (rng_.chance(0.01)) {
            (rng_.chance(0.5) ? q.bid : q.ask) = Price{};
        }
        return q;
    }

    void push(SmallSession& session, std::vector<Quote> quotes, Timestamp known) {
        domain::Message message;
        message.stream = domain::market_data_stream(Underlying::NIFTY);
        message.seq = session.messages.size() + 1;
        message.meta.event_time = stamp_;
        message.meta.known_time = known;
        message.payload = domain::QuoteBatch{Underlying::NIFTY, std::move(quotes)};
        session.messages.push_back(std::move(message));
    }

    base::Rng rng_;
    Date expiry_;
    Timestamp stamp_;
    int64_t spot_ = 2'478'000;
    int64_t drift_ = 0;
    int64_t volume_ = 0;
};

class SessionSource : public feed::Source {
 public:
    explicit SessionSource(std::shared_ptr<const SmallSession> session)
        : session_(std::move(session)) {}

    [[nodiscard]] const domain::SourceInfo& info() const override { return session_->info; }
    [[nodiscard]] std::optional<Timestamp> next_time() override {
        return next_ < session_->messages.size()
                   ? std::optional(session_->messages[next_].meta.known_time)
                   : std::nullopt;
    }
    feed::SourceMessage pop() override {
        const auto& message = session_->messages.at(next_++);
        return {.message = message, .payload = bytes_of(message), .is_refused = false};
    }
    [[nodiscard]] std::vector<std::string> range(domain::StreamId /*stream*/, uint64_t from,
                                                 uint32_t count) override {
        std::vector<std::string> payloads;
        for (auto n = from; n <= session_->messages.size() && payloads.size() < count; ++n) {
            payloads.push_back(bytes_of(session_->messages[n - 1]));
        }
        return payloads;
    }
    [[nodiscard]] uint64_t refused() const override { return 0; }

 private:
    static std::string bytes_of(const domain::Message& message) {
        return wire::encode(message.meta, message.payload);
    }
    std::shared_ptr<const SmallSession> session_;
    std::size_t next_ = 0;
};

}  // namespace

SmallSession make_small_session(uint64_t seed, int snapshots) {
    return Generator(seed).make(snapshots);
}

std::shared_ptr<const domain::MarketRules> small_rules() {
    const Date from = base::date_of(2024, 1, 1);
    auto rules = std::make_shared<domain::MarketRules>();
    const auto close = base::minutes(10 * 60 + 50);
    rules->sessions = {{Exchange::NSE, from, base::minutes(9 * 60 + 15), close, close,
                        base::minutes(10 * 60 + 55)}};
    rules->lots = {{Underlying::NIFTY, from, base::units(75)}};
    rules->ticks = {{Underlying::NIFTY, ContractKind::Call, from, Price::from_paise(kTickPaise)}};
    rules->freezes = {{Underlying::NIFTY, from, base::units(150), base::units(1'500)}};
    domain::ChargeRates rates;
    rates.brokerage_per_order = domain::Money::from_rupees(20);
    rates.stt_sell = 1'000'000;
    rates.stt_exercise = 1'250'000;
    rates.exchange = 355'300;
    rates.sebi = 1'000;
    rates.stamp_buy = 30'000;
    rates.gst = 180'000'000;
    rules->charges = {{Exchange::NSE, ContractKind::Call, from, rates}};
    rules->margins = {{Exchange::NSE, from, {93'000, 20'000, 20'000}}};
    rules->protections = {
        {Exchange::NSE, ContractKind::Call, from, {Price::from_rupees(20), 400'000}}};
    return rules;
}

feed::OpenSource open_small_session(std::shared_ptr<const SmallSession> session) {
    return [session](const std::string& path,
                     uint64_t expected) -> base::Expected<std::unique_ptr<feed::Source>> {
        if (expected != 0 && expected != session->info.content_hash) {
            return base::fail(base::ErrorKind::Conflict, path + " is another session");
        }
        return std::make_unique<SessionSource>(session);
    };
}

std::optional<domain::Timestamp> SessionData::next_time() {
    return next_ < session_.messages.size()
               ? std::optional(session_.messages[next_].meta.known_time)
               : std::nullopt;
}

}  // namespace sauda::test
