#include "common/summary/figures.h"

#include "common/wire/format.h"
#include "common/wire/reasons.h"

#include <algorithm>
#include <cmath>

namespace sauda::summary {

using domain::ContractKind;

namespace {

std::vector<NamedRefusal> by_frequency(std::map<ReasonCode, Refusal> all) {
    std::vector<NamedRefusal> sorted;
    for (auto& [code, refusal] : all) {
        sorted.push_back({code, std::move(refusal)});
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.refusal.count > b.refusal.count;
    });
    return sorted;
}

std::string legs_of(const Trade& trade) {
    std::string text;
    for (const auto& leg : trade.legs) {
        text += text.empty() ? "" : ", ";
        text += std::string(wire::text_of(leg.side)) + " " + wire::quantity(leg.in_quantity) + " " +
                contract_text(leg.contract) + " " + wire::price(leg.in_price()) + " > " +
                (leg.out_quantity.is_zero() ? "open" : wire::price(leg.out_price()));
    }
    return text;
}

std::string stop_to_fill(const Trade& trade) {
    if (trade.why_out.code != ReasonCode::ExitStop &&
        trade.why_out.code != ReasonCode::ExitTrailing) {
        return "-";
    }
    const auto stop = trade.stop_price();
    const auto fill = trade.exit_price();
    if (stop && fill) {
        return wire::price(*stop) + " > " + wire::price(*fill);
    }
    if (!trade.stop_pnl.is_zero() && trade.is_flat()) {
        return "P&L " + wire::rupees(trade.stop_pnl) + " > " + wire::rupees(trade.gross);
    }
    return "unknown";
}

void add_trades(Figures& f, const SessionSummary& s) {
    std::vector<const Trade*> trades;
    for (const auto& [group, trade] : s.trades().trades()) {
        if (trade.has_traded()) {
            trades.push_back(&trade);
        }
    }
    std::stable_sort(trades.begin(), trades.end(),
                     [](const Trade* a, const Trade* b) { return a->in < b->in; });
    base::Quantity entered;
    for (const Trade* trade : trades) {
        const bool is_flat = trade->is_flat();
        f.trades.push_back({.trade = trade,
                            .legs = legs_of(*trade),
                            .why = is_flat ? exit_text(trade->why_out) : "open",
                            .stop_to_fill = stop_to_fill(*trade)});
        if (is_flat) {
            f.gross += trade->gross;
        }
        base::Quantity most;
        for (const auto& leg : trade->legs) {
            most = std::max(most, leg.in_quantity);
        }
        entered += most;
    }
    f.charges = s.charges_today();
    if (!f.gross.is_zero()) {
        f.charges_of_gross =
            base::scale_half_up(f.charges.total().raw(), 1'000'000, f.gross.abs().raw());
    }
    if (entered.is_positive()) {
        f.break_even =
            Price::from_raw(base::scale_half_up(f.charges.total().raw(), 1, entered.raw()));
    }
}

void add_bots(Figures& f, const SessionSummary& s) {
    std::map<std::string, std::vector<const Trade*>> closed;
    std::map<std::string, uint64_t> traded;
    for (const auto& row : f.trades) {
        ++traded[row.trade->bot];
        if (row.trade->is_flat()) {
            closed[row.trade->bot].push_back(row.trade);
        }
    }
    for (const auto& [name, activity] : s.bots().bots()) {
        BotRow row;
        row.name = name;
        row.activity = &activity;
        row.trades = traded[name];
        auto& trades = closed[name];
        std::stable_sort(trades.begin(), trades.end(),
                         [](const Trade* a, const Trade* b) { return a->out < b->out; });
        Money best;
        for (const Trade* trade : trades) {
            row.gross += trade->gross;
            row.charges += trade->charges;
            row.won += trade->net().is_positive() ? 1 : 0;
            best = std::max(best, row.net());
            row.drawdown = std::max(row.drawdown, best - row.net());
        }
        f.bots.push_back(std::move(row));
    }
}

std::optional<int64_t> ratio(Money part, Money whole) {
    return whole.is_positive()
               ? std::optional(base::scale_half_up(part.raw(), 1'000'000, whole.raw()))
               : std::nullopt;
}

void add_money(Figures& f, const SessionSummary& s) {
    for (const auto& [account, day] : s.account_days()) {
        const auto& book = s.books().book();
        MoneyRow row;
        row.account = account;
        row.start = day.equity + day.deposits;
        row.realised = book.realised(account) - day.realised;
        row.charges = book.charges(account).total() - day.charges;
        row.end = s.books().equity(account, s.marks());
        // The rest: what open positions gained or lost since the day began.
        row.unrealised = row.end - row.start - row.realised + row.charges;
        row.drawdown = day.drawdown;
        row.on_capital = ratio(row.end - row.start, row.start);
        row.on_margin = ratio(row.end - row.start, s.bots().margin_peak());
        f.money.push_back(std::move(row));
    }
}

std::optional<Money> margin_of(const SessionSummary& s, const domain::PositionKey& key,
                               const domain::Position& position, std::optional<Price> mark) {
    if (position.net.is_positive()) {  // a long option costs its premium
        return mark ? std::optional(*mark * position.net) : std::nullopt;
    }
    const auto* market = s.market();
    if (s.rules() == nullptr || market == nullptr || !market->close().is_positive()) {
        return std::nullopt;
    }
    const Date tomorrow = s.rules()->next_trading_day(key.contract.exchange(), s.date());
    const auto rates = s.rules()->margin_rates(key.contract.exchange(), tomorrow);
    const int64_t share =
        rates.scan + rates.exposure + (key.contract.expiry() == tomorrow ? rates.expiry_day : 0);
    return (market->close() * position.net.abs()).scaled(share, 1'000'000);
}

void add_open(Figures& f, const SessionSummary& s) {
    for (const auto& [key, position] : s.books().book().positions()) {
        if (position.net.is_zero()) {
            continue;
        }
        const auto mark = s.marks().find(key.contract);
        OpenRow row{key, position, std::nullopt, std::nullopt};
        if (mark != s.marks().end()) {
            row.mark = mark->second;
        }
        row.margin_tomorrow = margin_of(s, key, position, row.mark);
        f.open.push_back(std::move(row));
    }
}

void add_rules(Figures& f, const SessionSummary& s, const MarketWatch& market) {
    const auto& first = market.first_straddle();
    if (market.nearest_expiry().days != 0) {
        f.expiry = market.nearest_expiry();
    }
    if (s.rules() == nullptr || !f.expiry) {
        return;
    }
    f.days_to_expiry = s.rules()->trading_days_between(market.exchange(), s.date(), *f.expiry);
    f.rates = s.rules()->charge_rates(market.exchange(), ContractKind::Call, s.date());
    f.straddle_sale = net_of_sale(market, *s.rules(), s.date());
    const Price strike = first ? first->strike : Price::from_rupees(100);
    f.at_the_money =
        s.rules()->instrument(domain::ContractId::option(market.exchange(), s.underlying(),
                                                         ContractKind::Call, *f.expiry, strike),
                              s.date());
    if (!first || !f.at_the_money) {
        return;
    }
    f.volatility_start = straddle_volatility(*first, f.at_the_money->expires_at);
    f.volatility_end = straddle_volatility(*market.last_straddle(), f.at_the_money->expires_at);
    // A straddle is worth the move expected until expiry; today's share goes by the root of time.
    const double share = std::sqrt(1.0 / (f.days_to_expiry + 1));
    f.expected_move =
        Price::from_raw(std::llround(static_cast<double>(first->total().raw()) * share));
}

}  // namespace

std::string contract_text(domain::ContractId id) {
    if (!id.is_option()) {
        return domain::to_text(id);
    }
    std::string strike = wire::price(id.strike());
    std::erase(strike, ',');
    if (strike.ends_with(".00")) {
        strike.resize(strike.size() - 3);
    }
    return strike + (id.kind() == ContractKind::Call ? " CE" : " PE");
}

std::string exit_text(const domain::Reason& reason) {
    if (reason.code == ReasonCode::None) {
        return "unknown";
    }
    std::string text(wire::code_text(reason.code));
    if (text.starts_with("EXIT_")) {
        text.erase(0, 5);
    }
    for (char& c : text) {
        c = c == '_' ? ' ' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return text;
}

Figures figures_of(const SessionSummary& s) {
    Figures f;
    add_trades(f, s);
    add_bots(f, s);
    add_money(f, s);
    add_open(f, s);
    f.denied = by_frequency(s.bots().denials());
    auto reasons = s.bots().denials();
    for (const auto& [code, refusal] : s.bots().skips()) {
        auto& sum = reasons[code];
        if (sum.count == 0) {
            sum = refusal;
        } else {
            sum.count += refusal.count;
        }
    }
    f.reasons_for_nothing = by_frequency(std::move(reasons));
    if (f.denied.size() > 5) {
        f.denied.resize(5);
    }
    if (const auto* market = s.market()) {
        add_rules(f, s, *market);
        if (market->open().is_positive()) {
            f.realised_move = (market->close() - market->open()).abs();
        }
    }
    return f;
}

}  // namespace sauda::summary
