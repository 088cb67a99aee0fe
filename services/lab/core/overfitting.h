#pragma once

#include "common/base/expected.h"

#include <cstddef>
#include <vector>

namespace sauda::lab {

// Returns of many strategies over the same periods: one row a strategy, all of one length.
using ReturnTable = std::vector<std::vector<double>>;

struct Overfitting {
    std::size_t splits = 0;  // C(blocks, blocks / 2)
    // Share of the splits in which the strategy that was best in one half ranks at or below the
    // median of the other. A table of worthless strategies gives about a half.
    double probability = 0.0;
    double loss_probability = 0.0;  // share in which it lost money in the other half
    double median_rank = 0.0;       // of the chosen one in the other half, 0 worst to 1 best
};

// Combinatorially symmetric cross-validation (Bailey, Borwein, Lopez de Prado and Zhu 2015) on the
// Sharpe ratio: the periods are cut into `blocks` stretches of equal length (a rest at the end is
// left out), every half of them chooses, the other half judges. Invalid, as a sentence: fewer than
// two strategies, rows of different length, an odd number of blocks or below 2 or above 20, fewer
// than two periods a block.
base::Expected<Overfitting> backtest_overfitting(const ReturnTable& returns,
                                                 std::size_t blocks = 16);

}  // namespace sauda::lab
