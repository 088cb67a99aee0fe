#pragma once

#include "common/base/expected.h"
#include "common/models/training/matrix.h"

#include <cstdint>

namespace sauda::models {

// XGBoost through its C interface; the only file that sees it is boosting.cpp.
struct BoostSettings {
    int rounds = 80;
    int depth = 3;
    double eta = 0.05;
    double subsample = 0.7;
    double columns = 0.7;  // share of the features a tree may use
    double cover = 25.0;   // smallest sum of second derivatives in a leaf: 100 rows
    double lambda = 5.0;
    uint64_t seed = 1;
};

// The model as XGBoost's JSON. Same input, same bytes: one thread, histogram method, own seed.
base::Expected<std::string> train_trees(const Matrix& matrix, const BoostSettings& settings);

// What XGBoost itself makes of its file: the reference our own evaluation is held against.
struct XgboostAnswer {
    std::vector<float> margins;        // by row
    std::vector<float> contributions;  // rows x (columns + 1); the last is the bias
};
base::Expected<XgboostAnswer> ask_xgboost(const std::string& json, const Matrix& matrix);

// For measurements: a booster held open, one row at a time.
class XgboostPredictor {
 public:
    static base::Expected<XgboostPredictor> open(const std::string& json);
    XgboostPredictor(XgboostPredictor&& other) noexcept : handle_(other.handle_) {
        other.handle_ = nullptr;
    }
    XgboostPredictor& operator=(XgboostPredictor&&) = delete;
    XgboostPredictor(const XgboostPredictor&) = delete;
    XgboostPredictor& operator=(const XgboostPredictor&) = delete;
    ~XgboostPredictor();
    // kind 1: margin; kind 2: exact contributions and bias.
    [[nodiscard]] std::vector<float> predict(const std::vector<float>& row, int kind) const;

 private:
    explicit XgboostPredictor(void* handle) : handle_(handle) {}
    void* handle_;
};

}  // namespace sauda::models
