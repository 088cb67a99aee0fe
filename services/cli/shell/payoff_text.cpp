#include "common/wire/format.h"
#include "services/cli/shell/payoff_view.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

namespace sauda::cli {

namespace {

std::string money_text(double rupees) {
    return wire::rupees(base::Money::from_raw(std::llround(rupees * 100.0) * 100));
}

std::string kind_text(options::LegKind kind) {
    switch (kind) {
        case options::LegKind::Call:
            return "CE";
        case options::LegKind::Put:
            return "PE";
        case options::LegKind::Underlying:
            return "FUT";
    }
    return "?";
}

std::string leg_text(const PayoffReport::Leg& leg, double lot) {
    const auto& asked = leg.asked;
    std::string text = to_left(std::string(wire::text_of(asked.side)), 5);
    text += to_left(wire::lots_and_units(base::units(asked.lots * std::llround(lot)),
                                         base::units(std::llround(lot))),
                    18);
    const bool is_option = asked.kind != options::LegKind::Underlying;
    text += to_left(
        (is_option ? level_text(asked.strike.rupees()) + " " : "") + kind_text(asked.kind), 14);
    text += "at " + to_right(points_text(leg.model.leg.price), 9);
    text += asked.price ? " (given)" : "        ";
    if (is_option) {
        text += "   IV " + percent_text(leg.model.volatility) +
                (leg.is_volatility_known ? "" : " (of the smile)");
    }
    return text;
}

std::string break_evens_text(const PayoffReport& report) {
    std::string text;
    for (const double level : report.payoff.break_evens) {
        const double away = level / report.forward - 1.0;
        text += (text.empty() ? "" : "   ") + points_text(level) + " (" +
                signed_text(away * 100.0, 2) + " %)";
    }
    return text.empty() ? "none" : text;
}

std::string margin_text(const PayoffReport& report) {
    if (!report.margin) {
        return "unknown (no margin rule of this day)";
    }
    const auto& m = *report.margin;
    return wire::rupees(m.total) + " (span " + wire::rupees(m.span) + ", exposure " +
           wire::rupees(m.exposure) + ")" + (m.is_estimate ? ", flat estimate" : "");
}

std::string extreme_text(const std::optional<double>& amount) {
    return amount ? money_text(*amount) : "unlimited";
}

std::string signed_money(double rupees) { return (rupees > 0.0 ? "+" : "") + whole_text(rupees); }

std::string greeks_text(const options::PositionGreeks& greeks) {
    return "rupees: delta " + signed_text(greeks.delta, 2) + " and gamma " +
           signed_text(greeks.gamma, 4) + " a point, vega " + signed_money(greeks.vega) +
           " a volatility point, theta " + signed_money(greeks.theta) + " a day";
}

nlohmann::json value_or_null(const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

}  // namespace

std::string payoff_text(const ChainReading& reading, const PayoffReport& report,
                        const Paint& paint) {
    std::string text =
        paint.bold(std::string(domain::to_text(reading.source.underlying)) + "  " +
                   wire::ist_date_text(reading.source.date) + " " + wire::ist_clock(reading.at));
    text += "   expiry " + wire::ist_date_text(report.expiry) + ", " + left_text(report.minutes) +
            " left   forward " + points_text(report.forward) + "   IV " +
            percent_text(report.volatility) + "\n";
    if (reading.at - reading.known > recording::stale_limit_of(reading.source)) {
        text +=
            paint.bad("STALE: the newest quotes are of " + wire::ist_clock(reading.known)) + "\n";
    }
    for (const auto& leg : report.legs) {
        text += "  " + leg_text(leg, report.lot) + "\n";
    }
    text += "\n" + payoff_picture(report, paint) + "\n";
    const auto line = [&](const char* label, const std::string& fact) {
        text += paint.bold(to_left(label, 13)) + fact + "\n";
    };
    line("Break-even", break_evens_text(report));
    line("Max profit", extreme_text(report.payoff.max_profit));
    line("Max loss", extreme_text(report.payoff.max_loss));
    line("Chance", or_dash(report.probability, [](double p) { return percent_text(p, 1); }) +
                       " of a profit at settlement, by " +
                       (report.is_by_smile ? "the smile" : "the volatility at the money") +
                       ", before charges");
    line(report.premium < 0.0 ? "Paid" : "Received", money_text(std::abs(report.premium)) +
                                                         " premium; closing at the mid now " +
                                                         money_text(report.profit_now));
    line("Greeks", greeks_text(report.greeks));
    line("Margin", margin_text(report));
    line("Charges", or_dash(report.charges, money_text) + " to enter");
    return text;
}

std::string payoff_json(const ChainReading& reading, const PayoffReport& report) {
    using nlohmann::json;
    json out{{"source", reading.source.name},
             {"at_ns", reading.at.ns},
             {"newest_quote_known_ns", reading.known.ns},
             {"expiry", domain::to_text(report.expiry)},
             {"forward", report.forward},
             {"minutes_left", report.minutes},
             {"at_the_money_volatility", report.volatility},
             {"legs", json::array()},
             {"break_evens", report.payoff.break_evens},
             {"max_profit", value_or_null(report.payoff.max_profit)},
             {"max_loss", value_or_null(report.payoff.max_loss)},
             {"probability_of_profit", value_or_null(report.probability)},
             {"probability_by_smile", report.is_by_smile},
             {"premium", report.premium},
             {"profit_now_at_mid", report.profit_now},
             {"greeks",
              {{"delta_per_point", report.greeks.delta},
               {"gamma_per_point", report.greeks.gamma},
               {"vega_per_percentage_point", report.greeks.vega},
               {"theta_per_day", report.greeks.theta}}},
             {"margin", nullptr},
             {"entry_charges", value_or_null(report.charges)},
             {"corners", json::array()},
             {"slope_beyond", report.payoff.slope_beyond}};
    for (const auto& leg : report.legs) {
        const bool is_option = leg.asked.kind != options::LegKind::Underlying;
        out["legs"].push_back(
            {{"side", wire::text_of(leg.asked.side)},
             {"lots", leg.asked.lots},
             {"units", std::abs(leg.model.leg.quantity)},
             {"strike", is_option ? json(leg.asked.strike.rupees()) : json(nullptr)},
             {"kind", kind_text(leg.asked.kind)},
             {"price", leg.model.leg.price},
             {"volatility", is_option ? json(leg.model.volatility) : json(nullptr)}});
    }
    for (const auto& corner : report.payoff.corners) {
        out["corners"].push_back({{"settlement", corner.settlement}, {"profit", corner.profit}});
    }
    if (report.margin) {
        out["margin"] = {{"total", report.margin->total.rupees()},
                         {"span", report.margin->span.rupees()},
                         {"exposure", report.margin->exposure.rupees()},
                         {"is_estimate", report.margin->is_estimate}};
    }
    return out.dump(2) + "\n";
}

int show_payoff(const PayoffOptions& options) {
    const auto fail = [](const base::Error& error) {
        std::fprintf(stderr, "sauda payoff: %s\n", error.text.c_str());
        return 1;
    };
    const auto legs = parse_legs(options.words);
    if (!legs) {
        return fail(legs.error());
    }
    const auto reading = read_chain(options.request);
    if (!reading) {
        return fail(reading.error());
    }
    const auto expiry = find_expiry(*reading, options.request.expiry);
    if (!expiry) {
        return fail(expiry.error());
    }
    const auto report = make_payoff(*reading, *expiry, *legs);
    if (!report) {
        return fail(report.error());
    }
    std::fputs((options.is_json ? payoff_json(*reading, *report)
                                : payoff_text(*reading, *report, Paint::of_terminal()))
                   .c_str(),
               stdout);
    return 0;
}

}  // namespace sauda::cli
