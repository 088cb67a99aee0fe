#pragma once

#include "common/base/archive.h"
#include "common/options/strike_quotes.h"

#include <cstdint>
#include <optional>
#include <span>

namespace sauda::options {

// The forward of an expiry as put-call parity shows it, rupees.
struct ParityForward {
    double forward = 0.0;
    double error = 0.0;     // standard error: what the spreads leave open, or more if they disagree
    uint32_t used = 0;      // strikes it rests on
    uint32_t rejected = 0;  // strikes near the money that contradicted the others
    SAUDA_FIELDS(forward, error, used, rejected)
};

// Each strike says forward = strike + (call - put) / discount, give or take the half widths of both
// spreads. The strikes with the smallest |call mid - put mid|, up to kParityStrikes, are weighed:
// a weighted median, then those further from it than their own spread and three scales are
// rejected, then Huber's estimate over the rest. Strikes that are not two-sided are skipped.
// discount: value today of one rupee at settlement, in (0, 1]. nullopt: no usable strike.
inline constexpr std::size_t kParityStrikes = 15;
std::optional<ParityForward> parity_forward(std::span<const StrikeQuotes> quotes, double discount);

// The same, one strike at a time and without memory of its own.
class ParityFit {
 public:
    explicit ParityFit(double discount) : discount_(discount) {}
    void add(const StrikeQuotes& quote);
    [[nodiscard]] std::optional<ParityForward> result() const;

 private:
    struct Point {
        double gap = 0.0;      // |call mid - put mid|
        double forward = 0.0;  // implied
        double half = 0.0;     // the forward lies within +- half unless somebody gives money away
    };
    double discount_;
    Point points_[kParityStrikes];
    std::size_t size_ = 0;
};

// Index of the strike nearest to the forward, the lower one on a tie. Strikes ascend; not empty.
std::size_t at_the_money(std::span<const double> strikes, double forward);

}  // namespace sauda::options
