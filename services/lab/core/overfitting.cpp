#include "services/lab/core/overfitting.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace sauda::lab {

namespace {

// Sums over one block of one strategy; the Sharpe ratio of any union of blocks follows from them.
struct BlockSums {
    double sum = 0.0;
    double squares = 0.0;
};

std::vector<std::vector<BlockSums>> sums_of(const ReturnTable& returns, std::size_t blocks) {
    const std::size_t length = returns.front().size() / blocks;
    std::vector<std::vector<BlockSums>> table;
    for (const auto& row : returns) {
        auto& sums = table.emplace_back(blocks);
        for (std::size_t i = 0; i < blocks * length; ++i) {
            sums[i / length].sum += row[i];
            sums[i / length].squares += row[i] * row[i];
        }
    }
    return table;
}

double sharpe_of(const std::vector<BlockSums>& blocks, uint32_t chosen, std::size_t length) {
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        if (((chosen >> b) & 1U) != 0) {
            sum += blocks[b].sum;
            squares += blocks[b].squares;
        }
    }
    const auto n = static_cast<double>(length) * std::popcount(chosen);
    const double mean = sum / n;
    const double variance = (squares - sum * mean) / (n - 1.0);
    return variance > 0.0 ? mean / std::sqrt(variance) : 0.0;
}

base::Expected<void> check(const ReturnTable& returns, std::size_t blocks) {
    const auto refuse = [](std::string text) {
        return base::fail(base::ErrorKind::Invalid, std::move(text));
    };
    if (returns.size() < 2) {
        return refuse("overfitting is judged between strategies: give at least two");
    }
    if (blocks < 2 || blocks > 20 || blocks % 2 != 0) {
        return refuse("the number of blocks must be even, from 2 to 20, not " +
                      std::to_string(blocks));
    }
    for (const auto& row : returns) {
        if (row.size() != returns.front().size()) {
            return refuse("every strategy must have returns of the same periods");
        }
    }
    if (returns.front().size() < 2 * blocks) {
        return refuse(std::to_string(returns.front().size()) + " periods are too few for " +
                      std::to_string(blocks) + " blocks: give two a block, or fewer blocks");
    }
    return {};
}

}  // namespace

base::Expected<Overfitting> backtest_overfitting(const ReturnTable& returns, std::size_t blocks) {
    if (auto ok = check(returns, blocks); !ok) {
        return std::unexpected(ok.error());
    }
    const std::size_t length = returns.front().size() / blocks;
    const auto sums = sums_of(returns, blocks);
    const uint32_t all = (1U << blocks) - 1U;
    std::vector<double> ranks;
    std::size_t below = 0;
    std::size_t losses = 0;
    for (uint32_t chosen = 0; chosen <= all; ++chosen) {
        if (static_cast<std::size_t>(std::popcount(chosen)) != blocks / 2) {
            continue;
        }
        std::size_t best = 0;
        double best_sharpe = sharpe_of(sums[0], chosen, length);
        for (std::size_t s = 1; s < sums.size(); ++s) {
            const double sharpe = sharpe_of(sums[s], chosen, length);
            if (sharpe > best_sharpe) {
                best_sharpe = sharpe;
                best = s;
            }
        }
        const uint32_t rest = all & ~chosen;
        const double judged = sharpe_of(sums[best], rest, length);
        double beaten = 1.0;  // itself; an equal one counts half
        for (std::size_t s = 0; s < sums.size(); ++s) {
            const double other = s == best ? judged : sharpe_of(sums[s], rest, length);
            beaten += other < judged ? 1.0 : (other == judged && s != best ? 0.5 : 0.0);
        }
        const double rank = beaten / (static_cast<double>(sums.size()) + 1.0);
        ranks.push_back(rank);
        below += rank <= 0.5 ? 1 : 0;
        losses += judged < 0.0 ? 1 : 0;
    }
    std::sort(ranks.begin(), ranks.end());
    const auto splits = static_cast<double>(ranks.size());
    return Overfitting{.splits = ranks.size(),
                       .probability = static_cast<double>(below) / splits,
                       .loss_probability = static_cast<double>(losses) / splits,
                       .median_rank = ranks[ranks.size() / 2]};
}

}  // namespace sauda::lab
