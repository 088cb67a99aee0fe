#include "services/lab/shell/backtest_fold.h"

#include "common/wire/format.h"
#include "common/wire/reasons.h"

#include <algorithm>
#include <utility>

namespace sauda::lab {

namespace {

// Beyond this many points only every fifth minute is kept.
constexpr std::size_t kFinePointsMax = 60 * 375;

std::string entry_words(const domain::Intent& intent) {
    std::string words(wire::text_of(intent.kind));
    words += intent.signal != 0 ? ", signal " + std::to_string(intent.signal)
                                : (intent.on_rules ? ", on rules: no signal came" : "");
    if (intent.implied_volatility > 0) {
        words += ", implied volatility " + wire::per_million_as_percent(intent.implied_volatility);
    }
    return words;
}

}  // namespace

BacktestFold::BacktestFold(std::shared_ptr<const domain::MarketRules> rules)
    : rules_(rules), summary_(std::move(rules)) {}

Money BacktestFold::equity() const {
    Money sum;
    for (const auto& account : summary_.books().accounts()) {
        sum += summary_.books().equity(account, summary_.marks());
    }
    return sum;
}

Price BacktestFold::level() const {
    const auto* market = summary_.market();
    return market == nullptr ? Price{} : market->close();
}

void BacktestFold::begin_day(const domain::SourceInfo& info) {
    day_ = {};
    day_.date = info.date;
    day_.recording = info.name;
    day_.origin = info.origin;
    day_.underlying = info.underlying;
    day_.has_depth = info.has_depth;
    day_.start = equity();
    day_.margin_peak = margin_now_;
    recorded_.clear();
    day_deposits_ = {};
    session_open_ = {};
    stale_since_ = {};
}

void BacktestFold::add(const domain::Message& message) {
    summary_.add(message);
    const Timestamp at = message.meta.known_time;
    if (const auto* batch = std::get_if<domain::QuoteBatch>(&message.payload)) {
        take(*batch, at);
    } else if (const auto* entry = std::get_if<domain::LedgerEntry>(&message.payload)) {
        take(*entry, at);
    } else if (const auto* decision = std::get_if<domain::Decision>(&message.payload)) {
        take(*decision);
    } else if (const auto* session = std::get_if<domain::SessionEvent>(&message.payload)) {
        take(*session, at);
    } else if (const auto* group = std::get_if<domain::GroupEvent>(&message.payload)) {
        if (domain::is_terminal(group->state)) {
            release(group->group);
        }
    }
}

void BacktestFold::take(const domain::Decision& decision) {
    if (decision.verdict == domain::Verdict::Denied) {
        ++day_.denied;
        const std::string code(wire::code_text(decision.reason.code));
        ++denials_[code];
        denial_text_.try_emplace(code, wire::sentence(decision.reason));
        return;
    }
    if (decision.intent.purpose != domain::Purpose::Open) {
        return;
    }
    Approval& approval = approvals_[decision.intent.id];
    approval.why = entry_words(decision.intent);
    approval.signal = decision.intent.signal;
    approval.margin = decision.margin_reserved;
    approval.margin_held = decision.margin_reserved;
    margin_now_ += decision.margin_reserved;
    day_.margin_peak = std::max(day_.margin_peak, margin_now_);
}

void BacktestFold::release(uint64_t group) {
    const auto found = approvals_.find(group);
    if (found == approvals_.end()) {
        return;
    }
    margin_now_ -= std::exchange(found->second.margin_held, Money{});
    if (found->second.turnover.is_zero()) {  // never in
        approvals_.erase(found);
    }
}

void BacktestFold::take(const domain::LedgerEntry& entry, Timestamp at) {
    on_ledger(entry, at);
    open_.add(entry);
    day_.charges += entry.charges.total();
    if (entry.kind == domain::LedgerKind::Deposit) {
        day_deposits_ += entry.amount;
        deposits_ += entry.amount;
        start_ += days_.empty() ? entry.amount : Money{};
    }
    if (entry.group == 0) {
        day_.correction += entry.charges.total();
        return;
    }
    Approval& approval = approvals_[entry.group];
    approval.level_in = approval.level_in.is_zero() ? level() : approval.level_in;
    approval.level_out = level();
    if (entry.kind == domain::LedgerKind::Fill) {
        ++day_.fills;
        day_.modelled_fills += entry.modelled ? 1 : 0;
        approval.modelled += entry.modelled ? 1 : 0;
        approval.turnover += entry.price * entry.quantity;
    } else if (entry.kind == domain::LedgerKind::Settlement) {
        approval.settled.insert(entry.contract);
    }
}

void BacktestFold::take(const domain::QuoteBatch& batch, Timestamp at) {
    open_.add(batch, at);
    if (batch.underlying == domain::Underlying::INDIAVIX && !day_.vix) {
        for (const auto& quote : batch.quotes) {
            const Price price = quote.last.is_positive() ? quote.last : quote.mid();
            day_.vix = price.is_positive() ? std::optional(price) : day_.vix;
        }
    }
    if (session_open_.is_set() && at.ns / 60'000'000'000 != minute_) {
        note_minute(at);
    }
}

void BacktestFold::note_minute(Timestamp at) {
    // A gap in the data is not exposure; it counts as one minute.
    minute_ = at.ns / 60'000'000'000;
    const uint32_t open = open_.count();
    ++session_minutes_;
    exposed_minutes_ += open > 0 ? 1 : 0;
    const MinutePoint point{.at = {minute_ * 60'000'000'000},
                            .level = level(),
                            .equity = equity(),
                            .margin = margin_now_,
                            .open_trades = open};
    on_minute(point);
    if (minute_ % minutes_apart_ == 0) {
        minutes_.push_back(point);
        thin_minutes();
    }
}

void BacktestFold::thin_minutes() {
    if (minutes_apart_ > 1 || minutes_.size() <= kFinePointsMax) {
        return;
    }
    minutes_apart_ = 5;
    std::erase_if(minutes_, [](const auto& p) { return p.at.ns / 60'000'000'000 % 5 != 0; });
}

void BacktestFold::take(const domain::SessionEvent& event, Timestamp at) {
    switch (event.kind) {
        case domain::SessionKind::Open:
            session_open_ = at;
            break;
        case domain::SessionKind::Close:
            if (session_open_.is_set()) {
                day_.session.ns += (at - session_open_).ns;
            }
            session_open_ = {};
            break;
        case domain::SessionKind::StaleBegin:
            ++day_.stale_periods;
            break;
        case domain::SessionKind::StaleEnd:
            day_.stale.ns += event.duration.ns;
            day_.stale_longest = std::max(day_.stale_longest, event.duration);
            break;
        case domain::SessionKind::Holiday:
            day_.holiday = event.detail;
            break;
        case domain::SessionKind::Unspecified:
        case domain::SessionKind::DayStart:
        case domain::SessionKind::PreOpen:
        case domain::SessionKind::Settlement:
        case domain::SessionKind::DayEnd:
        case domain::SessionKind::RunEnd:
            break;
    }
}

void BacktestFold::end_day(uint64_t refused) {
    day_.start += day_deposits_;
    day_.end = equity();
    day_.refused = refused;
    day_.books_balance = summary_.books_balance();
    for (const auto& [account, day] : summary_.account_days()) {
        day_.drawdown = std::max(day_.drawdown, day.drawdown);
    }
    fill_market(day_);
    const std::size_t before = trades_.size();
    close_trades(false);
    for (std::size_t i = before; i < trades_.size(); ++i) {
        ++day_.closed;
        day_.gross += trades_[i].gross;
    }
    days_.push_back(day_);
}

void BacktestFold::fill_market(DayRecord& day) const {
    const auto* market = summary_.market();
    if (market == nullptr) {
        return;
    }
    day.open = market->open();
    day.high = market->high();
    day.low = market->low();
    day.close = market->close();
    day.quotes = summary_.quotes();
    day.snapshots = market->snapshots();
    day.repeats = market->repeats();
    const auto figures = summary::figures_of(summary_);
    day.straddle_volatility = figures.volatility_start;
    day.straddle_sale = figures.straddle_sale;
    if (figures.expiry) {
        day.days_to_expiry = figures.days_to_expiry;
    }
}

void BacktestFold::close_trades(bool is_last) {
    std::vector<TradeRecord> ended;
    for (const auto& [group, trade] : summary_.trades().trades()) {
        const bool is_over = trade.is_flat() || is_last;
        if (is_over && trade.has_traded() && !recorded_.contains(group)) {
            ended.push_back(record_of(trade));
            recorded_.insert(group);
        }
        if (trade.is_flat()) {
            open_.forget(group);
            approvals_.erase(group);
        }
    }
    std::stable_sort(ended.begin(), ended.end(),
                     [](const auto& a, const auto& b) { return a.in < b.in; });
    trades_.insert(trades_.end(), ended.begin(), ended.end());
}

void BacktestFold::finish() { close_trades(true); }

bool BacktestFold::books_balance() const {
    Money trades;
    for (const auto& trade : trades_) {
        trades += trade.net();
    }
    Money corrections;
    bool balance = true;
    for (const auto& day : days_) {
        corrections += day.correction;
        balance = balance && day.books_balance;
    }
    return balance && deposits_ + trades - corrections == equity();
}

}  // namespace sauda::lab
