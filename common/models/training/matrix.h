#pragma once

#include "common/models/samples.h"

#include <string>
#include <vector>

namespace sauda::models {

// The rows of one fit, copied out of the samples: row-major.
struct Matrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;
    std::vector<float> labels;   // 0 or 1
    std::vector<float> weights;  // mean 1
};
Matrix matrix_of(const Samples& samples, const std::vector<std::size_t>& rows);

}  // namespace sauda::models
