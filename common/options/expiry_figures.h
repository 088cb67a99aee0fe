#pragma once

#include "common/options/dealer_gamma.h"
#include "common/options/expiry_chain.h"
#include "common/options/open_interest.h"

namespace sauda::options {

// What the open interest and the volume of one expiry say. Quantities in units; changes are since
// the first quote of the day. Made when asked for, not on the grid.
struct ExpiryFigures {
    double call_interest = 0.0;
    double put_interest = 0.0;
    double call_volume = 0.0;
    double put_volume = 0.0;
    std::optional<double> interest_ratio;  // puts over calls
    std::optional<double> volume_ratio;
    std::optional<MaxPain> max_pain;
    Walls resistance;                  // of calls
    Walls support;                     // of puts
    std::optional<DealerGamma> gamma;  // nullopt: no volatilities
};
ExpiryFigures figures_of(const ExpiryChain& chain);

// Of one option since its first quote of the day. nullopt: not quoted, or no price then or now.
std::optional<double> price_change(const OptionColumns& side, std::size_t row);
std::optional<double> interest_change(const OptionColumns& side, std::size_t row);
// nullopt: one of the changes is unknown or zero.
std::optional<BuildUp> build_up(const OptionColumns& side, std::size_t row);

}  // namespace sauda::options
