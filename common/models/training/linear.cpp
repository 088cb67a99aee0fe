#include "common/models/training/linear.h"

#include "common/models/calibrator.h"

#include <linear.h>

#include <cmath>
#include <memory>

namespace sauda::models {

namespace {

void measure(const Matrix& matrix, Logistic& fit) {
    for (std::size_t c = 0; c < matrix.columns; ++c) {
        double sum = 0.0;
        double squares = 0.0;
        double count = 0.0;
        for (std::size_t r = 0; r < matrix.rows; ++r) {
            const auto x = static_cast<double>(matrix.values[r * matrix.columns + c]);
            if (x == x) {
                sum += x;
                count += 1.0;
            }
        }
        const double mean = count > 0.0 ? sum / count : 0.0;
        for (std::size_t r = 0; r < matrix.rows; ++r) {
            const auto x = static_cast<double>(matrix.values[r * matrix.columns + c]);
            squares += x == x ? (x - mean) * (x - mean) : 0.0;
        }
        const double deviation = count > 1.0 ? std::sqrt(squares / count) : 0.0;
        fit.mean.push_back(mean);
        fit.deviation.push_back(deviation > 1e-12 ? deviation : 1.0);
    }
}

void silent(const char* /*text*/) {}

}  // namespace

Logistic train_logistic(const Matrix& matrix, double cost) {
    Logistic fit;
    measure(matrix, fit);
    fit.weight.assign(matrix.columns, 0.0);
    std::vector<double> labels(matrix.labels.begin(), matrix.labels.end());
    double rises = 0.0;
    for (const double y : labels) {
        rises += y;
    }
    const auto rows = static_cast<double>(matrix.rows);
    fit.bias = log_odds_of((rises + 1.0) / (rows + 2.0));
    if (rises < 0.5 || rises > rows - 0.5) {
        return fit;
    }
    const std::size_t width = matrix.columns + 2;  // the bias, and the end mark
    std::vector<feature_node> nodes(matrix.rows * width);
    std::vector<feature_node*> starts(matrix.rows);
    for (std::size_t r = 0; r < matrix.rows; ++r) {
        auto* node = starts[r] = nodes.data() + r * width;
        const auto row = std::span(matrix.values).subspan(r * matrix.columns, matrix.columns);
        for (std::size_t c = 0; c < matrix.columns; ++c) {
            *node++ = {static_cast<int>(c + 1), fit.standardised(row, c)};
        }
        *node++ = {static_cast<int>(matrix.columns + 1), 1.0};
        *node = {-1, 0.0};
    }
    problem rows_of{static_cast<int>(matrix.rows), static_cast<int>(matrix.columns + 1),
                    labels.data(), starts.data(), 1.0};
    parameter settings{};
    settings.solver_type = L2R_LR;
    settings.eps = 1e-4;
    settings.C = cost;
    set_print_string_function(silent);
    ::model* trained = train(&rows_of, &settings);
    // Weights are those of the label met first.
    const double sign = trained->label[0] == 1 ? 1.0 : -1.0;
    for (std::size_t c = 0; c < matrix.columns; ++c) {
        fit.weight[c] = sign * trained->w[c];
    }
    fit.bias = sign * trained->w[matrix.columns];
    free_and_destroy_model(&trained);
    return fit;
}

}  // namespace sauda::models
