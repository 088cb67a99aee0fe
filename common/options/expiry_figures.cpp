#include "common/options/expiry_figures.h"

#include <numeric>

namespace sauda::options {

namespace {

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

Walls walls_of(const ExpiryChain& chain, bool is_call) {
    const auto& side = chain.side(is_call);
    std::vector<double> change(chain.size());
    for (std::size_t i = 0; i < change.size(); ++i) {
        change[i] = interest_change(side, i).value_or(0.0);
    }
    return walls(chain.strikes(), side.open_interest, change);
}

}  // namespace

std::optional<double> price_change(const OptionColumns& side, std::size_t row) {
    if (!(side.last[row] > 0.0) || !(side.first_last[row] > 0.0)) {
        return std::nullopt;
    }
    return side.last[row] - side.first_last[row];
}

std::optional<double> interest_change(const OptionColumns& side, std::size_t row) {
    if (!side.known[row].is_set()) {
        return std::nullopt;
    }
    return side.open_interest[row] - side.first_open_interest[row];
}

std::optional<BuildUp> build_up(const OptionColumns& side, std::size_t row) {
    const auto price = price_change(side, row);
    const auto interest = interest_change(side, row);
    return price && interest ? build_up(*price, *interest) : std::nullopt;
}

ExpiryFigures figures_of(const ExpiryChain& chain) {
    const auto& calls = chain.side(true);
    const auto& puts = chain.side(false);
    ExpiryFigures figures;
    figures.call_interest = sum(calls.open_interest);
    figures.put_interest = sum(puts.open_interest);
    figures.call_volume = sum(calls.volume);
    figures.put_volume = sum(puts.volume);
    figures.interest_ratio = put_call_ratio(figures.put_interest, figures.call_interest);
    figures.volume_ratio = put_call_ratio(figures.put_volume, figures.call_volume);
    figures.max_pain = max_pain(chain.strikes(), calls.open_interest, puts.open_interest);
    figures.resistance = walls_of(chain, true);
    figures.support = walls_of(chain, false);
    if (chain.forward()) {
        figures.gamma = dealer_gamma({chain.strikes(), calls.open_interest, puts.open_interest,
                                      chain.volatilities(), chain.years(), chain.discount()},
                                     chain.forward()->forward);
    }
    return figures;
}

}  // namespace sauda::options
