#include "services/trainer/shell/train_day.h"

#include "common/recording/source_recording.h"
#include "services/feed/core/feed_core.h"
#include "services/ml_signal/core/ml_signal_core.h"

#include <algorithm>
#include <filesystem>
#include <functional>

namespace sauda::trainer {

namespace {

using domain::Message;
using domain::StreamId;
using domain::Timestamp;

constexpr domain::Duration kAfterBar = base::seconds(1);
constexpr domain::Duration kFlatBeforeClose = base::minutes(5);
constexpr int64_t kStrikesShare = 30'000;  // strikes within 3 % of the forward are kept

// Hands what a core emits to whoever waits for it.
class Line final : public domain::Emitter {
 public:
    Line(domain::Core& core, std::function<void(const Message&)> next)
        : core_(core), next_(std::move(next)) {}
    void set_now(Timestamp now) { now_ = now; }
    void emit(StreamId stream, domain::Payload payload) override {
        emit(stream, std::move(payload), {});
    }
    void emit(StreamId stream, domain::Payload payload, std::vector<domain::Cause>) override {
        Message message;
        message.stream = stream;
        message.seq = ++seq_;
        message.meta.event_time = now_;
        message.meta.known_time = now_;
        message.payload = std::move(payload);
        core_.apply(message);
        next_(message);
    }

 private:
    domain::Core& core_;
    std::function<void(const Message&)> next_;
    Timestamp now_;
    uint64_t seq_ = 0;
};

// A bar with features that waits for its moment.
struct Waiting {
    Timestamp end;
    ml_signal::FeatureRow features{};
    domain::Date expiry;
    domain::Price forward;
    int64_t rule_score = 0;
    std::size_t moment = SIZE_MAX;
};

// The day as it runs by.
class Player {
 public:
    Player(domain::Underlying underlying, std::shared_ptr<const domain::MarketRules> rules)
        : underlying_(underlying),
          feed_({}, std::move(rules)),
          signals_([] {
              ml_signal::MlSignalConfig config;
              config.makes_features = true;
              return config;
          }()),
          feed_line_(feed_, [this](const Message& message) { to_signals(message); }),
          signal_line_(signals_, [this](const Message& message) { take_signal(message); }) {}

    void begin(const domain::SourceInfo& info, Timestamp first) {
        const auto morning = base::ist(base::ist_date(first), base::minutes(540));
        const Timestamp at = std::min(morning, first - domain::Duration{1});
        feed_line_.set_now(at);
        feed_.decide(feed::source_start(info, at, ++seq_), at, feed_line_);
    }
    void take(const Message& message) {
        const Timestamp now = message.meta.known_time;
        run_to(now - domain::Duration{1});
        sample_before(now);
        feed_.observe(message, now);
        feed_line_.set_now(now);
        feed_.decide(message, now, feed_line_);
        last_ = now;
    }
    void end() {
        feed_line_.set_now(last_);
        feed_.decide(feed::source_end(underlying_, last_, ++seq_), last_, feed_line_);
        sample_before(Timestamp::max());
        while (!has_ended_ && feed_.next_deadline() < Timestamp::max()) {
            run_to(feed_.next_deadline());
        }
        sample_before(Timestamp::max());
    }

    std::vector<Waiting> waiting;
    std::vector<Moment> moments;
    Timestamp close_at;

 private:
    // Timers after quotes of the same instant, as everywhere.
    void run_to(Timestamp now) {
        while (feed_.next_deadline() <= now) {
            const auto due = feed_.next_deadline();
            feed_line_.set_now(due);
            feed_.wake(due, feed_line_);
        }
    }
    void to_signals(const Message& message) {
        if (const auto* session = std::get_if<domain::SessionEvent>(&message.payload)) {
            has_ended_ = has_ended_ || session->kind == domain::SessionKind::RunEnd;
            close_at = session->close_at.is_set() ? session->close_at : close_at;
        }
        const auto now = message.meta.known_time;
        rule_score_ = 0;
        signals_.observe(message, now);
        signal_line_.set_now(now);
        signals_.decide(message, now, signal_line_);
        if (const auto* bars = std::get_if<domain::BarBatch>(&message.payload)) {
            take_bars(*bars);
        }
    }
    void take_signal(const Message& message) {
        if (const auto* signal = std::get_if<domain::Signal>(&message.payload)) {
            rule_score_ = signal->score;
        }
    }
    void take_bars(const domain::BarBatch& batch) {
        const auto* engine = signals_.features(underlying_);
        if (batch.underlying != underlying_ || batch.length != base::minutes(1) ||
            engine == nullptr || engine->expiry().days == 0) {
            return;
        }
        Waiting bar;
        bar.end = batch.start + batch.length;
        bar.expiry = engine->expiry();
        for (const auto& each : batch.bars) {
            if (each.contract.kind() == domain::ContractKind::Synthetic &&
                each.contract.expiry() == bar.expiry) {
                bar.forward = each.close;
            }
        }
        if (engine->row() && bar.forward.is_positive()) {
            bar.features = *engine->row();
            bar.rule_score = rule_score_;
            waiting.push_back(bar);
        }
        due_.push_back({bar.end + kAfterBar, bar.expiry, bar.forward});
    }
    // What stood a second after each bar, before the quote known at `now` changes it.
    void sample_before(Timestamp now) {
        while (!due_.empty() && due_.front().at < now) {
            const auto due = due_.front();
            due_.erase(due_.begin());
            for (auto& bar : waiting) {
                if (bar.end + kAfterBar == due.at) {
                    bar.moment = moments.size();
                }
            }
            moments.push_back(moment_of(due));
        }
    }
    struct Due {
        Timestamp at;
        domain::Date expiry;
        domain::Price forward;
    };
    [[nodiscard]] Moment moment_of(const Due& due) {
        Moment moment;
        moment.at = due.at;
        reference_ = due.forward.is_positive() ? due.forward : reference_;
        const auto* chain = feed_.chain(underlying_);
        if (chain == nullptr) {
            return moment;
        }
        const auto width = reference_.scaled(kStrikesShare, 1'000'000);
        for (const auto strike : chain->strikes(due.expiry)) {
            if ((strike - reference_).abs() > width) {
                continue;
            }
            const auto* call = chain->option(due.expiry, strike, domain::ContractKind::Call);
            const auto* put = chain->option(due.expiry, strike, domain::ContractKind::Put);
            StrikeSides sides;
            if (call != nullptr) {
                sides.call_bid = call->bid;
                sides.call_ask = call->ask;
            }
            if (put != nullptr) {
                sides.put_bid = put->bid;
                sides.put_ask = put->ask;
            }
            moment.strikes[strike] = sides;
        }
        return moment;
    }

    domain::Underlying underlying_;
    feed::FeedCore feed_;
    ml_signal::MlSignalCore signals_;
    Line feed_line_;
    Line signal_line_;
    std::vector<Due> due_;
    domain::Price reference_;
    int64_t rule_score_ = 0;
    uint64_t seq_ = 0;
    Timestamp last_;
    bool has_ended_ = false;
};

std::optional<TrainingRow> judge(const Waiting& bar, const std::vector<Moment>& moments,
                                 const LotTerms& terms, const Barriers& barriers) {
    if (bar.moment >= moments.size() || moments[bar.moment].at >= barriers.flat_at) {
        return std::nullopt;
    }
    const auto strike = dealable_strike(moments[bar.moment], bar.forward);
    if (!strike) {
        return std::nullopt;
    }
    const auto trade = [&](TradeKind kind) {
        return outcome_of(kind, moments, bar.moment, *strike, terms, barriers);
    };
    const auto call = trade(TradeKind::BuyCall);
    const auto put = trade(TradeKind::BuyPut);
    const auto straddle = trade(TradeKind::SellStraddle);
    if (!call || !put || !straddle) {
        return std::nullopt;
    }
    TrainingRow row;
    row.at = bar.end;
    row.features = bar.features;
    row.call = *call;
    row.put = *put;
    row.straddle = *straddle;
    row.rule_score = bar.rule_score;
    return row;
}

// A recording's terms: the rules of its own date, for the options of its nearest expiry.
base::Expected<LotTerms> terms_of(const domain::MarketRules& rules, const TrainingDay& day,
                                  domain::Date expiry) {
    const auto exchange = domain::exchange_of(day.underlying);
    const auto option =
        domain::ContractId::option(exchange, day.underlying, domain::ContractKind::Call, expiry,
                                   domain::Price::from_rupees(100));
    const auto instrument = rules.instrument(option, day.date);
    const auto rates = rules.charge_rates(exchange, domain::ContractKind::Call, day.date);
    if (!instrument || !rates) {
        return base::fail(base::ErrorKind::Invalid,
                          day.file + ": the dated rules know no lot or no charges of " +
                              std::string(to_text(day.underlying)) + " on " +
                              domain::to_text(day.date));
    }
    return LotTerms{instrument->lot, *rates};
}

base::Expected<TrainingDay> finish(TrainingDay day, const Player& player,
                                   const domain::MarketRules& rules) {
    if (player.waiting.empty()) {
        return base::fail(base::ErrorKind::Invalid,
                          day.file + " has no 20 minutes of options of " +
                              std::string(to_text(day.underlying)) +
                              " with bids and asks: there is nothing to learn from");
    }
    const auto terms = terms_of(rules, day, player.waiting.front().expiry);
    if (!terms) {
        return std::unexpected(terms.error());
    }
    day.lot = terms->lot;
    day.bars = player.waiting.size();
    day.first_forward = player.waiting.front().forward.rupees();
    day.last_forward = player.waiting.back().forward.rupees();
    Barriers barriers;
    barriers.flat_at =
        player.close_at.is_set() ? player.close_at - kFlatBeforeClose : Timestamp::max();
    for (const auto& bar : player.waiting) {
        if (auto row = judge(bar, player.moments, *terms, barriers)) {
            day.rows.push_back(std::move(*row));
        }
    }
    if (day.rows.empty()) {
        return base::fail(base::ErrorKind::Invalid,
                          day.file +
                              " shows no bid and ask of a call and a put at one strike: "
                              "what a trade would have made cannot be told");
    }
    return day;
}

}  // namespace

base::Expected<TrainingDay> read_training_day(
    const std::string& path, domain::Underlying underlying,
    const std::shared_ptr<const domain::MarketRules>& rules) {
    auto file = recording::SourceRecording::open(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    auto info = recording::source_info(file->source());
    TrainingDay day;
    day.file = std::filesystem::path(path).filename().string();
    day.origin = info.origin;
    day.date = info.date;
    day.content_hash = file->source().content_hash;
    day.underlying = underlying == domain::Underlying::Unspecified ? info.underlying : underlying;
    info.underlying = day.underlying;
    const auto stream = domain::market_data_stream(day.underlying);
    Player player(day.underlying, rules);
    recording::SourceMessage next;
    Message message;
    for (;;) {
        const auto more = file->next(next);
        if (!more) {
            return base::fail(base::ErrorKind::Corrupt, day.file + ": " + more.error().text);
        }
        if (!*more) {
            break;
        }
        if (next.stream != stream || !next.refused.empty()) {
            continue;
        }
        if (day.quotes == 0) {
            player.begin(info, next.known_time);
        }
        message.stream = next.stream;
        message.seq = next.ordinal;
        message.meta = next.decoded.meta;
        message.meta.known_time = next.known_time;
        std::swap(message.payload, next.decoded.payload);
        const auto* quotes = std::get_if<domain::QuoteBatch>(&message.payload);
        day.quotes += quotes != nullptr ? quotes->quotes.size() : 0;
        player.take(message);
        std::swap(message.payload, next.decoded.payload);
    }
    if (day.quotes > 0) {
        player.end();
    }
    return finish(std::move(day), player, *rules);
}

}  // namespace sauda::trainer
