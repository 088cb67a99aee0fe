#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace sauda::options {

// What is held and what was traded, read off a chain. Quantities in any one unit (units or lots);
// strikes ascend and every span of one call has the same length.

// Puts over calls, of open interest or of volume. nullopt: no calls.
std::optional<double> put_call_ratio(double puts, double calls);

struct MaxPain {
    double strike = 0.0;
    double payout = 0.0;  // rupees x unit that writers would pay holders at this settlement
};
// The listed strike at which option writers would pay out least, the lower one on a tie.
// nullopt: no open interest.
std::optional<MaxPain> max_pain(std::span<const double> strikes, std::span<const double> calls,
                                std::span<const double> puts);

// A strike where many options are held: writers of calls resist a rise above theirs, writers of
// puts support the price at theirs.
struct Wall {
    double strike = 0.0;
    double interest = 0.0;
    double change = 0.0;  // since the reference, usually the first quote of the day
};
inline constexpr std::size_t kWalls = 3;
struct Walls {
    std::array<Wall, kWalls> by_interest;  // largest first
    std::size_t interests = 0;             // how many of them exist
    std::optional<Wall> largest_rise;      // where most was added
    std::optional<Wall> largest_fall;      // where most was closed
};
// Of one kind of option. Strikes without open interest are no walls.
Walls walls(std::span<const double> strikes, std::span<const double> interest,
            std::span<const double> change);

// What traders do, told from price and open interest moving together: new positions when open
// interest rises (long if the price rises), closed ones when it falls.
enum class BuildUp : unsigned char {
    LongBuildUp = 1,    // price up, interest up
    ShortBuildUp = 2,   // price down, interest up
    LongUnwinding = 3,  // price down, interest down
    ShortCovering = 4,  // price up, interest down
};
// nullopt: one of them did not move.
std::optional<BuildUp> build_up(double price_change, double interest_change);

}  // namespace sauda::options
