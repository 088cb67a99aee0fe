#pragma once

#include <array>
#include <cstddef>

namespace sauda::options {

// Nelder and Mead's downhill simplex with the usual coefficients and a fixed number of steps: no
// derivative, no tolerance, the same road every time.
template <std::size_t N, class Function>
class NelderMead {
 public:
    using Point = std::array<double, N>;

    // f takes a Point and may answer anything but NaN. size: edges of the first simplex.
    NelderMead(const Point& start, const Point& size, Function& f) : f_(f) {
        for (std::size_t i = 0; i <= N; ++i) {
            points_[i] = start;
            if (i > 0) {
                points_[i][i - 1] += size[i - 1];
            }
            values_[i] = f_(points_[i]);
        }
    }

    // The best point found.
    Point run(int steps) {
        for (int i = 0; i < steps; ++i) {
            sort();
            step();
        }
        sort();
        return points_[0];
    }

 private:
    void step() {
        Point point = away_from_worst(1.0);
        double value = f_(point);
        if (value < values_[0]) {
            improve(point, value, away_from_worst(2.0));
        } else if (!(value < values_[N - 1])) {
            improve(point, value, away_from_worst(value < values_[N] ? 0.5 : -0.5));
            if (!(value < values_[N])) {
                shrink();
                return;
            }
        }
        points_[N] = point;
        values_[N] = value;
    }

    void improve(Point& point, double& value, const Point& other) {
        const double there = f_(other);
        if (there < value) {
            point = other;
            value = there;
        }
    }

    // From the centre of the others, `factor` times the way the worst point is off it.
    Point away_from_worst(double factor) const {
        Point point{};
        for (std::size_t d = 0; d < N; ++d) {
            double centre = 0.0;
            for (std::size_t i = 0; i < N; ++i) {
                centre += points_[i][d];
            }
            centre /= static_cast<double>(N);
            point[d] = centre + factor * (centre - points_[N][d]);
        }
        return point;
    }

    void shrink() {
        for (std::size_t i = 1; i <= N; ++i) {
            for (std::size_t d = 0; d < N; ++d) {
                points_[i][d] = 0.5 * (points_[i][d] + points_[0][d]);
            }
            values_[i] = f_(points_[i]);
        }
    }

    void sort() {  // insertion, ascending
        for (std::size_t i = 1; i <= N; ++i) {
            for (std::size_t j = i; j > 0 && values_[j] < values_[j - 1]; --j) {
                const double value = values_[j];
                values_[j] = values_[j - 1];
                values_[j - 1] = value;
                points_[j].swap(points_[j - 1]);
            }
        }
    }

    Function& f_;
    std::array<Point, N + 1> points_;
    std::array<double, N + 1> values_;
};

}  // namespace sauda::options
