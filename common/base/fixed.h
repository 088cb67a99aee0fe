#pragma once

#include "common/base/invariant.h"

#include <compare>
#include <cstdint>

namespace sauda::base {

// Checked integers. Overflow is a bug and aborts (design 11.22).
inline int64_t checked_add(int64_t a, int64_t b) {
    int64_t r = 0;
    INVARIANT(!__builtin_add_overflow(a, b, &r));
    return r;
}
inline int64_t checked_sub(int64_t a, int64_t b) {
    int64_t r = 0;
    INVARIANT(!__builtin_sub_overflow(a, b, &r));
    return r;
}
inline int64_t checked_mul(int64_t a, int64_t b) {
    int64_t r = 0;
    INVARIANT(!__builtin_mul_overflow(a, b, &r));
    return r;
}

// value x numerator / denominator in 128 bits, rounded half away from zero.
inline int64_t scale_half_up(int64_t value, int64_t numerator, int64_t denominator) {
    INVARIANT(denominator > 0);
    __extension__ using Wide = __int128;
    const Wide product = static_cast<Wide>(value) * numerator;
    const Wide half = denominator / 2;
    const Wide r =
        product >= 0 ? (product + half) / denominator : -((-product + half) / denominator);
    INVARIANT(r <= INT64_MAX && r >= INT64_MIN);
    return static_cast<int64_t>(r);
}

// A strongly typed fixed-point number. Price and Money count 1/10,000 rupee, Quantity counts units
// (never lots). Values of different kinds do not mix; price x quantity is money.
template <class Tag>
class Fixed {
 public:
    constexpr Fixed() = default;
    static constexpr Fixed from_raw(int64_t raw) { return Fixed(raw); }
    static Fixed from_rupees(int64_t rupees) { return Fixed(checked_mul(rupees, 10'000)); }
    static Fixed from_paise(int64_t paise) { return Fixed(checked_mul(paise, 100)); }
    static constexpr Fixed max() { return Fixed(INT64_MAX); }

    [[nodiscard]] constexpr int64_t raw() const { return raw_; }
    // For display, and for models that work in doubles. Never decide money on it.
    [[nodiscard]] constexpr double rupees() const { return static_cast<double>(raw_) / 10'000.0; }
    [[nodiscard]] constexpr bool is_zero() const { return raw_ == 0; }
    [[nodiscard]] constexpr bool is_positive() const { return raw_ > 0; }
    [[nodiscard]] constexpr bool is_negative() const { return raw_ < 0; }
    [[nodiscard]] Fixed abs() const { return raw_ < 0 ? -*this : *this; }

    Fixed operator-() const { return Fixed(checked_sub(0, raw_)); }
    Fixed& operator+=(Fixed o) {
        raw_ = checked_add(raw_, o.raw_);
        return *this;
    }
    Fixed& operator-=(Fixed o) {
        raw_ = checked_sub(raw_, o.raw_);
        return *this;
    }
    friend Fixed operator+(Fixed a, Fixed b) { return a += b; }
    friend Fixed operator-(Fixed a, Fixed b) { return a -= b; }
    friend Fixed operator*(Fixed a, int64_t n) { return Fixed(checked_mul(a.raw_, n)); }
    friend constexpr auto operator<=>(Fixed a, Fixed b) = default;

    // this x numerator / denominator, half away from zero.
    [[nodiscard]] Fixed scaled(int64_t numerator, int64_t denominator) const {
        return Fixed(scale_half_up(raw_, numerator, denominator));
    }

 private:
    constexpr explicit Fixed(int64_t raw) : raw_(raw) {}
    int64_t raw_ = 0;
};

using Price = Fixed<struct PriceTag>;        // 1/10,000 rupee per unit
using Money = Fixed<struct MoneyTag>;        // 1/10,000 rupee
using Quantity = Fixed<struct QuantityTag>;  // units; from_raw(75) is 75 units

inline Quantity units(int64_t n) { return Quantity::from_raw(n); }

inline Money operator*(Price p, Quantity q) {
    return Money::from_raw(checked_mul(p.raw(), q.raw()));
}

// Rounds a money amount half up to the paisa (design 11.1).
inline Money round_to_paisa(Money m) {
    return Money::from_raw(checked_mul(scale_half_up(m.raw(), 1, 100), 100));
}

// The multiple of tick nearest below (floor) or above (ceil). tick > 0, price >= 0.
inline Price floor_to_tick(Price p, Price tick) {
    return Price::from_raw(p.raw() - p.raw() % tick.raw());
}
inline Price ceil_to_tick(Price p, Price tick) {
    const int64_t rest = p.raw() % tick.raw();
    return rest == 0 ? p : Price::from_raw(checked_add(p.raw(), tick.raw() - rest));
}

}  // namespace sauda::base
