#include "common/chain/volatility_index.h"
#include "common/options/quote_arbitrage.h"
#include "common/options/smile_measures.h"
#include "common/wire/format.h"
#include "services/cli/shell/chain_view.h"

#include <algorithm>
#include <cmath>

namespace sauda::cli {

namespace {

using options::ExpiryChain;

// Facts of one line, put together with spaces between; the first line begins with a label.
class Lines {
 public:
    Lines(const Paint& paint, std::string& out) : paint_(paint), out_(out) {}
    void line(const std::string& label, const std::vector<std::string>& facts) {
        std::string text;
        std::string shown = paint_.bold(to_left(label, kLabel));
        std::size_t width = kLabel;
        for (const auto& fact : facts) {
            if (fact.empty()) {
                continue;
            }
            if (width > kLabel && width + 3 + fact.size() > kChainWidth) {
                out_ += shown + "\n";
                shown = std::string(kLabel, ' ');
                width = kLabel;
            }
            const std::string gap = width > kLabel ? "   " : "";
            shown += gap + fact;
            width += gap.size() + fact.size();
        }
        out_ += shown + "\n";
    }

 private:
    static constexpr std::size_t kLabel = 11;
    const Paint& paint_;
    std::string& out_;
};

std::string age_text(const ChainReading& reading) {
    const auto age = reading.at - reading.known;
    const auto stale = recording::stale_limit_of(reading.source);
    if (age.ns == 0) {
        return "";
    }
    const auto text = "newest quotes " + wire::ist_clock(reading.known) + ", " +
                      wire::duration_text(base::Duration{age.ns / 1'000'000'000 * 1'000'000'000}) +
                      " old";
    return age > stale ? "STALE: " + text + " (limit " + wire::duration_text(stale) + ")" : text;
}

std::string underlying_text(const ChainReading& reading) {
    if (const auto spot = reading.state.spot(); spot && spot->last.is_positive()) {
        return points_text(spot->last.rupees()) + " spot";
    }
    const auto nearest = reading.state.nearest(reading.known);
    const auto* chain = nearest ? reading.state.find(*nearest) : nullptr;
    if (chain == nullptr || !chain->forward()) {
        return "- (no spot in the recording, no forward by parity)";
    }
    return points_text(chain->forward()->forward) + " by parity of " + domain::to_text(*nearest) +
           " (no spot in the recording)";
}

void add_money(const ExpiryChain& chain, Lines& lines) {
    const auto& forward = chain.forward();
    if (!forward) {
        lines.line("Forward", {"- (no strike with call and put on both sides)"});
        return;
    }
    lines.line("Forward",
               {points_text(forward->forward) + " +-" + fixed_text(forward->error, 2),
                "from " + std::to_string(forward->used) + " strikes" +
                    (forward->rejected > 0 ? ", " + std::to_string(forward->rejected) + " rejected"
                                           : "")});
    const auto volatility = chain.at_the_money_volatility();
    const auto straddle = chain.straddle();
    const auto row = chain.at_the_money_row();
    lines.line("At money",
               {or_dash(row, [&](std::size_t i) { return level_text(chain.strikes()[i]); }),
                "IV " + or_dash(volatility, [](double v) { return percent_text(v); }),
                "straddle " + or_dash(straddle, points_text) +
                    (straddle ? " (" + percent_text(*straddle / forward->forward) + ")" : "")});
    if (volatility) {
        const double move = *volatility * forward->forward * std::sqrt(chain.years());
        lines.line("Expected",
                   {"+-" + fixed_text(move, 0) + " points (" +
                        percent_text(move / forward->forward) + ") to expiry",
                    level_text(std::round(forward->forward - move)) + " to " +
                        level_text(std::round(forward->forward + move)) + ", two times in three"});
    }
}

// What the quotes of this expiry would pay without risk, at bid and ask.
std::string violations_text(const ExpiryChain& chain) {
    std::vector<options::QuoteViolation> found;
    options::find_quote_violations(chain.quotes(), found);
    if (found.empty()) {
        return "no arbitrage in the quotes";
    }
    const auto worst =
        std::max_element(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.amount < b.amount; });
    return std::to_string(found.size()) + (found.size() == 1 ? " arbitrage" : " arbitrages") +
           " in the quotes, largest: " + std::string(options::to_text(worst->kind)) + " at " +
           level_text(worst->strike) + " for " + points_text(worst->amount);
}

void add_smile(const ChainReading& reading, const ExpiryChain& chain, Lines& lines) {
    std::vector<std::string> facts;
    if (const auto& smile = chain.smile()) {
        const auto measures = options::measures_of(*smile);
        const auto points = [](double v) { return fixed_text(v * 100.0, 2); };
        facts = {"25-delta put " + points(measures.put_25) + ", call " + points(measures.call_25) +
                     ", skew " + signed_text(measures.skew * 100.0, 2) + " points",
                 "fit off by " + points(smile->median_error) + " (median of " +
                     std::to_string(smile->points) + ")"};
    } else {
        facts = {"- (too few quotes for a smile)"};
    }
    if (const auto index = chain::volatility_index(reading.state)) {
        facts.push_back("30-day index " + fixed_text(index->points, 2));
    } else {
        facts.push_back("30-day index - (needs two expiries)");
    }
    if (chain.forward()) {
        facts.push_back(violations_text(chain));
    }
    lines.line("Volatility", facts);
}

std::vector<std::string> wall_texts(const options::Walls& walls, double lot) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < walls.interests; ++i) {
        const auto& wall = walls.by_interest[i];
        texts.push_back(level_text(wall.strike) + " " + lakh_text(wall.interest / lot) +
                        (wall.change != 0.0 ? std::string(" (") + (wall.change > 0.0 ? "+" : "") +
                                                  lakh_text(wall.change / lot) + ")"
                                            : ""));
    }
    if (texts.empty()) {
        return {"-"};
    }
    if (walls.largest_rise) {
        texts.push_back("most added " + level_text(walls.largest_rise->strike));
    }
    if (walls.largest_fall) {
        texts.push_back("most closed " + level_text(walls.largest_fall->strike));
    }
    return texts;
}

// What the five strikes around the money do, from price and open interest since the first quote.
std::string build_up_text(const ExpiryChain& chain, bool is_call) {
    const auto money = chain.at_the_money_row();
    if (!money) {
        return "";
    }
    std::array<int, 5> counts{};
    for (std::size_t i = *money > 2 ? *money - 2 : 0; i < std::min(chain.size(), *money + 3); ++i) {
        if (const auto found = options::build_up(chain.side(is_call), i)) {
            ++counts.at(static_cast<std::size_t>(*found));
        }
    }
    static constexpr std::array<const char*, 5> kWords{"", "long build-up", "short build-up",
                                                       "long unwinding", "short covering"};
    std::string text = is_call ? "calls:" : "puts:";
    for (std::size_t k = 1; k < kWords.size(); ++k) {
        if (counts.at(k) > 0) {
            text += (text.ends_with(":") ? " " : ", ") + std::string(kWords.at(k)) + " in " +
                    std::to_string(counts.at(k));
        }
    }
    return text.ends_with(":") ? text + " -" : text;
}

void add_interest(const ExpiryChain& chain, double lot, Lines& lines) {
    const auto figures = options::figures_of(chain);
    const auto ratio = [](double v) { return fixed_text(v, 2); };
    lines.line("Interest",
               {"PCR " + or_dash(figures.interest_ratio, ratio) + " by OI, " +
                    or_dash(figures.volume_ratio, ratio) + " by volume",
                "max pain " + or_dash(figures.max_pain, [](const options::MaxPain& pain) {
                    return level_text(pain.strike);
                })});
    lines.line("Resistance", wall_texts(figures.resistance, lot));
    lines.line("Support", wall_texts(figures.support, lot));
    lines.line("Build-up", {build_up_text(chain, true), build_up_text(chain, false),
                            "(of 5 strikes at the money)"});
    if (figures.gamma) {
        const auto& gamma = *figures.gamma;
        lines.line("Gamma",
                   {"dealers " + std::string(gamma.rupees_per_percent < 0.0 ? "buy " : "sell ") +
                        short_money(std::abs(gamma.rupees_per_percent)) + " per 1 % up",
                    "flips at " + or_dash(gamma.flip_level,
                                          [](double v) { return level_text(std::round(v)); }),
                    "(if they own all calls and sold all puts)"});
    }
}

}  // namespace

double lot_of(const ChainReading& reading, domain::Date expiry) {
    const auto example = domain::ContractId::option(
        reading.source.exchange, reading.source.underlying, domain::ContractKind::Call, expiry,
        base::Price::from_rupees(100));
    const auto rule = reading.rules.instrument(example, reading.source.date);
    return rule ? static_cast<double>(rule->lot.raw()) : 0.0;
}

std::string chain_head(const ChainReading& reading, domain::Date expiry, const Paint& paint) {
    const auto& chain = *reading.state.find(expiry);
    const double lot = lot_of(reading, expiry);
    std::string text;
    Lines lines(paint, text);
    lines.line(std::string(domain::to_text(reading.source.underlying)),
               {wire::ist_date_text(reading.source.date) + " " + wire::ist_clock(reading.at),
                std::string(wire::text_of(reading.source.origin)) + " data", age_text(reading)});
    const auto settles = reading.state.settles_at(expiry);
    lines.line("Expiry",
               {wire::ist_date_text(expiry),
                settles ? left_text(chain::minutes_left(reading.known, *settles)) + " left"
                        : "settlement time unknown: no figure that depends on it",
                lot > 0.0 ? "lot " + whole_text(lot) + ", OI and volume in lots"
                          : "lot unknown, OI and volume in units"});
    lines.line("Underlying", {underlying_text(reading)});
    add_money(chain, lines);
    add_smile(reading, chain, lines);
    add_interest(chain, lot > 0.0 ? lot : 1.0, lines);
    return text;
}

std::string term_text(const ChainReading& reading, const Paint& paint) {
    std::string text = paint.bold(
        "expiry                   left    forward      +-   ATM IV  straddle  25d skew   PCR OI  "
        "max "
        "pain");
    text += "\n";
    for (const auto date : reading.state.expiries()) {
        const auto& chain = *reading.state.find(date);
        const auto figures = options::figures_of(chain);
        const auto& forward = chain.forward();
        const auto settles = reading.state.settles_at(date);
        text += wire::ist_date_text(date);
        text +=
            to_right(settles ? left_text(chain::minutes_left(reading.known, *settles)) : "-", 15);
        text += to_right(forward ? points_text(forward->forward) : "-", 11);
        text += to_right(forward ? fixed_text(forward->error, 2) : "-", 8);
        text += to_right(
            or_dash(chain.at_the_money_volatility(), [](double v) { return percent_text(v); }), 9);
        text += to_right(or_dash(chain.straddle(), points_text), 10);
        text +=
            to_right(or_dash(chain.smile(),
                             [](const options::Smile& smile) {
                                 return signed_text(options::measures_of(smile).skew * 100.0, 2);
                             }),
                     10);
        text +=
            to_right(or_dash(figures.interest_ratio, [](double v) { return fixed_text(v, 2); }), 9);
        text +=
            to_right(or_dash(figures.max_pain,
                             [](const options::MaxPain& pain) { return level_text(pain.strike); }),
                     10);
        text += "\n";
    }
    return text;
}

}  // namespace sauda::cli
