#include "services/lab/shell/report_json.h"

#include "common/summary/figures.h"
#include "common/wire/format.h"

#include <nlohmann/json.hpp>

namespace sauda::lab {

namespace {

using Json = nlohmann::ordered_json;

int64_t paise(Money money) { return base::scale_half_up(money.raw(), 1, 100); }
Json paise(Price price) {
    return price.is_zero() ? Json() : Json(base::scale_half_up(price.raw(), 1, 100));
}
Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }
int64_t seconds(Timestamp t) { return t.ns / 1'000'000'000; }
double minutes(Duration d) { return static_cast<double>(d.ns) / 60e9; }

Json manifest_json(const RunManifest& m) {
    Json recordings = Json::array();
    for (const auto& one : m.recordings) {
        const auto seed = one.source.extra.find("seed");
        recordings.push_back(
            {{"name", one.source.name},
             {"date", domain::to_text(one.source.date)},
             {"underlying", domain::to_text(one.source.underlying)},
             {"origin", wire::text_of(one.source.origin)},
             {"quotes", one.source.quotes},
             {"hash", base::to_hex(one.source.content_hash)},
             {"seed", seed == one.source.extra.end() ? Json() : Json(seed->second)},
             {"complete", one.is_complete},
             {"damage", one.damage}});
    }
    Json missing = Json::array();
    for (const auto date : m.missing) {
        missing.push_back(domain::to_text(date));
    }
    return {{"run", m.name},
            {"account", m.account},
            {"result_hash", m.result_hash},
            {"binary_hash", m.binary},
            {"config", m.config},
            {"config_hash", m.config_hash},
            {"rules", m.rules},
            {"rules_hash", m.rules_hash},
            {"model", m.model},
            {"model_hash", m.model_hash},
            {"data_hash", m.data_hash},
            {"window_ms", m.window_ms},
            {"trials", m.trials},
            {"recordings", recordings},
            {"missing_days", missing},
            {"untrusted", m.untrusted}};
}

Json money_json(const BacktestFigures& f) {
    const auto& c = f.charges;
    return {{"start", paise(f.start)},
            {"end", paise(f.end)},
            {"net", paise(f.net)},
            {"trades_gross", paise(f.trades.gross)},
            {"trades_charges", paise(f.trades.charges)},
            {"trades_net", paise(f.trades.net)},
            {"open_pnl", paise(f.open_pnl)},
            {"corrections", paise(f.corrections)},
            {"charges", paise(c.total())},
            {"brokerage", paise(c.brokerage)},
            {"stt", paise(c.stt)},
            {"exchange", paise(c.exchange)},
            {"sebi", paise(c.sebi)},
            {"stamp", paise(c.stamp)},
            {"gst", paise(c.gst)},
            {"other", paise(c.other)},
            {"margin_peak", paise(f.margin_peak)},
            {"drawdown", paise(f.drawdown)},
            {"turnover", paise(f.trades.turnover)},
            {"straddle_sale", f.straddle_days > 0 ? Json(paise(f.straddle_sale)) : Json()},
            {"straddle_days", f.straddle_days}};
}

Json statistics_json(const TradeStatistics& s) {
    return {{"trades", s.trades},
            {"open", s.open},
            {"won", s.won},
            {"lost", s.lost},
            {"gross", paise(s.gross)},
            {"charges", paise(s.charges)},
            {"net", paise(s.net)},
            {"best", paise(s.best)},
            {"worst", paise(s.worst)},
            {"win_rate", number(s.win_rate)},
            {"profit_factor", number(s.profit_factor)},
            {"expectancy_rupees", number(s.expectancy)},
            {"average_win_rupees", number(s.average_win)},
            {"average_loss_rupees", number(s.average_loss)},
            {"payoff_ratio", number(s.payoff_ratio)},
            {"average_minutes", number(s.average_minutes)},
            {"longest_win_streak", s.longest_win_streak},
            {"longest_loss_streak", s.longest_loss_streak},
            {"worst_loss_streak", paise(s.worst_loss_streak)}};
}

Json metrics_json(const BacktestFigures& f) {
    const auto& d = f.day_drawdown;
    return {{"days", f.returns.size()},
            {"days_won", f.days_won},
            {"days_lost", f.days_lost},
            {"total_return", number(f.total_return)},
            {"annual_return", number(f.annual_return)},
            {"annual_volatility", number(f.volatility)},
            {"sharpe", number(f.sharpe)},
            {"sortino", number(f.sortino)},
            {"calmar", number(f.calmar)},
            {"skewness", number(f.skewness)},
            {"kurtosis", number(f.kurtosis)},
            {"probability_sharpe_positive", number(f.confidence)},
            {"trials", f.trials},
            {"deflated_sharpe", number(f.deflated)},
            {"max_drawdown", d.depth},
            {"drawdown_days", d.length()},
            {"recovery_days", d.recovery ? Json(*d.recovery - d.trough) : Json()},
            {"return_on_peak_margin", number(f.on_margin)},
            {"exposure", number(f.exposure)},
            {"turnover_of_capital", number(f.turnover)},
            {"charges_of_gross", number(f.charges_of_gross)}};
}

Json breakdowns_json(const BacktestFigures& f) {
    Json tables = Json::array();
    for (const auto& table : f.breakdowns) {
        Json slices = Json::array();
        for (const auto& slice : table.slices) {
            Json row = {{"name", slice.name}};
            row.update(statistics_json(slice.statistics));
            slices.push_back(std::move(row));
        }
        tables.push_back({{"name", table.name}, {"title", table.title}, {"slices", slices}});
    }
    return tables;
}

Json ladder_json(const BacktestFigures& f) {
    Json rows = Json::array();
    for (const auto& step : f.ladder) {
        rows.push_back({{"name", step.name}, {"net", paise(step.net)}, {"won", step.won}});
    }
    return rows;
}

Json days_json(const BacktestFold& fold) {
    Json rows = Json::array();
    for (const auto& d : fold.days()) {
        rows.push_back({{"date", domain::to_text(d.date)},
                        {"recording", d.recording},
                        {"origin", wire::text_of(d.origin)},
                        {"holiday", d.holiday},
                        {"start", paise(d.start)},
                        {"end", paise(d.end)},
                        {"net", paise(d.net())},
                        {"gross", paise(d.gross)},
                        {"charges", paise(d.charges)},
                        {"correction", paise(d.correction)},
                        {"drawdown", paise(d.drawdown)},
                        {"margin_peak", paise(d.margin_peak)},
                        {"closed", d.closed},
                        {"fills", d.fills},
                        {"modelled_fills", d.modelled_fills},
                        {"denied", d.denied},
                        {"open", paise(d.open)},
                        {"high", paise(d.high)},
                        {"low", paise(d.low)},
                        {"close", paise(d.close)},
                        {"vix", d.vix ? paise(*d.vix) : Json()},
                        {"volatility", d.straddle_volatility > 0
                                           ? Json(static_cast<double>(d.straddle_volatility) / 1e6)
                                           : Json()},
                        {"days_to_expiry", d.days_to_expiry ? Json(*d.days_to_expiry) : Json()},
                        {"straddle_sale", d.straddle_sale ? Json(paise(*d.straddle_sale)) : Json()},
                        {"quotes", d.quotes},
                        {"snapshots", d.snapshots},
                        {"repeats", d.repeats},
                        {"refused", d.refused},
                        {"stale_periods", d.stale_periods},
                        {"stale_minutes", minutes(d.stale)},
                        {"stale_longest_minutes", minutes(d.stale_longest)},
                        {"session_minutes", minutes(d.session)},
                        {"has_depth", d.has_depth},
                        {"complete", d.is_complete},
                        {"damage", d.damage},
                        {"books_balance", d.books_balance}});
    }
    return rows;
}

Json trade_json(const TradeRecord& t) {
    Json legs = Json::array();
    for (const auto& leg : t.legs) {
        legs.push_back({{"contract", summary::contract_text(leg.contract)},
                        {"id", domain::to_text(leg.contract)},
                        {"side", wire::text_of(leg.side)},
                        {"quantity", leg.quantity.raw()},
                        {"in", paise(leg.in)},
                        {"out", paise(leg.out)},
                        {"settled", leg.is_settled}});
    }
    return {{"group", t.group},
            {"bot", t.bot},
            {"underlying", domain::to_text(t.underlying)},
            {"date", domain::to_text(t.date)},
            {"in", seconds(t.in)},
            {"out", t.is_closed() ? Json(seconds(t.out)) : Json()},
            {"why_in", t.why_in},
            {"why_out", t.why_out},
            {"level_in", paise(t.underlying_in)},
            {"level_out", paise(t.underlying_out)},
            {"stop_price", t.stop_price ? paise(*t.stop_price) : Json()},
            {"exit_price", t.exit_price && t.stop_price ? paise(*t.exit_price) : Json()},
            {"stop_pnl", t.is_stopped ? Json(paise(t.stop_pnl)) : Json()},
            {"gross", paise(t.gross)},
            {"charges", paise(t.charges)},
            {"net", paise(t.net())},
            {"margin", paise(t.margin)},
            {"premium", paise(t.premium)},
            {"mae", paise(t.worst)},
            {"mfe", paise(t.best)},
            {"days_to_expiry", t.days_to_expiry < 0 ? Json() : Json(t.days_to_expiry)},
            {"modelled_fills", t.modelled_fills},
            {"legs", legs}};
}

Json curve_json(const BacktestFold& fold) {
    Json t = Json::array();
    Json level = Json::array();
    Json equity = Json::array();
    Json margin = Json::array();
    Json open = Json::array();
    for (const auto& p : fold.minutes()) {
        t.push_back(seconds(p.at));
        level.push_back(paise(p.level));
        equity.push_back(paise(p.equity));
        margin.push_back(paise(p.margin));
        open.push_back(p.open_trades);
    }
    return {{"t", t}, {"level", level}, {"equity", equity}, {"margin", margin}, {"open", open}};
}

Json denials_json(const BacktestFold& fold) {
    Json rows = Json::array();
    for (const auto& [code, count] : fold.denial_counts()) {
        rows.push_back({{"code", code}, {"count", count}, {"example", fold.denials().at(code)}});
    }
    return rows;
}

}  // namespace

std::string manifest_text(const RunManifest& manifest) {
    return manifest_json(manifest).dump(2) + "\n";
}

ReportTexts report_json(const BacktestFold& fold, const BacktestFigures& figures,
                        const RunManifest& manifest) {
    Json document = {{"manifest", manifest_json(manifest)},
                     {"books_balance", fold.books_balance()},
                     {"money", money_json(figures)},
                     {"metrics", metrics_json(figures)},
                     {"trade_statistics", statistics_json(figures.trades)},
                     {"breakdowns", breakdowns_json(figures)},
                     {"slippage", ladder_json(figures)},
                     {"denials", denials_json(fold)}};
    ReportTexts texts;
    texts.summary = document.dump(2) + "\n";
    document["days"] = days_json(fold);
    Json trades = Json::array();
    for (const auto& trade : fold.trades()) {
        trades.push_back(trade_json(trade));
    }
    document["trades"] = std::move(trades);
    document["curve"] = curve_json(fold);
    texts.all = document.dump() + "\n";
    return texts;
}

}  // namespace sauda::lab
