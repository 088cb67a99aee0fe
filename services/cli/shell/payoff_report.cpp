#include "common/wire/format.h"
#include "services/cli/shell/chain_view.h"
#include "services/cli/shell/payoff_view.h"

#include <cmath>

namespace sauda::cli {

using base::ErrorKind;
using base::Expected;
using base::fail;
using options::LegKind;

namespace {

std::string near_text(const options::ExpiryChain& chain, double strike) {
    const auto middle = options::at_the_money(chain.strikes(), strike);
    std::string text;
    for (std::size_t i = middle > 2 ? middle - 2 : 0; i < std::min(chain.size(), middle + 3); ++i) {
        text += (text.empty() ? "" : ", ") + level_text(chain.strikes()[i]);
    }
    return text;
}

std::string leg_name(const AskedLeg& leg) {
    if (leg.kind == LegKind::Underlying) {
        return "FUT";
    }
    return level_text(leg.strike.rupees()) + (leg.kind == LegKind::Call ? " CE" : " PE");
}

domain::ContractId contract_of(const ChainReading& reading, domain::Date expiry,
                               const AskedLeg& leg) {
    const auto exchange = reading.source.exchange;
    const auto underlying = reading.source.underlying;
    if (leg.kind == LegKind::Underlying) {
        return domain::ContractId::future(exchange, underlying, expiry);
    }
    const auto kind =
        leg.kind == LegKind::Call ? domain::ContractKind::Call : domain::ContractKind::Put;
    return domain::ContractId::option(exchange, underlying, kind, expiry, leg.strike);
}

// Makes one leg after the other out of what was asked for and what the market shows.
class Maker {
 public:
    Maker(const ChainReading& reading, const options::ExpiryChain& chain, PayoffReport& report)
        : reading_(reading), chain_(chain), report_(report) {}

    Expected<void> add(const AskedLeg& asked) {
        PayoffReport::Leg leg;
        leg.asked = asked;
        leg.model.forward = report_.forward;
        leg.model.rate = reading_.rate;
        leg.model.minutes = report_.minutes;
        leg.model.leg.kind = asked.kind;
        leg.model.leg.strike = asked.strike.rupees();
        const double units = static_cast<double>(asked.lots) * report_.lot;
        leg.model.leg.quantity = asked.side == domain::Side::Buy ? units : -units;
        auto done = asked.kind == LegKind::Underlying ? price_future(leg) : price_option(leg);
        if (!done) {
            return done;
        }
        leg.contract = contract_of(reading_, report_.expiry, asked);
        report_.premium -=
            asked.kind == LegKind::Underlying ? 0.0 : leg.model.leg.quantity * leg.model.leg.price;
        report_.model.push_back(leg.model);
        report_.legs.push_back(leg);
        return {};
    }

 private:
    Expected<void> price_future(PayoffReport::Leg& leg) {
        const auto quoted = reading_.state.future(report_.expiry);
        double price = report_.forward;
        if (quoted && quoted->is_two_sided()) {
            price = (leg.asked.side == domain::Side::Buy ? quoted->ask : quoted->bid).rupees();
        }
        leg.model.leg.price = leg.asked.price ? leg.asked.price->rupees() : price;
        return {};
    }

    Expected<void> price_option(PayoffReport::Leg& leg) {
        const double strike = leg.asked.strike.rupees();
        const auto row = chain_.row_of(strike);
        const bool is_call = leg.asked.kind == LegKind::Call;
        if (!row || !chain_.side(is_call).known[*row].is_set()) {
            return fail(ErrorKind::NotFound,
                        "there is no " + leg_name(leg.asked) + " in the chain of " +
                            domain::to_text(report_.expiry) + "; the strikes around it are " +
                            near_text(chain_, strike));
        }
        const auto& side = chain_.side(is_call);
        const bool is_buy = leg.asked.side == domain::Side::Buy;
        const double touch = is_buy ? side.ask[*row] : side.bid[*row];
        if (!leg.asked.price && !(touch > 0.0)) {
            return fail(ErrorKind::Unavailable,
                        "nobody " + std::string(is_buy ? "offers " : "bids for ") +
                            leg_name(leg.asked) + " at " + wire::ist_clock(reading_.known) +
                            "; give a price: @" +
                            (side.last[*row] > 0.0 ? fixed_text(side.last[*row], 2) : "10.00"));
        }
        leg.model.leg.price = leg.asked.price ? leg.asked.price->rupees() : touch;
        const auto own = chain_.volatility(*row);
        leg.is_volatility_known = own.has_value();
        leg.model.volatility = own              ? own->volatility
                               : chain_.smile() ? chain_.smile()->volatility_of_strike(strike)
                                                : report_.volatility;
        return {};
    }

    const ChainReading& reading_;
    const options::ExpiryChain& chain_;
    PayoffReport& report_;
};

std::optional<margin::Margin> margin_of(const ChainReading& reading, const PayoffReport& report) {
    const auto& source = reading.source;
    const auto parameters =
        reading.rules.margin_parameters(source.exchange, source.underlying, source.date);
    if (!parameters) {
        return std::nullopt;
    }
    margin::Conditions conditions;
    conditions.parameters = *parameters;
    conditions.today = source.date;
    const auto spot = reading.state.spot();
    conditions.underlying = spot && spot->last.is_positive()
                                ? spot->last
                                : base::Price::from_raw(std::llround(report.forward * 10'000.0));
    conditions.volatility = parameters->volatility != 0 ? parameters->volatility
                                                        : std::llround(report.volatility * 1e6);
    conditions.rate = parameters->rate;
    margin::SpanEngine engine;
    engine.set({source.exchange, source.underlying}, conditions);
    std::vector<margin::MarginLeg> legs;
    for (const auto& leg : report.legs) {
        legs.push_back({leg.contract, base::units(std::llround(leg.model.leg.quantity)),
                        base::Price::from_raw(std::llround(leg.model.leg.price * 10'000.0))});
    }
    return engine.margin(legs);
}

std::optional<double> charges_of(const ChainReading& reading, const PayoffReport& report) {
    base::Money sum;
    for (const auto& leg : report.legs) {
        const auto rates = reading.rules.charge_rates(leg.contract.exchange(), leg.contract.kind(),
                                                      reading.source.date);
        if (!rates) {
            return std::nullopt;
        }
        const auto price = base::Price::from_raw(std::llround(leg.model.leg.price * 10'000.0));
        const auto quantity = base::units(std::llround(std::abs(leg.model.leg.quantity)));
        sum += domain::charges_of(*rates, leg.asked.side, price * quantity, true).total();
    }
    return sum.rupees();
}

}  // namespace

Expected<PayoffReport> make_payoff(const ChainReading& reading, domain::Date expiry,
                                   const std::vector<AskedLeg>& legs) {
    const auto& chain = *reading.state.find(expiry);
    const auto settles = reading.state.settles_at(expiry);
    const auto volatility = chain.at_the_money_volatility();
    if (!chain.forward() || !settles || !volatility) {
        return fail(ErrorKind::Unavailable,
                    "the market of " + wire::ist_clock(reading.known) + " shows no " +
                        std::string(!settles           ? "settlement time"
                                    : !chain.forward() ? "forward"
                                                       : "volatility") +
                        " for the expiry " + domain::to_text(expiry) +
                        ", so nothing can be priced; choose another time or expiry");
    }
    PayoffReport report;
    report.expiry = expiry;
    report.lot = lot_of(reading, expiry);
    if (!(report.lot > 0.0)) {
        return fail(ErrorKind::NotFound,
                    "no rule says how many units a lot of " + domain::to_text(expiry) + " has");
    }
    report.forward = chain.forward()->forward;
    report.minutes = chain.minutes();
    report.volatility = *volatility;
    Maker maker(reading, chain, report);
    for (const auto& leg : legs) {
        if (auto done = maker.add(leg); !done) {
            return std::unexpected(done.error());
        }
    }
    std::vector<options::PayoffLeg> plain;
    for (const auto& leg : report.model) {
        plain.push_back(leg.leg);
    }
    report.payoff = options::expiry_payoff(plain);
    report.greeks = options::position_greeks(report.model);
    report.profit_now = options::model_profit(report.model, 1.0, 0.0);
    report.is_by_smile = chain.smile().has_value();
    report.probability =
        report.is_by_smile
            ? options::probability_of_profit(report.payoff.profitable, *chain.smile())
            : options::probability_of_profit(report.payoff.profitable, report.forward, *volatility,
                                             chain.years());
    report.margin = margin_of(reading, report);
    report.charges = charges_of(reading, report);
    return report;
}

}  // namespace sauda::cli
