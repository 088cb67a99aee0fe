#pragma once

#include "common/models/logistic.h"
#include "common/models/training/matrix.h"

namespace sauda::models {

// L2-regularised logistic regression by liblinear on standardised columns; means and deviations
// are of these rows. Rows weigh alike (liblinear knows no weights of rows). With one outcome only:
// no weights, the bias its smoothed log-odds. Same input, same bits.
Logistic train_logistic(const Matrix& matrix, double cost);

}  // namespace sauda::models
