#pragma once

#include <array>
#include <cstdint>

namespace sauda::base {

// xoshiro256++ (Blackman and Vigna, public domain), seeded by splitmix64. Same seed, same numbers,
// on every machine; no standard distribution is used because those differ between libraries.
class Rng {
 public:
    explicit Rng(uint64_t seed) {
        for (auto& word : state_) {
            seed += 0x9E3779B97F4A7C15ULL;
            uint64_t z = seed;
            z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
            z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
            word = z ^ (z >> 31U);
        }
    }

    uint64_t next() {
        const uint64_t result = rotl(state_[0] + state_[3], 23) + state_[0];
        const uint64_t t = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotl(state_[3], 45);
        return result;
    }

    // Uniform in [0, bound); bound > 0.
    uint64_t below(uint64_t bound) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<uint64_t>((static_cast<Wide>(next()) * bound) >> 64U);
    }
    // Uniform in [low, high].
    int64_t between(int64_t low, int64_t high) {
        return low + static_cast<int64_t>(below(static_cast<uint64_t>(high - low) + 1));
    }
    // Uniform in [0, 1).
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    bool chance(double p) { return uniform() < p; }
    // Approximately standard normal: sum of twelve uniforms (exact same bits everywhere).
    double normal() {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) {
            sum += uniform();
        }
        return sum;
    }

 private:
    static uint64_t rotl(uint64_t x, unsigned k) { return (x << k) | (x >> (64U - k)); }
    std::array<uint64_t, 4> state_{};
};

}  // namespace sauda::base
