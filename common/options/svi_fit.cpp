#include "common/options/svi_fit.h"

#include "common/options/deterministic_math.h"
#include "common/options/nelder_mead.h"

namespace sauda::options {
namespace {

constexpr int kStepsFromGrid = 40;
constexpr int kStepsFromStart = 25;
// Starts, in standard deviations of log-price: of m and of sigma.
constexpr double kGridM[] = {-1.5, 0.0, 1.0, 2.0};
constexpr double kGridSigma[] = {0.2, 0.6, 1.5, 4.0};
constexpr double kLeastLogSigma = -4.0;  // log of sigma in standard deviations
constexpr double kMostLogSigma = 3.0;
constexpr double kCoarse = 0.5;
constexpr double kFine = 0.1;

constexpr double kMargin = 1e-4;          // of g, for what lies between the points looked at
constexpr double kVarianceMargin = 1e-4;  // of the earlier variance, relative
constexpr double kOver = 1e3;             // as bad as it gets

double clamp(double x, double low, double high) { return x < low ? low : (x > high ? high : x); }

// Weighted sums of w = a + p u + q v, u = (z + y) / 2, v = (z - y) / 2, y = (k - m) / sigma,
// z = sqrt(1 + y^2). Then the best p and q in a box; a is free.
struct Sums {
    double one = 0.0, u = 0.0, v = 0.0, w = 0.0;
    double uu = 0.0, uv = 0.0, vv = 0.0, uw = 0.0, vw = 0.0, ww = 0.0;
};

struct Wings {
    double a = 0.0;
    double p = 0.0;
    double q = 0.0;
    double misfit = 0.0;
};

Sums sums_of(std::span<const VariancePoint> points, double m, double sigma) {
    Sums s;
    const double inverse = 1.0 / sigma;
    for (const VariancePoint& point : points) {
        const double y = (point.k - m) * inverse;
        const double z = __builtin_sqrt(1.0 + y * y);
        const double u = 0.5 * (z + y);
        const double v = 0.5 * (z - y);
        const double wu = point.weight * u;
        const double wv = point.weight * v;
        const double ww = point.weight * point.w;
        s.one += point.weight;
        s.u += wu;
        s.v += wv;
        s.w += ww;
        s.uu += wu * u;
        s.uv += wu * v;
        s.vv += wv * v;
        s.uw += wu * point.w;
        s.vw += wv * point.w;
        s.ww += ww * point.w;
    }
    return s;
}

// Minimum of uu p^2 + 2 uv p q + vv q^2 - 2 uw p - 2 vw q over the box [0, top]^2: inside, or else
// on one of its four sides.
void best_wings(const Sums& s, double top, Wings& wings) {
    const double determinant = s.uu * s.vv - s.uv * s.uv;
    if (determinant > 1e-14 * s.uu * s.vv) {
        wings.p = (s.uw * s.vv - s.vw * s.uv) / determinant;
        wings.q = (s.vw * s.uu - s.uw * s.uv) / determinant;
        if (wings.p >= 0.0 && wings.p <= top && wings.q >= 0.0 && wings.q <= top) {
            wings.misfit = s.ww - wings.p * s.uw - wings.q * s.vw;
            return;
        }
    }
    wings.misfit = __builtin_inf();
    const auto offer = [&](double p, double q) {
        const double value =
            s.ww + p * (s.uu * p + 2.0 * (s.uv * q - s.uw)) + q * (s.vv * q - 2.0 * s.vw);
        if (value < wings.misfit) {
            wings.p = p;
            wings.q = q;
            wings.misfit = value;
        }
    };
    for (const double side : {0.0, top}) {
        offer(side, s.vv > 0.0 ? clamp((s.vw - s.uv * side) / s.vv, 0.0, top) : 0.0);
        offer(s.uu > 0.0 ? clamp((s.uw - s.uv * side) / s.uu, 0.0, top) : 0.0, side);
    }
}

Wings wings_of(std::span<const VariancePoint> points, double m, double sigma) {
    const Sums s = sums_of(points, m, sigma);
    Sums centred = s;  // takes a out
    centred.uu -= s.u * s.u / s.one;
    centred.uv -= s.u * s.v / s.one;
    centred.vv -= s.v * s.v / s.one;
    centred.uw -= s.u * s.w / s.one;
    centred.vw -= s.v * s.w / s.one;
    centred.ww -= s.w * s.w / s.one;
    Wings wings;
    best_wings(centred, 2.0 * sigma, wings);
    wings.a = (s.w - wings.p * s.u - wings.q * s.v) / s.one;
    if (wings.a + __builtin_sqrt(wings.p * wings.q) > 0.0) {  // the least variance of the curve
        return wings;
    }
    best_wings(s, 2.0 * sigma, wings);
    wings.a = 0.0;
    return wings;
}

RawSvi curve_of(const Wings& wings, double m, double sigma) {
    const double c = 0.5 * (wings.p + wings.q);
    return {wings.a, c / sigma, c > 0.0 ? 0.5 * (wings.p - wings.q) / c : 0.0, m, sigma};
}

using Place = std::array<double, 2>;  // m, log sigma

// Standard deviation of log-price to expiry, from the point nearest to the forward.
double deviation_of(std::span<const VariancePoint> points) {
    const VariancePoint* nearest = &points[0];
    for (const VariancePoint& point : points) {
        if (__builtin_fabs(point.k) < __builtin_fabs(nearest->k)) {
            nearest = &point;
        }
    }
    return __builtin_sqrt(nearest->w);
}

// The outer search, over m and log sigma within bounds that the points give.
class Search {
 public:
    explicit Search(std::span<const VariancePoint> points)
        : points_(points), deviation_(deviation_of(points)), log_deviation_(log_of(deviation_)) {}

    [[nodiscard]] Place place_of(const RawSvi& svi) const {
        return inside({svi.m, log_of(svi.sigma)});
    }

    [[nodiscard]] RawSvi curve_at(const Place& place) const {
        const double sigma = exp_of(place[1]);
        return curve_of(wings_of(points_, place[0], sigma), place[0], sigma);
    }

    [[nodiscard]] Place best_of_grid() const {
        Place best{0.0, log_deviation_};
        double least = __builtin_inf();
        for (const double m : kGridM) {
            for (const double sigma : kGridSigma) {
                const Wings wings = wings_of(points_, m * deviation_, sigma * deviation_);
                if (wings.misfit < least) {
                    least = wings.misfit;
                    best = {m * deviation_, log_of(sigma * deviation_)};
                }
            }
        }
        return inside(best);
    }

    // size: of the first simplex, in standard deviations and in log sigma. penalty(curve, misfit)
    // is added to the misfit.
    template <class Penalty>
    Place descend(const Place& start, double size, int steps, Penalty&& penalty) const {
        const auto cost = [&](const Place& at) {
            const Place in = inside(at);
            const double sigma = exp_of(in[1]);
            const Wings wings = wings_of(points_, in[0], sigma);
            const double m_out = (at[0] - in[0]) / deviation_;
            const double sigma_out = at[1] - in[1];
            return wings.misfit + m_out * m_out + sigma_out * sigma_out +
                   penalty(curve_of(wings, in[0], sigma), wings.misfit);
        };
        const Place edges{size * deviation_, size};
        return inside(NelderMead<2, decltype(cost)>(start, edges, cost).run(steps));
    }
    [[nodiscard]] Place descend(const Place& start, double size, int steps) const {
        return descend(start, size, steps, [](const RawSvi&, double) { return 0.0; });
    }

 private:
    [[nodiscard]] Place inside(const Place& at) const {
        return {clamp(at[0], points_.front().k - deviation_, points_.back().k + deviation_),
                clamp(at[1], log_deviation_ + kLeastLogSigma, log_deviation_ + kMostLogSigma)};
    }

    std::span<const VariancePoint> points_;
    double deviation_;
    double log_deviation_;
};

}  // namespace

double misfit(const RawSvi& svi, std::span<const VariancePoint> points) {
    double sum = 0.0;
    for (const VariancePoint& point : points) {
        const double gap = total_variance(svi, point.k) - point.w;
        sum += point.weight * gap * gap;
    }
    return sum;
}

// The worst g plus the worst relative gap below the earlier curve.
double violation(const RawSvi& svi, const NoArbitrage& bounds) {
    const double g = least_durrleman(svi, bounds.range) - kMargin;
    double sum = g < 0.0 ? -g : 0.0;
    if (bounds.earlier != nullptr) {
        const RawSvi& earlier = *bounds.earlier;
        const KRange& range = bounds.calendar_range;
        const double scale = total_variance(earlier, clamp(0.0, range.low, range.high));
        const double gap = least_calendar(earlier, svi, range) / scale - kVarianceMargin;
        sum += gap < 0.0 ? -gap : 0.0;
    }
    return sum;
}

RawSvi fit_svi(std::span<const VariancePoint> points, const RawSvi* start) {
    const Search search(points);
    if (start != nullptr) {
        return search.curve_at(search.descend(search.place_of(*start), kFine, kStepsFromStart));
    }
    return search.curve_at(search.descend(search.best_of_grid(), kCoarse, kStepsFromGrid));
}

std::optional<RawSvi> fit_free_svi(std::span<const VariancePoint> points, const RawSvi& start,
                                   const NoArbitrage& bounds) {
    const Search search(points);
    std::optional<RawSvi> best;
    double least = __builtin_inf();
    const auto penalty = [&](const RawSvi& svi, double value) {
        const double over = violation(svi, bounds);
        if (over == 0.0 && value < least) {
            least = value;
            best = svi;
        }
        return over < kOver ? kViolationPenalty * over * over : kOver;
    };
    search.descend(search.place_of(start), kCoarse, kStepsFromStart, penalty);
    return best;
}

}  // namespace sauda::options
