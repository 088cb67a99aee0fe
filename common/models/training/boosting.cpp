#include "common/models/training/boosting.h"

#include <xgboost/c_api.h>

#include <cmath>
#include <limits>
#include <sstream>

namespace sauda::models {

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr int kMargin = 1;
constexpr int kContributions = 2;

// Handles of the library, freed in any case.
struct Data {
    DMatrixHandle handle = nullptr;
    ~Data() { XGDMatrixFree(handle); }
};
struct Booster {
    BoosterHandle handle = nullptr;
    ~Booster() {
        if (handle != nullptr) {
            XGBoosterFree(handle);
        }
    }
};

base::Error failure(const char* what) {
    return {base::ErrorKind::Invalid, std::string(what) + ": " + XGBGetLastError()};
}

bool make_data(const Matrix& matrix, Data& data) {
    return XGDMatrixCreateFromMat_omp(matrix.values.data(), matrix.rows, matrix.columns, kMissing,
                                      &data.handle, 1) == 0;
}

std::string number(double value) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(17);
    out << value;
    return out.str();
}

bool configure(BoosterHandle booster, const BoostSettings& settings) {
    const std::pair<const char*, std::string> parameters[] = {
        {"objective", "binary:logistic"},
        {"base_score", "0.5"},
        {"tree_method", "hist"},
        {"nthread", "1"},
        {"verbosity", "0"},
        {"seed", std::to_string(settings.seed)},
        {"max_depth", std::to_string(settings.depth)},
        {"eta", number(settings.eta)},
        {"subsample", number(settings.subsample)},
        {"colsample_bytree", number(settings.columns)},
        {"min_child_weight", number(settings.cover)},
        {"lambda", number(settings.lambda)}};
    for (const auto& [name, value] : parameters) {
        if (XGBoosterSetParam(booster, name, value.c_str()) != 0) {
            return false;
        }
    }
    return true;
}

// The answer belongs to the library until its next call: it is copied at once.
bool predict(BoosterHandle booster, DMatrixHandle data, int kind, std::vector<float>& out) {
    const std::string config = R"({"type":)" + std::to_string(kind) +
                               R"(,"training":false,"iteration_begin":0,"iteration_end":0,)" +
                               R"("strict_shape":true})";
    bst_ulong const* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* values = nullptr;
    if (XGBoosterPredictFromDMatrix(booster, data, config.c_str(), &shape, &dimensions, &values) !=
        0) {
        return false;
    }
    std::size_t count = 1;
    for (bst_ulong d = 0; d < dimensions; ++d) {
        count *= shape[d];
    }
    out.assign(values, values + count);
    return true;
}

bool load(const std::string& json, Booster& booster) {
    return XGBoosterCreate(nullptr, 0, &booster.handle) == 0 &&
           XGBoosterLoadModelFromBuffer(booster.handle, json.data(), json.size()) == 0 &&
           XGBoosterSetParam(booster.handle, "nthread", "1") == 0;
}

}  // namespace

Matrix matrix_of(const Samples& samples, const std::vector<std::size_t>& rows) {
    Matrix matrix{rows.size(), samples.features, {}, {}, {}};
    double total = 0.0;
    for (const auto i : rows) {
        const auto row = samples.row(i);
        matrix.values.insert(matrix.values.end(), row.begin(), row.end());
        matrix.labels.push_back(samples.labels[i] != 0 ? 1.0F : 0.0F);
        total += samples.weights[i];
    }
    const double mean = total / static_cast<double>(rows.size());
    for (const auto i : rows) {
        matrix.weights.push_back(static_cast<float>(samples.weights[i] / mean));
    }
    return matrix;
}

base::Expected<std::string> train_trees(const Matrix& matrix, const BoostSettings& settings) {
    Data data;
    if (!make_data(matrix, data) ||
        XGDMatrixSetFloatInfo(data.handle, "label", matrix.labels.data(), matrix.rows) != 0 ||
        XGDMatrixSetFloatInfo(data.handle, "weight", matrix.weights.data(), matrix.rows) != 0) {
        return std::unexpected(failure("the training rows were refused"));
    }
    Booster booster;
    if (XGBoosterCreate(&data.handle, 1, &booster.handle) != 0 ||
        !configure(booster.handle, settings)) {
        return std::unexpected(failure("the settings of the trees were refused"));
    }
    for (int round = 0; round < settings.rounds; ++round) {
        if (XGBoosterUpdateOneIter(booster.handle, round, data.handle) != 0) {
            return std::unexpected(failure("the trees cannot be grown"));
        }
    }
    bst_ulong size = 0;
    const char* bytes = nullptr;
    if (XGBoosterSaveModelToBuffer(booster.handle, R"({"format":"json"})", &size, &bytes) != 0) {
        return std::unexpected(failure("the trees cannot be written"));
    }
    return std::string(bytes, size);
}

base::Expected<XgboostAnswer> ask_xgboost(const std::string& json, const Matrix& matrix) {
    Data data;
    Booster booster;
    XgboostAnswer answer;
    if (!load(json, booster) || !make_data(matrix, data) ||
        !predict(booster.handle, data.handle, kMargin, answer.margins) ||
        !predict(booster.handle, data.handle, kContributions, answer.contributions)) {
        return std::unexpected(failure("XGBoost refuses the model"));
    }
    return answer;
}

base::Expected<XgboostPredictor> XgboostPredictor::open(const std::string& json) {
    Booster booster;
    if (!load(json, booster)) {
        return std::unexpected(failure("XGBoost refuses the model"));
    }
    return XgboostPredictor(std::exchange(booster.handle, nullptr));
}

XgboostPredictor::~XgboostPredictor() {
    if (handle_ != nullptr) {
        XGBoosterFree(handle_);
    }
}

std::vector<float> XgboostPredictor::predict(const std::vector<float>& row, int kind) const {
    const Matrix matrix{1, row.size(), row, {}, {}};
    Data data;
    std::vector<float> out;
    if (!make_data(matrix, data) || !models::predict(handle_, data.handle, kind, out)) {
        return {};
    }
    return out;
}

}  // namespace sauda::models
