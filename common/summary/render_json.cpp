#include "common/base/hash.h"
#include "common/summary/figures.h"
#include "common/summary/render_parts.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"

#include <nlohmann/json.hpp>

namespace sauda::summary {

using Json = nlohmann::ordered_json;

namespace {

// "1785.00": plain rupees, for machines.
std::string plain(const std::string& grouped) {
    std::string out = grouped;
    std::erase(out, ',');
    return out;
}
Json money(Money m) { return plain(wire::rupees(m)); }
Json price(Price p) { return plain(wire::price(p)); }
template <class T, class F>
Json maybe(const std::optional<T>& value, F&& f) {
    return value ? Json(f(*value)) : Json(nullptr);
}
Json maybe(const std::optional<int64_t>& value) { return value ? Json(*value) : Json(nullptr); }
Json clock(Timestamp t) { return t.is_set() ? Json(wire::ist_clock_ms(t)) : Json(nullptr); }

Json straddle(const std::optional<Straddle>& s, int64_t volatility) {
    if (!s) {
        return nullptr;
    }
    return {{"at", clock(s->at)},           {"expiry", domain::to_text(s->expiry)},
            {"strike", price(s->strike)},   {"price", price(s->total())},
            {"forward", price(s->forward)}, {"volatility_per_million", volatility}};
}

Json market_json(const SessionSummary& s, const Figures& f) {
    const auto* m = s.market();
    if (m == nullptr) {
        return nullptr;
    }
    return {{"open", price(m->open())},
            {"high", price(m->high())},
            {"low", price(m->low())},
            {"close", price(m->close())},
            {"is_index", m->is_spot()},
            {"straddle_start", straddle(m->first_straddle(), f.volatility_start)},
            {"straddle_end", straddle(m->last_straddle(), f.volatility_end)},
            {"expected_move", maybe(f.expected_move, price)},
            {"realised_move", maybe(f.realised_move, price)},
            {"quotes", m->quotes()},
            {"snapshots", m->snapshots()},
            {"repeated_snapshots", m->repeats()},
            {"first", clock(m->first_known())},
            {"last", clock(m->last_known())}};
}

Json bots_json(const Figures& f) {
    Json rows = Json::array();
    for (const auto& row : f.bots) {
        const auto& a = *row.activity;
        rows.push_back({{"name", row.name},
                        {"state", a.state},
                        {"signals", a.signals},
                        {"intents", a.intents},
                        {"approved", a.approved},
                        {"reduced", a.reduced},
                        {"denied", a.denied},
                        {"trades", row.trades},
                        {"won", row.won},
                        {"gross", money(row.gross)},
                        {"charges", money(row.charges)},
                        {"net", money(row.net())},
                        {"max_drawdown", money(row.drawdown)},
                        {"peak_margin", money(a.margin_peak)},
                        {"last_reason", wire::code_text(a.last_reason.code)}});
    }
    return rows;
}

Json trades_json(const Figures& f) {
    Json rows = Json::array();
    for (const auto& row : f.trades) {
        const Trade& t = *row.trade;
        Json legs = Json::array();
        for (const auto& leg : t.legs) {
            legs.push_back(
                {{"contract", domain::to_text(leg.contract)},
                 {"side", wire::text_of(leg.side)},
                 {"quantity", leg.in_quantity.raw()},
                 {"in", price(leg.in_price())},
                 {"out", leg.out_quantity.is_zero() ? Json(nullptr) : price(leg.out_price())}});
        }
        rows.push_back({{"group", t.group},
                        {"bot", t.bot},
                        {"account", t.account},
                        {"legs", legs},
                        {"in", clock(t.in)},
                        {"out", clock(t.out)},
                        {"why_out", row.why},
                        {"stop_price", maybe(t.stop_price(), price)},
                        {"fill_price", maybe(t.exit_price(), price)},
                        {"gross", t.is_flat() ? money(t.gross) : Json(nullptr)},
                        {"charges", money(t.charges)},
                        {"net", t.is_flat() ? money(t.net()) : Json(nullptr)}});
    }
    return rows;
}

Json refusals_json(const std::vector<NamedRefusal>& rows) {
    Json out = Json::array();
    for (const auto& row : rows) {
        out.push_back({{"reason", wire::code_text(row.code)},
                       {"count", row.refusal.count},
                       {"bot", row.refusal.bot},
                       {"example", wire::sentence(row.refusal.example)}});
    }
    return out;
}

Json orders_json(const SessionSummary& s) {
    const auto& c = s.orders().counts();
    const auto times = s.orders().time_to_fill();
    const auto slip = [](const OrderLog::Slip& v) {
        return Json{{"amount", money(v.amount)}, {"quantity", v.quantity.raw()}};
    };
    return {{"sent", c.sent},
            {"filled", c.filled},
            {"partial", c.partial},
            {"cancelled", c.cancelled},
            {"rejected", c.rejected},
            {"denied", c.denied},
            {"unknown", c.unknown},
            {"repriced", c.repriced},
            {"slices", c.slices},
            {"modelled", c.modelled},
            {"time_to_fill_median_ns", times ? Json(times->first.ns) : Json(nullptr)},
            {"time_to_fill_max_ns", times ? Json(times->second.ns) : Json(nullptr)},
            {"slippage_mid", slip(s.orders().against_mid())},
            {"slippage_touch", slip(s.orders().against_touch())}};
}

Json money_json(const SessionSummary& s, const Figures& f) {
    Json rows = Json::array();
    for (const auto& row : f.money) {
        rows.push_back({{"account", row.account},
                        {"start", money(row.start)},
                        {"realised", money(row.realised)},
                        {"unrealised", money(row.unrealised)},
                        {"charges", money(row.charges)},
                        {"end", money(row.end)},
                        {"return_on_capital_per_million", maybe(row.on_capital)},
                        {"return_on_margin_per_million", maybe(row.on_margin)},
                        {"max_drawdown", money(row.drawdown)}});
    }
    return {{"accounts", rows}, {"balanced", s.books_balance()}, {"differences", s.imbalances()}};
}

Json costs_json(const Figures& f) {
    const auto& c = f.charges;
    return {{"brokerage", money(c.brokerage)},
            {"stt", money(c.stt)},
            {"exchange", money(c.exchange)},
            {"sebi", money(c.sebi)},
            {"stamp", money(c.stamp)},
            {"gst", money(c.gst)},
            {"other", money(c.other)},
            {"total", money(c.total())},
            {"of_gross_per_million", maybe(f.charges_of_gross)},
            {"break_even_points", maybe(f.break_even, price)}};
}

Json open_json(const Figures& f) {
    Json rows = Json::array();
    for (const auto& row : f.open) {
        rows.push_back({{"account", row.key.account},
                        {"bot", row.key.bot},
                        {"group", row.key.group},
                        {"contract", domain::to_text(row.key.contract)},
                        {"quantity", row.position.net.raw()},
                        {"mark", maybe(row.mark, price)},
                        {"margin_tomorrow_estimate", maybe(row.margin_tomorrow, money)}});
    }
    return rows;
}

Json risk_json(const SessionSummary& s) {
    Json limits = Json::array();
    for (const auto& [code, use] : s.bots().limits()) {
        limits.push_back({{"limit", wire::code_text(code)},
                          {"use_per_million", use.use},
                          {"value", use.value},
                          {"at", use.limit},
                          {"estimated", use.estimated}});
    }
    return {{"state", parts::state_text(s)}, {"worst_use", limits}};
}

Json model_json(const SessionSummary& s, const RunFacts& facts) {
    const auto accuracy = s.signals().accuracy();
    return {{"model", s.signals().model()},
            {"note", facts.model_note.empty() ? s.signals().why_not() : facts.model_note},
            {"signals", s.signals().signals()},
            {"judged", accuracy.judged},
            {"right", accuracy.right},
            {"base", accuracy.base()}};
}

Json run_json(const RunFacts& facts) {
    Json refused = Json::object();
    for (const auto& [reason, n] : facts.refused) {
        refused[reason] = n;
    }
    return {{"environment", facts.environment},
            {"run", facts.run_folder},
            {"result_hash", facts.result_hash},
            {"reproducible", facts.is_reproducible ? Json(*facts.is_reproducible) : Json(nullptr)},
            {"restarts", maybe(facts.restarts)},
            {"lost", maybe(facts.lost)},
            {"duplicates", maybe(facts.duplicates)},
            {"lag_max_ns", maybe(facts.lag_max_ns)},
            {"refused", refused},
            {"logs", facts.logs}};
}

}  // namespace

std::string json(const SessionSummary& summary, const RunFacts& facts) {
    const Figures f = figures_of(summary);
    const auto& feed = summary.feed();
    Json root{{"books_balance", summary.books_balance()},
              {"date", domain::to_text(summary.date())},
              {"underlying", domain::to_text(summary.underlying())},
              {"run", run_json(facts)},
              {"source",
               {{"name", feed.source.name},
                {"origin", wire::text_of(feed.source.origin)},
                {"interval_ns", feed.source.interval.ns},
                {"content_hash", base::to_hex(feed.source.content_hash)},
                {"holiday", feed.holiday},
                {"stale_periods", feed.stale_periods},
                {"stale_longest_ns", feed.stale_longest.ns}}},
              {"market", market_json(summary, f)},
              {"bots", bots_json(f)},
              {"benchmarks",
               {{"nothing", "0.00"}, {"straddle_0930_1510", maybe(f.straddle_sale, money)}}},
              {"denied", refusals_json(f.denied)},
              {"reasons", refusals_json(f.reasons_for_nothing)},
              {"orders", orders_json(summary)},
              {"trades", trades_json(f)},
              {"costs", costs_json(f)},
              {"money", money_json(summary, f)},
              {"open", open_json(f)},
              {"risk", risk_json(summary)},
              {"model", model_json(summary, facts)}};
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sauda::summary
