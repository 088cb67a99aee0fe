#pragma once

#include "common/domain/intent.h"
#include "common/margin/span_margin.h"
#include "common/options/position_value.h"
#include "services/cli/shell/chain_reading.h"
#include "services/cli/shell/figure_text.h"

#include <optional>
#include <string>
#include <vector>

namespace sauda::cli {

struct PayoffOptions {
    ChainRequest request;
    std::vector<std::string> words;  // "sell 1 24550 CE sell 1 24550 PE"
    bool is_json = false;
};

// Exit codes: 0 shown, 1 not.
int show_payoff(const PayoffOptions& options);

// One leg as it was asked for.
struct AskedLeg {
    domain::Side side = domain::Side::Unspecified;
    int64_t lots = 0;
    options::LegKind kind = options::LegKind::Call;
    base::Price strike;                // zero for FUT
    std::optional<base::Price> price;  // "@118.60"; else the side it would trade against
};
// SIDE LOTS STRIKE CE|PE [@PRICE] or SIDE LOTS FUT [@PRICE], again and again. Errors name the word
// and what was expected.
base::Expected<std::vector<AskedLeg>> parse_legs(const std::vector<std::string>& words);

// Legs with prices, volatilities and what follows from them, all of one expiry.
struct PayoffReport {
    struct Leg {
        AskedLeg asked;
        domain::ContractId contract;
        options::ModelLeg model;
        bool is_volatility_known = true;  // else the one at the money stands in
    };
    domain::Date expiry;
    double lot = 0.0;  // units
    double forward = 0.0;
    double minutes = 0.0;     // to the settlement
    double volatility = 0.0;  // at the money
    std::vector<Leg> legs;
    std::vector<options::ModelLeg> model;
    options::ExpiryPayoff payoff;
    options::PositionGreeks greeks;
    double profit_now = 0.0;            // at the mid, by the model
    double premium = 0.0;               // received (positive) or paid
    std::optional<double> probability;  // of profit, by the smile, else one volatility
    bool is_by_smile = false;
    std::optional<margin::Margin> margin;  // nullopt: no rule
    std::optional<double> charges;         // to enter, rupees
};
// Errors are sentences; an unknown strike names the listed ones around it.
base::Expected<PayoffReport> make_payoff(const ChainReading& reading, domain::Date expiry,
                                         const std::vector<AskedLeg>& legs);

std::string payoff_text(const ChainReading& reading, const PayoffReport& report,
                        const Paint& paint);
std::string payoff_json(const ChainReading& reading, const PayoffReport& report);
// The picture alone: profit at settlement ('*') and now ('o') over the settlement price.
std::string payoff_picture(const PayoffReport& report, const Paint& paint);

}  // namespace sauda::cli
