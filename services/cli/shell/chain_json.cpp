#include "common/chain/volatility_index.h"
#include "common/options/quote_arbitrage.h"
#include "common/options/smile_measures.h"
#include "services/cli/shell/chain_view.h"

#include <nlohmann/json.hpp>

namespace sauda::cli {

namespace {

using nlohmann::json;
using options::ExpiryChain;
using options::QuoteState;

template <class T>
json value_or_null(const std::optional<T>& value) {
    return value ? json(*value) : json(nullptr);
}

json positive_or_null(double value) { return value > 0.0 ? json(value) : json(nullptr); }

const char* text_of(QuoteState state) {
    switch (state) {
        case QuoteState::None:
            return "none";
        case QuoteState::OneSided:
            return "one-sided";
        case QuoteState::Crossed:
            return "crossed";
        case QuoteState::Stale:
            return "stale";
        case QuoteState::TwoSided:
            return "two-sided";
    }
    return "?";
}

json build_up_json(const options::OptionColumns& side, std::size_t row) {
    const auto found = options::build_up(side, row);
    if (!found) {
        return nullptr;
    }
    switch (*found) {
        case options::BuildUp::LongBuildUp:
            return "long build-up";
        case options::BuildUp::ShortBuildUp:
            return "short build-up";
        case options::BuildUp::LongUnwinding:
            return "long unwinding";
        case options::BuildUp::ShortCovering:
            return "short covering";
    }
    return nullptr;
}

json option_json(const ExpiryChain& chain, std::size_t row, bool is_call) {
    const auto& side = chain.side(is_call);
    if (!side.known[row].is_set()) {
        return nullptr;
    }
    json out{{"bid", positive_or_null(side.bid[row])},
             {"ask", positive_or_null(side.ask[row])},
             {"last", positive_or_null(side.last[row])},
             {"volume_units", side.volume[row]},
             {"open_interest_units", side.open_interest[row]},
             {"open_interest_change_units", value_or_null(options::interest_change(side, row))},
             {"price_change", value_or_null(options::price_change(side, row))},
             {"build_up", build_up_json(side, row)},
             {"quote", text_of(chain.state(row, is_call))}};
    if (const auto found = chain.implied(row, is_call)) {
        out["implied_volatility"] = found->volatility;
        out["implied_volatility_tick_error"] = found->error;
    } else {
        out["implied_volatility"] = nullptr;
        out["no_volatility"] = options::to_text(found.error());
    }
    if (const auto greeks = chain.greeks(row, is_call)) {
        out["greeks"] = {{"price", greeks->price},
                         {"delta", greeks->delta},
                         {"gamma_per_point", greeks->gamma_per_point},
                         {"vega_per_unit_volatility", greeks->vega_per_unit_volatility},
                         {"theta_per_year", greeks->theta_per_year},
                         {"rho_per_unit_rate", greeks->rho_per_unit_rate},
                         {"vanna_per_unit_volatility", greeks->vanna_per_unit_volatility},
                         {"volga_per_unit_volatility", greeks->volga_per_unit_volatility},
                         {"charm_per_year", greeks->charm_per_year}};
    } else {
        out["greeks"] = nullptr;
    }
    return out;
}

json walls_json(const options::Walls& walls) {
    json out = json::array();
    for (std::size_t i = 0; i < walls.interests; ++i) {
        const auto& wall = walls.by_interest[i];
        out.push_back({{"strike", wall.strike},
                       {"open_interest_units", wall.interest},
                       {"change_units", wall.change}});
    }
    return out;
}

json smile_json(const options::Smile& smile) {
    const auto measures = options::measures_of(smile);
    return {{"svi",
             {{"a", smile.svi.a},
              {"b", smile.svi.b},
              {"rho", smile.svi.rho},
              {"m", smile.svi.m},
              {"sigma", smile.svi.sigma}}},
            {"points", smile.points},
            {"median_error", smile.median_error},
            {"butterfly_repaired", smile.butterfly_repaired},
            {"calendar_repaired", smile.calendar_repaired},
            {"put_25_volatility", measures.put_25},
            {"call_25_volatility", measures.call_25},
            {"risk_reversal", measures.risk_reversal},
            {"slope", measures.slope}};
}

json figures_json(const ExpiryChain& chain) {
    const auto figures = options::figures_of(chain);
    json out{{"call_open_interest_units", figures.call_interest},
             {"put_open_interest_units", figures.put_interest},
             {"put_call_ratio_open_interest", value_or_null(figures.interest_ratio)},
             {"put_call_ratio_volume", value_or_null(figures.volume_ratio)},
             {"max_pain", figures.max_pain ? json(figures.max_pain->strike) : json(nullptr)},
             {"resistance", walls_json(figures.resistance)},
             {"support", walls_json(figures.support)},
             {"dealer_gamma", nullptr}};
    if (figures.gamma) {
        out["dealer_gamma"] = {{"rupees_per_percent", figures.gamma->rupees_per_percent},
                               {"flip_level", value_or_null(figures.gamma->flip_level)}};
    }
    return out;
}

json violations_json(const ExpiryChain& chain) {
    std::vector<options::QuoteViolation> found;
    options::find_quote_violations(chain.quotes(), found);
    json out = json::array();
    for (const auto& one : found) {
        out.push_back(
            {{"kind", options::to_text(one.kind)}, {"strike", one.strike}, {"amount", one.amount}});
    }
    return out;
}

json expiry_json(const ChainReading& reading, domain::Date date) {
    const auto& chain = *reading.state.find(date);
    const auto settles = reading.state.settles_at(date);
    json out{{"expiry", domain::to_text(date)},
             {"minutes_left",
              settles ? json(chain::minutes_left(reading.known, *settles)) : json(nullptr)},
             {"lot_units", positive_or_null(lot_of(reading, date))},
             {"forward", nullptr},
             {"at_the_money_volatility", value_or_null(chain.at_the_money_volatility())},
             {"straddle", value_or_null(chain.straddle())},
             {"smile", chain.smile() ? smile_json(*chain.smile()) : json(nullptr)},
             {"figures", figures_json(chain)},
             {"strikes", json::array()}};
    if (const auto& forward = chain.forward()) {
        out["forward"] = {{"value", forward->forward},
                          {"error", forward->error},
                          {"strikes_used", forward->used},
                          {"strikes_rejected", forward->rejected}};
        out["discount"] = chain.discount();
        out["quote_arbitrage"] = violations_json(chain);
        out["at_the_money_strike"] = chain.strikes()[*chain.at_the_money_row()];
    }
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const auto own = chain.volatility(i);
        out["strikes"].push_back({{"strike", chain.strikes()[i]},
                                  {"volatility", own ? json(own->volatility) : json(nullptr)},
                                  {"volatility_error", own ? json(own->error) : json(nullptr)},
                                  {"call", option_json(chain, i, true)},
                                  {"put", option_json(chain, i, false)}});
    }
    return out;
}

}  // namespace

std::string chain_json(const ChainReading& reading, const std::vector<domain::Date>& expiries) {
    json out{{"source", reading.source.name},
             {"underlying", domain::to_text(reading.source.underlying)},
             {"date", domain::to_text(reading.source.date)},
             {"at_ns", reading.at.ns},
             {"newest_quote_known_ns", reading.known.ns},
             {"is_stale", reading.at - reading.known > recording::stale_limit_of(reading.source)},
             {"rate_per_year", reading.rate},
             {"spot", nullptr},
             {"volatility_index", nullptr},
             {"expiries", json::array()}};
    if (const auto spot = reading.state.spot(); spot && spot->last.is_positive()) {
        out["spot"] = spot->last.rupees();
    }
    if (const auto index = chain::volatility_index(reading.state)) {
        out["volatility_index"] = {{"points", index->points},
                                   {"near", domain::to_text(index->near)},
                                   {"next", domain::to_text(index->next)}};
    }
    for (const auto date : expiries) {
        out["expiries"].push_back(expiry_json(reading, date));
    }
    return out.dump(2) + "\n";
}

}  // namespace sauda::cli
