#include "common/options/svi.h"

namespace sauda::options {
namespace {

constexpr double kInfinity = __builtin_inf();

// Curves are looked at where k = m + sigma sinh(u), u in steps of 0.1: dense where they bend,
// sparse in the wings.
constexpr double kStepUp = 1.1051709180756477;  // exp(0.1)
constexpr double kStepDown = 0.90483741803595957;
constexpr int kStepsMax = 250;
constexpr double kBeyond = 30.0;  // widths of the range; from there the wings are straight

// The least of a smooth function from its values at equal steps: of each three of which the middle
// one is lowest, the bottom of the parabola through them.
class Least {
 public:
    void add(double value) {
        if (count_ >= 2 && last_ <= before_ && last_ <= value) {
            const double bend = before_ - 2.0 * last_ + value;
            const double slope = before_ - value;
            offer(bend > 0.0 ? last_ - slope * slope / (8.0 * bend) : last_);
        }
        offer(value);
        before_ = last_;
        last_ = value;
        ++count_;
    }
    void start_anew() { count_ = 0; }
    [[nodiscard]] double value() const { return least_; }

 private:
    void offer(double value) { least_ = value < least_ ? value : least_; }

    double least_ = kInfinity;
    double before_ = 0.0;
    double last_ = 0.0;
    int count_ = 0;
};

// f(k, sinh u, cosh u) from the bend of `svi` outwards, to the right or to the left, where k is in
// the range.
template <class Function>
void walk(const RawSvi& svi, KRange range, bool is_right, Least& least, Function&& f) {
    least.start_anew();
    double up = 1.0;
    double down = 1.0;
    for (int i = 0; i < kStepsMax; ++i) {
        const double sinh = 0.5 * (is_right ? up - down : down - up);
        const double k = svi.m + svi.sigma * sinh;
        if (is_right ? k > range.high : k < range.low) {
            break;
        }
        if (k >= range.low && k <= range.high) {
            least.add(f(k, sinh, 0.5 * (up + down)));
        }
        up *= kStepUp;
        down *= kStepDown;
    }
}

}  // namespace

VarianceAt variance_at(const RawSvi& svi, double k) {
    const double y = k - svi.m;
    const double root = __builtin_sqrt(y * y + svi.sigma * svi.sigma);
    const double bend = svi.sigma / root;
    return {svi.a + svi.b * (svi.rho * y + root), svi.b * (svi.rho + y / root),
            svi.b * bend * bend / root};
}

double total_variance(const RawSvi& svi, double k) {
    const double y = k - svi.m;
    return svi.a + svi.b * (svi.rho * y + __builtin_sqrt(y * y + svi.sigma * svi.sigma));
}

double durrleman(const VarianceAt& at, double k) {
    const double lever = 1.0 - 0.5 * k * at.slope / at.w;
    return lever * lever - 0.25 * at.slope * at.slope * (1.0 / at.w + 0.25) + 0.5 * at.curvature;
}

double least_durrleman(const RawSvi& svi, KRange range) {
    const double bottom = svi.a + svi.b * svi.sigma * __builtin_sqrt(1.0 - svi.rho * svi.rho);
    if (!(bottom > 0.0) || !(svi.b >= 0.0) || !(svi.sigma > 0.0)) {
        return -kInfinity;
    }
    const double right = svi.b * (1.0 + svi.rho);
    const double left = svi.b * (1.0 - svi.rho);
    const double width = range.high - range.low;
    const KRange all{range.low - kBeyond * width, range.high + kBeyond * width};
    const auto g = [&](double k, double sinh, double cosh) {
        const VarianceAt at{svi.a + svi.b * svi.sigma * (svi.rho * sinh + cosh),
                            svi.b * (svi.rho + sinh / cosh),
                            svi.b / (svi.sigma * cosh * cosh * cosh)};
        return durrleman(at, k);
    };
    Least least;
    walk(svi, all, true, least, g);
    walk(svi, all, false, least, g);
    least.start_anew();
    least.add((4.0 - right * right) / 16.0);
    least.add((4.0 - left * left) / 16.0);
    return least.value();
}

double least_calendar(const RawSvi& near, const RawSvi& far, KRange range) {
    const auto gap = [&](double k, double, double) {
        return total_variance(far, k) - total_variance(near, k);
    };
    Least least;
    for (const RawSvi* svi : {&near, &far}) {
        walk(*svi, range, true, least, gap);
        walk(*svi, range, false, least, gap);
    }
    for (const double k : {range.low, range.high}) {
        least.start_anew();
        least.add(gap(k, 0.0, 0.0));
    }
    return least.value();
}

}  // namespace sauda::options
